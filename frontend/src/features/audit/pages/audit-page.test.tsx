import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent, AuditEventDetail, AuditVerification } from '@/lib/api/types';
import { listenLive, tellLive } from '@/testing/live';
import { renderApp } from '@/testing/render';
import { page, server } from '@/testing/server';

const SOFIA = '01999999-0000-7000-8000-000000000001';
const PATIENT = '01999999-0000-7000-8000-00000000b001';
const HASH = '3be2c5a80000000000000000000000000000000000000000000000000000 10f4'.replace(' ', '');

function eventOf(number: number, changes: Partial<AuditEvent> = {}): AuditEvent {
  return {
    id: `01999999-0000-7000-8000-00000000e${String(number).padStart(3, '0')}`,
    at: `2026-11-23T16:24:${String(number).padStart(2, '0')}Z`,
    actor_kind: 'user',
    actor_id: SOFIA,
    actor_name: 'Sofía Núñez Alcaraz',
    role: 'doctor',
    action: 'chart.read',
    action_text: 'Consultó el expediente',
    subject_type: 'patient',
    subject_id: PATIENT,
    patient_id: PATIENT,
    patient: { record_number: 'H-000091', names: 'Ignacio Ibarra Quezada' },
    outcome: 'success',
    request_id: '0192f3c8-7e11-7000-8000-000000000001',
    address: '192.0.2.41',
    ...changes,
  };
}

function verificationOf(changes: Partial<AuditVerification> = {}): AuditVerification {
  return {
    state: 'intact',
    running: false,
    verified_at: '2026-11-22T12:00:00Z',
    events: 48213,
    seals: 1204,
    documents: 310,
    open: 0,
    checkpoint_at: '2026-11-22T12:01:00Z',
    fault_count: 0,
    recoveries: [],
    ...changes,
  };
}

let events: AuditEvent[] = [];
let queries: URLSearchParams[] = [];
let verification = verificationOf();
let fresh = 0;

beforeEach(() => {
  events = [eventOf(2), eventOf(1, { action: 'access.denied', action_text: 'Acceso denegado', outcome: 'denied' })];
  queries = [];
  verification = verificationOf();
  fresh = 0;
  listenLive();
  server.use(
    http.get('*/api/audit-events', ({ request }) => {
      queries.push(new URL(request.url).searchParams);
      return page(events.map((event) => ({ ...event })));
    }),
    http.get('*/api/audit-events/:id', ({ params }) => {
      const detail: AuditEventDetail = {
        ...(events.find(({ id }) => id === params.id) ?? eventOf(9)),
        chain: {
          sealed: true,
          position: 48409,
          hash: HASH,
          previous: { id: eventOf(3).id, position: 48408, hash: HASH.replace('3be2', 'a41c') },
          seal: { number: 1204, at: '2026-11-23T16:24:04Z', hash: HASH.replace('3be2', '5f1c') },
        },
      };
      return HttpResponse.json(detail);
    }),
    http.get('*/api/audit/verification', ({ request }) => {
      if (new URL(request.url).searchParams.get('fresh') === 'true') fresh += 1;
      return HttpResponse.json(verification);
    }),
  );
});

const table = () => screen.findByRole('table', { name: /^Eventos de la bitácora/ });

