import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

async function open(path = '/clinica') {
  const app = renderApp(path);
  await screen.findByRole('main');
  return app;
}

/** Opens the person's menu, once the menu itself has arrived. */
async function openUserMenu(user: Awaited<ReturnType<typeof open>>['user'], name: RegExp) {
  await waitFor(() => {
    expect(screen.getByRole('button', { name })).toHaveAttribute('id');
  });
  await user.click(screen.getByRole('button', { name }));
}

describe('the shell', () => {
  it('has the skip link first, and it leads to the content', async () => {
    const { user } = await open();
    await user.tab();
    expect(screen.getByRole('link', { name: 'Ir al contenido' })).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('main')).toHaveFocus();
  });

  it('ends the session, forgets what it knew and does not come back with the back button', async () => {
    let hasSession = true;
    server.use(
      http.get('*/api/auth/me', () => (hasSession ? HttpResponse.json(me) : problem(401, { code: 'auth.required' }))),
      http.post('*/api/auth/logout', () => {
        hasSession = false;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, router, queryClient } = await open();
    await openUserMenu(user, /Sofía Núñez/);
    await user.click(await screen.findByRole('menuitem', { name: 'Cerrar sesión' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/entrar');
    });
    await waitFor(() => {
      expect(queryClient.getQueryCache().getAll()).toEqual([]);
    });
    await router.navigate({ to: '/clinica' });
    expect(router.state.location.pathname).toBe('/entrar');
  });

  it('keeps the theme of the device when the session ends, though the browser is emptied', async () => {
    server.use(
      http.post('*/api/auth/logout', () => {
        localStorage.clear();
        return new HttpResponse(null, { status: 204, headers: { 'Clear-Site-Data': '"storage"' } });
      }),
    );
    localStorage.setItem('historias-theme', 'dark');
    const { user, router } = await open();
    await openUserMenu(user, /Sofía Núñez/);
    await user.click(await screen.findByRole('menuitem', { name: 'Cerrar sesión' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/entrar');
    });
    expect(localStorage.getItem('historias-theme')).toBe('dark');
    localStorage.clear();
  });

  it('empties the browser itself when the session ends: the server can only ask for its own origin', async () => {
    server.use(http.post('*/api/auth/logout', () => new HttpResponse(null, { status: 204 })));
    localStorage.setItem('historias-theme', 'dark');
    const { user, router } = await open();
    localStorage.setItem('historias-office', 'a-room');
    sessionStorage.setItem('where', 'a-page');
    await openUserMenu(user, /Sofía Núñez/);
    await user.click(await screen.findByRole('menuitem', { name: 'Cerrar sesión' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/entrar');
    });
    expect({ ...localStorage }).toEqual({ 'historias-theme': 'dark' });
    expect(sessionStorage.getItem('where')).toBeNull();
    localStorage.clear();
  });

  it('shows a role only what it may do', async () => {
    server.use(
      http.get('*/api/auth/me', () =>
        HttpResponse.json({ ...me, role: 'auditor', permissions: ['audit:read'], user: { ...me.user, license_number: '' } }),
      ),
    );
    const { user } = await open();
    await openUserMenu(user, /Auditoría/);
    expect(await screen.findByRole('menuitem', { name: 'Cerrar sesión' })).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: 'Clínica' })).not.toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Pacientes' })).not.toBeInTheDocument();
  });

  it('says the same of an address that does not exist', async () => {
    await open('/nada');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('No encontramos lo que busca');
  });

  it('offers another try when the server does not answer at first', async () => {
    server.use(http.get('*/api/auth/me', () => problem(503, { code: 'service.unavailable', request_id: 'folio-1' })));
    const { user } = await open();
    expect(screen.getByText('folio-1')).toBeInTheDocument();
    server.use(http.get('*/api/auth/me', () => HttpResponse.json(me)));
    await user.click(screen.getByRole('button', { name: 'Reintentar' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Clínica' })).toBeInTheDocument();
  });
});

describe('the keys of every page', () => {
  afterEach(() => {
    localStorage.clear();
  });

  /** A clinic whose lists are empty. */
  function lists() {
    server.use(
      http.get('*/api/patients', () => page([])),
      http.get('*/api/messages', () => page([])),
    );
  }

  async function openClinic() {
    lists();
    const app = await open();
    await screen.findByRole('heading', { level: 1, name: 'Clínica' });
    return app;
  }

  it('lead to a screen with g and its letter', async () => {
    const { user, router } = await openClinic();
    await user.keyboard('gm');
    await screen.findByRole('heading', { level: 1, name: 'Mensajes' });
    await user.keyboard('gp');
    await screen.findByRole('heading', { level: 1, name: 'Pacientes' });
    await user.keyboard('gh');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/hoy');
    });
  });

  it('do nothing while somebody writes', async () => {
    const { user, router } = await openClinic();
    const name = await screen.findByLabelText(/Nombre comercial/);
    await user.clear(name);
    await user.type(name, 'gm?/');
    expect(name).toHaveValue('gm?/');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/clinica');
  });

  it('are listed under ?, and those of a single key can be switched off', async () => {
    const { user, router } = await openClinic();
    await user.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Atajos de teclado' });
    expect(sheet).toHaveTextContent('Mensajesg y luego m');
    await user.keyboard('gm');
    expect(router.state.location.pathname).toBe('/clinica');
    await user.click(screen.getByRole('checkbox', { name: 'Usar los atajos de una sola tecla' }));
    await user.click(screen.getByRole('button', { name: 'Cerrar' }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
    await user.keyboard('gm?/');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(router.state.location.pathname).toBe('/clinica');
    await user.keyboard('{Control>}k{/Control}');
    expect(await screen.findByRole('dialog', { name: 'Buscar' })).toBeInTheDocument();
  });

  it('are found in the person’s menu too, and lead nowhere a role may not go', async () => {
    server.use(
      http.get('*/api/auth/me', () => HttpResponse.json({ ...me, role: 'auditor', permissions: ['audit:read', 'clinic:read'] })),
    );
    const { user } = await open('/clinica');
    await openUserMenu(user, /Sofía Núñez/);
    await user.click(await screen.findByRole('menuitem', { name: 'Atajos de teclado' }));
    const sheet = await screen.findByRole('dialog', { name: 'Atajos de teclado' });
    expect(sheet).toHaveTextContent('Inicio');
    expect(sheet).not.toHaveTextContent('Pacientesg');
  });
});
