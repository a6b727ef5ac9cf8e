// A receta from its opening to the signed document, and all that can come between.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spec } from './harness/specs.mjs';
import { eventually, hasFocus, holds, isAt, lacks, sees } from './harness/wait.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';
import { PrescriptionPage } from './page-models/prescription.mjs';

const ONE = /^\/pacientes\/[0-9a-f-]{36}\/recetas\/[0-9a-f-]{36}$/;
const AMOXICILLIN = { Dosis: '1', Frecuencia: '8', Duración: '7', 'Por envase': '12' };
const PENICILLIN = { substance: 'Penicilinas', substance_code: 'class:penicillins', reaction: 'Anafilaxia', severity: 'severe' };

/** A doctor with a patient and an open visit. */
async function visit(t, { allergic = true, person } = {}) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient(person);
  t.privacy.keepPatient(patient);
  if (allergic) await doctor.api.post(`/api/patients/${patient.id}/allergies`, PENICILLIN);
  else await doctor.api.post(`/api/patients/${patient.id}/allergies/none-known`);
  const consultation = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  return { doctor, patient, consultation };
}

/** A medicine of which only the name is written. */
function named(name) {
  return {
    id: randomUUID(),
    generic_name: name,
    allow_substitution: true,
    presentation: '',
    dose: '',
    route: '',
    frequency: '',
    duration: '',
  };
}

async function openReceta(t, { medicines = [], ...options } = {}) {
  const all = await visit(t, options);
  const draft = await all.doctor.api.post(`/api/consultations/${all.consultation.id}/prescriptions`, {});
  if (medicines.length > 0) {
    const content = { items: medicines.map(named), acknowledgements: [] };
    await all.doctor.api.put(`/api/prescriptions/${draft.id}`, draft.version, content);
  }
  const at = PrescriptionPage.path(all.patient.id, draft.id);
  const page = await t.signedIn(all.doctor, at);
  const receta = new PrescriptionPage(page, t.phone);
  await sees(receta.search);
  const read = () => all.doctor.api.get(`/api/prescriptions/${draft.id}`);
  return { ...all, draft, at, page, receta, read };
}

