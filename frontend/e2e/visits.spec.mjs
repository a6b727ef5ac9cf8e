// Three real visits by keyboard alone, from the search for the patient to the signed note and receta.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { Hands } from './harness/hands.mjs';
import { hasFocus, isAt, sees } from './harness/wait.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';
import { PrescriptionPage } from './page-models/prescription.mjs';

const ONE_NOTE = /^\/pacientes\/[0-9a-f-]{36}\/consultas\/[0-9a-f-]{36}$/;
const ONE_RECETA = /^\/pacientes\/[0-9a-f-]{36}\/recetas\/[0-9a-f-]{36}$/;
const EVOLUTION = 'Evolución del cuadro';
const EXAM = 'Exploración física';
const STUDIES = 'Estudios';
const PROGNOSIS = 'Pronóstico';
const PLAN = 'Tratamiento e indicaciones';

const HISTORY = {
  sections: { present_illness: 'Primera visita.', physical_exam: 'Sin alteraciones.' },
  omissions: {
    family_history: 'negado',
    pathological_history: 'negado',
    non_pathological_history: 'negado',
    systems_review: 'negado',
    vital_signs: 'no_valorable',
    study_results: 'no_aplica',
  },
  diagnoses: [{ code: 'Z00.0', kind: 'principal' }],
  prognosis: 'Bueno.',
  plan: 'Cita en un mes.',
};

/** A patient seen before, so that an evolución is what her chart offers. */
async function known(t, person, allergies) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient(person);
  t.privacy.keepPatient(patient);
  if (allergies === undefined) await doctor.api.post(`/api/patients/${patient.id}/allergies/none-known`);
  else await doctor.api.post(`/api/patients/${patient.id}/allergies`, allergies);
  const first = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'historia_clinica' });
  await doctor.api.put(`/api/consultations/${first.id}`, 1, HISTORY);
  await doctor.api.post(`/api/consultations/${first.id}/sign`, { password: doctor.password });
  const page = await t.signedIn(doctor, '/hoy');
  await sees(page.getByRole('heading', { level: 1 }));
  return { doctor, patient, page, hands: new Hands(page), note: new ConsultationPage(page), receta: new PrescriptionPage(page) };
}

/** From anywhere to a new evolución of the patient. */
async function begin({ page, hands, patient, note }) {
  await hands.press('Control+k');
  await hands.type(patient.first_surname.toLowerCase());
  await sees(page.getByRole('option', { name: new RegExp(patient.first_surname) }));
  await hands.press('Enter');
  await isAt(page, `/pacientes/${patient.id}`);
  const begins = page.getByRole('button', { name: 'Nueva consulta' });
  await sees(begins);
  await hands.walkTo(begins);
  await hands.press('Enter');
  await isAt(page, ONE_NOTE);
  await sees(note.text(EVOLUTION));
  await hands.walkTo(note.text(EVOLUTION));
}

/** Vital signs in the order in which they stand; null leaves one out. */
async function measure({ hands, note }, values) {
  await hands.walkTo(note.vital(/Presión sistólica/));
  for (const value of values) {
    if (value !== null) await hands.type(value);
    await hands.press('Tab');
  }
}

async function diagnose({ page, hands, note }, words, name) {
  await hands.walkTo(note.diagnosis);
  await hands.type(words);
  await sees(page.getByRole('option', { name }));
  await hands.press('Enter');
  await sees(page.getByRole('list', { name: 'Diagnósticos de la nota' }));
}

/** A medicine with its dose, told field by field. */
async function prescribe({ hands, receta }, words, name, fields) {
  await hands.walkTo(receta.search);
  await hands.type(words);
  await sees(receta.option(name));
  await hands.press('Enter');
  const medicine = receta.medicine(name.source.slice(1).split(' ')[0]);
  await sees(medicine);
  for (const [label, value] of Object.entries(fields)) {
    await hands.walkTo(medicine.getByLabel(label, { exact: true }));
    await hands.press('Control+a');
    await hands.type(value);
  }
  await hands.press('Tab');
  await receta.isSaved();
}

async function sign({ hands, doctor }, dialog) {
  await hands.press('Control+Enter');
  await sees(dialog);
  await hasFocus(dialog.getByRole('textbox', { name: 'Su contraseña' }));
  await hands.type(doctor.password);
  await hands.press('Enter');
}

/** The receta is begun from the plan, signed, and the note after it. */
async function finish(all, medicines, name) {
  const { page, hands, note, receta, doctor, patient } = all;
  await hands.type('/receta');
  await sees(note.menu);
  await hands.press('Enter');
  await isAt(page, ONE_RECETA);
  for (const one of medicines) await prescribe(all, ...one);
  await all.beforeSigning?.();
  await sign(all, receta.signing);
  await sees(page.getByText('Firmada', { exact: true }));
  await hands.walkTo(page.getByRole('link', { name: 'Ir a la nota' }));
  await hands.press('Enter');
  await isAt(page, ONE_NOTE);
  await sees(note.text(PLAN));
  await note.isSaved();
  await sign(all, note.signing);
  await sees(note.signed);
  hands.report(name);
  const { items } = await doctor.api.get(`/api/patients/${patient.id}/consultations?status=signed`);
  assert.equal(items.length, 2);
  const recetas = await doctor.api.get(`/api/patients/${patient.id}/prescriptions?status=signed`);
  assert.equal(recetas.items.length, 1);
}

