import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const AT = '2026-11-23T16:26:14.702Z';
const NUMBER = '+525555550163';

let acts: { path: string; body: unknown }[] = [];

const entry = {
  id: '7',
  at: AT,
  direction: 'webhook',
  path: 'messages',
  summary: 'button «Acepto»',
  http_status: 200,
  repeated: false,
  result: 'Se añadió el evento «Aceptado» a la cadena de la persona.',
};

beforeEach(() => {
  acts = [];
  server.use(
    http.get('*/dev/whatsapp/api/state', () =>
      HttpResponse.json({
        phones: [
          {
            number: NUMBER,
            name: 'Ximena Aguilar',
            refused: false,
            messages: [
              {
                id: 'wamid.A',
                at: AT,
                inbound: false,
                kind: 'template',
                text: 'Lea el aviso en https://historias.example/privacy-notice/clinica-jacarandas/v/1.',
                buttons: ['Acepto'],
                state: 'delivered',
              },
            ],
          },
        ],
        entries: [entry],
        delayed: false,
      }),
    ),
    http.get('*/dev/whatsapp/api/entries/7', () =>
      HttpResponse.json({ ...entry, body: '{\n  "type": "button"\n}', signed: true }),
    ),
    http.post('*/dev/whatsapp/api/*', async ({ request }) => {
      acts.push({ path: new URL(request.url).pathname.split('/').at(-1) ?? '', body: await request.json() });
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

it('answers as the person would, and plays the difficult cases', async () => {
  const { user } = renderApp('/dev/whatsapp');
  const talk = await screen.findByRole('group', { name: 'Conversación de Ximena Aguilar' });
  expect(within(talk).getByRole('link')).toHaveAttribute(
    'href',
    'https://historias.example/privacy-notice/clinica-jacarandas/v/1',
  );
  await user.click(within(talk).getByRole('button', { name: 'Acepto' }));
  await user.type(screen.getByLabelText('Mensaje'), 'sí acepto{Enter}');
  await waitFor(() => {
    expect(screen.getByLabelText('Mensaje')).toHaveValue('');
  });
  await user.click(screen.getByRole('button', { name: /Ximena Aguilar/ }));
  await user.click(screen.getByRole('button', { name: 'Demorar las entregas 20 s' }));
  await user.click(screen.getByRole('button', { name: 'Rechazar: número sin WhatsApp' }));
  await user.click(screen.getByRole('button', { name: 'Meta responde 500' }));
  await user.click(screen.getByRole('button', { name: 'button «Acepto»' }));
  await user.click(screen.getByRole('button', { name: 'Reenviar' }));
  await waitFor(() => {
    expect(acts).toEqual([
      { path: 'tap', body: { message_id: 'wamid.A' } },
      { path: 'write', body: { number: NUMBER, text: 'sí acepto' } },
      { path: 'read', body: { number: NUMBER } },
      { path: 'delay', body: { on: true } },
      { path: 'refuse', body: { number: NUMBER, on: true } },
      { path: 'fail', body: {} },
      { path: 'repeat', body: { entry_id: 7 } },
    ]);
  });
});

it('shows a webhook as it travelled and what it came to', async () => {
  const { user } = renderApp('/dev/whatsapp');
  await user.click(await screen.findByRole('button', { name: 'button «Acepto»' }));
  expect(await screen.findByText('Firma válida')).toBeInTheDocument();
  expect(screen.getByLabelText('Contenido tal como viajó')).toHaveTextContent('{ "type": "button" }');
  expect(screen.getByText(/Se añadió el evento «Aceptado»/)).toBeInTheDocument();
});

it('does not exist in production', async () => {
  server.use(http.get('*/dev/whatsapp/api/state', () => problem(404, { code: 'route.not_found' })));
  renderApp('/dev/whatsapp');
  expect(await screen.findByRole('heading', { name: 'No encontramos lo que busca' })).toBeInTheDocument();
  expect(screen.queryByText('Simulador de WhatsApp')).not.toBeInTheDocument();
});
