// A visit from its opening to the signed note, and all that can come between.
import assert from 'node:assert/strict';
import { address } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { eventually, hasFocus, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { SessionDialog } from './page-models/account.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';

const ONE = /^\/pacientes\/[0-9a-f-]{36}\/consultas\/[0-9a-f-]{36}$/;
const EVOLUTION = 'Evolución del cuadro';
const STUDIES = 'Estudios';
const PROGNOSIS = 'Pronóstico';
const PLAN = 'Tratamiento e indicaciones';

/** A doctor with a patient and an open draft. */
async function visit(t, { type = 'evolucion', person } = {}) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient(person);
  t.privacy.keepPatient(patient);
  const draft = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type });
  const at = ConsultationPage.path(patient.id, draft.id);
  const read = () => doctor.api.get(`/api/consultations/${draft.id}`);
  return { doctor, patient, draft, at, read };
}

async function openVisit(t, options) {
  const all = await visit(t, options);
  const page = await t.signedIn(all.doctor, all.at);
  const note = new ConsultationPage(page, t.phone);
  await sees(note.text(EVOLUTION));
  return { ...all, page, note };
}

/** What the page fetched is there, with all that it imports in turn. */
async function loadsNothing(page) {
  let before = -1;
  await eventually(async () => {
    const now = await page.evaluate(() => performance.getEntriesByType('resource').length);
    const isStill = now === before;
    before = now;
    if (!isStill) await page.waitForTimeout(1_000);
    assert.ok(isStill, 'something is still being fetched');
  });
}

