import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { clinicOf, me, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

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