spec.desktop('visits: hypertension, followed up by keyboard alone', async (t) => {
  const all = await known(t, { birth_date: '1966-05-02', sex: 'M' });
  const { hands, note } = all;
  await begin(all);
  await hands.type('Control mensual. Presion en casa 132/84. Sin cefalea ni edema. Toma su medicamento a diario.');
  await measure(all, ['134', '86', '74', '16', '36.5', '97', '68.4', '158']);
  await hands.walkTo(note.text(EXAM));
  await hands.type('/normal');
  await hands.press('Enter');
  await hands.walkTo(note.text(STUDIES));
  await hands.type('/no ap');
  await hands.press('Enter');
  await diagnose(all, 'presion alta', /Hipertensión/);
  await hands.walkTo(note.text(PROGNOSIS));
  await hands.type('/bueno');
  await hands.press('Enter');
  await hands.walkTo(note.text(PLAN));
  await hands.type('Continua losartan. Dieta baja en sal. Cita en un mes. ');
  const losartan = { Dosis: '1', Frecuencia: '24', Duración: 'uc', Cantidad: '1' };
  await finish(all, [['losartan 50', /^Losartán 50 mg/, losartan]], 'hypertension follow-up');
});

spec.desktop('visits: a child with fever, by keyboard alone', async (t) => {
  const representative = { full_name: 'Paula Cárdenas Mijares', relationship: 'madre', phone: '2225550177' };
  const all = await known(t, { birth_date: '2023-06-09', sex: 'H', curp: undefined, representative });
  const { hands, note } = all;
  await begin(all);
  await hands.type('Dos dias con escurrimiento nasal y fiebre de 38.8 que cede con paracetamol. Bebe bien. Sin dificultad para respirar.');
  await measure(all, [null, null, '128', '28', '38.6', '97', '14.2', '96']);
  await hands.walkTo(note.text(EXAM));
  await hands.type('Activo, hidratado. Faringe con eritema sin exudado, timpanos integros. Pulmones limpios, sin tiraje.');
  await hands.walkTo(note.text(STUDIES));
  await hands.type('/no ap');
  await hands.press('Enter');
  await diagnose(all, 'gripa', /./);
  await hands.walkTo(note.text(PROGNOSIS));
  await hands.type('/bueno');
  await hands.press('Enter');
  await hands.walkTo(note.text(PLAN));
  await hands.type('Liquidos y lavado nasal. Volver si la fiebre pasa de tres dias. ');
  const paracetamol = { Dosis: '7 mL', Frecuencia: '6', Duración: '3', Cantidad: '1' };
  await finish(all, [['paracetamol 160', /^Paracetamol 160 mg/, paracetamol]], 'child with fever');
});

spec.desktop('visits: a sore throat and an allergy to penicillin, by keyboard alone', async (t) => {
  const penicillin = { substance: 'Penicilinas', substance_code: 'class:penicillins', reaction: 'Exantema', severity: 'moderate' };
  const all = await known(t, { birth_date: '1988-01-26', sex: 'H', curp: undefined }, penicillin);
  const { page, hands, note, receta } = all;
  await begin(all);
  await hands.type('Tres dias con dolor de garganta y fiebre de 38.5. Sin tos.');
  await measure(all, ['118', '74', '96', '18', '38.4', '98', '76', '175']);
  await hands.walkTo(note.text(EXAM));
  await hands.type('Amigdalas con exudado, ganglios submaxilares dolorosos. Pulmones limpios.');
  await hands.walkTo(note.text(STUDIES));
  await hands.type('/no ap');
  await hands.press('Enter');
  await diagnose(all, 'anginas', /migdalitis/);
  await hands.walkTo(note.text(PROGNOSIS));
  await hands.type('/bueno');
  await hands.press('Enter');
  await hands.walkTo(note.text(PLAN));
  await hands.type('Antibiotico y analgesico. Volver si no mejora en dos dias. ');
  all.beforeSigning = async () => {
    await sees(receta.alerts.getByText(/penicilina/i).first());
    await hands.walkTo(receta.alerts.getByRole('button', { name: 'Ver alternativas' }), 'Shift+Tab');
    await hands.press('Enter');
    await hasFocus(receta.alternatives.getByRole('combobox'));
    await prescribe({ ...all, receta: replacing(receta) }, 'azitromicina 500', /^Azitromicina 500 mg/, {
      Dosis: '1',
      Frecuencia: '24',
      Duración: '3',
      Cantidad: '1',
    });
  };
  await finish(all, [['amoxicilina 500', /^Amoxicilina 500 mg/, {}]], 'sore throat, allergic to penicillin');
});

/** The receta while what could take a medicine's place is shown. */
function replacing(receta) {
  const search = receta.alternatives.getByRole('combobox');
  // The list is there before anything is typed: Intro takes what is marked.
  const option = (name) => receta.alternatives.getByRole('option', { name, selected: true });
  return Object.assign(Object.create(receta), { search, option });
}
