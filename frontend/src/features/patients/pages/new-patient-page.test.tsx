import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { todayIn } from '@/lib/dates';
import { DEFAULT_ZONE } from '@/lib/format';
import { me } from '@/testing/fixtures';
import { duplicateOf, patientOf, summaryOf } from '@/testing/patients';
import { renderApp } from '@/testing/render';
import { problem, server } from '@/testing/server';

const orozco = patientOf();
const CURP = 'OOVF800814MPLRLR00';

interface Posted {
  key: string | null;
  body: Record<string, unknown>;
}

let posted: Posted[] = [];
let asked: Record<string, unknown>[] = [];

beforeEach(() => {
  posted = [];
  asked = [];
  server.use(
    http.post('*/api/patients/duplicates', async ({ request }) => {
      asked.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ items: [] });
    }),
    http.post('*/api/patients', async ({ request }) => {
      posted.push({
        key: request.headers.get('Idempotency-Key'),
        body: (await request.json()) as Record<string, unknown>,
      });
      return HttpResponse.json(orozco, { status: 201 });
    }),
    http.get('*/api/patients/:id/summary', () => HttpResponse.json(summaryOf(orozco) as unknown as JsonBodyType)),
    http.get('*/api/patients/:id', () => HttpResponse.json(orozco as unknown as JsonBodyType)),
    http.get('*/api/patients', () => HttpResponse.json({ items: [], next_cursor: null })),
  );
});

async function openForm() {
  const app = renderApp('/pacientes/nuevo');
  await screen.findByRole('heading', { level: 1, name: 'Registrar paciente' });
  return app;
}

type User = Awaited<ReturnType<typeof openForm>>['user'];

const field = (name: RegExp | string) => screen.getByLabelText(name);
const phone = () =>
  within(screen.getByRole('region', { name: 'Contacto y domicilio' })).getByLabelText(/^Teléfono/);
const save = () => screen.getByRole('button', { name: 'Guardar' });

async function paste(user: User, name: RegExp | string, text: string) {
  await user.click(field(name));
  await user.paste(text);
}

async function fillAll(user: User) {
  await paste(user, /^CURP/, CURP);
  await paste(user, /^Nombres/, 'María Fernanda');
  await paste(user, /^Primer apellido/, 'Orozco');
  await paste(user, /^Segundo apellido/, 'Villaseñor');
  await paste(user, 'Código postal', '72000');
  await paste(user, 'Calle', 'Calle Ficticia');
  await paste(user, 'Número exterior', '48');
  await paste(user, 'Colonia', 'Centro');
  await paste(user, 'Municipio o alcaldía', 'Puebla');
}

function birthDateOfAge(years: number): string {
  const [year = '', month = '', day = ''] = todayIn(DEFAULT_ZONE).split('-');
  return `${day === '29' ? '28' : day}/${month}/${String(Number(year) - years)}`;
}

