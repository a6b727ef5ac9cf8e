import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChartSummary, Patient } from '@/lib/api/types';
import { me } from '@/testing/fixtures';
import { patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const json = (body: Patient | ChartSummary) => HttpResponse.json(body);
const orozco = patientOf();
const at = (page = '') => `/pacientes/${orozco.id}${page}`;

/** The record on the server, which changes only by what the tests send. */
let stored: Patient = orozco;
let saves: { version: string | null; body: Record<string, unknown> }[] = [];
let summaries = 0;
let records = 0;

beforeEach(() => {
  stored = orozco;
  saves = [];
  summaries = 0;
  records = 0;
  server.use(
    http.get('*/api/patients/:id/summary', () => {
      summaries += 1;
      return json(summaryOf(stored));
    }),
    http.get('*/api/patients/:id', () => {
      records += 1;
      return json(stored);
    }),
    http.put('*/api/patients/:id', async ({ request }) => {
      const version = request.headers.get('If-Match');
      const body = (await request.json()) as Record<string, unknown>;
      if (version !== `"${String(stored.version)}"`) {
        return problem(412, { code: 'patient.stale', detail: 'Hay una versión más nueva.' });
      }
      saves.push({ version, body });
      stored = { ...stored, ...body, version: stored.version + 1 };
      return json(stored);
    }),
    http.post('*/api/patients/:id/archive', async ({ request }) => {
      const { reason } = (await request.json()) as { reason: string };
      stored = {
        ...stored,
        status: 'archived',
        archive: { reason, at: '2026-11-23T16:40:00Z' },
        version: stored.version + 1,
      };
      return json(stored);
    }),
    http.post('*/api/patients/:id/unarchive', () => {
      stored = { ...stored, status: 'active', archive: undefined, version: stored.version + 1 };
      return json(stored);
    }),
  );
});

function whoMay(...permissions: string[]) {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
}

async function openChart(page = '') {
  const app = renderApp(at(page));
  await screen.findByRole('heading', { level: 1, name: 'María Fernanda Orozco Villaseñor' });
  return app;
}

async function openEditor() {
  const app = await openChart('/datos/editar');
  await screen.findByLabelText(/^Ocupación/);
  return app;
}

describe('the chart', () => {
  it('keeps in sight who it is, and its first page is one call', async () => {
    await openChart();
    expect(screen.getByText('46 años 3 meses')).toBeInTheDocument();
    expect(screen.getByText('Consentimiento aceptado')).toBeInTheDocument();
    const card = await screen.findByRole('region', { name: 'Consentimientos' });
    expect(card).toHaveTextContent('Atención médica y expediente');
    expect([summaries, records]).toEqual([1, 0]);
  });

  it('holds nothing of the person in address, title or storage', async () => {
    const { router } = await openChart();
    expect(document.title).toBe('Expediente · Historias');
    expect(router.state.location.href).toBe(at());
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('Orozco');
  });

  it('shows whoever may not read the summary only the data', async () => {
    whoMay('patient:read');
    const { router } = await openChart();
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(at('/datos'));
    });
    expect(screen.queryByRole('link', { name: 'Resumen' })).not.toBeInTheDocument();
    expect(await screen.findByText('Calle Ficticia')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Editar datos' })).not.toBeInTheDocument();
    expect(summaries).toBe(0);
  });

  it('answers the same for an absent and for a foreign patient', async () => {
    server.use(
      http.get('*/api/patients/:id/summary', () => problem(404, { code: 'patient.not_found', detail: 'No está.' })),
    );
    renderApp(at());
    expect(await screen.findByRole('heading', { name: 'No encontramos lo que busca' })).toBeInTheDocument();
  });

  async function openArchiveDialog() {
    const app = await openChart('/datos');
    await app.user.click(screen.getByRole('button', { name: 'Acciones del expediente' }));
    await app.user.click(await screen.findByText('Archivar expediente'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Archivar expediente' }));
    return { ...app, dialog, submit: dialog.getByRole('button', { name: 'Archivar expediente' }) };
  }

  it('is archived only for a reason, and then is read only', async () => {
    const { user, dialog, submit } = await openArchiveDialog();
    await user.click(submit);
    expect(dialog.getByLabelText('Motivo')).toHaveAccessibleDescription('Este dato hace falta.');
    await user.click(dialog.getByLabelText('Motivo'));
    await user.paste('Cambió de médico.');
    await user.click(submit);
    expect(await screen.findByText(/Motivo: Cambió de médico/)).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Editar datos' })).not.toBeInTheDocument();
  });

  it('comes back from the archive with one press', async () => {
    const { user, dialog, submit } = await openArchiveDialog();
    await user.click(dialog.getByLabelText('Motivo'));
    await user.paste('Cambió de médico.');
    await user.click(submit);
    await user.click(await screen.findByText('Deshacer'));
    expect(await screen.findByText('El expediente volvió a la lista de activos.')).toBeInTheDocument();
    expect(await screen.findByText('Editar datos')).toBeInTheDocument();
  });
});

describe('editing a patient', () => {
  it('replaces the record at the version that was read', async () => {
    const { user, router } = await openEditor();
    await user.type(screen.getByLabelText(/^Ocupación/), 'Ceramista');
    await user.click(screen.getByRole('button', { name: 'Guardar cambios' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(at('/datos'));
    });
    expect(saves).toHaveLength(1);
    expect(saves[0]).toMatchObject({ version: '"3"', body: { occupation: 'Ceramista', curp: 'OOVF800814MPLRLR00' } });
    expect(await screen.findByText('Ceramista')).toBeInTheDocument();
  });

  /** Types here while another window saves another phone and another colonia. */
  async function meetAnotherVersion() {
    const app = await openEditor();
    await app.user.type(screen.getByLabelText(/^Ocupación/), 'Ceramista');
    const neighborhood = screen.getByLabelText('Colonia');
    await app.user.clear(neighborhood);
    await app.user.type(neighborhood, 'Analco');
    stored = {
      ...stored,
      phone: '+525555550199',
      address: { ...stored.address, neighborhood: 'La Paz' } as Patient['address'] & object,
      version: 4,
    };
    await app.user.click(screen.getByRole('button', { name: 'Guardar cambios' }));
    await screen.findByRole('region', { name: 'Los datos cambiaron en otra ventana' });
    return app;
  }

  const row = (name: RegExp) => screen.getByRole('row', { name });

  it('stops at a 412 and shows both versions, difference by difference', async () => {
    await meetAnotherVersion();
    expect(screen.queryByLabelText(/^Ocupación/)).not.toBeInTheDocument();
    expect(row(/^Ocupación/)).toHaveTextContent('CeramistaVacío');
    expect(row(/^Teléfono/)).toHaveTextContent('55 5555 014255 5555 0199');
    expect(row(/^Colonia/)).toHaveTextContent('Cambió en ambas');
    expect(screen.queryByRole('row', { name: /^CURP/ })).not.toBeInTheDocument();
    expect(saves).toHaveLength(0);
  });

  it('keeps one’s own version over the newer one', async () => {
    const { user } = await meetAnotherVersion();
    await user.click(screen.getByRole('button', { name: 'Conservar la mía' }));
    await waitFor(() => {
      expect(saves).toHaveLength(1);
    });
    expect(saves[0]).toMatchObject({
      version: '"4"',
      body: { occupation: 'Ceramista', phone: '55 5555 0142', address: { neighborhood: 'Analco' } },
    });
  });

  it('joins both field by field, with what only one side changed already chosen', async () => {
    const { user } = await meetAnotherVersion();
    await user.click(screen.getByRole('button', { name: 'Unir ambas' }));
    expect(within(row(/^Teléfono/)).getByRole('radio', { name: '55 5555 0199' })).toBeChecked();
    await user.click(within(row(/^Colonia/)).getByRole('radio', { name: 'La Paz' }));
    await user.click(screen.getByRole('button', { name: 'Guardar la unión' }));
    await waitFor(() => {
      expect(saves).toHaveLength(1);
    });
    expect(saves[0]).toMatchObject({
      version: '"4"',
      body: { occupation: 'Ceramista', phone: '55 5555 0199', address: { neighborhood: 'La Paz' } },
    });
  });

  it('uses the other version and still gives one’s own back', async () => {
    const { user } = await meetAnotherVersion();
    await user.click(screen.getByRole('button', { name: 'Usar la otra' }));
    expect(await screen.findByLabelText('Colonia')).toHaveValue('La Paz');
    await user.click(await screen.findByRole('button', { name: 'Recuperar la mía' }));
    expect(screen.getByLabelText('Colonia')).toHaveValue('Analco');
    expect(saves).toHaveLength(0);
  });

  it('tells at once that somebody saved, before anything is sent', async () => {
    const { user, queryClient } = await openEditor();
    await user.type(screen.getByLabelText(/^Ocupación/), 'Ceramista');
    stored = { ...stored, phone: '+525555550199', version: 4 };
    await queryClient.invalidateQueries({ queryKey: ['patients'] });
    await user.click(await screen.findByRole('button', { name: 'Ver ambas' }));
    expect(row(/^Ocupación/)).toHaveTextContent('Ceramista');
  });

  it('notices another window of this browser with the same form', async () => {
    await openEditor();
    const other = new BroadcastChannel('historias-editing');
    other.postMessage({ kind: 'editing', tab: 'other', record: orozco.id });
    expect(await screen.findByText(/también se está editando en otra ventana/)).toBeInTheDocument();
    other.postMessage({ kind: 'left', tab: 'other', record: orozco.id });
    await waitFor(() => {
      expect(screen.queryByText(/también se está editando en otra ventana/)).not.toBeInTheDocument();
    });
    other.close();
  });

  it('asks before changes are left, saves them and goes on', async () => {
    const { user, router } = await openEditor();
    await user.type(screen.getByLabelText(/^Ocupación/), 'Ceramista');
    await user.click(screen.getByRole('link', { name: 'Resumen' }));
    const dialog = await screen.findByRole('dialog', { name: 'Hay cambios sin guardar' });
    await user.click(within(dialog).getByRole('button', { name: 'Guardar' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(at());
    });
    expect(saves).toHaveLength(1);
  });
});
