import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const done = () => new HttpResponse(null, { status: 204 });

describe('a forgotten password', () => {
  it('gets the same answer for every address', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post('*/api/auth/password/forgot', async ({ request }) => {
        bodies.push(await request.json());
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = renderApp('/recuperar');
    await user.type(await screen.findByLabelText('Correo electrónico'), ' nadie@jacarandas.example {Enter}');
    const title = await screen.findByRole('heading', { level: 1, name: 'Revise su correo' });
    expect(title).toHaveFocus();
    expect(screen.getByText(/Si hay una cuenta con ese correo/)).toBeInTheDocument();
    expect(bodies).toEqual([{ email: 'nadie@jacarandas.example' }]);
  });

  it('is replaced with the token of the link, which leaves the address before anything is shown', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post('*/api/auth/password/reset', async ({ request }) => {
        bodies.push(await request.json());
        return done();
      }),
    );
    const { user, router } = renderApp('/restablecer#abc%20DEF-12');
    const field = await screen.findByLabelText('Contraseña nueva');
    expect(router.state.location.hash).toBe('');
    expect(router.history.length).toBe(1);
    expect(field).toHaveAccessibleDescription(/Quince caracteres o más; diez si su cuenta tiene verificación en dos pasos/);
    await user.type(field, 'corta{Enter}');
    expect(field).toHaveAccessibleDescription('Debe tener diez caracteres o más.');
    await user.type(field, ' no tanto');
    expect(field).toHaveAccessibleDescription('Si su cuenta tiene verificación en dos pasos, ya basta. Si no, falta un carácter.');
    await user.type(field, ' y ya{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'Su contraseña cambió' })).toHaveFocus();
    expect(bodies).toEqual([{ token: 'abcDEF-12', password: 'corta no tanto y ya' }]);
  });

  it('says what to do when the link is used up, or not whole', async () => {
    server.use(http.post('*/api/auth/password/reset', () => problem(422, { code: 'auth.reset_invalid' })));
    const { user, unmount } = renderApp('/restablecer#used');
    await user.type(await screen.findByLabelText('Contraseña nueva'), 'una frase bastante larga{Enter}');
    expect(await screen.findByRole('heading', { name: 'Este enlace ya no sirve' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Pedir otro enlace' })).toHaveAttribute('href', '/recuperar');
    unmount();
    renderApp('/cancelar-reposicion');
    expect(await screen.findByRole('heading', { name: 'A este enlace le falta una parte' })).toBeInTheDocument();
  });
});

describe('the proof of an address', () => {
  it('waits for the sign-in, keeps the token out of the address meanwhile, and is asked once', async () => {
    const tokens: unknown[] = [];
    let isSignedIn = false;
    server.use(
      http.get('*/api/auth/me', () => (isSignedIn ? HttpResponse.json(me) : problem(401, { code: 'auth.required' }))),
      http.post('*/api/auth/login', () => {
        isSignedIn = true;
        return HttpResponse.json(signedIn);
      }),
      http.post('*/api/auth/email/verify', async ({ request }) => {
        tokens.push(await request.json());
        return done();
      }),
    );
    const { user, router } = renderApp('/verificar-correo#prueba-1');
    await user.type(await screen.findByLabelText('Correo electrónico'), me.user.email);
    expect(router.state.location.href).not.toContain('prueba-1');
    await user.type(screen.getByLabelText('Contraseña'), 'una frase larga{Enter}');
    expect(await screen.findByRole('heading', { name: 'Su correo quedó confirmado' })).toBeInTheDocument();
    expect(tokens).toEqual([{ token: 'prueba-1' }]);
  });

  it('offers another mail when the link is dead', async () => {
    let mails = 0;
    server.use(
      http.post('*/api/auth/email/verify', () => problem(422, { code: 'auth.verification_invalid' })),
      http.post('*/api/auth/email/verification', () => {
        mails += 1;
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = renderApp('/verificar-correo#vieja');
    await user.click(await screen.findByRole('button', { name: 'Enviarme otro enlace' }));
    expect(await screen.findByRole('heading', { name: 'Le enviamos otro enlace' })).toBeInTheDocument();
    expect(mails).toBe(1);
  });
});

describe('a lost second factor', () => {
  it('is asked for without telling anything of the account', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post('*/api/auth/factor/lost', async ({ request }) => {
        bodies.push(await request.json());
        return new HttpResponse(null, { status: 202 });
      }),
    );
    const { user } = renderApp('/segundo-factor-perdido');
    await user.type(await screen.findByLabelText('Correo electrónico'), me.user.email);
    await user.type(screen.getByLabelText('Contraseña'), 'una frase larga{Enter}');
    expect(await screen.findByRole('heading', { name: 'Recibimos su petición' })).toHaveFocus();
    expect(bodies).toEqual([{ email: me.user.email, password: 'una frase larga' }]);
  });

  it('is kept by a press, not by the opening of the page', async () => {
    const tokens: unknown[] = [];
    server.use(
      http.post('*/api/auth/factor/lost/cancel', async ({ request }) => {
        tokens.push(await request.json());
        return done();
      }),
    );
    const { user } = renderApp('/cancelar-reposicion#no-fui-yo');
    const button = await screen.findByRole('button', { name: 'Cancelar la petición' });
    expect(tokens).toEqual([]);
    await user.click(button);
    await waitFor(() => {
      expect(screen.getByRole('heading', { name: 'La petición quedó cancelada' })).toHaveFocus();
    });
    expect(tokens).toEqual([{ token: 'no-fui-yo' }]);
  });
});
