import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

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
