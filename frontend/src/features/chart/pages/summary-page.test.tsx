import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChartSummary } from '@/lib/api/types';
import { me } from '@/testing/fixtures';
import { patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { server } from '@/testing/server';

const patient = patientOf();
const sofia = { id: me.user.id, name: me.user.full_name };
const raul = { id: '01999999-0000-7000-8000-000000000002', name: 'Raúl Téllez Bravo' };
let summary: ChartSummary;
let stops: unknown[] = [];

function whoMay(...permissions: string[]) {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
}

const CLINICAL = ['patient:read', 'chart:read', 'consultation:read', 'vitals:read', 'clinic:read'];

beforeEach(() => {
  stops = [];
  summary = summaryOf(patient, {
    allergies: { status: 'listed', items: [{ id: 'a1', substance: 'Penicilinas', reaction: 'Anafilaxia', severity: 'severe', onset_on: '2009', version: 1 }] },
    problems: [
      { id: 'p1', code: 'I10', label: 'Hipertensión esencial', status: 'active', onset_on: '2019-03', version: 1 },
      { id: 'p2', code: 'G56.0', label: 'Síndrome del túnel carpiano', status: 'resolved', resolved_on: '2025-06', version: 1 },
    ],
    medications: [
      { id: 'c1', prescription_id: 'x', generic_name: 'Losartán', presentation: 'tableta 50 mg', dosage: 'Tomar 1 tableta cada 24 horas.', frequency: 'Cada 24 horas', starts_on: '2026-09-04' },
      { id: 'c2', prescription_id: 'x', generic_name: 'Atorvastatina', presentation: 'tableta 20 mg', dosage: 'Tomar 1 tableta cada 24 horas.', frequency: 'Cada 24 horas', starts_on: '2026-09-04', ends_on: '2026-12-02' },
    ],
    notes: [
      { id: 'n3', type: 'evolucion', label: 'Nota de evolución', status: 'draft', author: raul, opened_at: '2026-11-20T15:00:00Z', prescriptions: 0 },
      { id: 'n2', type: 'evolucion', label: 'Nota de evolución', status: 'signed', author: sofia, opened_at: '2026-10-21T15:00:00Z', excerpt: 'Cifras en descenso.', prescriptions: 1 },
    ],
    counts: { consultations: 500, prescriptions: 9 },
    vital_signs: {
      previous: {},
      latest: {
        id: 'r2', measured_at: '2026-10-21T15:31:00Z', taken_by: raul, glucose: 142,
        states: { glucose: { state: 'elevated', label: 'Alta', low: 70, high: 139 } },
      },
      series: [
        {
          key: 'glucose', label: 'Glucosa', unit: 'mg/dL', low: 70, high: 139,
          points: [
            { at: '2025-09-02T15:00:00Z', value: 158, reading_id: 'r1' },
            { at: '2026-10-21T15:31:00Z', value: 142, reading_id: 'r2' },
          ],
        },
        { key: 'weight_kg', label: 'Peso', unit: 'kg', points: [{ at: '2025-09-02T15:00:00Z', value: 79, reading_id: 'r1' }] },
      ],
    },
  });
  whoMay(...CLINICAL);
  server.use(
    http.get('*/api/patients/:id/summary', () => HttpResponse.json(summary)),
    http.get('*/api/patients/:id/vital-signs', () => HttpResponse.json({ items: [], next_cursor: null, series: [] })),
    http.post('*/api/patients/:id/medications/:course/stop', async ({ params, request }) => {
      stops.push([params.course, await request.json()]);
      summary = { ...summary, medications: summary.medications.filter(({ id }) => id !== params.course) };
      return HttpResponse.json({});
    }),
  );
});

const open = () => renderApp(`/pacientes/${patient.id}`);
const card = (name: string) => screen.findByRole('region', { name });

describe('the first page of a chart', () => {
  it('says each last value with its meaning, and whence it came', async () => {
    open();
    const vitals = await card('Signos vitales');
    expect(vitals).toHaveTextContent('Signos del 21 oct 2026, 09:31 · Raúl Téllez Bravo');
    expect(vitals).toHaveTextContent('Glucosa capilar142 mg/dLAlta−16 desde el 2 sep 2025');
    expect(vitals).toHaveTextContent('Peso79 kgdel 2 sep 2025');
  });

  it('keeps allergies and problems in sight in the banner, on every page of the chart', async () => {
    const { router } = open();
    await card('Alergias');
    const banner = screen.getByRole('heading', { level: 1 }).closest('header');
    expect(banner).toHaveTextContent('Penicilinas anafilaxia');
    expect(banner).toHaveTextContent('Hipertensión esencial I10');
    expect(banner).not.toHaveTextContent('túnel carpiano');
    await router.navigate({ to: `/pacientes/${patient.id}/signos` });
    expect(banner).toHaveTextContent('Penicilinas anafilaxia');
  });

  it('tells that none is known from that nobody has asked', async () => {
    summary = { ...summary, allergies: { status: 'not_asked', items: [] } };
    const { unmount } = open();
    expect(await card('Alergias')).toHaveTextContent('No se le ha preguntado.');
    expect(screen.getByText('Alergias: no preguntado')).toBeInTheDocument();
    unmount();
    summary = { ...summary, allergies: { status: 'none_known', items: [] } };
    open();
    expect(await card('Alergias')).toHaveTextContent('Sin alergias conocidas.');
  });

  it('says since when a problem is, and until when a medicine', async () => {
    open();
    const problems = await card('Problemas');
    expect(problems).toHaveTextContent('Hipertensión esencialDesde marzo de 2019I10');
    expect(problems).toHaveTextContent('Resuelto en junio de 2025');
    const medications = await card('Medicamentos vigentes');
    expect(medications).toHaveTextContent('uso continuo');
    expect(medications).toHaveTextContent('hasta 2 dic 2026');
  });

  it('opens signed notes, names somebody else’s draft, and counts all of them, the draft too', async () => {
    open();
    const notes = await card('Últimas notas');
    expect(within(notes).getAllByRole('link', { name: 'Nota de evolución' })).toHaveLength(1);
    expect(within(notes).getByRole('link', { name: 'Las 501' })).toHaveAttribute('href', `/pacientes/${patient.id}/consultas`);
  });

  it('stops a medicine only for a reason', async () => {
    whoMay(...CLINICAL, 'prescription:write');
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Suspender Losartán' }));
    const dialog = await screen.findByRole('dialog', { name: 'Suspender medicamento' });
    await user.click(within(dialog).getByRole('button', { name: 'Suspender' }));
    expect(stops).toEqual([]);
    await user.type(within(dialog).getByLabelText('Motivo'), 'Tos.');
    await user.click(within(dialog).getByRole('button', { name: 'Suspender' }));
    await waitFor(() => {
      expect(screen.queryByText('Losartán')).not.toBeInTheDocument();
    });
    expect(stops).toEqual([['c1', { reason: 'Tos.' }]]);
  });

  it('changes nothing for whoever only reads, nor of an archived record', async () => {
    open();
    await card('Problemas');
    expect(screen.queryByRole('button', { name: 'Agregar problema' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Suspender/ })).not.toBeInTheDocument();
  });
});
