// The page that a pharmacy opens from the code on a paper: genuine, voided or unknown, and nobody's data.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { isAt, sees, says } from './harness/wait.mjs';

const ITEM = {
  generic_name: 'Paracetamol', presentation: 'tableta 500 mg', dose: '1 tableta', route: 'oral', frequency: 'cada 8 horas',
  duration: '3 días', quantity: 1, allow_substitution: true, instructions: '',
};

/** A signed receta of a patient of the doctor, with its verification code. */
async function signedReceta(doctor) {
  const patient = await doctor.api.patient();
  const visit = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  const draft = await doctor.api.post(`/api/consultations/${visit.id}/prescriptions`, { items: [ITEM] });
  const signed = await doctor.api.post(`/api/prescriptions/${draft.id}/sign`, { password: doctor.password });
  return { patient, ...signed, id: draft.id };
}

spec('verify: a pharmacy sees that a receta is genuine, then that it was voided, and never the patient', async (t) => {
  const doctor = await t.doctor();
  const receta = await signedReceta(doctor);
  const page = await t.visitor(`/verificar/${receta.verification_code}`, { javaScriptEnabled: false });
  const main = page.getByRole('main');
  await sees(page.getByRole('heading', { level: 1, name: 'Documento auténtico' }));
  await says(main, 'Receta médica');
  await says(main, 'Vigente');
  for (const secret of [receta.patient.first_surname, receta.patient.given_names, 'Paracetamol']) {
    assert.ok(!(await page.content()).includes(secret), 'the page tells who signed, not for whom or what');
  }
  await doctor.api.post(`/api/prescriptions/${receta.id}/void`, { reason: 'Se escribió otra.' });
  await page.reload();
  await sees(page.getByRole('heading', { level: 1, name: 'Documento anulado' }));
});

spec('verify: a code is typed as people type, and an unknown one is said to be unknown', async (t) => {
  t.guard.expectStatus(404, /^\/verificar$/);
  const doctor = await t.doctor();
  const receta = await signedReceta(doctor);
  const page = await t.visitor('/verificar');
  await t.look(page, 'verify form');
  await page.getByLabel('Código del documento').fill(` ${receta.verification_code.toLowerCase().replaceAll('-', ' ')} `);
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Documento auténtico' }));
  await isAt(page, '/verificar');
  await t.look(page, 'genuine');
  await page.getByRole('link', { name: 'Comprobar otro documento' }).click();
  await page.getByLabel('Código del documento').fill('AAAA-BBBB-CCCC-DDDD');
  await page.getByRole('button', { name: 'Comprobar' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'No encontramos este documento' }));
  await t.look(page, 'unknown document');
});
