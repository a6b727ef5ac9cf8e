import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { clinicOf, me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

/** Another tab of the same browser, in which somebody signs in. */
function signInElsewhere(userId: string) {
  const tab = new BroadcastChannel('historias-session');
  tab.postMessage(`${userId} ${me.clinic.id}`);
  return () => {
    tab.close();
  };
}

it('sends nothing under the name of somebody who signed in in another tab', async () => {
  let saves = 0;
  server.use(
    http.put('*/api/clinic', () => {
      saves += 1;
      return HttpResponse.json(clinicOf({ version: 2 }));
    }),
  );
  const { user } = renderApp('/clinica');
  const save = await screen.findByRole('button', { name: 'Guardar los cambios' });
  const close = signInElsewhere('01999999-0000-7000-8000-00000000ffff');
  expect(await screen.findByRole('dialog', { name: 'Su sesión se cerró' })).toBeInTheDocument();
  await user.click(save);
  expect(saves).toBe(0);

  // Back in the other tab as the person of this page: what waited goes on.
  const closeAgain = signInElsewhere(me.user.id);
  expect(await screen.findByText('Los datos de la clínica quedaron guardados.')).toBeInTheDocument();
  expect(saves).toBe(1);
  close();
  closeAgain();
});

it('lets a person whose session ended sign in over the form, and saves what was typed', async () => {
  let hasSession = true;
  const saved: unknown[] = [];
  server.use(
    http.put('*/api/clinic', async ({ request }) => {
      if (!hasSession) return problem(401, { code: 'auth.required' });
      saved.push(await request.json());
      return HttpResponse.json(clinicOf({ trade_name: 'Clínica Buganvilias', version: 2 }));
    }),
    http.post('*/api/auth/login', async ({ request }) => {
      expect(await request.json()).toMatchObject({ email: me.user.email });
      hasSession = true;
      return HttpResponse.json(signedIn);
    }),
  );
  const { user } = renderApp('/clinica');
  const name = await screen.findByLabelText(/Nombre comercial/);
  await user.clear(name);
  await user.type(name, 'Clínica Buganvilias');
  hasSession = false;
  await user.click(screen.getByRole('button', { name: 'Guardar los cambios' }));

  const dialog = await screen.findByRole('dialog', { name: 'Su sesión se cerró' });
  expect(dialog).toHaveTextContent(me.user.email);
  await user.type(screen.getByLabelText('Contraseña'), 'una frase larga{Enter}');

  expect(await screen.findByText('Los datos de la clínica quedaron guardados.')).toBeInTheDocument();
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
  expect(saved).toHaveLength(1);
  expect(saved[0]).toMatchObject({ trade_name: 'Clínica Buganvilias' });
});

const END = 'historias-session-end';
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** Another tab writes down when the session ends. */
async function endIs(instant: string) {
  await act(async () => {
    localStorage.setItem(END, instant);
    window.dispatchEvent(new StorageEvent('storage', { key: END }));
    await Promise.resolve();
  });
}

/** A server whose sessions can be ended, and whose sign-in makes one of eight hours. */
function sessions() {
  const state = { alive: true, signIns: 0 };
  server.use(
    http.get('*/api/auth/me', () => (state.alive ? HttpResponse.json(me) : problem(401, { code: 'auth.expired' }))),
    http.post('*/api/auth/login', () => {
      state.alive = true;
      state.signIns += 1;
      return HttpResponse.json({ ...signedIn, expires_at: inSeconds(8 * 3600) });
    }),
  );
  return state;
}

async function typeSomething() {
  const { user } = renderApp('/clinica');
  const name = await screen.findByLabelText(/Nombre comercial/);
  await user.clear(name);
  await user.type(name, 'Clínica Buganvilias');
  return { user, name };
}

describe('the last minute of a session', () => {
  afterEach(() => {
    localStorage.clear();
  });

  it('is said, and the person goes on with the password without losing what was typed', async () => {
    const state = sessions();
    localStorage.setItem(END, inSeconds(40));
    const { user, name } = await typeSomething();
    expect(await screen.findByText('Su sesión termina en menos de un minuto.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Seguir aquí' }));
    await screen.findByRole('dialog', { name: 'Seguir en la sesión' });
    await user.type(screen.getByLabelText('Contraseña'), 'una frase larga{Enter}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
    expect(screen.queryByText('Su sesión termina en menos de un minuto.')).not.toBeInTheDocument();
    expect(state.signIns).toBe(1);
    expect(name).toBeInTheDocument();
    expect(name).toHaveValue('Clínica Buganvilias');
  });

  it('is not said earlier, nor once another tab has a new session', async () => {
    sessions();
    localStorage.setItem(END, inSeconds(600));
    renderApp('/clinica');
    await screen.findByRole('heading', { level: 1, name: 'Clínica' });
    expect(screen.queryByText('Su sesión termina en menos de un minuto.')).not.toBeInTheDocument();
    await endIs(inSeconds(40));
    expect(await screen.findByText('Su sesión termina en menos de un minuto.')).toBeInTheDocument();
    await endIs(inSeconds(8 * 3600));
    await waitFor(() => {
      expect(screen.queryByText('Su sesión termina en menos de un minuto.')).not.toBeInTheDocument();
    });
  });

  it('ends with the sign-in dialog, which keeps the password that was being written', async () => {
    const state = sessions();
    localStorage.setItem(END, inSeconds(40));
    const { user, name } = await typeSomething();
    await user.click(await screen.findByRole('button', { name: 'Seguir aquí' }));
    await user.type(await screen.findByLabelText('Contraseña'), 'una frase');
    state.alive = false;
    await endIs(inSeconds(-1));
    await screen.findByRole('dialog', { name: 'Su sesión se cerró' });
    await user.type(screen.getByLabelText('Contraseña'), ' larga{Enter}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
    expect(state.signIns).toBe(1);
    expect(name).toBeInTheDocument();
    expect(name).toHaveValue('Clínica Buganvilias');
  });
});
