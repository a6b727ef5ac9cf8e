import { act, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockGate } from '@/lib/api/lock-gate';
import { startAnew } from '@/lib/start-anew';
import { clinicOf, me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

vi.mock('@/lib/start-anew', () => ({ startAnew: vi.fn(), hasUnsavedChanges: () => false }));

/** A server whose session can be locked. */
function lockable(changes: Partial<typeof me> = {}) {
  const state = { locked: false, locks: 0, proofs: [] as unknown[] };
  const guard = () => (state.locked ? problem(401, { code: 'auth.locked' }) : undefined);
  server.use(
    http.get('*/api/auth/me', () => HttpResponse.json({ ...me, has_pin: true, ...changes, locked: state.locked })),
    http.post('*/api/auth/lock', () => {
      state.locked = true;
      state.locks += 1;
      return new HttpResponse(null, { status: 204 });
    }),
    http.post('*/api/auth/unlock', async ({ request }) => {
      const proof = await request.json();
      state.proofs.push(proof);
      if ((proof as { pin?: string }).pin === '0000') {
        const errors = [{ field: 'pin', code: 'wrong', message: 'El PIN no es correcto.' }];
        return problem(422, { code: 'auth.wrong_pin', detail: 'El PIN no es correcto.', errors });
      }
      state.locked = false;
      return HttpResponse.json({ expires_at: '2036-11-24T05:00:00Z' });
    }),
    http.get('*/api/clinic', () => guard() ?? HttpResponse.json(clinicOf())),
  );
  return state;
}

async function openClinic() {
  const app = renderApp('/clinica');
  const name = await screen.findByLabelText(/Nombre comercial/);
  await app.user.clear(name);
  await app.user.type(name, 'Clínica Buganvilias');
  return { ...app, name };
}

async function lock() {
  await act(async () => {
    lockGate.lock();
    await Promise.resolve();
  });
}

const page = () => document.body.firstElementChild as HTMLElement;

/** The root of the test stands where `#root` does. */
function isCovered(): boolean {
  return page().hidden && page().inert;
}

describe('the lock', () => {
  beforeEach(() => {
    vi.mocked(startAnew).mockClear();
  });

  afterEach(() => {
    localStorage.clear();
  });

  it('covers everything, keeps what was typed, and gives it back with the PIN', async () => {
    const state = lockable();
    const { user, name } = await openClinic();
    name.focus();
    await user.keyboard('{Control>}{Alt>}b{/Alt}{/Control}');
    const pin = await screen.findByLabelText('Su PIN');
    expect(isCovered()).toBe(true);
    expect(screen.queryByRole('textbox', { name: /Nombre comercial/ })).not.toBeInTheDocument();
    expect(document.title).toBe('Pantalla bloqueada · Historias');
    expect(pin).toHaveFocus();
    await waitFor(() => {
      expect(state.locks).toBe(1);
    });
    await user.type(pin, '0000{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('El PIN no es correcto.');
    expect(isCovered()).toBe(true);
    await user.type(screen.getByLabelText('Su PIN'), '4826{Enter}');
    await waitFor(() => {
      expect(isCovered()).toBe(false);
    });
    expect(name).toBeInTheDocument();
    expect(name).toHaveValue('Clínica Buganvilias');
    expect(name).toHaveFocus();
    expect(state.proofs).toEqual([{ pin: '0000' }, { pin: '4826' }]);
    expect(document.title).toBe('Clínica · Historias');
  });

  it('covers dialogs too, whenever they open, and Escape reaches none of them', async () => {
    lockable();
    const { user } = await openClinic();
    const dialog = document.createElement('div');
    document.body.append(dialog);
    const escaped = vi.fn();
    window.addEventListener('keydown', escaped, { capture: true });
    await lock();
    expect(dialog.hidden).toBe(true);
    const late = document.createElement('div');
    document.body.append(late);
    await waitFor(() => {
      expect(late.hidden).toBe(true);
    });
    await screen.findByLabelText('Su PIN');
    await user.keyboard('{Escape}');
    expect(escaped).not.toHaveBeenCalled();
    window.removeEventListener('keydown', escaped, { capture: true });
    dialog.remove();
    late.remove();
  });

  it('is shown when the server had locked the session, and the request that found out goes on', async () => {
    const state = lockable();
    let saves = 0;
    server.use(
      http.put('*/api/clinic', () => {
        if (state.locked) return problem(401, { code: 'auth.locked' });
        saves += 1;
        return HttpResponse.json(clinicOf({ version: 2 }));
      }),
    );
    const { user } = await openClinic();
    state.locked = true;
    await user.click(screen.getByRole('button', { name: 'Guardar los cambios' }));
    await user.type(await screen.findByLabelText('Su PIN'), '4826{Enter}');
    expect(await screen.findByText('Los datos de la clínica quedaron guardados.')).toBeInTheDocument();
    expect(saves).toBe(1);
  });

  it('stands from the start when the page is loaded locked, and nothing is asked for meanwhile', async () => {
    const state = lockable();
    state.locked = true;
    const { user } = renderApp('/clinica');
    await user.type(await screen.findByLabelText('Su PIN'), '4826{Enter}');
    expect(await screen.findByRole('heading', { level: 1, name: 'Clínica' })).toBeInTheDocument();
  });

  it('asks for the password where there is no PIN, and signs in again when the session has ended', async () => {
    const state = lockable({ has_pin: false });
    const { user, name } = await openClinic();
    await lock();
    await screen.findByLabelText('Su contraseña');
    server.use(
      http.post('*/api/auth/unlock', () => problem(401, { code: 'auth.signed_out' })),
      http.post('*/api/auth/login', () => {
        state.locked = false;
        return HttpResponse.json(signedIn);
      }),
    );
    await user.type(screen.getByLabelText('Su contraseña'), 'una frase larga{Enter}');
    expect(await screen.findByRole('heading', { name: 'Su sesión se cerró' })).toBeInTheDocument();
    expect(isCovered()).toBe(true);
    await user.type(await screen.findByLabelText('Contraseña'), 'una frase larga{Enter}');
    await waitFor(() => {
      expect(isCovered()).toBe(false);
    });
    expect(name).toHaveValue('Clínica Buganvilias');
  });

  it('hands the computer to another person of the desk, who begins anew', async () => {
    const switches: unknown[] = [];
    lockable();
    const other = { user_id: '01999999-0000-7000-8000-0000000000b2', full_name: 'Lucía Bravo Tenorio' };
    server.use(
      http.get('*/api/auth/desk', () =>
        HttpResponse.json({
          items: [
            { user_id: me.user.id, full_name: me.user.full_name, role: 'owner', has_pin: true },
            { ...other, role: 'receptionist', has_pin: true },
          ],
        }),
      ),
      http.post('*/api/auth/desk/switch', async ({ request }) => {
        switches.push(await request.json());
        return HttpResponse.json({ ...signedIn, user: { ...me.user, id: other.user_id } });
      }),
    );
    const { user } = await openClinic();
    await lock();
    await user.click(await screen.findByRole('button', { name: 'Cambiar de usuario' }));
    const list = await screen.findByRole('list', { name: 'Personas de este equipo' });
    expect(within(list).getAllByRole('button')).toHaveLength(1);
    await user.click(within(list).getByRole('button', { name: /Lucía Bravo/ }));
    await user.type(await screen.findByLabelText('PIN de Lucía Bravo Tenorio'), '7391{Enter}');
    await waitFor(() => {
      expect(startAnew).toHaveBeenCalledOnce();
    });
    expect(switches).toEqual([{ user_id: other.user_id, pin: '7391' }]);
    expect(isCovered()).toBe(true);
  });

  it('stays when the network is away, says so, and unlocks once it is back', async () => {
    lockable();
    const { user } = await openClinic();
    await lock();
    const pin = await screen.findByLabelText('Su PIN');
    server.use(http.post('*/api/auth/unlock', () => HttpResponse.error(), { once: true }));
    await user.type(pin, '4826{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('No hubo respuesta del servidor.');
    await user.type(screen.getByLabelText('Su PIN'), '4826{Enter}');
    await waitFor(() => {
      expect(isCovered()).toBe(false);
    });
  });
});
