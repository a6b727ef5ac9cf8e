// Who saw or changed a record, and that what is written about it is as it was sealed.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { counts, eventually, isAt, sees, says } from './harness/wait.mjs';
import { AuditPage } from './page-models/audit.mjs';
import { Chart } from './page-models/chart.mjs';
import { Shell } from './page-models/shell.mjs';

spec('audit: it shows who read and changed a record, and its verification is green', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  const other = await doctor.api.patient({ given_names: 'Beatriz', first_surname: 'Ordóñez' });
  for (const known of [patient, other]) t.privacy.keepPatient(known);
  const page = await t.signedIn(doctor, Chart.path(patient.id));
  await says(new Chart(page).name, 'Renata');
  await new Shell(page, t.phone).go('Bitácora');
  await isAt(page, '/bitacora');

  const audit = new AuditPage(page, t.phone);
  await sees(audit.row('Consultó el expediente', patient.record_number));
  await sees(audit.row('Registró al paciente', other.record_number));
  await says(audit.row('Consultó el expediente'), doctor.full_name);
  await audit.verify.click();
  await sees(audit.intact);
  await says(page.getByRole('main'), /Se verificaron \d+ eventos? y \d+ sellos?/);
  await t.look(page, 'trail');

  await audit.row('Consultó el expediente', patient.record_number).getByRole('link').first().click();
  const detail = t.phone ? page.getByRole('dialog') : page.getByRole('main');
  await says(detail, /Lugar en la cadena/);
  await eventually(async () => assert.match(await detail.innerText(), /Evento \d+/));
  await t.look(page, 'event');
  await detail.getByRole('button', { name: 'Ver todo de este expediente' }).click();
  await counts(audit.row(other.record_number), 0);
  await sees(audit.row(patient.record_number));
  assert.equal(new URL(page.url()).searchParams.get('paciente'), patient.id);
});
