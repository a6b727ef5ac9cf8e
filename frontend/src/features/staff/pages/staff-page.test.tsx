import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { me } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';
import type { Member } from '../api';

function memberOf(changes: Partial<Member>): Member {
  return {
    id: '01999999-0000-7000-8000-0000000000d1',
    full_name: 'Sofía Núñez Alcaraz',
    role: 'owner',
    status: 'active',
    own: true,
    prescribes: true,
    version: 1,
    ...changes,
  };
}

const doctor = memberOf({ id: 'd2', full_name: 'Iván Robles Mena', role: 'doctor', own: false, version: 4 });
const invited = memberOf({ id: 'd3', full_name: 'Lucía Bravo Tenorio', role: 'receptionist', own: false, prescribes: false, status: 'invited' });

function whoMay(...permissions: string[]) {
  server.use(http.get('*/api/auth/me', () => HttpResponse.json({ ...me, permissions })));
}

beforeEach(() => {
  whoMay('staff:read', 'staff:write', 'factor_reset:approve', 'clinic:read', 'permission:read');
  server.use(
    http.get('*/api/staff', () => page([memberOf({}), doctor, invited])),
    http.get('*/api/staff/ownership-offer', () => HttpResponse.json({})),
    http.get('*/api/factor-resets', () => page([])),
    http.get('*/api/permissions', () => HttpResponse.json({ roles: [], items: [] })),
  );
});

describe('Personal', () => {
  it('invites, and shows the link this once', async () => {
    server.use(
      http.post('*/api/staff', async ({ request }) => {
        const body = (await request.json()) as Record<string, string>;
        return HttpResponse.json(
          { ...invited, ...body, invitation_url: 'https://historias.example/invitacion/abc' },
          { status: 201 },
        );
      }),
    );
    const { user } = renderApp('/ajustes/personal');
    await user.click(await screen.findByRole('button', { name: 'Invitar a una persona' }));
    const dialog = await screen.findByRole('dialog', { name: 'Invitar a una persona' });
    await user.type(within(dialog).getByLabelText('Correo electrónico'), 'lucia@jacarandas.example');
    await user.type(within(dialog).getByLabelText('Nombre completo'), 'Lucía Bravo Tenorio');
    await user.selectOptions(within(dialog).getByLabelText('Función'), 'receptionist');
    expect(within(dialog).getByText(/No ve datos clínicos/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Enviar la invitación' }));
    expect(await screen.findByText('https://historias.example/invitacion/abc')).toBeInTheDocument();
    expect(screen.getByText(/lucia@jacarandas.example\. Sirve una sola vez/)).toBeInTheDocument();
  });

  it('asks who goes on with the drafts, and says beside the field when somebody must', async () => {
    let asked: string | undefined;
    server.use(
      http.delete('*/api/staff/d2', ({ request }) => {
        asked = request.headers.get('If-Match') ?? '';
        const errors = [{ field: 'handover_to', code: 'required', message: 'Elija quién continuará los borradores.' }];
        return problem(422, { code: 'staff.handover_required', detail: 'Hay borradores.', errors });
      }),
    );
    const { user } = renderApp('/ajustes/personal');
    await user.click(await screen.findByRole('button', { name: 'Acciones para Iván Robles Mena' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Terminar su acceso' }));
    const dialog = await screen.findByRole('dialog', { name: 'Terminar el acceso de Iván Robles Mena' });
    const heirs = within(dialog).getByLabelText('Quién continúa sus borradores');
    expect(within(heirs).getByRole('option', { name: 'Sofía Núñez Alcaraz' })).toBeInTheDocument();
    expect(within(heirs).queryByRole('option', { name: 'Lucía Bravo Tenorio' })).not.toBeInTheDocument();
    await user.click(within(dialog).getByRole('button', { name: 'Terminar su acceso' }));
    expect((await screen.findAllByText('Elija quién continuará los borradores.')).length).toBeGreaterThan(0);
    expect(asked).toBe('"4"');
  });

  it('lets a colleague look, and offers nothing that would be refused', async () => {
    whoMay('staff:read', 'clinic:read');
    renderApp('/ajustes/personal');
    expect(await screen.findByText('Iván Robles Mena')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Acciones para/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Invitar a una persona' })).not.toBeInTheDocument();
  });

  it('is not in the settings of who may not see it, and its address says so', async () => {
    whoMay('patient:read');
    renderApp('/ajustes/personal');
    expect(await screen.findByRole('heading', { name: 'No tiene permiso para ver esto' })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Personal' })).not.toBeInTheDocument();
  });
});
