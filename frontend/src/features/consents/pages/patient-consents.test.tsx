import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsentEvent, Consents, Patient } from '@/lib/api/types';
import { askedChain, consentEventOf, consentsOf } from '@/testing/consents';
import { me } from '@/testing/fixtures';
import { listenLive, tellLive } from '@/testing/live';
import { patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const orozco = patientOf();
const address = `/pacientes/${orozco.id}/consentimientos`;

let patient: Patient = orozco;
let consents: Consents = consentsOf([]);
let requests: { key: string | null; body: unknown }[] = [];

beforeEach(() => {
  patient = orozco;
  consents = consentsOf([]);
  requests = [];
  listenLive();
  server.use(
    http.get('*/api/patients/:id/summary', () => HttpResponse.json(summaryOf(patient))),
    http.get('*/api/patients/:id/consents', () => HttpResponse.json(consents)),
    http.post('*/api/patients/:id/consent-requests', async ({ request }) => {
      requests.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
      consents = consentsOf(askedChain(), { care: 'requested' });
      return HttpResponse.json({ id: 'r1', status: 'requested' }, { status: 202 });
    }),
  );
});

const chain = async () => screen.findByRole('region', { name: 'Cadena de eventos' });
const steps = (region: HTMLElement) => within(region).getAllByRole('heading', { level: 3 });

describe("the patient's consents", () => {
  it('shows where each purpose stands and the chain that proves it, and offers no way to accept', async () => {
    const accepted = consentEventOf('accepted', {
      evidence: { wamid: 'wamid.HBgNNTIxNTU1NTU1MDE0MhUCABEYRUE1', phone: '+525555550142', signer: { role: 'patient' } },
    });
    consents = consentsOf([...askedChain(), accepted], { care: 'accepted' });
    renderApp(address);
    const region = await chain();
    expect(steps(region).map((step) => step.textContent)).toEqual(['Solicitado', 'Por enviar', 'Enviado', 'Aceptado']);
    expect(region).toHaveTextContent('Por Laura Peña, recepción. Aviso integral, versión 1.');
    expect(region).toHaveTextContent('Plantilla privacy_consent_notice, es_MX, al 55 5555 0142.');
    expect(region).toHaveTextContent('La paciente tocó «Acepto» desde el mismo número. Atención médica y expediente.');
    expect(region).toHaveTextContent('sha256 51b8…41ab');
    expect(within(region).getByText(/17:40:\d\d/, { selector: `time[datetime="${accepted.at}"]` })).toBeInTheDocument();
    const states = screen.getByRole('region', { name: 'Estado por finalidad' });
    expect(states).toHaveTextContent('Necesaria · Desde el 12 mar 2026');
    expect(within(states).getAllByText('No otorgado')).toHaveLength(5);
    expect(screen.queryByRole('button', { name: /^Acept/ })).not.toBeInTheDocument();
    expect(screen.getByText('Lo que vio la paciente')).toBeInTheDocument();
  });

  it('asks once however often the button is pressed, and the answer arrives without reloading', async () => {
    const { user } = renderApp(address);
    const send = await screen.findByRole('button', { name: 'Enviar por WhatsApp' });
    await user.dblClick(send);
    const region = await chain();
    await waitFor(() => {
      expect(steps(region)).toHaveLength(3);
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(requests[0]?.body).toEqual({ channel: 'whatsapp', purposes: ['care'] });

    const delivered = consentEventOf('delivered');
    consents = consentsOf([...consents.events, delivered], { care: 'requested' });
    const first = steps(region)[0];
    tellLive({ topic: 'consent', patient_id: orozco.id });
    await waitFor(() => {
      expect(steps(region).at(-1)).toHaveTextContent('Entregado');
    });
    // What is being read stays the same element in the same place.
    expect(steps(region)[0]).toBe(first);
    expect(within(region).getByText(/^Último evento: Entregado/)).toHaveAttribute('role', 'status');
  });

  it('names what the clinic lacks and leads to the guided start', async () => {
    server.use(
      http.post('*/api/patients/:id/consent-requests', () =>
        problem(422, {
          code: 'clinic.incomplete',
          detail: 'Antes complete los datos de la clínica.',
          errors: [
            { field: 'address', code: 'missing', message: 'Falta este dato de la clínica.' },
            { field: 'privacy_contact.name', code: 'missing', message: 'Falta este dato de la clínica.' },
          ],
        }),
      ),
    );
    const { user } = renderApp(address);
    await user.click(await screen.findByRole('button', { name: 'Enviar por WhatsApp' }));
    expect(await screen.findByText(/domicilio y nombre del contacto de privacidad\./)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Completar los datos' })).toHaveAttribute('href', '/inicio');
  });

  it('leads to Datos when there is no telephone', async () => {
    patient = patientOf({ phone: undefined });
    renderApp(address);
    expect(await screen.findByText('No hay un teléfono al cual escribir.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Ir a Datos' })).toHaveAttribute('href', `/pacientes/${orozco.id}/datos`);
    expect(screen.queryByRole('button', { name: /Enviar/ })).not.toBeInTheDocument();
  });

  it('goes to who answers for a minor', async () => {
    patient = patientOf({
      minor: true,
      phone: undefined,
      representative: { full_name: 'Paula Cárdenas', relationship: 'Madre', phone: '+525555550144' },
    });
    renderApp(address);
    expect(
      await screen.findByText('Es menor de edad: se enviará a Paula Cárdenas (Madre), al 55 5555 0144.'),
    ).toBeInTheDocument();
  });

  it('says whom to call when the message did not arrive, and tries again', async () => {
    patient = patientOf({ consent: { status: 'failed' } });
    const failed = consentEventOf('failed', {
      evidence: { error_code: 131026, error_message: 'El número no tiene WhatsApp.' },
    });
    consents = consentsOf([...askedChain(), failed], { care: 'requested' });
    const { user } = renderApp(address);
    expect(await screen.findByRole('link', { name: '55 5555 0142' })).toHaveAttribute('href', 'tel:+525555550142');
    expect(screen.getByText('La paciente no lo recibió')).toBeInTheDocument();
    expect(await chain()).toHaveTextContent('El número no tiene WhatsApp.');
    await user.click(screen.getByRole('button', { name: 'Reintentar' }));
    await waitFor(() => {
      expect(requests).toHaveLength(1);
    });
  });

  it('is for reading only without the permission to ask', async () => {
    server.use(
      http.get('*/api/auth/me', () =>
        HttpResponse.json({ ...me, permissions: me.permissions.filter((entry) => entry !== 'consent:request') }),
      ),
    );
    consents = consentsOf(askedChain(), { care: 'accepted' });
    renderApp(address);
    await chain();
    expect(screen.queryByRole('button', { name: /Enviar|revocación/ })).not.toBeInTheDocument();
  });
});

describe('a revocation', () => {
  it('asks what, who and why, and adds to the chain', async () => {
    let sent: unknown;
    consents = consentsOf(askedChain(), { care: 'accepted', marketing: 'accepted' });
    server.use(
      http.post('*/api/patients/:id/consents/revocations', async ({ request }) => {
        sent = await request.json();
        const revoked: ConsentEvent = consentEventOf('revoked', {
          purposes: ['marketing'],
          channel: 'desk',
          evidence: { requested_by: 'representative', reason: 'No desea promociones.', actor_name: 'Laura Peña' },
        });
        consents = consentsOf([...consents.events, revoked], { care: 'accepted', marketing: 'revoked' });
        return HttpResponse.json(revoked, { status: 201 });
      }),
    );
    const { user } = renderApp(address);
    const open = await screen.findByRole('button', { name: 'Registrar una revocación…' });
    await user.click(open);
    const dialog = await screen.findByRole('dialog', { name: 'Registrar una revocación' });
    await user.click(within(dialog).getByRole('button', { name: 'Registrar la revocación' }));
    expect(await within(dialog).findByText('Faltan corregir 2 datos')).toBeInTheDocument();
    expect(sent).toBeUndefined();

    await user.click(within(dialog).getByLabelText('Promociones y encuestas'));
    await user.selectOptions(within(dialog).getByLabelText('Quién lo pidió'), 'Su representante');
    await user.type(within(dialog).getByLabelText('Motivo, en sus palabras'), 'No desea promociones.');
    await user.click(within(dialog).getByRole('button', { name: 'Registrar la revocación' }));
    await waitFor(() => {
      expect(dialog).not.toBeInTheDocument();
    });
    expect(sent).toEqual({ purposes: ['marketing'], requested_by: 'representative', reason: 'No desea promociones.' });
    const region = await chain();
    await waitFor(() => {
      expect(steps(region).at(-1)).toHaveTextContent('Revocado');
    });
    expect(region).toHaveTextContent('Lo pidió su representante en el consultorio. Motivo: «No desea promociones.».');
    expect(screen.getByRole('region', { name: 'Estado por finalidad' })).toHaveTextContent('lo pidió su representante');
    expect(open).toHaveFocus();
  });
});