/** Answers to this page come late, so that it can be written on while one is under way. */
async function slowly(page, work) {
  const road = /\/api\/consultations\/[0-9a-f-]{36}$/;
  await page.route(road, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  await work();
  await page.unroute(road);
}

/** All that an evolución asks for but the prognosis. */
const almost = {
  sections: { evolution: 'Acude a control. Sin síntomas nuevos.' },
  omissions: { study_results: 'no_aplica' },
  diagnoses: [{ code: 'I10', kind: 'principal' }],
  plan: 'Continúa con el mismo tratamiento. Cita en un mes.',
};

spec('consultation: opened from the chart, written, signed with one thing missing first, amended', async (t) => {
  t.guard.expectStatus(422, /\/sign$/);
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const page = await t.signedIn(doctor, ConsultationPage.list(patient.id));
  await sees(page.getByRole('button', { name: 'Nueva consulta' }));
  await sees(page.getByText('Aún no hay consultas'));
  await t.look(page, 'no consultations yet');
  await page.getByRole('button', { name: 'Otro tipo de nota' }).click();
  await page.getByRole('menuitem', { name: /Nota de evolución/ }).click();
  await isAt(page, ONE);

  const note = new ConsultationPage(page, t.phone);
  await note.text(EVOLUTION).fill(almost.sections.evolution);
  await note.vital(/Presión sistólica/).fill('138');
  await note.vital(/Presión diastólica/).fill('86');
  await note.vital(/^Temp\. Temperatura/).fill('98');
  await note.text(PLAN).click();
  await sees(page.getByText(/¿98 °C\? Parece Fahrenheit/));
  await note.vital(/^Temp\. Temperatura/).fill('36,5');
  await lacks(page.getByText(/Parece Fahrenheit/));
  await note.answer(STUDIES, 'No aplica').click();
  await note.addDiagnosis('presión alta', /Hipertensión/);
  await note.text(PLAN).fill(almost.plan);
  await note.isSaved();
  await t.look(page, 'almost complete');

  // The browser's own viewer would be another page; what it is given is asked for by the API.
  await page.context().route('**/preview.pdf', (route) => route.fulfill({ contentType: 'text/plain', body: 'papel' }));
  if (t.phone) await page.getByRole('button', { name: 'Acciones de la nota' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole(t.phone ? 'menuitem' : 'button', { name: 'Vista previa' }).click();
  const paper = await opened;
  await sees(paper.getByText('papel'));
  await paper.close();
  await page.bringToFront();

  await note.sign.click();
  await hasFocus(note.text(PROGNOSIS));
  await note.text(PROGNOSIS).fill('Bueno para la vida y la función.');
  await note.sign.click();
  await sees(note.signing);
  await t.look(page, 'signing');
  await note.confirm('no es esta frase');
  await sees(note.signing.getByText(/contraseña/i).last());
  await note.signing.getByRole('textbox', { name: 'Su contraseña' }).fill(doctor.password);
  await note.signing.getByRole('button', { name: 'Firmar la nota' }).dblclick();
  await sees(note.signed);
  await hasFocus(note.name);
  await t.look(page, 'signed');

  const [, , , , id] = new URL(page.url()).pathname.split('/');
  const signed = await doctor.api.get(`/api/consultations/${id}`);
  assert.equal(signed.status, 'signed');
  assert.equal(signed.vital_signs.temperature, 36.5);
  assert.equal(signed.sections.evolution, almost.sections.evolution);

  for (const format of ['letter', 'half_letter']) {
    const link = page.locator(`a[href$="/api/consultations/${id}/pdf?format=${format}"]`);
    await sees(link);
    const file = await page.request.get(await link.getAttribute('href'));
    assert.equal(file.status(), 200);
    assert.match(file.headers()['content-type'], /^application\/pdf/);
    assert.equal((await file.body()).subarray(0, 5).toString(), '%PDF-');
  }

  await page.getByRole('button', { name: 'Agregar adenda' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agregar adenda' });
  await dialog.getByLabel('Texto de la adenda').fill('Llamó: toleró bien el tratamiento.');
  await dialog.getByRole('textbox', { name: 'Su contraseña' }).fill(doctor.password);
  await dialog.getByRole('button', { name: 'Firmar la adenda' }).click();
  await sees(page.getByRole('heading', { name: /^Adenda del/ }));
  await t.look(page, 'amended');
  await page.getByRole('link', { name: 'Volver al expediente' }).click();
  await isAt(page, ConsultationPage.list(patient.id));
  await sees(page.getByText('Firmada', { exact: true }));
  await t.look(page, 'list');
});

spec('consultation: of two offices one is chosen, and the visit is there', async (t) => {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);
  const office = await doctor.api.post('/api/offices', { name: 'Consultorio Centro', address, time_zone: 'America/Tijuana' });
  const page = await t.signedIn(doctor, ConsultationPage.list(patient.id));
  const more = page.getByRole('button', { name: 'Otro tipo de nota o consultorio' });
  await more.click();
  const choice = page.getByRole('menuitemradio', { name: 'Consultorio Centro' });
  await choice.click();
  await eventually(async () => assert.equal(await choice.getAttribute('aria-checked'), 'true'));
  await t.look(page, 'choosing the office');
  await page.keyboard.press('Escape');
  await lacks(choice);
  await page.getByRole('button', { name: 'Nueva consulta' }).click();
  await isAt(page, ONE);
  const [, , , , id] = new URL(page.url()).pathname.split('/');
  assert.equal((await doctor.api.get(`/api/consultations/${id}`)).office_id, office.id);
});

spec('consultation: the tab is killed while typing, and what was not sent is recovered', async (t) => {
  const { doctor, at, read } = await visit(t);
  const network = await t.network();
  const page = await t.signedIn(doctor, at);
  const road = await t.otherTab(page, network.url + at);
  await page.close();
  const first = new ConsultationPage(road, t.phone);
  await first.text(EVOLUTION).fill('Se guardó.');
  await first.isSaved();
  await t.guard.duringLoss(async () => {
    network.cut();
    await first.text(EVOLUTION).fill('Se guardó. Esto no se envió.');
    await first.isKeptHere();
    await road.close();
    await network.quiet();
    network.mend();
  });
  assert.equal((await read()).sections.evolution, 'Se guardó.');

  const again = await road.context().newPage();
  await again.goto(network.url + at);
  const second = new ConsultationPage(again, t.phone);
  await sees(second.recovery);
  await holds(second.text(EVOLUTION), 'Se guardó.');
  await t.look(again, 'found text');
  await again.getByRole('button', { name: 'Recuperar' }).click();
  await holds(second.text(EVOLUTION), 'Se guardó. Esto no se envió.');
  await second.isSaved();
  await eventually(async () => assert.equal((await read()).sections.evolution, 'Se guardó. Esto no se envió.'));
  await again.reload();
  await sees(second.text(EVOLUTION));
  await lacks(second.recovery);
});

spec.desktop('consultation: without network one writes on, and it is sent when the network is back', async (t) => {
  const { doctor, at, read } = await visit(t);
  const network = await t.network();
  const page = await t.signedIn(doctor, at);
  await page.goto(network.url + at);
  const note = new ConsultationPage(page);
  await sees(note.text(EVOLUTION));
  await t.guard.duringLoss(async () => {
    network.cut();
    await note.text(EVOLUTION).fill('Escrito sin red.');
    await note.isKeptHere();
    await says(page.locator('[data-place]'), 'Guardado en este equipo');
    await t.look(page, 'kept here');
    network.mend();
    await note.isSaved();
  });
  await eventually(async () => assert.equal((await read()).sections.evolution, 'Escrito sin red.'));
});

spec('consultation: the session ends while writing; signed in again over the note, nothing is lost', async (t) => {
  // Which request meets the ended session first depends on the moment.
  t.guard.expectStatus(401, /\/api\//);
  const { doctor, page, note } = await openVisit(t);
  await doctor.api.post('/api/auth/logout');
  await note.text(EVOLUTION).fill('Escrito con la sesión cerrada.');
  const dialog = new SessionDialog(page);
  await sees(dialog.box);
  await dialog.signIn(doctor.password);
  await lacks(dialog.box);
  await note.isSaved();
  await holds(note.text(EVOLUTION), 'Escrito con la sesión cerrada.');
  await page.reload();
  await holds(note.text(EVOLUTION), 'Escrito con la sesión cerrada.');
});

spec('consultation: two tabs write in the same note; both versions stand side by side and are joined', async (t) => {
  t.guard.expectStatus(412, /\/api\/consultations\//);
  const { doctor, draft, at, page, note, read } = await openVisit(t);
  const tab = await t.otherTab(page, at);
  const other = new ConsultationPage(tab, t.phone);
  await sees(other.text(EVOLUTION));
  await sees(page.getByText('Esta nota también está abierta en otra ventana.'));
  await other.text(EVOLUTION).fill('Refiere mejoría.');
  await other.isSaved();
  await slowly(page, async () => {
    await note.text(EVOLUTION).fill('Refiere cefalea.');
    await note.text(PLAN).fill('Paracetamol por razón necesaria.');
    await sees(note.conflict);
  });
  await says(note.part(EVOLUTION), /Cambió en ambas.*Refiere cefalea\..*Refiere mejoría\./);
  await t.look(page, 'both versions');
  await page.getByRole('button', { name: 'Unir ambas' }).click();
  await t.look(page, 'choosing');
  await page.getByRole('button', { name: 'Guardar la unión' }).click();
  await holds(note.text(EVOLUTION), 'Refiere cefalea.\nRefiere mejoría.');
  await note.isSaved();
  const joined = await read();
  assert.equal(joined.sections.evolution, 'Refiere cefalea.\nRefiere mejoría.');
  assert.equal(joined.plan, 'Paracetamol por razón necesaria.');
  const { items } = await doctor.api.get(`/api/consultations/${draft.id}/copies`);
  assert.ok(items.some(({ sections }) => sections?.evolution === 'Refiere cefalea.'));
});

spec.desktop('consultation: two patients in two tabs; never a word in the wrong note', async (t) => {
  // Octavio's note is written in two tabs: who comes second is told.
  t.guard.allowStatus(412, /\/api\/consultations\//);
  const doctor = await t.doctor();
  const people = [
    await doctor.api.patient({ given_names: 'Renata' }),
    await doctor.api.patient({ given_names: 'Octavio', sex: 'H', birth_date: '1970-05-04' }),
  ];
  const drafts = [];
  for (const patient of people) {
    t.privacy.keepPatient(patient);
    drafts.push(await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' }));
  }
  const [one, two] = people.map((patient, index) => ConsultationPage.path(patient.id, drafts[index].id));
  const page = await t.signedIn(doctor, one);
  const note = new ConsultationPage(page);
  const tab = await t.otherTab(page, two);
  const other = new ConsultationPage(tab);
  await note.text(EVOLUTION).fill('Solo de Renata.');
  await other.text(EVOLUTION).fill('Solo de Octavio.');

  // From one note to the other in the same tab, without waiting for the saving, and back.
  await page.goto(two);
  await says(note.name, 'Octavio');
  await note.text(PLAN).fill('Plan de Octavio.');
  await page.goBack();
  await says(note.name, 'Renata');
  await sees(note.text(EVOLUTION));
  if (await note.recovery.isVisible()) await page.getByRole('button', { name: 'Recuperar' }).click();
  await note.text(PLAN).fill('Plan de Renata.');
  await note.isSaved();

  const [renata, octavio] = await Promise.all(drafts.map(({ id }) => doctor.api.get(`/api/consultations/${id}`)));
  assert.doesNotMatch(JSON.stringify(renata), /Octavio/);
  assert.doesNotMatch(JSON.stringify([octavio.sections, octavio.plan]), /Renata/);
  assert.equal(renata.plan, 'Plan de Renata.');

  // The address of one patient never opens the other's note.
  await page.goto(ConsultationPage.path(people[0].id, drafts[1].id));
  await sees(page.getByRole('heading', { name: 'No encontramos lo que busca' }));
});

spec.desktop('consultation: a whole visit by keyboard alone, counted', async (t) => {
  const { doctor, page, note, read } = await openVisit(t);
  let keys = 0;
  const press = async (key) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const type = async (text) => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  const began = performance.now();
  await press('F2');
  await hasFocus(note.text(EVOLUTION));
  await type('/control');
  await sees(note.menu);
  await t.look(page, 'phrases');
  await press('Enter');
  await press('Tab');
  await press('Tab');
  await type('cefalea ocasional');
  await press('F2');
  await hasFocus(note.text(STUDIES));
  await type('/no ap');
  await press('Enter');
  await eventually(async () => assert.equal((await read()).omissions.study_results, 'no_aplica'));
  await press('F2');
  await hasFocus(note.diagnosis);
  await type('presion alta');
  await sees(page.getByRole('option', { name: /Hipertensión/ }));
  await press('Enter');
  await sees(page.getByRole('list', { name: 'Diagnósticos de la nota' }));
  await press('F2');
  await hasFocus(note.text(PROGNOSIS));
  await type('/bueno');
  await press('Enter');
  await press('F2');
  await hasFocus(note.text(PLAN));
  await type('/igual');
  await press('Enter');
  await note.isSaved();
  await press('Control+Enter');
  await sees(note.signing);
  await hasFocus(note.signing.getByRole('textbox', { name: 'Su contraseña' }));
  await type(doctor.password);
  await press('Enter');
  await sees(note.signed);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`# a visit by keyboard: ${keys} keys, 0 clicks, ${seconds.toFixed(1)} s\n`);
  const signed = await read();
  assert.equal(signed.status, 'signed');
  assert.match(signed.sections.evolution, /cefalea ocasional/);
  assert.equal(signed.diagnoses[0].code, 'I10');
});

spec.desktop('consultation: allergies and problems are kept up to date from inside the note', async (t) => {
  const { doctor, patient, page } = await openVisit(t);
  await sees(page.getByText('Alergias: no preguntado'));
  await page.getByRole('button', { name: 'Agregar alergia' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agregar alergia' });
  await dialog.getByRole('combobox', { name: 'Sustancia' }).fill('penicilina');
  await page.getByRole('listbox').getByRole('option', { name: /penicilina/i }).first().click();
  await dialog.getByLabel('Reacción (opcional)').fill('Anafilaxia');
  await t.look(page, 'allergy');
  await dialog.getByRole('button', { name: 'Guardar alergia' }).click();
  await lacks(dialog);
  await sees(page.locator('header').getByText(/penicilina/i));
  const { items } = await doctor.api.get(`/api/patients/${patient.id}/allergies`);
  assert.match(items[0].substance, /penicilina/i);
});

spec.desktop('consultation: the chart is archived meanwhile; the note can be read and nothing is lost', async (t) => {
  t.guard.allowStatus(422, /\/api\/consultations\//);
  const { doctor, patient, page, note } = await openVisit(t);
  await note.text(EVOLUTION).fill('Antes de archivar.');
  await note.isSaved();
  await doctor.api.post(`/api/patients/${patient.id}/archive`, { reason: 'Cambió de ciudad' });
  await sees(page.getByText('El expediente está archivado: la nota solo se puede leer.'));
  await sees(page.getByText('Antes de archivar.'));
  await t.look(page, 'archived');
});

spec.desktop('consultation: signed in another tab while this one writes; what was written is kept beside it', async (t) => {
  t.guard.expectStatus(409, /\/api\/consultations\//);
  const { doctor, draft, at } = await visit(t);
  await doctor.api.put(`/api/consultations/${draft.id}`, 1, { ...almost, prognosis: 'Bueno.' });
  const page = await t.signedIn(doctor, at);
  const note = new ConsultationPage(page);
  await sees(note.text(EVOLUTION));
  await doctor.api.post(`/api/consultations/${draft.id}/sign`, { password: doctor.password });
  await note.text(PLAN).fill('Escrito demasiado tarde.');
  await sees(note.signed);
  const { items } = await doctor.api.get(`/api/consultations/${draft.id}/copies`);
  assert.ok(items.some(({ plan }) => plan === 'Escrito demasiado tarde.'));
});

spec('consultation: another kind of note is chosen, and what has no place in it stays in its history', async (t) => {
  const { doctor, draft, page, note, read } = await openVisit(t);
  await note.text(EVOLUTION).fill('Solo cabe en la evolución.');
  await note.text(PLAN).fill('Cabe en ambas.');
  await note.isSaved();
  if (t.phone) {
    await page.getByRole('button', { name: 'Acciones de la nota' }).click();
    await page.getByRole('menuitem', { name: 'Lista de la nota' }).click();
    await t.look(page, 'list of the note');
  }
  await page.getByRole('button', { name: /^Cambiar/ }).first().click();
  await page.getByRole('menuitem', { name: 'Historia clínica' }).click();
  await sees(note.text('Padecimiento actual'));
  await holds(note.text('Indicación terapéutica'), 'Cabe en ambas.');
  assert.equal((await read()).type, 'historia_clinica');
  const { items } = await doctor.api.get(`/api/consultations/${draft.id}/copies`);
  assert.ok(items.some(({ sections }) => sections?.evolution === 'Solo cabe en la evolución.'));
  await t.look(page, 'clinical history');
});

spec.desktop('consultation: signing out with unsent text asks first', async (t) => {
  const { doctor, at } = await visit(t);
  const network = await t.network();
  const first = await t.signedIn(doctor, at);
  const page = await t.otherTab(first, network.url + at);
  await first.close();
  const note = new ConsultationPage(page);
  await sees(note.text(EVOLUTION));
  // What the question needs is fetched while there is a network.
  await eventually(async () => {
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.ok(names.some((name) => /sign-out-question/.test(name)) && names.some((name) => /menu-popover/.test(name)));
  });
  await loadsNothing(page);
  await t.guard.duringLoss(async () => {
    network.cut();
    await note.text(EVOLUTION).fill('Nadie lo tiene aún.');
    await note.isKeptHere();
    await page.getByRole('button', { name: /Menú de/ }).click();
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
    const question = page.getByRole('dialog', { name: 'Hay texto sin enviar' });
    await sees(question);
    await t.look(page, 'unsent text');
    await question.getByRole('button', { name: 'Seguir aquí' }).click();
    await lacks(question);
    network.mend();
    await note.isSaved();
  });
  await holds(note.text(EVOLUTION), 'Nadie lo tiene aún.');
});
