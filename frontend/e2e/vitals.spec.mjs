// Vital signs outside of a consultation: written down, compared, seen over time, taken back.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { eventually, hasFocus, lacks, sees, says } from './harness/wait.mjs';
import { VitalsTab } from './page-models/vitals.mjs';

const DAY_MS = 86_400_000;

/** A patient whose signs were taken on two days before today. */
async function measured(t) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const at = (days) => new Date(Date.now() - days * DAY_MS).toISOString();
  const take = (days, body) =>
    doctor.api.post(`/api/patients/${patient.id}/vital-signs`, { ...body, measured_at: at(days) });
  await take(60, { systolic: 150, diastolic: 94, heart_rate: 84, weight_kg: 79.6, height_cm: 160 });
  await take(30, { systolic: 146, diastolic: 90, heart_rate: 80, weight_kg: 79.2, height_cm: 160 });
  return { doctor, patient };
}

spec('vitals: the first ones are typed with a comma, checked, and seen in table and trend', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, VitalsTab.path(patient.id));
  const tab = new VitalsTab(page);
  await sees(page.getByText('Aún no hay signos vitales'));
  await t.look(page, 'none yet');

  await tab.record.click();
  await hasFocus(tab.field('Presión sistólica'));
  await tab.save.click();
  await sees(tab.form.getByText('Escriba al menos una medida.').first());
  await tab.field('Presión sistólica').fill('86');
  await tab.field('Presión diastólica').fill('138');
  await tab.field('Temperatura').fill('98');
  await tab.save.click();
  await sees(tab.form.getByText(/mayor que la diastólica/).first());
  await sees(tab.form.getByText(/Parece Fahrenheit/).first());
  await t.look(page, 'faults');
  await tab.field('Presión sistólica').fill('138');
  await tab.field('Presión diastólica').fill('86');
  await tab.field('Temperatura').fill('36,5');
  await tab.field('Peso').fill('78,6');
  await tab.field('Talla').fill('160');
  await sees(tab.form.getByText(/IMC 30.7 kg\/m²/));
  await tab.save.dblclick();
  await lacks(tab.form);
  await says(tab.trend('Presión arterial'), /138\/86 mmHg Elevada/);
  await says(tab.trend('Temperatura'), /36\.5 °C En rango/);
  const { items } = await doctor.api.get(`/api/patients/${patient.id}/vital-signs`);
  assert.equal(items.length, 1);
  assert.equal(items[0].weight_kg, 78.6);
  await t.look(page, 'first reading');
});

spec('vitals: the values before stand beside, the trend grows, and a mistake is voided with a reason', async (t) => {
  const { doctor, patient } = await measured(t);
  const page = await t.signedIn(doctor, VitalsTab.path(patient.id));
  const tab = new VitalsTab(page);
  await says(tab.trend('Presión arterial'), /146\/90 mmHg Alta/);
  await sees(page.getByRole('img', { name: /^Presión arterial: 2 mediciones/ }));
  await t.look(page, 'two readings');

  await tab.record.click();
  await sees(tab.form.getByText('Antes: 146'));
  await tab.field('Frecuencia cardiaca').fill('170');
  await tab.save.click();
  await lacks(tab.form);
  await says(tab.trend('Frecuencia cardiaca'), /170 lpm Alta/);

  await page.getByRole('button', { name: /^Anular la medición/ }).first().click();
  await t.look(page, 'voiding');
  await tab.voiding.getByRole('button', { name: 'Anular medición' }).click();
  await sees(tab.voiding.getByText('Este dato hace falta.').first());
  await tab.voiding.getByLabel('Motivo').fill('Se tomó después de subir las escaleras.');
  await tab.voiding.getByRole('button', { name: 'Anular medición' }).click();
  await lacks(tab.voiding);
  await sees(page.getByText(/Anulada el .*Se tomó después de subir/));
  await says(tab.trend('Frecuencia cardiaca'), /80 lpm/);
  await t.look(page, 'voided');
  const { items } = await doctor.api.get(`/api/patients/${patient.id}/vital-signs`);
  assert.equal(items.find(({ heart_rate: rate }) => rate === 170).voided.reason, 'Se tomó después de subir las escaleras.');
});

spec.desktop('vitals: on paper there is no frame and nothing to press', async (t) => {
  const { doctor, patient } = await measured(t);
  const page = await t.signedIn(doctor, VitalsTab.path(patient.id));
  const tab = new VitalsTab(page);
  await sees(tab.trend('Peso'));
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'true');
  });
  await tab.print.click();
  await eventually(async () => assert.equal(await page.locator('html').getAttribute('data-printed'), 'true'));
  await page.emulateMedia({ media: 'print' });
  await lacks(tab.record);
  await lacks(page.getByRole('button', { name: /^Anular/ }));
  await sees(tab.trend('Peso'));
  await sees(page.getByRole('table', { name: 'Mediciones' }));
});
