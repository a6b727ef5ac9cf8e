import { fireEvent, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { clinicOf, signedIn } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

type User = ReturnType<typeof renderApp>['user'];

async function fill(user: User) {
  await user.type(await screen.findByLabelText('Nombre completo'), 'Sofía Núñez Alcaraz');
  await user.type(screen.getByLabelText('Correo electrónico'), 'sofia.nunez@jacarandas.example');
  await user.type(screen.getByLabelText('Teléfono'), '222 555 0142');
  await user.type(screen.getByLabelText('Contraseña'), 'una frase larga');
  await user.selectOptions(screen.getByLabelText('Profesión'), 'medico_cirujano');
  await user.type(screen.getByLabelText('Cédula profesional'), '1234567');
  await user.type(screen.getByLabelText('Institución que expidió el título'), 'Universidad Ficticia');
  await user.click(screen.getByRole('checkbox'));
}

const submit = () => screen.findByRole('button', { name: 'Crear la cuenta' });

describe('registration', () => {
  it('sends what was typed, leaves out what was not, and opens the guided start', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post('*/api/auth/register', async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json(signedIn, { status: 201 });
      }),
      http.get('*/api/clinic', () => HttpResponse.json(clinicOf({ complete: false, missing: ['address'] }))),
      http.get('*/api/offices', () => page([])),
    );
    const { user } = renderApp('/registro');
    await fill(user);
    await user.click(await submit());
    expect(await screen.findByRole('heading', { level: 1, name: 'Prepare su consultorio' })).toHaveFocus();
    expect(bodies).toEqual([
      {
        full_name: 'Sofía Núñez Alcaraz',
        email: 'sofia.nunez@jacarandas.example',
        password: 'una frase larga',
        phone: '222 555 0142',
        profession: 'medico_cirujano',
        license_number: '1234567',
        title_institution: 'Universidad Ficticia',
        accept_terms: true,
      },
    ]);
  });

  it('shows every error at once, in the order of the page, and leads to each field', async () => {
    const { user } = renderApp('/registro');
    await user.click(await submit());
    const summary = await screen.findByRole('alert');
    expect(summary).toHaveFocus();
    const entries = within(summary).getAllByRole('button');
    expect(entries.map((entry) => entry.textContent.split(':')[0])).toEqual([
      'Nombre completo',
      'Correo electrónico',
      'Teléfono',
      'Contraseña',
      'Profesión',
      'Cédula profesional',
      'Institución que expidió el título',
      'Términos de uso',
    ]);
    await user.click(within(summary).getByText(/^Cédula profesional/));
    expect(screen.getByLabelText('Cédula profesional')).toHaveFocus();
  });

  it('puts the errors of the server beside their fields', async () => {
    server.use(
      http.post('*/api/auth/register', () =>
        problem(422, {
          code: 'account.email_taken',
          errors: [{ field: 'email', code: 'taken', message: 'Ya hay una cuenta con este correo.' }],
        }),
      ),
    );
    const { user } = renderApp('/registro');
    await fill(user);
    await user.click(await submit());
    expect(await screen.findByRole('alert')).toHaveTextContent('Correo electrónico: Ya hay una cuenta con este correo.');
    expect(screen.getByLabelText('Correo electrónico')).toHaveAccessibleDescription(
      'Ya hay una cuenta con este correo.',
    );
    expect(screen.getByLabelText('Nombre completo')).toHaveValue('Sofía Núñez Alcaraz');
  });

  it('sends once when it is submitted twice', async () => {
    let calls = 0;
    server.use(
      http.post('*/api/auth/register', () => {
        calls += 1;
        return HttpResponse.json(signedIn, { status: 201 });
      }),
    );
    const { user } = renderApp('/registro');
    await fill(user);
    const form = (await submit()).closest('form');
    if (!form) throw new Error('The button is outside the form');
    fireEvent.submit(form);
    fireEvent.submit(form);
    await screen.findByRole('heading', { level: 1, name: 'Prepare su consultorio' });
    expect(calls).toBe(1);
  });
});
