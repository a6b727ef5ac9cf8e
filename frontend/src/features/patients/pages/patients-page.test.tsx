import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientListItemOf } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const zuniga = patientListItemOf({ given_names: 'Renata', first_surname: 'Zúñiga', second_surname: 'Barragán' });
const ruiz = patientListItemOf({ given_names: 'Mateo', first_surname: 'Ruiz', second_surname: 'Cárdenas' });
const paredes = patientListItemOf({ given_names: 'Socorro', first_surname: 'Paredes', second_surname: 'Nava' });

let asked: URLSearchParams[] = [];

beforeEach(() => {
  asked = [];
  server.use(
    http.get('*/api/patients', ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      if (query.get('q') === 'nadie') return HttpResponse.json({ items: [], next_cursor: null });
      if (query.get('q') !== null) return HttpResponse.json({ items: [zuniga], next_cursor: null });
      return query.get('cursor') === 'segunda'
        ? HttpResponse.json({ items: [paredes], next_cursor: null })
        : HttpResponse.json({ items: [zuniga, ruiz], next_cursor: 'segunda' });
    }),
  );
});

const search = () => screen.getByRole('searchbox', { name: 'Buscar entre los pacientes' });

async function openList(path = '/pacientes') {
  const app = renderApp(path);
  await screen.findByRole('link', { name: 'Renata Zúñiga Barragán' });
  return app;
}

describe('the list of patients', () => {
  it('finds by beginnings in any order, once per pause, and keeps what was typed out of the address', async () => {
    const { user, router } = await openList();
    await user.type(search(), 'zuñ ren');
    await waitFor(() => {
      expect(asked.at(-1)?.get('q')).toBe('zuñ ren');
    });
    await waitFor(() => {
      expect(screen.queryByRole('link', { name: 'Mateo Ruiz Cárdenas' })).not.toBeInTheDocument();
    });
    expect(asked.map((query) => query.get('q'))).not.toContain('z');
    expect(router.state.location.href).toBe('/pacientes');
  });

  it('keeps the last results in sight while the next ones come', async () => {
    const { user } = await openList();
    server.use(http.get('*/api/patients', () => new Promise(() => undefined)));
    await user.type(search(), 'par');
    expect(screen.getByRole('link', { name: 'Renata Zúñiga Barragán' })).toBeInTheDocument();
  });

  it('goes to the next page and back', async () => {
    const { user } = await openList();
    await user.click(screen.getByRole('button', { name: 'Siguientes' }));
    expect(await screen.findByRole('link', { name: 'Socorro Paredes Nava' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Siguientes' })).toHaveAttribute('aria-disabled', 'true');
    await user.click(screen.getByRole('button', { name: 'Anteriores' }));
    expect(await screen.findByRole('link', { name: 'Mateo Ruiz Cárdenas' })).toBeInTheDocument();
  });

  it('keeps its filters in the address and asks for them', async () => {
    const { user, router } = await openList('/pacientes?consentimiento=sin');
    expect(asked.at(-1)?.get('consent')).toBe('missing');
    expect(screen.getByRole('button', { name: 'Sin consentimiento' })).toHaveAttribute('aria-pressed', 'true');
    await user.click(screen.getByRole('button', { name: 'Archivados' }));
    await waitFor(() => {
      expect(asked.at(-1)?.get('status')).toBe('archived');
    });
    expect(router.state.location.search).toEqual({ estado: 'archivados', consentimiento: 'sin' });
  });

  it('is walked with the arrows and opened with Intro', async () => {
    const { user, router } = await openList();
    search().focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'Renata Zúñiga Barragán' })).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'Mateo Ruiz Cárdenas' })).toHaveFocus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(`/pacientes/${ruiz.id}`);
    });
  });

  it('offers to register whom it does not find', async () => {
    const { user, router } = await openList();
    await user.type(search(), 'nadie');
    await user.click(await screen.findByRole('link', { name: 'Registrar a «nadie»' }));
    expect(await screen.findByLabelText(/^Nombres/)).toHaveValue('Nadie');
    expect(router.state.location.href).toBe('/pacientes/nuevo');
  });

  it('says what failed, with the number to quote, and tries again', async () => {
    server.use(
      http.get('*/api/patients', () => problem(503, { code: 'db.down', detail: 'No disponible.', request_id: 'folio-7' }), {
        once: true,
      }),
    );
    const { user } = renderApp('/pacientes');
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('folio-7')).toBeInTheDocument();
    await user.click(within(alert).getByRole('button', { name: 'Reintentar' }));
    expect(await screen.findByRole('link', { name: 'Renata Zúñiga Barragán' })).toBeInTheDocument();
  });
});
