// A screen that somebody walks away from: the lock, the people of a shared computer, no network.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { eventually, hasFocus, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { InvitationPage, SignInPage } from './page-models/account.mjs';
import { Chart } from './page-models/chart.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';
import { LockScreen } from './page-models/lock.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { Shell } from './page-models/shell.mjs';
import { uniqueWord } from './harness/people.mjs';

const PIN = '4826';
const MINUTE_MS = 60_000;
const EVOLUTION = 'Evolución del cuadro';
/** What was under way when the session was locked. */
const UNDER_WAY = /\/api\/(events|messages\/calls|patients|clinic|offices|consultations|auth\/me)/;

/** A doctor with a PIN and a patient. */
async function withPin(t) {
  const doctor = await t.doctor();
  await doctor.api.setPin(PIN);
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  return { doctor, patient };
}

/** Nothing of the page can be seen or reached, whatever stands in it. */
async function showsNothingOf(page, words) {
  await eventually(async () => {
    const text = await page.evaluate(() => document.body.innerText);
    for (const word of words) assert.ok(!text.includes(word), `«${word}» can be read on the locked screen`);
  });
  const reachable = await page.evaluate(() =>
    [...document.body.children].filter((one) => !one.matches('[data-lock], script') && !(one.hidden && one.inert)).length,
  );
  assert.equal(reachable, 0);
}

spec('lock: a note that is being written is covered, saved, and goes on where it was', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  t.guard.expectStatus(422, /\/auth\/unlock$/);
  const { doctor, patient } = await withPin(t);
  const draft = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  const page = await t.signedIn(doctor, ConsultationPage.path(patient.id, draft.id));
  const note = new ConsultationPage(page, t.phone);
  const lock = new LockScreen(page);
  await note.text(EVOLUTION).fill('Acude por dolor torácico de una hora.');
  await page.keyboard.press('Control+Alt+b');
  await sees(lock.title);
  await hasFocus(lock.pin);
  await showsNothingOf(page, [patient.given_names, patient.first_surname, 'dolor torácico']);
  await t.look(page, 'locked');

  await lock.unlock('9173');
  await says(lock.alert, 'El PIN no es correcto.');
  await showsNothingOf(page, [patient.first_surname]);
  await lock.unlock(PIN);
  await lacks(lock.title);
  await holds(note.text(EVOLUTION), 'Acude por dolor torácico de una hora.');
  await note.text(EVOLUTION).fill('Acude por dolor torácico de una hora. Mejora.');
  await eventually(async () => {
    const saved = await doctor.api.get(`/api/consultations/${draft.id}`);
    assert.equal(saved.sections.evolution, 'Acude por dolor torácico de una hora. Mejora.');
  });
});

spec('lock: from the menu, in every tab of the browser at once, with the password where there is no PIN', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, Chart.path(patient.id, '/datos/editar'));
  const form = new PatientForm(page);
  await form.field('occupation').fill('Maestra');
  const second = await t.otherTab(page, '/pacientes');
  await sees(second.getByRole('heading', { level: 1, name: 'Pacientes' }));
  await new Shell(second, t.phone).choose('Bloquear ahora');
  const [mine, theirs] = [new LockScreen(page), new LockScreen(second)];
  await sees(theirs.title);
  await sees(mine.title);
  await showsNothingOf(page, [patient.first_surname, 'Maestra']);
  await theirs.password.fill(doctor.password);
  await theirs.submit.click();
  await lacks(theirs.title);
  await lacks(mine.title);
  await holds(form.field('occupation'), 'Maestra');
});

spec.desktop('lock: without network it stays, says so, and opens once the network is back', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  const { doctor, patient } = await withPin(t);
  const network = await t.network();
  const page = await t.signedIn(doctor, `${network.url}${Chart.path(patient.id, '/datos/editar')}`);
  const form = new PatientForm(page);
  const lock = new LockScreen(page);
  await form.field('occupation').fill('Maestra');
  await page.keyboard.press('Control+Alt+b');
  await sees(lock.pin);
  await t.guard.duringLoss(async () => {
    network.cut();
    await lock.unlock(PIN);
    await says(lock.alert, 'No hubo respuesta del servidor.');
    await showsNothingOf(page, [patient.first_surname, 'Maestra']);
    await t.look(page, 'no network');
    network.mend();
  });
  await lock.unlock(PIN);
  await lacks(lock.title);
  await holds(form.field('occupation'), 'Maestra');
});

