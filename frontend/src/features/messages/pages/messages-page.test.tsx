import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '@/lib/api/types';
import { messageOf } from '@/testing/consents';
import { listenLive, tellLive } from '@/testing/live';
import { patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

/** What the server holds; the tests' acts change it. */
let messages: Message[] = [];
let statuses: (string | null)[] = [];

const person = (name: string) => ({ id: messageOf().patient?.id ?? '', name, record_number: 'H-000482', phone: '+525555550142' });

function settle(id: string, resolution: Message['resolution']): void {
  messages = messages.map((message) => (message.id === id ? { ...message, needs_call: false, resolution } : message));
}

beforeEach(() => {
  messages = [messageOf({ patient: person('Tomás Ñunco') }), messageOf({ patient: person('Valentina Torres') })];
  statuses = [];
  listenLive();
  server.use(
    http.get('*/api/messages', ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get('needs_call') === 'true') return page(messages.filter((message) => message.needs_call));
      statuses.push(query.get('status'));
      return page(messages);
    }),
    http.get('*/api/messages/calls', () =>
      HttpResponse.json({ count: messages.filter((message) => message.needs_call).length }),
    ),
    http.post('*/api/messages/:id/retry', ({ params }) => {
      settle(String(params.id), { kind: 'retried', at: '2026-11-23T16:00:00Z' });
      return HttpResponse.json(messageOf({ status: 'queued', needs_call: false }));
    }),
    http.post('*/api/messages/:id/resolve', async ({ params, request }) => {
      const { note } = (await request.json()) as { note: string };
      settle(String(params.id), { kind: 'handled', note, at: '2026-11-23T16:00:00Z' });
      return HttpResponse.json(messages.find(({ id }) => id === params.id));
    }),
  );
});

const worklist = () => screen.findByRole('list', { name: 'Personas a las que hay que llamar' });
const callRows = (list: HTMLElement) => within(list).getAllByRole('listitem');
const everything = () => screen.findByRole('table', { name: /^Mensajes/ });

describe('the list of calls', () => {
  it('says whom to call and why, and counts them in the menu', async () => {
    renderApp('/mensajes');
    const list = await worklist();
    const [first] = callRows(list);
    expect(first).toHaveTextContent('Tomás Ñunco');
    expect(first).toHaveTextContent('El número no tiene WhatsApp o no puede recibir este mensaje.');
    const [call] = within(list).getAllByRole('link', { name: 'Llame al 55 5555 0142' });
    expect(call).toHaveAttribute('href', 'tel:+525555550142');
    const menu = screen.getByRole('navigation', { name: 'Navegación principal' });
    expect(within(menu).getByRole('link', { name: /Mensajes/ })).toHaveTextContent('2 personas esperan una llamada');
  });

  it('sends again, takes the row away and moves the focus to the next', async () => {
    const { user } = renderApp('/mensajes');
    const list = await worklist();
    await user.click(within(list).getByRole('button', { name: 'Reintentar el envío a Tomás Ñunco' }));
    await waitFor(() => {
      expect(callRows(list)).toHaveLength(1);
    });
    expect(callRows(list)[0]).toHaveTextContent('Valentina Torres');
    await waitFor(() => {
      expect(callRows(list)[0]).toHaveFocus();
    });
    expect(screen.getByText('Se envió de nuevo a Tomás Ñunco.')).toBeInTheDocument();
  });

  it('says why a message cannot be sent again, and keeps it', async () => {
    server.use(
      http.post('*/api/messages/:id/retry', () =>
        problem(422, { code: 'consent.answered', detail: 'La persona ya aceptó. No hace falta volver a enviar la solicitud.' }),
      ),
    );
    const { user } = renderApp('/mensajes');
    const list = await worklist();
    await user.click(within(list).getByRole('button', { name: 'Reintentar el envío a Tomás Ñunco' }));
    expect(await screen.findByText(/La persona ya aceptó/)).toBeInTheDocument();
    expect(callRows(list)).toHaveLength(2);
  });

  it('is settled with a note, which is not optional', async () => {
    const { user } = renderApp('/mensajes');
    const list = await worklist();
    await user.click(within(list).getByRole('button', { name: 'Marcar como resuelto: Valentina Torres' }));
    const dialog = await screen.findByRole('dialog', { name: 'Marcar como resuelto' });
    await user.click(within(dialog).getByRole('button', { name: 'Marcar como resuelto' }));
    expect(await within(dialog).findAllByText(/Este dato hace falta/)).not.toHaveLength(0);
    await user.type(within(dialog).getByLabelText('Qué se hizo'), 'Contestó su hija.');
    await user.click(within(dialog).getByRole('button', { name: 'Marcar como resuelto' }));
    await waitFor(() => {
      expect(callRows(list)).toHaveLength(1);
    });
    await waitFor(() => {
      expect(callRows(list)[0]).toHaveFocus();
    });
    expect(await everything()).toHaveTextContent('Resuelto el 23 nov 2026: «Contestó su hija.».');
  });
});

describe('all messages', () => {
  it('follow their state live, while new ones wait to be asked for', async () => {
    messages = [messageOf({ status: 'sent', needs_call: false, error: undefined, patient: person('Ximena Aguilar') })];
    const { user } = renderApp('/mensajes');
    const table = await everything();
    expect(table).toHaveTextContent('Enviado');
    messages = [
      messageOf({ status: 'queued', needs_call: false, error: undefined, patient: person('Paula Cárdenas') }),
      ...messages.map((message): Message => ({ ...message, status: 'read' })),
    ];
    tellLive({ topic: 'message' });
    await waitFor(() => {
      expect(table).toHaveTextContent('Leído');
    });
    expect(table).not.toHaveTextContent('Paula Cárdenas');
    await user.click(screen.getByRole('button', { name: 'Un mensaje nuevo' }));
    expect(table).toHaveTextContent('Paula Cárdenas');
  });

  it('are filtered by state in the address', async () => {
    const { user, router } = renderApp('/mensajes');
    await everything();
    await user.click(screen.getByRole('button', { name: 'No entregado' }));
    await waitFor(() => {
      expect(statuses.at(-1)).toBe('failed');
    });
    expect(router.state.location.search).toEqual({ estado: 'failed' });
  });
});

describe("one patient's messages", () => {
  it('stand in the chart, without naming the patient again', async () => {
    const patient = patientOf();
    let asked: string | null = null;
    messages = [messageOf({ status: 'delivered', needs_call: false, error: undefined })];
    server.use(
      http.get('*/api/patients/:id/summary', () => HttpResponse.json(summaryOf(patient))),
      http.get('*/api/messages', ({ request }) => {
        asked = new URL(request.url).searchParams.get('patient_id');
        return page(messages);
      }),
    );
    renderApp(`/pacientes/${patient.id}/mensajes`);
    const table = await everything();
    expect(table).toHaveTextContent('Solicitud de consentimiento');
    expect(table).toHaveTextContent('Entregado');
    expect(within(table).queryByRole('columnheader', { name: 'Paciente' })).not.toBeInTheDocument();
    expect(asked).toBe(patient.id);
  });
});
