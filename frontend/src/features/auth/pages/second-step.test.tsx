import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startAnew } from '@/lib/start-anew';
import { me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

vi.mock('@/lib/start-anew', () => ({ startAnew: vi.fn(), hasUnsavedChanges: () => false }));

type User = ReturnType<typeof renderApp>['user'];

/** An account with a second factor; answers what sign-in was asked with. */
function withFactor(methods: string[]) {
  const bodies: Record<string, unknown>[] = [];
  let isSignedIn = false;
  server.use(
    http.get('*/api/auth/me', () => (isSignedIn ? HttpResponse.json(me) : problem(401, { code: 'auth.required' }))),
    http.post('*/api/auth/login', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      bodies.push(body);
      if (body.totp_code === undefined) return problem(401, { code: 'auth.totp_required', methods });
      if (body.totp_code === '000000') return problem(401, { code: 'auth.invalid_code' });
      isSignedIn = true;
      return HttpResponse.json(signedIn);
    }),
  );
  return bodies;
}

async function fillPassword(user: User) {
  await user.type(await screen.findByLabelText('Correo electrónico'), me.user.email);
  await user.type(screen.getByLabelText('Contraseña'), 'una frase larga');
  await user.click(screen.getByRole('button', { name: 'Entrar' }));
}

describe('the second step of a sign-in', () => {
  it('takes its place, says a wrong code, and remembers the computer only when it is asked to', async () => {
    const bodies = withFactor(['totp', 'recovery_code']);
    const { user, router } = renderApp('/entrar?next=/clinica');
    await fillPassword(user);
    const code = await screen.findByLabelText('Código de seis dígitos');
    expect(code).toHaveFocus();
    expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    expect(screen.queryByLabelText('Contraseña')).not.toBeInTheDocument();
    await user.type(code, '12{Enter}');
    expect(code).toHaveAccessibleDescription('Debe tener seis dígitos.');
    await user.clear(code);
    await user.type(code, '000000{Enter}');
    expect(await screen.findByText(/Ese código no es válido o ya se usó\. Espere/)).toBeInTheDocument();
    await user.clear(code);
    await user.type(code, '123 456');
    await user.click(screen.getByLabelText('Recordar este equipo 30 días'));
    await user.click(screen.getByRole('button', { name: 'Continuar' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/clinica');
    });
    const credentials = { email: me.user.email, password: 'una frase larga' };
    expect(bodies).toEqual([
      credentials,
      { ...credentials, totp_code: '000000' },
      { ...credentials, totp_code: '123 456', remember_device: true },
    ]);
  });

  it('takes a recovery code as it was written down', async () => {
    const bodies = withFactor(['totp', 'recovery_code']);
    const { user, router } = renderApp('/entrar?next=/clinica');
    await fillPassword(user);
    await user.click(await screen.findByRole('button', { name: 'Usar un código de recuperación' }));
    await user.type(await screen.findByLabelText('Código de recuperación'), 'abcd-efgh ijkl{Enter}');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/clinica');
    });
    expect(bodies[1]).toMatchObject({ totp_code: 'abcd-efgh ijkl' });
  });

  it('tells how long to wait after too many wrong codes', async () => {
    withFactor(['totp']);
    const { user } = renderApp('/entrar');
    await fillPassword(user);
    const code = await screen.findByLabelText('Código de seis dígitos');
    server.use(
      http.post('*/api/auth/login', () => problem(429, { code: 'auth.too_many_failures' }, { 'Retry-After': '540' })),
    );
    await user.type(code, '111111{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Vuelva a intentarlo en 9 minutos.');
  });
});

