// Hoy: what waits for the person, and one press to each.
import { spec } from './harness/specs.mjs';
import { isAt, lacks, sees, says } from './harness/wait.mjs';
import { Chart } from './page-models/chart.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';
import { Shell } from './page-models/shell.mjs';

const complete = {
  sections: { evolution: 'Acude a control. Sin síntomas nuevos.' },
  prognosis: 'Bueno para la vida y la función.',
  omissions: { study_results: 'no_aplica', vital_signs: 'no_valorable' },
  diagnoses: [{ code: 'I10', kind: 'principal' }],
  plan: 'Continúa con el mismo tratamiento.',
};

async function draft(doctor, patient, content) {
  const opened = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  return doctor.api.put(`/api/consultations/${opened.id}`, opened.version, content);
}

spec('today: a clinic that begins, and its first patient', async (t) => {
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor, '/');
  await isAt(page, '/hoy');
  await sees(page.getByText(/^Buen[oa]s (días|tardes|noches), /));
  await sees(page.getByText('No tiene notas por firmar.'));
  await sees(page.getByText('No hay mensajes por atender.'));
  await sees(page.getByText(/Aún no hay pacientes/));
  await t.look(page, 'nothing yet');
  await page.getByRole('main').getByRole('link', { name: 'Registrar paciente' }).click();
  await isAt(page, '/pacientes/nuevo');
});

spec('today: notes without a signature say what they lack and open with one press', async (t) => {
  const doctor = await t.doctor();
  const begun = await doctor.api.patient();
  const ready = await doctor.api.patient({ given_names: 'Eusebio', first_surname: 'Carranco' });
  t.privacy.keepPatient(begun);
  t.privacy.keepPatient(ready);
  const { prognosis: _left, ...lacking } = complete;
  const first = await draft(doctor, begun, lacking);
  await draft(doctor, ready, complete);

  const page = await t.signedIn(doctor, '/');
  await isAt(page, '/hoy');
  await sees(page.getByText('Tiene 2 notas sin firmar.'));
  const card = page.getByRole('region', { name: 'Notas sin firmar' });
  await says(card, /falta pronóstico \(6\.2\.5\)/);
  await says(card, /lista para firmar/);
  await sees(card.getByRole('link', { name: /^Revisar la nota de Eusebio Carranco/ }));
  await t.look(page, 'two drafts');
  await card.getByRole('link', { name: /^Continuar la nota de Renata/ }).click();
  await isAt(page, ConsultationPage.path(begun.id, first.id));
  await page.goBack();
  await isAt(page, '/hoy');

  const recent = page.getByRole('region', { name: 'Últimos pacientes' });
  await recent.getByRole('link', { name: /Eusebio/ }).click();
  await isAt(page, Chart.path(ready.id));
  await new Shell(page, t.phone).go('Hoy');
  await isAt(page, '/hoy');
  await doctor.api.post(`/api/consultations/${first.id}/discard`, { reason: 'Se abrió por error.' });
  await page.reload();
  await sees(page.getByText('Tiene una nota sin firmar.'));
  await lacks(card.getByRole('link', { name: /^Continuar/ }));
});
