import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

const guards = {
  totp: { enabled: false },
  recovery_codes_left: 0,
  passkeys: [],
  trusted_devices: [],
  required: false,
};
const CODES = ['ABCD-EFGH-IJKL-MNOP-QRST-UVWX', 'BCDE-FGHI-JKLM-NOPQ-RSTU-VWXY'];

function sessionOf(id: string, current: boolean) {
  const at = '2026-11-23T16:00:00Z';
  return {
    id,
    device: current ? 'Chrome en Windows' : 'Safari en iPhone',
    address: '192.0.2.41',
    clinic: { id: me.clinic.id, name: me.clinic.name },
    created_at: at,
    last_seen_at: at,
    expires_at: at,
    current,
  };
}

beforeEach(() => {
  const { id, full_name, email, profession, license_number } = me.user;
  const profile = { id, full_name, email, email_verified: true, profession, license_number, version: 3 };
  server.use(
    http.get('*/api/auth/profile', () => HttpResponse.json(profile)),
    http.get('*/api/auth/security', () => HttpResponse.json(guards)),
    http.get('*/api/auth/sessions', () => page([sessionOf('s1', true), sessionOf('s2', false)])),
    http.get('*/api/staff/ownership-offer', () => HttpResponse.json({})),
  );
});

describe('Mi cuenta', () => {
  it('joins an authenticator app and shows the recovery codes until they are kept', async () => {
    let isEnabled = false;
    server.use(
      http.get('*/api/auth/security', () =>
        HttpResponse.json({ ...guards, totp: { enabled: isEnabled }, recovery_codes_left: isEnabled ? 10 : 0 }),
      ),
      http.post('*/api/auth/totp/setup', () =>
        HttpResponse.json({ secret: 'JBSWY3DPEHPK3PXP', otpauth_url: 'otpauth://totp/x', qr_svg: '<svg/>' }),
      ),
      http.post('*/api/auth/totp/enable', () => {
        isEnabled = true;
        return HttpResponse.json({ recovery_codes: CODES });
      }),
    );
    const { user } = renderApp('/ajustes/mi-cuenta');
    await user.click(await screen.findByRole('button', { name: 'Activar la aplicación de códigos' }));
    const dialog = await screen.findByRole('dialog', { name: 'Activar la aplicación de códigos' });
    expect(within(dialog).getByText('JBSW Y3DP EHPK 3PXP')).toBeInTheDocument();
    const code = within(dialog).getByLabelText('Código de seis dígitos');
    await user.type(code, '12{Enter}');
    expect((await screen.findAllByText('Escriba los seis dígitos que muestra la aplicación.')).length).toBeGreaterThan(0);
    await user.clear(code);
    await user.type(code, '123 456{Enter}');
    const shown = await screen.findByRole('dialog', { name: 'Sus códigos de recuperación' });
    expect(within(shown).getByText(CODES[1] ?? '')).toBeInTheDocument();
    // Escape would lose what is shown only once.
    await user.keyboard('{Escape}');
    expect(shown).toBeInTheDocument();
    await user.click(within(shown).getByRole('button', { name: 'Ya los guardé' }));
    expect(await screen.findByText(/Le quedan 10 códigos/)).toBeInTheDocument();
  });

  it('ends one other session, and not its own', async () => {
    let ended: string | undefined;
    server.use(
      http.delete('*/api/auth/sessions/:id', ({ params }) => {
        ended = String(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
      http.get('*/api/auth/sessions', () =>
        page(ended === undefined ? [sessionOf('s1', true), sessionOf('s2', false)] : [sessionOf('s1', true)]),
      ),
    );
    const { user } = renderApp('/ajustes/mi-cuenta');
    const card = await screen.findByRole('region', { name: 'Mis sesiones' });
    await user.click(await within(card).findByRole('button', { name: 'Terminar la sesión en Safari en iPhone' }));
    await waitFor(() => {
      expect(within(card).queryByText('Safari en iPhone')).not.toBeInTheDocument();
    });
    expect(ended).toBe('s2');
    expect(within(card).queryByRole('button', { name: /Terminar/ })).not.toBeInTheDocument();
  });

  it('keeps what was typed when the data changed elsewhere', async () => {
    server.use(http.put('*/api/auth/profile', () => problem(412, { code: 'user.stale' })));
    const { user } = renderApp('/ajustes/mi-cuenta');
    const specialty = await screen.findByLabelText(/^Especialidad/);
    await user.type(specialty, 'Pediatría');
    await user.click(screen.getByRole('button', { name: 'Guardar mis datos' }));
    expect(await screen.findByText(/Alguien más cambió estos datos/)).toBeInTheDocument();
    expect(specialty).toHaveValue('Pediatría');
  });

  it('answers an offer of the clinic', async () => {
    let accepted = false;
    const side = (full_name: string) => ({ full_name, membership_id: me.user.id });
    const offer = {
      expires_at: '2026-11-27T16:00:00Z',
      former_role: 'doctor',
      from: side('Iván Robles Mena'),
      to: side(me.user.full_name),
      received: true,
    };
    server.use(
      http.get('*/api/staff/ownership-offer', () => HttpResponse.json(accepted ? {} : { offer })),
      http.post('*/api/staff/accept-ownership', () => {
        accepted = true;
        return HttpResponse.json({});
      }),
    );
    const { user } = renderApp('/ajustes/mi-cuenta');
    await user.click(await screen.findByRole('button', { name: 'Aceptar la titularidad' }));
    const dialog = await screen.findByRole('dialog', { name: 'Aceptar la titularidad' });
    expect(within(dialog).getByText(/Iván Robles Mena tendrá la función «Personal médico»/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Aceptar la titularidad' }));
    await waitFor(() => {
      expect(screen.queryByText(/le ofrece la titularidad/)).not.toBeInTheDocument();
    });
  });
});
