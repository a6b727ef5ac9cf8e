// The first page of a chart: what must not be forgotten, and what changes it.
import { spec } from './harness/specs.mjs';
import { isAt, lacks, sees, says } from './harness/wait.mjs';
import { Chart } from './page-models/chart.mjs';

const DAY_MS = 86_400_000;

spec('summary: a new chart says what nobody has asked, and learns it', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, Chart.path(patient.id));
  const banner = page.locator('header').filter({ has: new Chart(page).name });
  await says(banner, 'Alergias: no preguntado');
  const allergies = page.getByRole('region', { name: 'Alergias', exact: true });
  await says(allergies, 'No se le ha preguntado.');
  await t.look(page, 'new chart');

  await allergies.getByRole('button', { name: 'Registrar alergias' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agregar alergia' });
  await dialog.getByRole('button', { name: /sin alergias conocidas/ }).click();
  await lacks(dialog);
  await says(allergies, 'Sin alergias conocidas.');
  await says(banner, 'Sin alergias conocidas');

  await allergies.getByRole('button', { name: 'Agregar alergia' }).click();
  await dialog.getByLabel('Sustancia').fill('penicilina');
  await page.getByRole('option', { name: /^Penicilinas/ }).first().click();
  await dialog.getByLabel(/^Reacción/).fill('Anafilaxia');
  await dialog.getByRole('button', { name: 'Guardar alergia' }).click();
  await lacks(dialog);
  await says(banner, /Penicilinas anafilaxia/);

  const problems = page.getByRole('region', { name: 'Problemas' });
  await problems.getByRole('button', { name: 'Agregar problema' }).click();
  const adding = page.getByRole('dialog', { name: 'Agregar problema' });
  await adding.getByLabel('Diagnóstico CIE-10').fill('presión alta');
  await page.getByRole('option', { name: /Hipertensión esencial/ }).first().click();
  await adding.getByLabel(/^Desde cuándo/).fill('03/2021');
  await adding.getByRole('button', { name: 'Guardar problema' }).click();
  await lacks(adding);
  await says(problems, /Hipertensión esencial.*Desde marzo de 2021.*I10/);
  await says(banner, t.phone ? '1 problema' : /Hipertensión esencial.* I10/);
  await t.look(page, 'allergy and problem');

  await problems.getByRole('button', { name: /Hipertensión/ }).click();
  const changing = page.getByRole('dialog', { name: 'Cambiar problema' });
  await changing.getByLabel('Estado').selectOption({ label: 'Resuelto' });
  await changing.getByRole('button', { name: 'Guardar problema' }).click();
  await lacks(changing);
  await says(problems, 'Resuelto');
});

spec('summary: vital signs with trend, notes, and a visit begun from the banner', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const take = (days, body) =>
    doctor.api.post(`/api/patients/${patient.id}/vital-signs`, {
      ...body,
      measured_at: new Date(Date.now() - days * DAY_MS).toISOString(),
    });
  await take(40, { systolic: 146, diastolic: 90, heart_rate: 78, glucose: 158 });
  await take(0.001, { systolic: 138, diastolic: 86, heart_rate: 78, glucose: 142 });
  const page = await t.signedIn(doctor, Chart.path(patient.id));
  const vitals = page.getByRole('region', { name: 'Signos vitales' });
  await says(vitals, /Presión arterial 138\/86 mmHg Elevada −8 desde el /);
  await says(vitals, /Frecuencia cardiaca 78 lpm En rango sin cambio/);
  await t.look(page, 'vital signs');
  await vitals.getByRole('link', { name: 'Ver tendencias' }).click();
  await isAt(page, Chart.path(patient.id, '/signos'));

  await new Chart(page).tab('Resumen').click();
  await page.getByRole('button', { name: 'Nueva consulta' }).click();
  await isAt(page, /^\/pacientes\/[0-9a-f-]{36}\/consultas\/[0-9a-f-]{36}$/);
  await page.goBack();
  const notes = page.getByRole('region', { name: 'Últimas notas' });
  await says(notes, /Historia clínica.*Borrador/);
  await sees(page.getByRole('link', { name: 'Continuar consulta' }));
  await t.look(page, 'a draft');
});