spec('lock: a page that is loaded while the session is locked shows nothing before the PIN', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  const { doctor, patient } = await withPin(t);
  const page = await t.signedIn(doctor, Chart.path(patient.id));
  await says(new Chart(page).name, patient.first_surname);
  await doctor.api.post('/api/auth/lock');
  await page.reload();
  const lock = new LockScreen(page);
  await sees(lock.pin);
  await showsNothingOf(page, [patient.first_surname]);
  await lock.unlock(PIN);
  await says(new Chart(page).name, patient.first_surname);
});

spec('lock: nobody there for as long as the clinic says covers the screen; whoever moves is there', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  const { doctor, patient } = await withPin(t);
  const page = await t.signedIn(doctor, '/entrar');
  await page.clock.install();
  await page.goto(Chart.path(patient.id, '/datos/editar'));
  const form = new PatientForm(page);
  const lock = new LockScreen(page);
  await form.field('occupation').fill('Maestra');
  await page.clock.fastForward(14 * MINUTE_MS);
  await form.field('occupation').fill('Maestra jubilada');
  await page.clock.fastForward(14 * MINUTE_MS);
  await holds(form.field('occupation'), 'Maestra jubilada');
  await lacks(lock.title);
  await page.clock.fastForward(2 * MINUTE_MS);
  await sees(lock.pin);
  await showsNothingOf(page, [patient.first_surname, 'Maestra']);
  await t.look(page, 'covered by itself');
  await lock.unlock(PIN);
  await lacks(lock.title);
  await holds(form.field('occupation'), 'Maestra jubilada');
});

spec('desk: two people share a computer and change places with their PIN; drafts stay whose they are', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);

  const { doctor, patient } = await withPin(t);
  const draft = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  const nurse = `enfermeria.${uniqueWord()}@jacarandas.example`;
  const word = 'la frase de la enfermera';
  t.privacy.keep(nurse);
  const invitation = await doctor.api.invite(nurse, 'nurse', 'Lucía Bravo Tenorio');

  const page = await t.visitor('/entrar');
  await new SignInPage(page).signIn(doctor.email, doctor.password);
  await isAt(page, '/hoy');
  await page.goto(ConsultationPage.path(patient.id, draft.id));
  const note = new ConsultationPage(page, t.phone);
  await note.text(EVOLUTION).fill('Acude a control.');
  await page.keyboard.press('Control+Alt+b');
  const lock = new LockScreen(page);
  await sees(lock.pin);
  await t.look(page, 'desk locked');

  await page.goto(invitation);
  await new InvitationPage(page).take(word);
  await isAt(page, /^\/(hoy|pacientes)$/);
  await page.evaluate(async (pin) => {
    const response = await fetch('/api/auth/pin', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ pin }),
    });
    if (!response.ok) throw new Error(`The PIN was not taken: ${response.status}`);
  }, '7391');
  const { navigation } = new Shell(page, t.phone);
  await sees(navigation);
  await page.keyboard.press('Control+Alt+b');
  await sees(lock.title);
  await lock.change.click();
  await sees(lock.people);
  await t.look(page, 'people of the desk');
  await lock.people.getByRole('button', { name: doctor.full_name }).click();
  await page.getByRole('textbox', { name: `PIN de ${doctor.full_name}` }).fill(PIN);
  await page.evaluate(() => (window.formerDocument = true));
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.waitForFunction(() => window.formerDocument === undefined);
  await sees(navigation);
  await isAt(page, '/hoy');
  await page.goto(ConsultationPage.path(patient.id, draft.id));
  await holds(note.text(EVOLUTION), 'Acude a control.');
});
