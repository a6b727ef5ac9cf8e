import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

async function fill(user: ReturnType<typeof renderApp>['user'], password = 'una frase larga') {
  await user.type(await screen.findByLabelText('Correo electrónico'), me.user.email);
  await user.type(screen.getByLabelText('Contraseña'), password);
  await user.click(screen.getByRole('button', { name: 'Entrar' }));
}

describe('sign-in', () => {
  it('opens the page that was asked for', async () => {
    const bodies: unknown[] = [];
    let isSignedIn = false;
    server.use(
      http.get('*/api/auth/me', () => (isSignedIn ? HttpResponse.json(me) : problem(401, { code: 'auth.required' }))),
      http.post('*/api/auth/login', async ({ request }) => {
        bodies.push(await request.json());
        isSignedIn = true;
        return HttpResponse.json(signedIn);
      }),
    );
    const { user, router } = renderApp('/clinica');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/entrar');
    });
    await fill(user);
    expect(await screen.findByRole('heading', { level: 1, name: 'Clínica' })).toBeInTheDocument();
    expect(bodies).toEqual([{ email: me.user.email, password: 'una frase larga' }]);
    expect(document.title).toBe('Clínica · Historias');
  });

  it('says one sentence for any wrong credential and keeps what was typed', async () => {
    server.use(http.post('*/api/auth/login', () => problem(401, { code: 'auth.invalid_credentials', detail: 'x' })));
    const { user } = renderApp('/entrar');
    await fill(user);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('El correo o la contraseña no coinciden.');
    expect(alert).toHaveFocus();
    expect(screen.getByLabelText('Correo electrónico')).toHaveValue(me.user.email);
  });

  it('says how long to wait after too many attempts', async () => {
    server.use(
      http.post('*/api/auth/login', () => problem(429, { code: 'auth.too_many' }, { 'Retry-After': '120' })),
    );
    const { user } = renderApp('/entrar');
    await fill(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('Vuelva a intentarlo en 2 minutos.');
  });

  it('asks for what is missing beside the field, without asking the server', async () => {
    const { user } = renderApp('/entrar');
    await user.click(await screen.findByRole('button', { name: 'Entrar' }));
    expect(screen.getByLabelText('Correo electrónico')).toBeInvalid();
    expect(screen.getByLabelText('Contraseña')).toHaveAccessibleDescription('Este dato hace falta.');
    await user.click(screen.getByRole('button', { name: 'Contraseña: Este dato hace falta.' }));
    expect(screen.getByLabelText('Contraseña')).toHaveFocus();
  });

  it('does not follow an address outside the program', async () => {
    server.use(http.post('*/api/auth/login', () => HttpResponse.json(signedIn)));
    const { user, router } = renderApp('/entrar?next=%2F%2Fevil.example');
    await fill(user);
    await waitFor(() => {
      expect(router.state.location.pathname).not.toBe('/entrar');
    });
    expect(router.state.location.href).not.toContain('evil');
  });
});
