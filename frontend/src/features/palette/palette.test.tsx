import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { me, patientListItemOf } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, server } from '@/testing/server';

const mateo = patientListItemOf({ given_names: 'Mateo', first_surname: 'Ruiz', second_surname: 'Cárdenas' });
const matilde = patientListItemOf({ given_names: 'Matilde', first_surname: 'Ruiz', second_surname: 'Zúñiga' });

let queries: (string | null)[] = [];

beforeEach(() => {
  queries = [];
  server.use(
    http.get('*/api/patients', ({ request }) => {
      const q = new URL(request.url).searchParams.get('q');
      queries.push(q);
      return page(q === null ? [matilde] : [mateo, matilde]);
    }),
  );
});

async function openPalette() {
  const app = renderApp('/clinica');
  await screen.findByRole('heading', { level: 1, name: 'Clínica' });
  const opener = screen.getByRole('button', { name: /Buscar paciente/ });
  opener.focus();
  await app.user.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: /Buscar paciente/ });
  return { ...app, field, opener };
}

const results = () => within(screen.getByRole('listbox', { name: 'Resultados' }));
const selected = () => results().getByRole('option', { selected: true });

describe('the palette', () => {
  it('begins with the patients seen last', async () => {
    await openPalette();
    const group = await screen.findByRole('group', { name: 'Vistos hace poco' });
    expect(within(group).getByRole('option')).toHaveTextContent('Matilde Ruiz Zúñiga');
  });

  it('searches from two letters on, and marks the beginnings that were typed', async () => {
    const { user, field } = await openPalette();
    await user.type(field, 'zun mat');
    await waitFor(() => {
      expect(queries.at(-1)).toBe('zun mat');
    });
    expect(queries).not.toContain('z');
    const option = await results().findByRole('option', { name: /Matilde/ });
    expect(Array.from(option.querySelectorAll('mark'), (mark) => mark.textContent)).toEqual(['Mat', 'Zúñ']);
    expect(screen.getByText('2 pacientes')).toBeInTheDocument();
  });

  it('moves with the arrows, keeps the focus in the field and opens with Intro', async () => {
    const { user, field, router } = await openPalette();
    await user.type(field, 'ruiz');
    await results().findByRole('option', { name: /Mateo/ });
    await user.keyboard('{ArrowDown}');
    expect(selected()).toHaveTextContent('Matilde');
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute('aria-activedescendant', selected().id);
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(`/pacientes/${matilde.id}`);
    });
    expect(router.state.location.href).not.toContain('ruiz');
  });

  it('offers to register who was not found', async () => {
    server.use(http.get('*/api/patients', () => page([])));
    const { user, field } = await openPalette();
    await user.type(field, 'Renata');
    expect(await screen.findByText('No encontramos a nadie con «Renata».')).toBeInTheDocument();
    expect(results().getByRole('option', { name: 'Registrar a «Renata»' })).toBeInTheDocument();
  });

  it('closes with Escape and gives the focus back', async () => {
    const { user, opener } = await openPalette();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
    expect(opener).toHaveFocus();
  });

  it('offers nothing that the role may not do', async () => {
    server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions: ['audit:read', 'clinic:read', 'clinic:write'] })));
    await openPalette();
    expect(results().queryByRole('option', { name: /Registrar/ })).not.toBeInTheDocument();
    expect(queries).toEqual([]);
  });
});
