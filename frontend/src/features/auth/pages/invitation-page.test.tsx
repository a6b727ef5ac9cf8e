import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Invitation } from '@/lib/api/types';
import { me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const TOKEN = '8mJ0fV2nq1sT4xYb7cWd9eRg3hKzLpQa5uNvXiMoZtE';

function invitationOf(changes: Partial<Invitation> = {}): Invitation {
  return {
    clinic_name: 'Clínica Jacarandas',
    invited_by: 'Sofía Núñez Alcaraz',
    role: 'receptionist',
    email: 'lucia.bravo@jacarandas.example',
    full_name: 'Lucía Bravo Tenorio',
    has_account: false,
    expires_at: '2036-11-27T16:00:00Z',
    confidentiality: { version: 1, text: 'Carta de confidencialidad\n\n1. Guardaré el secreto.' },
    ...changes,
  };
}

/** An invitation behind the link; answers what it was accepted with. */
function invited(invitation: Invitation, refuse?: (body: Record<string, unknown>) => Response | undefined) {
  const bodies: Record<string, unknown>[] = [];
  server.use(
    http.get(`*/api/invitations/${TOKEN}`, () => HttpResponse.json(invitation)),
    http.post(`*/api/invitations/${TOKEN}/accept`, async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      bodies.push(body);
      return refuse?.(body) ?? HttpResponse.json(signedIn, { status: 201 });
    }),
    http.get('*/api/auth/me', () => HttpResponse.json({ ...me, role: 'receptionist', permissions: ['clinic:read'] })),
  );
  return bodies;
}

/** The invitation is left for the first page of the clinic. */
async function isInside(router: ReturnType<typeof renderApp>['router']) {
  await waitFor(() => {
    expect(router.state.location.pathname).not.toContain('invitacion');
  });
}

const accept = () => screen.getByRole('button', { name: 'Aceptar la invitación' });
const LETTER = 'He leído la carta y la acepto';

describe('an invitation', () => {
  it('makes an account of who has none, once the letter is accepted', async () => {
    const bodies = invited(invitationOf());
    const { user, router } = renderApp(`/invitacion/${TOKEN}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Le invitan a Clínica Jacarandas' })).toBeInTheDocument();
    expect(screen.getByText('Sofía Núñez Alcaraz le invita a trabajar en Clínica Jacarandas.')).toBeInTheDocument();
    expect(screen.getByText('Recepción')).toBeInTheDocument();
    expect(screen.queryByLabelText('Cédula profesional')).not.toBeInTheDocument();
    expect(document.title).toBe('Invitación · Historias');
    await user.type(screen.getByLabelText('Contraseña'), 'la frase de la recepción');
    await user.click(accept());
    expect(await screen.findByRole('alert')).toHaveTextContent('hace falta aceptar la carta');
    expect(bodies).toEqual([]);
    await user.click(screen.getByLabelText(LETTER));
    await user.click(accept());
    await isInside(router);
    expect(bodies).toEqual([
      { password: 'la frase de la recepción', full_name: 'Lucía Bravo Tenorio', accept_confidentiality: true },
    ]);
  });

  it('asks a doctor for what she signs with', async () => {
    const bodies = invited(invitationOf({ role: 'doctor' }));
    const { user, router } = renderApp(`/invitacion/${TOKEN}`);
    await user.selectOptions(await screen.findByLabelText('Profesión'), 'medico_cirujano');
    await user.type(screen.getByLabelText('Cédula profesional'), '7654321');
    await user.type(screen.getByLabelText('Institución que expidió el título'), 'Universidad Ficticia');
    await user.type(screen.getByLabelText('Contraseña'), 'la frase de la doctora');
    await user.click(screen.getByLabelText(LETTER));
    await user.click(accept());
    await isInside(router);
    expect(bodies[0]).toMatchObject({ profession: 'medico_cirujano', license_number: '7654321' });
  });

  it('takes the account that the address has, with its second factor', async () => {
    const bodies = invited(invitationOf({ has_account: true }), (body) =>
      body.totp_code === undefined ? problem(401, { code: 'auth.totp_required', methods: ['totp'] }) : undefined,
    );
    const { user, router } = renderApp(`/invitacion/${TOKEN}`);
    expect(await screen.findByText(/Ya tiene una cuenta con este correo/)).toBeInTheDocument();
    await user.type(screen.getByLabelText('Contraseña'), 'una frase larga');
    await user.click(screen.getByLabelText(LETTER));
    await user.click(accept());
    expect(await screen.findByRole('alert')).toHaveTextContent('Su cuenta tiene verificación en dos pasos.');
    await user.type(screen.getByLabelText('Código de seis dígitos'), '123456');
    await user.click(accept());
    await isInside(router);
    expect(bodies[1]).toEqual({ password: 'una frase larga', totp_code: '123456', accept_confidentiality: true });
  });

  it.each([
    ['invitation.used', 409, 'Esta invitación ya se usó'],
    ['invitation.expired', 409, 'Esta invitación venció'],
    ['invitation.not_found', 404, 'Esta invitación no existe'],
  ])('that cannot be taken (%s) says so and what to do', async (code, status, title) => {
    server.use(http.get(`*/api/invitations/${TOKEN}`, () => problem(status, { code })));
    renderApp(`/invitacion/${TOKEN}`);
    expect(await screen.findByRole('heading', { level: 1, name: title })).toHaveFocus();
    expect(screen.getByRole('link', { name: 'Ir a entrar' })).toBeInTheDocument();
  });

  it('of somebody who works there already says so after the password was proved', async () => {
    invited(invitationOf({ has_account: true }), () => problem(409, { code: 'staff.already_member' }));
    const { user } = renderApp(`/invitacion/${TOKEN}`);
    await user.type(await screen.findByLabelText('Contraseña'), 'una frase larga');
    await user.click(screen.getByLabelText(LETTER));
    await user.click(accept());
    expect(await screen.findByRole('heading', { name: 'Ya trabaja en esta clínica' })).toBeInTheDocument();
  });
});
