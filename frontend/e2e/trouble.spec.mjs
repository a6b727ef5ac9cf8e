// What goes wrong around a person who is writing: two windows, an ended session, no network.
import assert from 'node:assert/strict';
import { address, gloria, uniquePhone } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { eventually, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { SessionDialog } from './page-models/account.mjs';
import { Chart } from './page-models/chart.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { PatientsPage } from './page-models/patients.mjs';

const CHART = /^\/pacientes\/[0-9a-f-]{36}$/;

spec('trouble: two tabs edit the same patient; the second sees both versions and joins them', async (t) => {
  t.guard.expectStatus(412, /\/api\/patients\//);
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const first = await t.signedIn(doctor, Chart.path(patient.id, '/datos/editar'));
  const mine = new PatientForm(first);
  await sees(mine.save);
  const second = await t.otherTab(first, Chart.path(patient.id, '/datos/editar'));
  const theirs = new PatientForm(second);
  await sees(second.getByText('Este expediente también se está editando en otra ventana.'));

  await mine.field('occupation').fill('Maestra');
  await mine.field('email').fill('renata@ejemplo.example');
  await theirs.field('occupation').fill('Directora de escuela');
  await theirs.save.click();
  await isAt(second, Chart.path(patient.id, '/datos'));

  await mine.field('phone').fill('222 555 0173');
  await mine.save.click();
  const chart = new Chart(first);
  await sees(chart.merge);
  await says(chart.mergeRow('Ocupación'), /Cambió en ambas.*Maestra.*Directora de escuela/);
  await says(chart.mergeRow('Teléfono'), '222 555 0173');
  await t.look(first, 'both versions');

  await first.getByRole('button', { name: 'Unir ambas' }).click();
  await chart.mergeRow('Ocupación').getByRole('radio', { name: 'Directora de escuela' }).check();
  await t.look(first, 'choosing');
  await first.getByRole('button', { name: 'Guardar la unión' }).click();
  await isAt(first, Chart.path(patient.id, '/datos'));
  const joined = await doctor.api.get(`/api/patients/${patient.id}`);
  assert.equal(joined.occupation, 'Directora de escuela');
  assert.equal(joined.email, 'renata@ejemplo.example');
  assert.equal(joined.phone, '+522225550173');
  assert.equal(joined.version, patient.version + 2);
});

spec('trouble: the other version is taken, and one’s own can be brought back', async (t) => {
  t.guard.allowStatus(412, /\/api\/patients\//);
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, Chart.path(patient.id, '/datos/editar'));
  const form = new PatientForm(page);
  await form.field('occupation').fill('Maestra');
  const { id, record_number, version, age, age_text, status, minor, consent, warnings, created_at, updated_at, ...rest } =
    await doctor.api.get(`/api/patients/${patient.id}`);
  await doctor.api.put(`/api/patients/${id}`, version, { ...rest, occupation: 'Directora de escuela' });
  await sees(page.getByText('Alguien guardó cambios en este expediente.'));
  await page.getByRole('button', { name: 'Ver ambas' }).click();
  await page.getByRole('button', { name: 'Usar la otra' }).click();
  await holds(form.field('occupation'), 'Directora de escuela');
  await page.getByRole('button', { name: 'Recuperar la mía' }).click();
  await holds(form.field('occupation'), 'Maestra');
  await form.save.click();
  await isAt(page, Chart.path(patient.id, '/datos'));
  assert.equal((await doctor.api.get(`/api/patients/${id}`)).occupation, 'Maestra');
});

spec('trouble: the session ends on the server; the form waits under the sign-in and is sent once', async (t) => {
  t.guard.expectStatus(401, /\/api\/patients/);
  t.guard.allowStatus(401, /\/api\/(events|auth\/login|messages\/calls|clinic|offices)$/);
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor, '/pacientes/nuevo');
  // The form asks for duplicates by itself, at a moment of its own: here the save meets the ended session first.
  await page.route('**/api/patients/duplicates', (route) => route.fulfill({ json: { items: [] } }));
  const form = new PatientForm(page);
  const phone = uniquePhone();
  t.privacy.keepPatient(gloria);
  await form.fillPerson({ ...gloria, phone });
  await form.fillAddress(address);
  await form.field('occupation').fill('Costurera');
  await doctor.api.post('/api/auth/logout');
  await form.save.click();

  const dialog = new SessionDialog(page);
  await sees(dialog.box);
  await t.look(page, 'session ended');
  await dialog.signIn('no es esta frase');
  await says(dialog.box.getByRole('alert'), 'El correo o la contraseña no coinciden.');
  await dialog.signIn(doctor.password);
  await lacks(dialog.box);
  await isAt(page, CHART);
  const list = new PatientsPage(page, t.phone);
  await page.goto('/pacientes');
  await list.search.fill(phone);
  await sees(list.row('Gloria'));
  assert.equal(await list.rows.count(), 1);
});

spec('trouble: the last minute of a session is said; the password goes on with it and nothing typed is lost', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, Chart.path(patient.id, '/datos/editar'));
  const form = new PatientForm(page);
  await form.field('occupation').fill('Maestra');
  // What a sign-in of almost its whole life ago would have written, told by another tab.
  await page.evaluate(() => {
    localStorage.setItem('historias-session-end', new Date(Date.now() + 59_000).toISOString());
    dispatchEvent(new StorageEvent('storage', { key: 'historias-session-end' }));
  });
  await sees(page.getByText('Su sesión termina en menos de un minuto.'));
  await page.getByRole('button', { name: 'Seguir aquí' }).click();
  const dialog = page.getByRole('dialog', { name: 'Seguir en la sesión' });
  await dialog.getByRole('textbox', { name: 'Contraseña' }).fill(doctor.password);
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await lacks(dialog);
  await lacks(page.getByText('Su sesión termina en menos de un minuto.'));
  await holds(form.field('occupation'), 'Maestra');
  await form.save.click();
  await isAt(page, Chart.path(patient.id, '/datos'));
});

spec.desktop('trouble: no network is said, and what changed meanwhile appears when it is back', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const network = await t.network();
  const page = await t.signedIn(doctor, `${network.url}${Chart.path(patient.id)}`);
  await says(new Chart(page).name, 'Renata');
  await page.evaluate(() => (window.sameDocument = true));
  await eventually(async () => {
    const requested = await page.evaluate(() => performance.getEntriesByType('resource').length);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').length), requested);
  });
  await t.guard.duringLoss(async () => {
    network.cut();
    const notice = page.getByText(/Sin conexión desde las \d\d:\d\d/);
    await sees(notice);
    await t.look(page, 'offline');
    await doctor.api.post(`/api/patients/${patient.id}/archive`, { reason: 'Cambió de ciudad' });
    network.mend();
    await lacks(notice);
  });
  await sees(page.getByText(/Motivo: Cambió de ciudad/));
  assert.equal(await page.evaluate(() => window.sameDocument), true);
});
