import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { clinicOf, me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

/** Another tab of the same browser, in which somebody signs in. */
function signInElsewhere(userId: string) {
  const tab = new BroadcastChannel('historias-session');
  tab.postMessage(userId);
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