spec('prescription: an allergy is answered with its reason, signed, voided and issued anew', async (t) => {
  t.guard.expectStatus(422, /\/sign$/);
  const { doctor, patient } = await visit(t);
  const page = await t.signedIn(doctor, PrescriptionPage.list(patient.id));
  await sees(page.getByText('Aún no hay recetas'));
  await t.look(page, 'no recetas yet');
  await page.getByRole('button', { name: 'Nueva receta' }).click();
  await isAt(page, ONE);

  const receta = new PrescriptionPage(page, t.phone);
  await receta.add('amoxicilina 500', /^Amoxicilina 500 mg, cápsula/);
  await sees(receta.alerts.getByText(/penicilina/i).first());
  await receta.write('Amoxicilina', AMOXICILLIN);
  await holds(receta.medicine('Amoxicilina').getByLabel('Dosis'), '1 cápsula');
  await holds(receta.medicine('Amoxicilina').getByLabel('Frecuencia'), 'Cada 8 horas');
  await holds(receta.medicine('Amoxicilina').getByLabel('Cantidad'), '2');
  await sees(receta.medicine('Amoxicilina').getByText('2 (dos) cajas, 21 cápsulas'));
  await sees(receta.medicine('Amoxicilina').getByText('Antibiótico', { exact: true }));
  await receta.isSaved();
  await t.look(page, 'an allergy is open');

  // The button waits, yet leads to what is open.
  await receta.sign.press('Enter');
  await lacks(receta.signing);
  await hasFocus(receta.alerts.getByRole('button', { name: 'Ver alternativas' }));
  await receta.giveReason('La toleró en 2024, sin reacción.');
  await sees(receta.medicine('Amoxicilina').getByText('Motivo: La toleró en 2024, sin reacción.'));
  await receta.isSaved();
  await receta.sign.click();
  await sees(receta.signing.getByText('Alergia: La toleró en 2024, sin reacción.'));
  await t.look(page, 'signing');
  await receta.confirm('no es esta frase');
  await sees(receta.signing.getByText(/contraseña/i).last());
  await receta.signing.getByRole('textbox', { name: 'Su contraseña' }).fill(doctor.password);
  await receta.signing.getByRole('button', { name: 'Firmar la receta' }).dblclick();
  await sees(page.getByText('Firmada', { exact: true }));
  await t.look(page, 'signed');

  const [, , , , id] = new URL(page.url()).pathname.split('/');
  const signed = await doctor.api.get(`/api/prescriptions/${id}`);
  assert.equal(signed.status, 'signed');
  assert.equal(signed.items[0].quantity, 2);
  assert.equal(signed.items[0].presentation, 'Caja con 12 cápsulas de 500 mg');
  await sees(page.getByText(signed.folio).first());
  for (const format of ['half_letter', 'letter', 'letter_large']) {
    await sees(page.locator(`a[href$="/api/prescriptions/${id}/pdf?format=${format}"]`));
  }

  await page.getByRole('button', { name: 'Anular receta' }).click();
  const voiding = page.getByRole('dialog', { name: /^Anular la receta/ });
  await voiding.getByRole('button', { name: 'Anular receta' }).click();
  await sees(voiding.getByText(/tres letras o más/).first());
  await voiding.getByLabel('Motivo').fill('Era otra dosis.');
  await t.look(page, 'voiding');
  await voiding.getByRole('button', { name: 'Anular receta' }).click();
  await sees(page.getByText('Motivo: Era otra dosis.'));
  await t.look(page, 'voided');
  await page.getByRole('button', { name: 'Expedir de nuevo' }).click();
  await sees(receta.search);
  assert.notEqual(new URL(page.url()).pathname, PrescriptionPage.path(patient.id, id));
  await holds(receta.medicine('Amoxicilina').getByLabel('Cantidad'), '2');

  await page.goto('/recetas');
  await sees(page.getByText('Anulada', { exact: true }));
  await sees(page.getByText('Borrador', { exact: true }));
  await t.look(page, 'recetas of the clinic');
});

spec('prescription: what a pharmacy would refuse is said, and another medicine takes its place', async (t) => {
  const { page, receta, read } = await openReceta(t);
  await receta.add('amoxicilina 500', /^Amoxicilina 500 mg, cápsula/);
  await sees(receta.alerts.getByText(/penicilina/i).first());
  await receta.write('Amoxicilina', { Dosis: '1', Frecuencia: '8', Duración: '3' });
  const see = receta.alerts.getByRole('button', { name: 'Ver alternativas' });
  await see.click();
  const words = receta.alternatives.getByRole('combobox');
  await hasFocus(words);
  await sees(receta.alternatives.getByRole('option'));
  assert.equal(await receta.alternatives.getByRole('option', { name: /cilina/i }).count(), 0);
  await t.look(page, 'alternatives');
  await page.keyboard.press('Escape');
  await lacks(receta.alternatives);
  await hasFocus(see);
  await see.click();
  await words.fill('azitromicina 500');
  await receta.alternatives.getByRole('option', { name: /^Azitromicina 500 mg, tableta/ }).first().click();
  await lacks(receta.alternatives);
  await lacks(receta.medicine('Amoxicilina'));
  // How much and how often are of the substance; how long is of what is treated.
  await hasFocus(receta.medicine('Azitromicina').getByLabel('Dosis'));
  await holds(receta.medicine('Azitromicina').getByLabel('Dosis'), '');
  await holds(receta.medicine('Azitromicina').getByLabel('Frecuencia'), '');
  await holds(receta.medicine('Azitromicina').getByLabel('Duración'), '3 días');
  await lacks(receta.alerts.getByText(/penicilina/i));

  await page.getByRole('button', { name: 'Orden y reemplazo de azitromicina' }).click();
  await page.getByRole('menuitem', { name: 'Reemplazar azitromicina' }).click();
  await hasFocus(page.getByRole('combobox', { name: 'Reemplazar azitromicina' }));
  await page.getByRole('button', { name: 'Dejar azitromicina' }).click();
  await receta.write('Azitromicina', { Dosis: '1/2', Frecuencia: '1 vez al día', Duración: 'uc', Cantidad: '1' });
  await holds(receta.medicine('Azitromicina').getByLabel('Dosis'), '1/2 tableta');
  await sees(receta.alerts.getByText(/no puede indicarse de uso continuo/));
  await receta.alerts.getByRole('button', { name: 'Corregir' }).click();
  await hasFocus(receta.medicine('Azitromicina').getByLabel('Duración'));
  await receta.write('Azitromicina', { Duración: '3' });
  await lacks(receta.alerts.getByText(/no puede indicarse de uso continuo/));

  await receta.add('morfina', /^Morfina/);
  await sees(receta.alerts.getByText(/es de la fracción I/));
  await sees(receta.medicine('Morfina').getByLabel('Folio del recetario especial'));
  await t.look(page, 'fraction I');
  await receta.medicine('Morfina').getByRole('button', { name: /^Quitar morfina$/ }).click();
  await lacks(receta.medicine('Morfina'));
  await receta.isSaved();
  await eventually(async () => assert.deepEqual((await read()).items.map((one) => one.structured.dose_amount), ['1/2']));
});