describe('somebody of several clinics', () => {
  const other = { clinic_id: '01999999-0000-7000-8000-0000000000c2', slug: 'x', name: 'Clínica Azul', role: 'doctor' };
  const signedInToTwo = { ...signedIn, clinics: [...me.clinics, other] };

  it('chooses where to work, and another clinic begins anew', async () => {
    const switches: unknown[] = [];
    server.use(
      http.post('*/api/auth/login', () => HttpResponse.json(signedInToTwo)),
      http.post('*/api/auth/switch-clinic', async ({ request }) => {
        switches.push(await request.json());
        return HttpResponse.json({ ...signedInToTwo, clinic: { ...me.clinic, id: other.clinic_id } });
      }),
    );
    const { user } = renderApp('/entrar');
    await fillPassword(user);
    const list = await screen.findByRole('list', { name: 'Sus clínicas' });
    expect(within(list).getAllByRole('button')).toHaveLength(2);
    await user.click(within(list).getByRole('button', { name: /Clínica Azul/ }));
    await waitFor(() => {
      expect(startAnew).toHaveBeenCalled();
    });
    expect(switches).toEqual([{ clinic_id: other.clinic_id }]);
  });

  it('stays in the first one and goes to the page that was asked for', async () => {
    server.use(http.post('*/api/auth/login', () => HttpResponse.json(signedInToTwo)));
    const { user, router } = renderApp('/entrar?next=/clinica');
    await fillPassword(user);
    await user.click(await screen.findByRole('button', { name: /Clínica Jacarandas/ }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/clinica');
    });
  });
});

describe('a passkey', () => {
  beforeEach(() => {
    vi.stubGlobal('PublicKeyCredential', vi.fn());
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
    Reflect.deleteProperty(navigator, 'credentials');
  });

  /** What the browser answers to its own question. */
  function browserSays(answer: () => Promise<unknown>) {
    Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get: answer } });
  }

  it('that the person does not go on with is no fault, and the password stays possible', async () => {
    server.use(
      http.post('*/api/auth/login/passkey/begin', () =>
        HttpResponse.json({ challenge_id: 'c1', options: { publicKey: { challenge: 'AAEC', rpId: 'localhost' } } }),
      ),
    );
    browserSays(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    const { user } = renderApp('/entrar');
    await user.click(await screen.findByRole('button', { name: 'Entrar con llave de acceso' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('No se usó ninguna llave de acceso.');
    expect(screen.getByLabelText('Contraseña')).toBeInTheDocument();
  });

  it('signs in with what the browser proved, as the server takes it', async () => {
    const bodies: unknown[] = [];
    class Credential {
      id = 'AQID';
      rawId = Uint8Array.of(1, 2, 3).buffer;
      type = 'public-key';
      authenticatorAttachment = 'platform';
      response = {
        authenticatorData: Uint8Array.of(4).buffer,
        clientDataJSON: Uint8Array.of(255, 254).buffer,
        signature: Uint8Array.of(6).buffer,
        userHandle: null,
      };
      getClientExtensionResults = () => ({});
    }
    vi.stubGlobal('PublicKeyCredential', Credential);
    let asked: unknown;
    browserSays(((question: unknown) => {
      asked = question;
      return Promise.resolve(new Credential());
    }) as () => Promise<unknown>);
    server.use(
      http.post('*/api/auth/login/passkey/begin', () =>
        HttpResponse.json({ challenge_id: 'c1', options: { publicKey: { challenge: 'AAEC', rpId: 'localhost' } } }),
      ),
      http.post('*/api/auth/login/passkey/finish', async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(signedIn);
      }),
    );
    const { user, router } = renderApp('/entrar?next=/clinica');
    await user.click(await screen.findByRole('button', { name: 'Entrar con llave de acceso' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/clinica');
    });
    expect(asked).toMatchObject({ publicKey: { challenge: Uint8Array.of(0, 1, 2), rpId: 'localhost' } });
    expect(bodies).toEqual([
      {
        challenge_id: 'c1',
        credential: {
          id: 'AQID',
          rawId: 'AQID',
          type: 'public-key',
          authenticatorAttachment: 'platform',
          clientExtensionResults: {},
          response: { authenticatorData: 'BA', clientDataJSON: '__4', signature: 'Bg' },
        },
      },
    ]);
  });
});