describe('the trail', () => {
  it('keeps its filters in the address, as ids and codes, and asks the API for them', async () => {
    const { user, router } = renderApp('/bitacora');
    await table();
    await user.selectOptions(screen.getByLabelText('Acción'), 'Consultó el expediente');
    await user.selectOptions(screen.getByLabelText('Quién'), 'Sofía Núñez Alcaraz');
    await user.selectOptions(screen.getByLabelText('Resultado'), 'Denegado');
    await user.selectOptions(screen.getByLabelText('Fecha'), 'Todas');
    await waitFor(() => {
      expect(Object.fromEntries(queries.at(-1) ?? [])).toEqual({
        action: 'chart.read',
        actor_id: SOFIA,
        outcome: 'denied',
        limit: '20',
      });
    });
    expect(router.state.location.search).toMatchObject({
      accion: 'chart.read',
      quien: SOFIA,
      resultado: 'denied',
      fecha: 'todas',
    });
    await user.click(screen.getByRole('button', { name: 'Quitar los filtros' }));
    expect(router.state.location.search).toEqual({});
  });

  it('opens an event with its place in the chain and gives the focus back', async () => {
    const { user } = renderApp('/bitacora');
    const link = within(await table()).getByRole('link', { name: 'Consultó el expediente' });
    await user.click(link);
    const detail = await screen.findByRole('dialog', { name: 'Consultó el expediente' });
    expect(await within(detail).findByText('Evento 48,409')).toBeInTheDocument();
    expect(detail).toHaveTextContent('3be2 c5a8 … 10f4');
    expect(detail).toHaveTextContent('Evento 48,408');
    expect(detail).toHaveTextContent('Sello 1,204, 23 nov 2026, 10:24:04');
    expect(detail).toHaveTextContent('Sofía Núñez Alcaraz, personal médico');
    expect(detail).toHaveTextContent('192.0.2.41');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(detail).not.toBeInTheDocument();
    });
    expect(link).toHaveFocus();
  });

  it('narrows to one record from an event, by its id', async () => {
    const { user, router } = renderApp('/bitacora');
    await user.click(within(await table()).getByRole('link', { name: 'Consultó el expediente' }));
    await user.click(await screen.findByRole('button', { name: 'Ver todo de este expediente' }));
    await waitFor(() => {
      expect(queries.at(-1)?.get('patient_id')).toBe(PATIENT);
    });
    expect(router.state.location.search).toMatchObject({ paciente: PATIENT });
    expect(await screen.findByRole('button', { name: 'Solo H-000091' })).toBeInTheDocument();
  });

  it('offers what is new instead of moving the rows', async () => {
    const { user } = renderApp('/bitacora?fecha=todas');
    const rows = await table();
    events = [eventOf(5, { action: 'consent.accepted', action_text: 'Recibió el consentimiento' }), ...events];
    tellLive({ topic: 'consent', patient_id: PATIENT });
    const news = await screen.findByRole('button', { name: 'Hay eventos nuevos' });
    expect(rows).not.toHaveTextContent('Recibió el consentimiento');
    await user.click(news);
    await waitFor(() => {
      expect(rows).toHaveTextContent('Recibió el consentimiento');
    });
    expect(screen.queryByRole('button', { name: 'Hay eventos nuevos' })).not.toBeInTheDocument();
  });
});

describe('the verification', () => {
  it('says what was checked and runs again when asked', async () => {
    const { user } = renderApp('/bitacora');
    expect(await screen.findByText(/Se verificaron 48,213 eventos y 1,204 sellos el 22 nov 2026, 06:00\./)).toBeInTheDocument();
    verification = verificationOf({ events: 48300 });
    await user.click(screen.getByRole('button', { name: 'Verificar ahora' }));
    expect(await screen.findByText(/Se verificaron 48,300 eventos/)).toBeInTheDocument();
    expect(fresh).toBe(1);
  });

  it('names the first broken event and leads to it', async () => {
    const broken = eventOf(7).id;
    verification = verificationOf({
      state: 'broken',
      fault_count: 3,
      first_fault: {
        kind: 'event_changed',
        text: `El evento ${broken} del 23/11/2026 16:24:07 UTC fue modificado después de quedar en el sello 1204.`,
        event_id: broken,
        seal: 1204,
      },
    });
    renderApp('/bitacora');
    expect(await screen.findByText('La bitácora fue alterada.')).toBeInTheDocument();
    expect(screen.getByText(/fue modificado después de quedar en el sello 1204\. Es la primera de 3 fallas\./)).toBeInTheDocument();
    const link = screen.getByRole('link', { name: 'Ver el evento' });
    expect(link.getAttribute('href')).toContain(`evento=${broken}`);
    expect(screen.queryByText('Íntegra.')).not.toBeInTheDocument();
  });
});