describe('registering a patient', () => {
  it('fills birth date, sex and state from the CURP, and says that its digit is right', async () => {
    const { user } = await openForm();
    await paste(user, /^CURP/, 'oovf 800814 mplrlr00');
    expect(field(/^CURP/)).toHaveValue(CURP);
    expect(field(/^CURP/)).toHaveAccessibleDescription('Dígito verificador correcto');
    expect(field('Fecha de nacimiento')).toHaveValue('14/08/1980');
    expect(field('Sexo')).toHaveValue('M');
    expect(field(/^Nació en/)).toHaveValue('21');
    expect(screen.getAllByText('De la CURP')).toHaveLength(3);
  });

  it('refuses a wrong digit while it is typed and fills nothing', async () => {
    const { user } = await openForm();
    await paste(user, /^CURP/, 'OOVF800814MPLRLR07');
    expect(field(/^CURP/)).toHaveAccessibleDescription(/último dígito/);
    expect(field('Fecha de nacimiento')).toHaveValue('');
  });

  it('warns beside the field where the CURP disagrees, without overwriting what was typed', async () => {
    const { user } = await openForm();
    await user.type(field('Fecha de nacimiento'), '14/08/1981');
    await paste(user, /^Primer apellido/, 'Ramos');
    await paste(user, /^CURP/, CURP);
    expect(field('Fecha de nacimiento')).toHaveValue('14/08/1981');
    expect(field('Fecha de nacimiento')).toHaveAccessibleDescription(/La CURP indica otra fecha/);
    expect(field(/^Primer apellido/)).toHaveAccessibleDescription(/no corresponde con el primer apellido/);
  });

  it('saves what was filled and edited, and opens the chart', async () => {
    const { user, router } = await openForm();
    await fillAll(user);
    await user.click(save());
    expect(await screen.findByRole('heading', { level: 1, name: 'María Fernanda Orozco Villaseñor' })).toBeInTheDocument();
    expect(router.state.location.pathname).toBe(`/pacientes/${orozco.id}`);
    expect(posted[0]?.body).toMatchObject({
      curp: CURP,
      birth_date: '1980-08-14',
      sex: 'M',
      state_of_birth: '21',
      identity_status: 'declared',
      address: { state: '21', country: 'MEX' },
    });
    expect(posted[0]?.body).not.toHaveProperty('representative');
    expect(document.title).toBe('Expediente · Historias');
  });

  it('is one patient however often Guardar is pressed', async () => {
    const { user } = await openForm();
    await fillAll(user);
    await user.dblClick(save());
    await screen.findByRole('heading', { level: 1, name: /Orozco/ });
    expect(posted).toHaveLength(1);
  });

  it('keeps its key when no answer came, and takes a new one when the body was refused', async () => {
    const keys: (string | null)[] = [];
    const answers = [
      () => HttpResponse.error(),
      () => problem(400, { code: 'request.invalid', detail: 'Revise los datos.', errors: [] }),
      () => HttpResponse.json(orozco, { status: 201 }),
    ];
    server.use(
      http.post('*/api/patients', ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return answers[keys.length - 1]?.() ?? HttpResponse.error();
      }),
    );
    const { user } = await openForm();
    await fillAll(user);
    await user.click(save());
    await screen.findByText(/No hubo respuesta del servidor/);
    await user.click(save());
    await screen.findByText('Revise los datos.');
    await user.click(save());
    await screen.findByRole('heading', { level: 1, name: /Orozco/ });
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('asks for a representative under eighteen, and only then', async () => {
    const { user } = await openForm();
    expect(screen.queryByRole('region', { name: 'Representante' })).not.toBeInTheDocument();
    await user.type(field('Fecha de nacimiento'), birthDateOfAge(4));
    const card = screen.getByRole('region', { name: 'Representante' });
    expect(within(card).getByText('Obligatorio: tiene 4 años')).toBeInTheDocument();
    await user.click(save());
    expect(within(card).getByLabelText('Nombre completo')).toHaveAccessibleDescription('Este dato hace falta.');
    expect(posted).toHaveLength(0);
  });

  it('lists what is missing and leads to it', async () => {
    const { user } = await openForm();
    const card = screen.getByRole('region', { name: 'Falta para guardar' });
    await paste(user, 'Código postal', '720');
    await user.click(within(card).getByRole('button', { name: 'Código postal: debe tener cinco dígitos' }));
    expect(field('Código postal')).toHaveFocus();
    await user.click(within(card).getByRole('button', { name: 'Colonia' }));
    expect(field('Colonia')).toHaveFocus();
  });

  it('shows who the person may already be, opens it and finds what was typed on coming back', async () => {
    const similar = duplicateOf({ given_names: 'Fernanda', first_surname: 'Orosco', second_surname: 'Villaseñor' });
    server.use(
      http.post('*/api/patients/duplicates', async ({ request }) => {
        asked.push((await request.json()) as Record<string, unknown>);
        return HttpResponse.json({ items: [similar as unknown as JsonBodyType] });
      }),
    );
    const { user, router } = await openForm();
    await fillAll(user);
    const card = await screen.findByRole('region', { name: '¿Ya tiene expediente?' });
    expect(asked.at(-1)).toMatchObject({ curp: CURP, first_surname: 'Orozco', birth_date: '1980-08-14' });
    expect(card).toHaveTextContent('Fernanda Orosco Villaseñor');
    await user.click(within(card).getByRole('button', { name: /Es la misma: abrir/ }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(`/pacientes/${similar.id}`);
    });
    await router.navigate({ to: '/pacientes/nuevo' });
    expect(await screen.findByLabelText(/^Nombres/)).toHaveValue('María Fernanda');
    await user.click(await screen.findByRole('button', { name: /No es ella/ }));
    expect(screen.queryByRole('region', { name: '¿Ya tiene expediente?' })).not.toBeInTheDocument();
    await user.click(save());
    await screen.findByRole('heading', { level: 1, name: /Orozco/ });
    await router.navigate({ to: '/pacientes/nuevo' });
    expect(await screen.findByLabelText(/^Nombres/)).toHaveValue('');
  });

  it('says whose phone it also is', async () => {
    const mateo = duplicateOf({ reasons: ['same_phone'], score: 40 });
    server.use(
      http.post('*/api/patients/duplicates', () => HttpResponse.json({ items: [mateo as unknown as JsonBodyType] })),
    );
    const { user } = await openForm();
    await user.click(phone());
    await user.paste('55 5555 0177');
    await waitFor(() => {
      expect(phone()).toHaveAccessibleDescription('También es de Mateo Ruiz Cárdenas.');
    });
  });

  it('puts the server’s errors beside their fields, with the focus on the summary', async () => {
    server.use(
      http.post('*/api/patients', () =>
        problem(400, {
          code: 'request.invalid',
          detail: 'Revise los datos.',
          errors: [
            { field: 'address.street', code: 'length', message: 'Admite hasta 120 caracteres.' },
            { field: 'given_names', code: 'format', message: 'El nombre solo lleva letras.' },
          ],
        }),
      ),
    );
    const { user } = await openForm();
    await fillAll(user);
    await user.click(save());
    const summary = await screen.findByRole('alert');
    expect(summary).toHaveFocus();
    expect(within(summary).getAllByRole('button').map((entry) => entry.textContent)).toEqual([
      'Nombres: El nombre solo lleva letras.',
      'Calle: Admite hasta 120 caracteres.',
    ]);
    expect(field(/^Nombres/)).toHaveAccessibleDescription('El nombre solo lleva letras.');
  });

  it('sends the notice after saving and opens the consents; without a phone it leads to the phone', async () => {
    const requests: unknown[] = [];
    server.use(
      http.post('*/api/patients/:id/consent-requests', async ({ request }) => {
        requests.push(await request.json());
        return HttpResponse.json({ id: 'x', status: 'queued' }, { status: 202 });
      }),
      http.get('*/api/patients/:id/consents', () => HttpResponse.json({ purposes: [], events: [] })),
      http.get('*/api/messages', () => HttpResponse.json({ items: [], next_cursor: null })),
    );
    const { user, router } = await openForm();
    await fillAll(user);
    await user.click(screen.getByRole('button', { name: 'Guardar y enviar aviso' }));
    expect(phone()).toHaveFocus();
    await user.paste('55 5555 0142');
    await user.click(screen.getByRole('button', { name: 'Guardar y enviar aviso' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe(`/pacientes/${orozco.id}/consentimientos`);
    });
    expect(requests).toEqual([{ channel: 'whatsapp', purposes: ['care'] }]);
  });

  it('asks before what was typed is left behind', async () => {
    const { user, router } = await openForm();
    await paste(user, /^Nombres/, 'Emilia');
    await user.click(screen.getByRole('link', { name: 'Cancelar' }));
    const dialog = await screen.findByRole('dialog', { name: 'Hay cambios sin guardar' });
    await user.click(within(dialog).getByRole('button', { name: 'Seguir aquí' }));
    expect(field(/^Nombres/)).toHaveValue('Emilia');
    await user.click(screen.getByRole('link', { name: 'Cancelar' }));
    await user.click(await screen.findByRole('button', { name: 'Descartar' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/pacientes');
    });
  });

  it('is not offered to whoever may not register, by its address either', async () => {
    server.use(
      http.get('*/api/auth/me', () =>
        HttpResponse.json({ ...me, permissions: ['patient:read'] }),
      ),
    );
    const { router } = renderApp('/pacientes/nuevo');
    expect(await screen.findByRole('heading', { name: 'No tiene permiso para ver esto' })).toBeInTheDocument();
    await router.navigate({ to: '/pacientes' });
    await screen.findByRole('heading', { level: 1, name: 'Pacientes' });
    expect(screen.queryByRole('link', { name: 'Registrar paciente' })).not.toBeInTheDocument();
  });
});

describe('a name searched for while the form is open', () => {
  async function offer(user: User, name: string) {
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: /Buscar paciente/ }), name);
    await user.click(await screen.findByRole('option', { name: `Registrar a «${name}»` }));
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });
  }

  it('fills the form that is empty, again and again, and the focus goes to its title', async () => {
    const { user } = await openForm();
    await offer(user, 'ruperta soto');
    expect(field(/^Nombres/)).toHaveValue('Ruperta');
    expect(field('Primer apellido')).toHaveValue('Soto');
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
    await offer(user, 'delfina');
    expect(field(/^Nombres/)).toHaveValue('Delfina');
    expect(field('Primer apellido')).toHaveValue('');
  });

  it('leaves a form alone that holds something, and says so', async () => {
    const { user } = await openForm();
    await paste(user, /^Nombres/, 'Gloria');
    await offer(user, 'ruperta');
    expect(field(/^Nombres/)).toHaveValue('Gloria');
    expect(screen.getByText(/Este formulario ya tiene datos y no se cambió.*«ruperta»/)).toBeInTheDocument();
  });
});
