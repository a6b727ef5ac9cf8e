// Finding a patient by what one remembers of her, in the list and from anywhere.
import assert from 'node:assert/strict';
import { gloria } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { counts, eventually, hasFocus, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { Chart } from './page-models/chart.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { PatientsPage } from './page-models/patients.mjs';
import { Shell } from './page-models/shell.mjs';

/** A doctor with three patients; two of them share the beginning of a surname. */
async function doctorWithPatients(t) {
  const doctor = await t.doctor();
  const { api } = doctor;
  const renata = await api.patient({ phone: '2225550171' });
  const renato = await api.patient({ given_names: 'Renato', first_surname: 'Zurita', second_surname: 'Ordóñez', sex: 'H' });
  const known = await api.patient({ ...gloria, given_names: 'Gloria', phone: '2225550172' });
  for (const patient of [renata, renato, known]) t.privacy.keepPatient(patient);
  return { doctor, renata, renato, gloria: known };
}

spec('search: the list finds by beginnings in any order without accents, CURP, phone and record number', async (t) => {
  const { doctor, renata, renato, gloria: known } = await doctorWithPatients(t);
  const page = await t.signedIn(doctor);
  const list = new PatientsPage(page, t.phone);
  await counts(list.rows, 3);
  await t.look(page, 'list');

  const finds = async (query, ...patients) => {
    await list.search.fill(query);
    await counts(list.rows, patients.length);
    for (const { record_number: number } of patients) await sees(list.row(number));
  };
  await finds('zuñ ren', renata);
  await finds('ren zuni', renata);
  await finds('REN ZU', renata, renato);
  await finds('ordonez', renato);
  await finds(gloria.curp, known);
  await finds('222 555 0171', renata);
  await finds(known.record_number, known);
  assert.equal(new URL(page.url()).search.includes('zu'), false);

  await list.search.fill('Ruperta Valdivia');
  t.privacy.keep('Ruperta', 'Valdivia');
  await sees(page.getByText('No encontramos a nadie con «Ruperta Valdivia»'));
  await t.look(page, 'nobody');
  await page.getByRole('link', { name: 'Registrar a «Ruperta Valdivia»' }).click();
  await isAt(page, '/pacientes/nuevo');
  await holds(new PatientForm(page).field('given_names'), 'Ruperta');
});

spec('search: from anywhere, with the keyboard or the magnifier', async (t) => {
  const { doctor, renata } = await doctorWithPatients(t);
  const page = await t.signedIn(doctor, '/clinica');
  await sees(page.getByRole('heading', { level: 1, name: 'Clínica' }));
  const shell = new Shell(page, t.phone);
  await shell.openPalette();
  await hasFocus(shell.palette);
  await sees(shell.option('Registrar paciente'));
  await shell.palette.fill('zuñ ren');
  await sees(shell.option(/Renata/));
  await counts(shell.results.getByRole('group', { name: 'Pacientes' }).getByRole('option'), 1);
  await t.look(page, 'palette');
  await shell.palette.press('Enter');
  await isAt(page, Chart.path(renata.id));
  await says(new Chart(page).name, 'Renata');
  assert.equal(new URL(page.url()).search, '');

  await page.goBack();
  await shell.openPalette();
  await shell.palette.fill('Ruperta');
  t.privacy.keep('Ruperta');
  await sees(shell.option('Registrar a «Ruperta»'));
  await sees(page.getByText('No encontramos a nadie con «Ruperta».'));
  await page.keyboard.press('Escape');
  await lacks(shell.palette);
});

spec.desktop('search: slash opens it, arrows choose, Ctrl Intro opens a tab, Escape gives the focus back', async (t) => {
  const { doctor, renato } = await doctorWithPatients(t);
  const page = await t.signedIn(doctor, '/clinica');
  const shell = new Shell(page, t.phone);
  const field = page.getByLabel('Nombre comercial');
  await field.focus();
  await shell.openPalette();
  await page.keyboard.press('Escape');
  await hasFocus(field);
  await page.keyboard.press('/');
  await lacks(shell.palette);
  await field.blur();
  await page.keyboard.press('/');
  await shell.palette.fill('re zu');
  await sees(shell.option(/Renata/));
  await sees(shell.option(/Renato/));
  await eventually(async () => {
    await shell.palette.press('ArrowDown');
    assert.equal(await shell.option(/Renato/).getAttribute('aria-selected'), 'true');
  });
  const opened = page.context().waitForEvent('page');
  await shell.palette.press('Control+Enter');
  const tab = await opened;
  await isAt(tab, Chart.path(renato.id));
  await says(new Chart(tab).name, 'Renato');
  await isAt(page, '/clinica');
});
