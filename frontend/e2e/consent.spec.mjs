// The whole circle of consent by WhatsApp, with the simulator in the place of Meta and of the patient.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { address, gloria, uniquePhone, uniqueWord } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { counts, eventually, isAt, lacks, sees, says } from './harness/wait.mjs';
import { Chart } from './page-models/chart.mjs';
import { ConsentsTab } from './page-models/consents.mjs';
import { MessagesPage } from './page-models/messages.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { Shell } from './page-models/shell.mjs';
import { Simulator } from './page-models/simulator.mjs';

/** A doctor with one patient, whose tab of consents is open, and the simulated phones beside it. */
async function circle(t) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient({ first_surname: `Zúñiga ${uniqueWord()}` });
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, ConsentsTab.path(patient.id));
  await page.evaluate(() => (window.sameDocument = true));
  const phones = new Simulator(await t.visitor('/dev/whatsapp'));
  const types = async () => (await doctor.api.consentEvents(patient.id)).map(({ type }) => type);
  /** So many events of a type are in the chain; the order of statuses is WhatsApp's business. */
  const hasEvents = (type, count) =>
    eventually(async () => assert.equal((await types()).filter((one) => one === type).length, count));
  return { doctor, patient, page, phones, types, hasEvents, tab: new ConsentsTab(page) };
}

/** The page has not been loaded anew since the circle began. */
async function neverReloaded(page) {
  assert.equal(await page.evaluate(() => window.sameDocument), true);
}

/** The newest entry of the simulator's log that holds these texts. */
async function logEntry(url, direction, ...texts) {
  const { entries } = await (await fetch(`${url}/dev/whatsapp/api/state`)).json();
  for (const { id } of entries.filter((entry) => entry.direction === direction)) {
    const entry = await (await fetch(`${url}/dev/whatsapp/api/entries/${id}`)).json();
    if (texts.every((text) => entry.body.includes(text))) return entry;
  }
  return assert.fail(`no ${direction} holds ${texts.join(' and ')}`);
}

