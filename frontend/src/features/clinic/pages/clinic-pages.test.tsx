import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Clinic, ClinicInput, Office, OfficeInput } from '@/lib/api/types';
import { clinicOf, officeOf } from '@/testing/fixtures';
import { renderApp } from '@/testing/render';
import { page, problem, server } from '@/testing/server';

describe('clinic settings', () => {
  it('says when somebody else changed the data, and loses nothing that was typed', async () => {
    server.use(http.put('*/api/clinic', () => problem(412, { code: 'clinic.stale' })));
    const { user } = renderApp('/clinica');
    const name = await screen.findByLabelText(/Nombre comercial/);
    await user.clear(name);
    await user.type(name, 'Otra');
    await user.click(screen.getByRole('button', { name: 'Guardar los cambios' }));
    expect(await screen.findByText('Alguien más cambió estos datos mientras usted los editaba.')).toBeInTheDocument();
    expect(name).toHaveValue('Otra');
    server.use(http.get('*/api/clinic', () => HttpResponse.json(clinicOf({ trade_name: 'La actual', version: 4 }))));
    await user.click(screen.getByRole('button', { name: 'Cargar los datos actuales' }));
    await waitFor(() => {
      expect(screen.getByLabelText(/Nombre comercial/)).toHaveValue('La actual');
    });
  });

  it('adds an office in a dialog and returns the focus to the button', async () => {
    const offices: Office[] = [];
    server.use(
      http.get('*/api/offices', () => page(offices.map((office) => ({ ...office })))),
      http.post('*/api/offices', async ({ request }) => {
        const office = { ...((await request.json()) as OfficeInput), id: 'o1', version: 1 };
        offices.push(office);
        return HttpResponse.json(office, { status: 201 });
      }),
    );
    const { user } = renderApp('/clinica');
    expect(await screen.findByText('Aún no hay consultorios')).toBeInTheDocument();
    const add = screen.getByRole('button', { name: 'Agregar consultorio' });
    await user.click(add);
    const dialog = await screen.findByRole('dialog', { name: 'Agregar consultorio' });
    const inside = (label: RegExp) => {
      const found = screen.getAllByLabelText(label).find((element) => dialog.contains(element));
      if (!found) throw new Error(`No ${String(label)} in the dialog`);
      return found;
    };
    await user.type(inside(/Nombre del consultorio/), 'Consultorio Norte');
    await user.type(inside(/Código postal/), '72000');
    await user.type(inside(/^Calle/), 'Calle Ficticia');
    await user.type(inside(/Número exterior/), '48');
    await user.type(inside(/Colonia/), 'Centro');
    await user.type(inside(/Municipio/), 'Puebla');
    await user.selectOptions(inside(/Estado/), '21');
    await user.click(screen.getByRole('button', { name: 'Guardar' }));
    expect(await screen.findByRole('heading', { name: 'Consultorio Norte' })).toBeInTheDocument();
    expect(add).toHaveFocus();
  });
});

describe('guided start', () => {
  it('opens at the first step that is missing and ends when all three are done', async () => {
    let clinic: Clinic = clinicOf({
      privacy_contact: { name: '' },
      complete: false,
      missing: ['privacy_contact.name', 'privacy_contact.email'],
    });
    server.use(
      http.get('*/api/clinic', () => HttpResponse.json({ ...clinic })),
      http.get('*/api/offices', () => page([officeOf()])),
      http.put('*/api/clinic', async ({ request }) => {
        expect(request.headers.get('If-Match')).toBe('"1"');
        clinic = { ...clinic, ...((await request.json()) as ClinicInput), version: 2, complete: true, missing: [] };
        return HttpResponse.json({ ...clinic });
      }),
    );
    const { user } = renderApp('/inicio');
    expect(await screen.findByRole('heading', { level: 2, name: 'Contacto de privacidad' })).toBeInTheDocument();
    await user.type(screen.getByLabelText('Persona o área'), 'Laura Peña');
    await user.type(screen.getByLabelText('Correo electrónico'), 'privacidad@jacarandas.example');
    await user.type(screen.getByLabelText('Teléfono'), '2225550142');
    await user.click(screen.getByRole('button', { name: 'Guardar y terminar' }));
    expect(await screen.findByText('Su consultorio está listo')).toBeInTheDocument();
    // What the first step had saved was sent along: PUT replaces the whole.
    expect(clinic.address?.street).toBe('Calle Ficticia');
  });
});
