import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '@/lib/readings';
import { me } from '@/testing/fixtures';
import { patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { server } from '@/testing/server';

const patient = patientOf();
const at = `/pacientes/${patient.id}/signos`;
const raul = { id: '01999999-0000-7000-8000-000000000002', name: 'Raúl Téllez Bravo' };

function readingOf(id: string, changes: Partial<Reading>): Reading {
  return { id, measured_at: '2026-11-23T15:31:00Z', taken_by: raul, states: {}, ...changes };
}

let readings: Reading[] = [];
let sent: Record<string, unknown>[] = [];

function whoMay(...permissions: string[]) {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
}

beforeEach(() => {
  sent = [];
  readings = [
    readingOf('r2', {
      systolic: 138,
      diastolic: 86,
      states: { blood_pressure: { state: 'elevated', label: 'Elevada' } },
    }),
    readingOf('r1', { measured_at: '2026-10-21T15:00:00Z', systolic: 146, diastolic: 90 }),
  ];
  whoMay('patient:read', 'chart:read', 'vitals:read', 'vitals:write', 'clinic:read');
  const series = (key: string, values: [number, number], high: number) => ({
    key,
    label: key,
    unit: 'mmHg',
    high,
    points: [
      { at: '2026-10-21T15:00:00Z', value: values[0], reading_id: 'r1' },
      { at: '2026-11-23T15:31:00Z', value: values[1], reading_id: 'r2' },
    ],
  });
  server.use(
    http.get('*/api/patients/:id/summary', () => HttpResponse.json(summaryOf(patient))),
    http.get('*/api/patients/:id/vital-signs', () =>
      HttpResponse.json({
        items: readings,
        next_cursor: null,
        series: [series('systolic', [146, 138], 129), series('diastolic', [90, 86], 79)],
      }),
    ),
    http.post('*/api/patients/:id/vital-signs', async ({ request }) => {
      sent.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ ...readings[0], warnings: [] }, { status: 201 });
    }),
    http.post('*/api/patients/:id/vital-signs/:reading/void', async ({ params, request }) => {
      const { reason } = (await request.json()) as { reason: string };
      readings = readings.map((one) =>
        one.id === params.reading ? { ...one, voided: { reason, at: '2026-11-23T16:00:00Z', by: raul } } : one,
      );
      return HttpResponse.json(readings[0]);
    }),
  );
});

async function openForm() {
  const app = renderApp(at);
  await app.user.click(await screen.findByRole('button', { name: 'Registrar signos' }));
  return { ...app, form: await screen.findByRole('dialog', { name: 'Registrar signos vitales' }) };
}

describe('the vital signs of a chart', () => {
  it('say the last value, what it means and how it got there, and mark what is out of range', async () => {
    renderApp(at);
    const trend = await screen.findByRole('region', { name: 'Presión arterial' });
    expect(trend).toHaveTextContent('138/86 mmHgElevada');
    expect(within(trend).getByRole('img')).toHaveAccessibleName(
      'Presión arterial: 2 mediciones, del 21 oct 2026 al 23 nov 2026. La última, 138/86 mmHg.',
    );
    expect(trend).toHaveTextContent('En rango: hasta 129/79 mmHg');
    const row = screen.getByRole('row', { name: /23 nov 2026/ });
    expect(within(row).getByText('Elevada')).toBeInTheDocument();
  });

  it('are sent as they were typed, with comma or point, and only what was measured', async () => {
    const { user, form } = await openForm();
    expect(within(form).getByText('Antes: 138')).toBeInTheDocument();
    await user.type(within(form).getByLabelText('Peso'), '78,6');
    await user.type(within(form).getByLabelText('Talla'), '160');
    expect(form).toHaveTextContent('IMC 30.7 kg/m²');
    await user.click(within(form).getByRole('button', { name: 'Guardar signos' }));
    await waitFor(() => {
      expect(sent).toEqual([{ weight_kg: 78.6, height_cm: 160 }]);
    });
  });

  it('are not sent while they cannot be, and the hour is by the clock of the office', async () => {
    const { user, form } = await openForm();
    const save = within(form).getByRole('button', { name: 'Guardar signos' });
    await user.click(save);
    expect(await within(form).findAllByText(/Escriba al menos una medida/)).not.toHaveLength(0);
    await user.type(within(form).getByLabelText('Temperatura'), '98');
    await user.click(save);
    expect(await within(form).findAllByText(/Parece Fahrenheit/)).not.toHaveLength(0);
    await user.clear(within(form).getByLabelText('Temperatura'));
    await user.type(within(form).getByLabelText('Temperatura'), '36.5');
    await user.clear(within(form).getByLabelText('Fecha'));
    await user.type(within(form).getByLabelText('Fecha'), '20/11/2026');
    await user.click(save);
    expect(await within(form).findAllByText(/Falta la hora de esa fecha/)).not.toHaveLength(0);
    await user.type(within(form).getByLabelText(/^Hora/), '9:31');
    await user.click(save);
    await waitFor(() => {
      expect(sent).toEqual([{ temperature: 36.5, measured_at: '2026-11-20T15:31:00.000Z' }]);
    });
  });

  it('are taken out of the count with a reason, and stay in sight', async () => {
    const { user } = renderApp(at);
    await user.click(await screen.findByRole('button', { name: /^Anular la medición del 23 nov 2026/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Anular medición' });
    await user.type(within(dialog).getByLabelText('Motivo'), 'Es de otra persona.');
    await user.click(within(dialog).getByRole('button', { name: 'Anular medición' }));
    expect(await screen.findByText(/^Anulada el 23 nov 2026 por Raúl Téllez Bravo: Es de otra persona\.$/)).toBeInTheDocument();
  });

  it('are only read by whoever may not write them, and those of a note are changed there', async () => {
    whoMay('patient:read', 'chart:read', 'vitals:read', 'clinic:read');
    renderApp(at);
    await screen.findByRole('region', { name: 'Presión arterial' });
    expect(screen.queryByRole('button', { name: 'Registrar signos' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Anular/ })).not.toBeInTheDocument();
  });
});
