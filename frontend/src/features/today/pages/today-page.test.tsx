import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { messageOf } from '@/testing/consents';
import { me, patientListItemOf } from '@/testing/fixtures';
import { patientOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

const patient = patientOf();

function draftOf(id: string, name: string, missing: number) {
  return {
    id,
    patient_id: patient.id,
    type: 'evolucion',
    type_label: 'Nota de evolución',
    status: 'draft',
    author: { id: me.user.id, name: me.user.full_name },
    opened_at: '2026-11-10T15:34:00Z',
    updated_at: '2026-11-10T15:40:00Z',
    missing,
    patient: { id: patient.id, full_name: name, record_number: 'H-000482', sex: 'M' },
  };
}

function whoMay(...permissions: string[]) {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
}

const CLINICAL = ['consultation:read', 'consultation:write', 'chart:read', 'patient:read', 'patient:write', 'clinic:read'];

beforeEach(() => {
  whoMay(...CLINICAL, 'message:read');
  server.use(
    http.get('*/api/consultations', () =>
      page([draftOf('n1', 'Socorro Paredes Nava', 1), draftOf('n2', 'Abril Montaño Iturbe', 0), draftOf('n3', 'Óscar Güemes', 5)]),
    ),
    http.get('*/api/consultations/:id/completeness', () =>
      HttpResponse.json({
        complete: false,
        done: 1,
        total: 2,
        items: [
          { key: 'plan', title: 'Plan', required: true, state: 'complete' },
          { key: 'prognosis', title: 'Pronóstico', numeral: '6.2.5', required: true, state: 'missing' },
        ],
      }),
    ),
    http.get('*/api/patients', () => page([patientListItemOf()])),
    http.get('*/api/messages', () => page([messageOf()])),
  );
});

describe('Hoy', () => {
  it('is where a clinical role arrives, and its tab names nobody', async () => {
    const { router } = renderApp('/');
    await screen.findByText(/^Buen[oa]s .*Tiene 3 notas sin firmar\.$/);
    expect(router.state.location.pathname).toBe('/hoy');
    expect(document.title).toBe('Hoy · Historias');
  });

  it('says what each note lacks: by name when it is little, else how many parts', async () => {
    renderApp('/hoy');
    const card = await screen.findByRole('region', { name: 'Notas sin firmar' });
    expect(await within(card).findByText(/falta pronóstico \(6\.2\.5\)$/)).toBeInTheDocument();
    expect(within(card).getByText(/lista para firmar$/)).toBeInTheDocument();
    expect(within(card).getByText(/faltan 5 apartados$/)).toBeInTheDocument();
    const go = within(card).getByRole('link', { name: 'Continuar la nota de Socorro Paredes Nava' });
    expect(go).toHaveAttribute('href', `/pacientes/${patient.id}/consultas/n1`);
    expect(within(card).getByRole('link', { name: 'Revisar la nota de Abril Montaño Iturbe' })).toBeInTheDocument();
  });

  it('shows a nurse the patients, with the way to their vital signs, and no notes to sign', async () => {
    whoMay('consultation:read', 'patient:read', 'patient:write', 'chart:read', 'vitals:read', 'vitals:write');
    renderApp('/hoy');
    expect(await screen.findByRole('link', { name: 'Mateo Ruiz Cárdenas' })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Notas sin firmar' })).not.toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Mensajes por atender' })).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Tomar signos de Mateo Ruiz Cárdenas' })).toBeInTheDocument();
  });

  it('fails card by card', async () => {
    server.use(http.get('*/api/consultations', () => problem(503, { code: 'unavailable', detail: 'Intente de nuevo.' })));
    renderApp('/hoy');
    expect(await screen.findByText('No pudimos traer sus notas sin firmar')).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: 'Mateo Ruiz Cárdenas' })).toBeInTheDocument();
  });

  it('shows the desk whom to find, whom to ask for consent, and nothing clinical', async () => {
    whoMay('patient:read', 'patient:write', 'consent:read', 'consent:request', 'message:read');
    renderApp('/');
    const consents = await screen.findByRole('region', { name: 'Consentimientos por solicitar' });
    expect(
      await within(consents).findByRole('link', { name: 'Abrir los consentimientos de Mateo Ruiz Cárdenas' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Últimos pacientes' })).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Mensajes por atender' })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Notas sin firmar' })).not.toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /Tomar signos/ })).not.toBeInTheDocument();
  });

  it('shows whoever answers for privacy the consents, the notice and the trail', async () => {
    whoMay('patient:read', 'consent:read', 'consent:request', 'notice:read', 'notice:publish', 'audit:read');
    renderApp('/hoy');
    const card = await screen.findByRole('region', { name: 'Cumplimiento' });
    expect(within(card).getByRole('link', { name: 'Aviso de privacidad' })).toBeInTheDocument();
    expect(within(card).getByRole('link', { name: 'Bitácora' })).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Últimos pacientes' })).not.toBeInTheDocument();
  });

  it('is not for an auditor, whose first page is the trail; who may nothing yet arrives at her account', async () => {
    server.use(http.get('*/api/audit-events', () => page([])));
    whoMay('audit:read');
    const { router, unmount } = renderApp('/');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/bitacora');
    });
    expect(screen.queryByRole('link', { name: 'Hoy' })).not.toBeInTheDocument();
    unmount();
    whoMay('session:own');
    const blocked = renderApp('/');
    await waitFor(() => {
      expect(blocked.router.state.location.pathname).toBe('/ajustes/mi-cuenta');
    });
  });
});
