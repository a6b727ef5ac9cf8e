// A patient from registration to the archive, as one person at one window does it.
import assert from 'node:assert/strict';
import { address, childBirthDate, gloria, oscar, uniquePhone, wrongDigit } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { counts, eventually, hasFocus, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { Chart } from './page-models/chart.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { PatientsPage } from './page-models/patients.mjs';

const CHART = /^\/pacientes\/[0-9a-f-]{36}$/;

function messageIs(form, path, pattern) {
  return eventually(async () => assert.match(await form.message(path), pattern));
}

spec('patient: the CURP fills the form, disagreement warns, all errors show at once, saving opens the chart', async (t) => {
  t.privacy.keepPatient(gloria);
  const page = await t.signedIn(await t.doctor(), '/pacientes');
  await new PatientsPage(page, t.phone).register.first().click();
  await isAt(page, '/pacientes/nuevo');
  const form = new PatientForm(page);
  await form.save.click();
  await hasFocus(form.alert);
  await says(form.alert, /Fecha de nacimiento.*Nombres.*Primer apellido.*Sexo.*Código postal.*Calle/);
  await t.look(page, 'errors at once');

  await form.field('curp').fill(wrongDigit);
  await messageIs(form, 'curp', /El último dígito de la CURP no corresponde/);
  await form.field('curp').fill(gloria.curp.toLowerCase());
  await holds(form.field('curp'), gloria.curp);
  await messageIs(form, 'curp', /Dígito verificador correcto/);
  await holds(form.field('birth_date'), '27/04/1956');
  await holds(form.field('sex'), 'M');
  await holds(form.field('state_of_birth'), '30');
  await messageIs(form, 'birth_date', /De la CURP/);

  await form.field('given_names').fill(gloria.given_names);
  await form.field('first_surname').fill('López');
  await messageIs(form, 'first_surname', /La CURP no corresponde con el primer apellido/);
  await form.field('first_surname').fill(gloria.first_surname);
  await messageIs(form, 'first_surname', /^$/);
  await form.field('second_surname').fill('Ruiz');
  await messageIs(form, 'second_surname', /La CURP no corresponde con el segundo apellido/);
  await form.fillAddress(address);
  await holds(form.field('address.state'), address.state);
  await t.look(page, 'disagreement');
  await form.save.click();

  await isAt(page, CHART);
  const chart = new Chart(page);
  await says(chart.name, 'Gloria');
  await says(page.getByRole('main'), gloria.curp);
  assert.equal(await page.title(), 'Expediente · Historias');
  await t.look(page, 'chart');
});

spec('patient: a minor needs somebody who answers for her', async (t) => {
  const child = { given_names: 'Ximena', first_surname: 'Ibáñez', birth_date: childBirthDate(), sex: 'M' };
  t.privacy.keepPatient(child);
  const page = await t.signedIn(await t.doctor(), '/pacientes/nuevo');
  const form = new PatientForm(page);
  await form.fillPerson(child);
  await form.fillAddress(address);
  await sees(form.representative);
  await form.save.click();
  await hasFocus(form.alert);
  await says(form.alert, /Nombre completo/);
  await t.look(page, 'representative');

  await form.field('representative.full_name').fill('Beatriz Ibáñez Luna');
  await form.field('representative.relationship').selectOption({ label: 'Madre' });
  await form.field('representative.phone').fill('222 555 0188');
  await form.save.click();
  await isAt(page, CHART);
  await says(page.getByRole('main'), /Beatriz Ibáñez Luna/);
});

spec('patient: a likely duplicate is shown before saving and never blocks', async (t) => {
  const doctor = await t.doctor();
  const known = await doctor.api.patient({ ...oscar, phone: '2225550166' });
  t.privacy.keepPatient(oscar);
  const page = await t.signedIn(doctor, '/pacientes/nuevo');
  const form = new PatientForm(page);

  await form.field('phone').fill('222 555 0166');
  await says(form.duplicates, 'Hay un expediente con el mismo teléfono');
  await form.fillPerson({ ...oscar, phone: undefined });
  await says(form.duplicates, 'el mismo nombre y la misma fecha de nacimiento');
  await form.field('curp').fill(oscar.curp);
  await says(form.duplicates, 'Hay un expediente con la misma CURP');
  await says(form.duplicates, known.record_number);
  await t.look(page, 'duplicate');

  await form.duplicates.getByRole('button', { name: /Es la misma: abrir/ }).click();
  await isAt(page, Chart.path(known.id));
  await page.goBack();
  await isAt(page, '/pacientes/nuevo');
  await holds(form.field('curp'), oscar.curp);
  await form.fillAddress(address);
  await form.duplicates.getByRole('button', { name: /No es ella/ }).click();
  await lacks(form.duplicates);
  await form.save.click();
  await isAt(page, CHART);
  assert.ok(!page.url().includes(known.id), 'a second record exists, because a person said so');
});

spec('patient: edited, archived with a reason, and taken back', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, Chart.path(patient.id));
  const chart = new Chart(page);
  const form = new PatientForm(page);

  await chart.tab('Datos').click();
  await t.look(page, 'data');
  await page.getByRole('link', { name: 'Editar datos' }).click();
  await form.field('occupation').fill('Maestra jubilada');
  await t.look(page, 'editing');
  await form.save.click();
  await isAt(page, Chart.path(patient.id, '/datos'));
  await says(page.getByRole('main'), 'Maestra jubilada');

  await chart.choose('Archivar expediente');
  await chart.archiveDialog.getByRole('button', { name: 'Archivar expediente' }).click();
  await hasFocus(chart.archiveDialog.getByRole('alert'));
  await chart.archiveDialog.getByLabel('Motivo').fill('Cambió de médico');
  await t.look(page, 'archiving');
  await chart.archiveDialog.getByRole('button', { name: 'Archivar expediente' }).click();
  await sees(page.getByText(/Expediente archivado el/));
  await says(page.getByRole('main'), 'Motivo: Cambió de médico');
  await lacks(page.getByRole('link', { name: 'Editar datos' }));
  await t.look(page, 'archived');

  await page.goto('/pacientes');
  const list = new PatientsPage(page, t.phone);
  await counts(list.row(patient.record_number), 0);
  await list.filter('Archivados').click();
  await sees(list.row(patient.record_number));
  await list.row(patient.record_number).getByRole('link').click();
  await page.getByRole('button', { name: 'Desarchivar' }).first().click();
  await lacks(page.getByText(/Expediente archivado el/));
});

spec('patient: leaving a form with something written asks first', async (t) => {
  const page = await t.signedIn(await t.doctor(), '/pacientes');
  await new PatientsPage(page, t.phone).register.first().click();
  const form = new PatientForm(page);
  await form.field('given_names').fill('Beatriz');
  t.privacy.keep('Beatriz');
  await page.goBack();
  const dialog = page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
  await sees(dialog);
  await t.look(page, 'leave guard');
  await dialog.getByRole('button', { name: 'Seguir aquí' }).click();
  await holds(form.field('given_names'), 'Beatriz');
  await page.goBack();
  await dialog.getByRole('button', { name: 'Descartar' }).click();
  await isAt(page, '/pacientes');
});

spec('patient: two presses on the button, or two quick Intros, register one', async (t) => {
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor, '/pacientes/nuevo');
  const form = new PatientForm(page);
  const phone = uniquePhone();
  await form.fillPerson({ ...gloria, phone });
  await form.fillAddress(address);
  await form.save.dblclick();
  await isAt(page, CHART);
  const { items } = await doctor.api.get(`/api/patients?q=${phone}`);
  assert.equal(items.length, 1);
});