spec('prescription: begun from the note, and gone on with from there', async (t) => {
  const { doctor, patient, consultation } = await visit(t, { allergic: false });
  const page = await t.signedIn(doctor, ConsultationPage.path(patient.id, consultation.id));
  const note = new ConsultationPage(page, t.phone);
  await note.text('Evolución del cuadro').fill('Acude por tos.');
  await note.text('Tratamiento e indicaciones').fill('/receta');
  await page.keyboard.press('Enter');
  await isAt(page, ONE);
  const receta = new PrescriptionPage(page, t.phone);
  await receta.add('dextrometorfano', /^Dextrometorfano/);
  await receta.isSaved();
  const begun = new URL(page.url()).pathname;
  const kept = await doctor.api.get(`/api/consultations/${consultation.id}`);
  assert.equal(kept.sections.evolution, 'Acude por tos.');

  await page.goto(ConsultationPage.path(patient.id, consultation.id));
  if (t.phone) await page.getByRole('button', { name: 'Acciones de la nota' }).click();
  await page.getByRole(t.phone ? 'menuitem' : 'button', { name: 'Hacer receta' }).click();
  await sees(receta.medicine('Dextrometorfano'));
  assert.equal(new URL(page.url()).pathname, begun);
});

spec.desktop('prescription: without network one writes on; a killed tab is recovered; two tabs are united', async (t) => {
  t.guard.expectStatus(412, /\/api\/prescriptions\//);
  const { page, receta, read, at } = await openReceta(t, { allergic: false });
  await receta.add('paracetamol 500', /^Paracetamol 500 mg, tableta/);
  await receta.write('Paracetamol', { Dosis: '1', Frecuencia: '8', Duración: '3', Cantidad: '1' });
  await receta.isSaved();
  const network = await t.network();
  const road = await t.otherTab(page, network.url + at);
  await page.close();
  const other = new PrescriptionPage(road);
  await sees(other.medicine('Paracetamol'));
  await t.guard.duringLoss(async () => {
    network.cut();
    await other.write('Paracetamol', { Duración: '5' });
    await eventually(async () => assert.equal(await road.locator('[data-place]').getAttribute('data-place'), 'local'));
    await road.close();
    await network.quiet();
    network.mend();
  });
  const again = await road.context().newPage();
  await again.goto(network.url + at);
  const second = new PrescriptionPage(again);
  await sees(second.recovery);
  await again.getByRole('button', { name: 'Recuperar' }).click();
  await holds(second.medicine('Paracetamol').getByLabel('Duración'), '5 días');
  await second.isSaved();
  assert.equal((await read()).items[0].duration, '5 días');

  const third = await t.otherTab(again, network.url + at);
  const rival = new PrescriptionPage(third);
  await rival.add('omeprazol 20', /^Omeprazol 20 mg/);
  await rival.isSaved();
  await second.add('loratadina 10', /^Loratadina 10 mg/);
  await sees(second.conflict);
  await t.look(again, 'conflict');
  await again.getByRole('button', { name: 'Unir ambas' }).click();
  await sees(second.medicine('Omeprazol'));
  await sees(second.medicine('Loratadina'));
  await second.isSaved();
  assert.deepEqual((await read()).items.map((one) => one.generic_name).sort(), ['Loratadina', 'Omeprazol', 'Paracetamol']);

  // Whoever takes the other version keeps what was written here, and the other way round.
  await rival.write('Omeprazol', { Dosis: '2' });
  await sees(rival.conflict);
  await third.getByRole('button', { name: 'Usar la otra' }).click();
  await holds(rival.medicine('Omeprazol').getByLabel('Dosis'), '');
  await sees(rival.medicine('Loratadina'));
  await t.look(third, 'the other version can be recovered');
  const recover = third.getByRole('button', { name: 'Recuperar la otra versión' });
  await recover.click();
  await holds(rival.medicine('Omeprazol').getByLabel('Dosis'), '2 cápsulas');
  await lacks(rival.medicine('Loratadina'));
  await rival.isSaved();
  await eventually(async () => assert.equal((await read()).items.length, 2));
  await recover.click();
  await sees(rival.medicine('Loratadina'));
  await rival.isSaved();
  await eventually(async () => assert.equal((await read()).items.length, 3));
  await third.getByRole('button', { name: 'Dejarla' }).click();
  await lacks(recover);
});

spec.desktop('prescription: medicines change places by keys, by hand and by the menu', async (t) => {
  const { page, receta, read } = await openReceta(t, { allergic: false, medicines: ['Losartán', 'Metformina', 'Omeprazol'] });
  const areKept = (names) =>
    eventually(async () => assert.deepEqual((await read()).items.map((one) => one.generic_name), names));
  const dose = receta.medicine('Losartán').getByLabel('Dosis');
  await dose.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await areKept(['Metformina', 'Losartán', 'Omeprazol']);
  await hasFocus(dose);
  await sees(page.getByText('losartán: lugar 2 de 3'));

  await page.getByRole('button', { name: 'Mover omeprazol' }).hover();
  const first = await page.getByRole('listitem').filter({ has: receta.medicine('Metformina') }).boundingBox();
  await page.mouse.down();
  await page.mouse.move(first.x + 60, first.y + 6, { steps: 12 });
  await sees(page.locator('[data-drop="before"]'));
  await page.mouse.up();
  await areKept(['Omeprazol', 'Metformina', 'Losartán']);

  await page.getByRole('button', { name: 'Orden y reemplazo de losartán' }).click();
  await page.getByRole('menuitem', { name: 'Subir losartán' }).click();
  await areKept(['Omeprazol', 'Losartán', 'Metformina']);
  await page.reload();
  await sees(page.getByRole('heading', { level: 2, name: /^2\. Losartán/ }));
});

spec.desktop('prescription: the last receta is repeated; another patient\'s address shows none of it', async (t) => {
  const { doctor, page, receta, draft, patient, consultation } = await openReceta(t, { allergic: false });
  await receta.add('losartan 50', /^Losartán 50 mg/);
  await receta.write('Losartán', { Dosis: '1', Frecuencia: '24', Duración: 'uc', 'Por envase': '30' });
  await holds(receta.medicine('Losartán').getByLabel('Cantidad'), '1');
  await receta.isSaved();
  await page.keyboard.press('Control+Enter');
  await receta.confirm(doctor.password);
  await sees(page.getByText('Firmada', { exact: true }));

  const next = await doctor.api.post(`/api/consultations/${consultation.id}/prescriptions`, {});
  await page.goto(PrescriptionPage.path(patient.id, next.id));
  await page.getByRole('button', { name: 'Repetir receta anterior' }).click();
  await sees(receta.medicine('Losartán').getByText('Continúa, misma dosis', { exact: true }));
  await receta.isSaved();

  const stranger = await doctor.api.patient({ curp: undefined, given_names: 'Otra', birth_date: '1990-01-01' });
  await page.goto(PrescriptionPage.path(stranger.id, draft.id));
  await sees(page.getByRole('heading', { level: 1 }));
  await lacks(page.getByText('Losartán'));
});

/** Counts the keys that are pressed and tells how long it took. */
async function counted(page, act) {
  let keys = 0;
  const hand = {
    type: async (text) => {
      keys += text.length;
      await page.keyboard.type(text);
    },
    press: async (...names) => {
      for (const name of names) {
        keys += 1;
        await page.keyboard.press(name);
      }
    },
  };
  const began = Date.now();
  await act(hand);
  return { keys, seconds: (Date.now() - began) / 1000 };
}

/** Takes a medicine, is warned, and goes to see what could take its place. */
async function replaceByKeys(page, receta, hand, { words, name }) {
  await hand.type(words);
  await sees(page.getByRole('option', { name }).first());
  await hand.press('Enter');
  const see = receta.alerts.getByRole('button', { name: 'Ver alternativas' });
  await sees(see);
  await hand.press('F2');
  await hasFocus(see);
  await hand.press('Enter');
  await hasFocus(receta.alternatives.getByRole('combobox'));
}

/** Finds a medicine and writes how it is taken, from where the hands are. */
async function prescribe(page, receta, hand, { refused, words, name, fields }) {
  await hand.press('F2');
  await hasFocus(receta.search);
  if (refused !== undefined) await replaceByKeys(page, receta, hand, refused);
  await hand.type(words);
  await sees(page.getByRole('option', refused === undefined ? { name } : { name, selected: true }).first());
  await hand.press('Enter');
  const [dose, frequency, duration, contents, quantity] = fields;
  const medicine = receta.medicine(name.source.replace('^', '').split(' ')[0]);
  await hasFocus(medicine.getByLabel('Dosis'));
  await hand.type(dose);
  await hand.press('Tab', 'Tab');
  await hand.type(frequency);
  await hand.press('Tab');
  await hand.type(duration);
  await hand.press('Tab');
  await hand.type(contents);
  if (quantity !== undefined) {
    await hand.press('Tab');
    await hand.type(quantity);
  }
  await receta.isSaved();
}

const VISITS = [
  {
    title: 'hypertension follow-up',
    medicines: [{ words: 'losartan 50', name: /^Losartán 50 mg/, fields: ['1', '24', 'uc', '30'] }],
  },
  {
    title: 'child with fever',
    medicines: [
      { words: 'paracetamol 100 mg/ml', name: /^Paracetamol 100 mg\/mL/, fields: ['1,5 mL', '6 si hay fiebre', '3', '30'] },
    ],
  },
  {
    title: 'sore throat, allergic to penicillin',
    allergic: true,
    medicines: [
      {
        refused: { words: 'amoxicilina 500', name: /^Amoxicilina 500 mg, cápsula/ },
        words: 'azitromicina 500',
        name: /^Azitromicina 500 mg, tableta/,
        fields: ['1', '24', '3', '3'],
      },
    ],
  },
];

for (const { title, allergic = false, medicines } of VISITS) {
  spec.desktop(`prescription: ${title}, by keyboard alone`, async (t) => {
    const { doctor, page, receta } = await openReceta(t, { allergic });
    const { keys, seconds } = await counted(page, async (hand) => {
      for (const medicine of medicines) await prescribe(page, receta, hand, medicine);
      await hand.press('Control+Enter');
      await sees(receta.signing);
      await hand.type(doctor.password);
      await hand.press('Enter');
      await sees(page.getByText('Firmada', { exact: true }));
    });
    process.stdout.write(`# ${title}: ${keys} keys, no click, ${seconds.toFixed(1)} s of the program's time\n`);
  });
}