/** Delivers a webhook once more, as Meta does when it doubts. */
async function repeat(url, id) {
  const response = await fetch(`${url}/dev/whatsapp/api/repeat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entry_id: Number(id) }),
  });
  assert.equal(response.status, 200);
}

spec('consent: queued, sent, delivered, read and accepted arrive without reloading, with their proof', async (t) => {
  const { doctor, patient, page, phones, tab } = await circle(t);
  await t.look(page, 'not asked');
  await tab.send.click();
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  await phones.open(doctor.clinic_name);
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado', 'Leído');
  await t.look(phones.page, 'simulator');
  await phones.accept.click();
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado', 'Leído', 'Aceptado');
  await sees(page.getByText('Consentimiento aceptado'));
  await neverReloaded(page);
  await t.look(page, 'accepted');

  const notice = await doctor.api.get(`/api/public/clinics/${doctor.clinic.slug}/privacy-notice`);
  assert.equal(createHash('sha256').update(notice.content).digest('hex'), notice.hash);
  const events = await doctor.api.consentEvents(patient.id);
  const accepted = events.find(({ type }) => type === 'accepted');
  assert.equal(accepted.notice_hash, notice.hash);
  assert.equal(accepted.notice_version, notice.version);
  assert.match(accepted.evidence.wamid, /^wamid\./);
  assert.equal(accepted.evidence.phone, patient.phone);
  await says(tab.step('Aceptado'), new RegExp(notice.hash.slice(0, 4)));

  await page.goto(Chart.path(patient.id));
  await says(page.getByRole('main'), 'Aceptado');
  await t.look(page, 'summary');
  await page.goto('/consentimientos');
  await says(page.getByRole('main'), patient.record_number);
  await t.look(page, 'all consents');
});

spec('consent: a repeated webhook changes nothing, and a free text is not an acceptance', async (t) => {
  const { doctor, patient, page, phones, tab, types, hasEvents } = await circle(t);
  await tab.send.click();
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  await phones.open(doctor.clinic_name);
  await phones.write('Acepto');
  await sees(tab.step('Leído'));
  // Rows that come while a list is read wait behind a button: the list is opened once the text is there.
  await eventually(async () => {
    const { items } = await doctor.api.get(`/api/messages?patient_id=${patient.id}`);
    assert.ok(items.some(({ kind }) => kind === 'text'));
  });
  await new Chart(page).tab('Mensajes').click();
  await says(page.getByRole('main'), 'Respuesta escrita');
  await t.look(page, 'messages of a patient');
  assert.equal((await types()).includes('accepted'), false);

  await phones.accept.first().click();
  await hasEvents('accepted', 1);
  const before = await doctor.api.consentEvents(patient.id);
  const { evidence } = before.find(({ type }) => type === 'accepted');
  const tapped = await logEntry(t.url, 'webhook', evidence.wamid);
  for (let round = 0; round < 3; round += 1) await repeat(t.url, tapped.id);
  await phones.page.reload();
  await phones.page.getByRole('button', { name: /repetido/ }).first().click();
  await says(phones.result, 'Ya se había recibido: no cambió nada.');
  await t.look(phones.page, 'repeated webhook');
  assert.deepEqual(await doctor.api.consentEvents(patient.id), before);
});

spec('consent: revoked by request of the patient; the old button accepts nothing any more', async (t) => {
  const { doctor, patient, page, phones, tab, types } = await circle(t);
  await tab.send.click();
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  await phones.open(doctor.clinic_name);
  await phones.accept.click();
  await sees(tab.step('Aceptado'));

  await tab.revoke.click();
  await tab.revocation.getByRole('button', { name: 'Registrar la revocación' }).click();
  await sees(tab.revocation.getByRole('alert'));
  await tab.revocation.getByLabel('Motivo, en sus palabras').fill('Ya no desea recibir mensajes.');
  await t.look(page, 'revoking');
  await tab.revocation.getByRole('button', { name: 'Registrar la revocación' }).click();
  await lacks(tab.revocation);
  await sees(tab.step('Revocado'));
  await says(tab.step('Revocado'), 'Ya no desea recibir mensajes.');
  await sees(page.getByText('Consentimiento revocado'));
  await t.look(page, 'revoked');

  const before = await types();
  const { wamid } = (await doctor.api.consentEvents(patient.id)).find(({ type }) => type === 'sent').evidence;
  await phones.accept.first().click();
  await eventually(async () => {
    const { result } = await logEntry(t.url, 'webhook', `"id": "${wamid}"`, 'button');
    assert.match(result ?? '', /^La persona .*: no cambió nada\.$/);
  });
  assert.deepEqual(await types(), before);
});

spec('consent: registering a patient and asking at once; two presses are one patient and one question', async (t) => {
  const doctor = await t.doctor();
  const phone = uniquePhone();
  t.privacy.keepPatient({ ...gloria, phone });
  const page = await t.signedIn(doctor, '/pacientes/nuevo');
  const form = new PatientForm(page);
  await form.fillPerson({ ...gloria, phone });
  await form.fillAddress(address);
  await form.saveAndSend.dblclick();
  await isAt(page, /^\/pacientes\/[0-9a-f-]{36}\/consentimientos$/);
  await new ConsentsTab(page).hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  assert.equal((await doctor.api.get(`/api/patients?q=${phone}`)).items.length, 1);
});

spec('consent: a clinic that is not complete is told what it lacks, and led there', async (t) => {
  t.guard.expectStatus(422, /\/consent-requests$/);
  const doctor = await t.doctor({ complete: false });
  const patient = await doctor.api.patient();
  const page = await t.signedIn(doctor, ConsentsTab.path(patient.id));
  await new ConsentsTab(page).send.click();
  await sees(page.getByText('Antes faltan datos de su clínica:'));
  await says(page.getByRole('main'), /domicilio/);
  await t.look(page, 'incomplete');
  await page.getByRole('link', { name: 'Completar los datos' }).click();
  await isAt(page, '/inicio');
});

spec('messages: not delivered becomes a call to make; retried, and settled with a note', async (t) => {
  const { doctor, patient, page, phones, tab, hasEvents } = await circle(t);
  const surname = patient.first_surname;
  const shell = new Shell(page, t.phone);
  await tab.send.click();
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  await phones.open(doctor.clinic_name);
  await phones.refuses(true);
  await tab.send.click();
  await sees(tab.step('No entregado'));
  await sees(page.getByText('No se entregó.'));
  await neverReloaded(page);
  await t.look(page, 'not delivered');

  await shell.go(/Mensajes/);
  await isAt(page, '/mensajes');
  const list = new MessagesPage(page);
  await says(list.call(surname), /Llame al/);
  await t.look(page, 'calls');
  await phones.refuses(false);
  await list.call(surname).getByRole('button', { name: /Reintentar/ }).click();
  await counts(list.call(surname), 0);
  // The retried message leaves from a queue: it has to arrive before the phone refuses again.
  await hasEvents('delivered', 2);

  await phones.refuses(true);
  await page.goto(ConsentsTab.path(patient.id));
  await sees(tab.send);
  await tab.send.click();
  await hasEvents('failed', 2);
  await page.goto('/mensajes');
  await list.call(surname).getByRole('button', { name: /Marcar como resuelto/ }).click();
  await list.resolution.getByLabel('Qué se hizo').fill('Contestó y vendrá al consultorio.');
  await t.look(page, 'settling');
  await list.resolution.getByRole('button', { name: 'Marcar como resuelto' }).click();
  await lacks(list.resolution);
  await sees(list.none);
  await says(page.getByRole('main'), 'Contestó y vendrá al consultorio.');
});
