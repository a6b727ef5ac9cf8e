// What colleagues do with each other's access: an end with drafts, leaving, the clinic handed on, a lost factor.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { totp } from './harness/totp.mjs';
import { eventually, holds, isAt, lacks, sees, says } from './harness/wait.mjs';
import { SecondStep, SignInPage } from './page-models/account.mjs';
import { ConsultationPage } from './page-models/consultation.mjs';
import { LockScreen } from './page-models/lock.mjs';
import { AccountPage, ProofDialog, StaffPage } from './page-models/settings.mjs';

const ACCOUNT = '/ajustes/mi-cuenta';
const STAFF = '/ajustes/personal';
const PIN = '4826';
const EVOLUTION = 'Evolución del cuadro';
/** What a page may still be asking for when the access of its person ends or is locked. */
const UNDER_WAY = /\/api\//;

/** A clinic's owner, and a doctor who works for her. */
async function twoDoctors(t) {
  t.guard.allowStatus(401, UNDER_WAY);
  const owner = await t.doctor();
  return { owner, doctor: await t.colleague(owner, 'doctor', 'Elena Rivas Montaño') };
}

/** A note of the colleague's that is not signed. */
async function unsignedNote(t, { owner, doctor }) {
  const patient = await owner.api.patient();
  t.privacy.keepPatient(patient);
  const draft = await doctor.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  return { path: ConsultationPage.path(patient.id, draft.id), id: draft.id };
}

async function isSignedOut(colleague) {
  await eventually(() => assert.rejects(colleague.api.get('/api/auth/me'), /answered 401/));
}

spec('ended access: the next request is refused, and a colleague goes on with the note that was left', async (t) => {
  t.guard.expectStatus(422, /\/api\/staff\/[^/]+$/);
  const people = await twoDoctors(t);
  const { owner, doctor } = people;
  const note = await unsignedNote(t, people);
  const theirs = await t.signedIn(doctor, note.path);
  const writing = new ConsultationPage(theirs, t.phone);
  await writing.text(EVOLUTION).fill('Acude por tos de tres días.');
  await eventually(async () => {
    assert.equal((await doctor.api.get(`/api/consultations/${note.id}`)).sections.evolution, 'Acude por tos de tres días.');
  });

  const page = await t.signedIn(owner, STAFF);
  const staff = new StaffPage(page);
  await staff.act(doctor.full_name, 'Terminar su acceso');
  const ending = page.getByRole('dialog', { name: `Terminar el acceso de ${doctor.full_name}` });
  const confirm = ending.getByRole('button', { name: 'Terminar su acceso' });
  await confirm.click();
  await sees(ending.getByText('Elija quién continuará los borradores.'));
  await t.look(page, 'drafts need somebody');
  await ending.getByLabel('Quién continúa sus borradores').selectOption({ label: owner.full_name });
  await confirm.click();
  await lacks(staff.row(doctor.full_name));
  await isSignedOut(doctor);
  await theirs.reload();
  await isAt(theirs, '/entrar');

  await page.goto('/hoy');
  const unsigned = page.getByRole('region', { name: 'Notas sin firmar' });
  await sees(unsigned.getByRole('listitem'));
  await t.look(page, 'the note of a colleague');
  await page.goto(note.path);
  await holds(new ConsultationPage(page, t.phone).text(EVOLUTION), 'Acude por tos de tres días.');
});

spec.desktop('leaving: a person ends her own place in the clinic and says who goes on with her notes', async (t) => {
  const people = await twoDoctors(t);
  const { owner, doctor } = people;
  const note = await unsignedNote(t, people);
  const page = await t.signedIn(doctor, ACCOUNT);
  await page.getByRole('button', { name: 'Dejar la clínica' }).click();
  const leaving = page.getByRole('dialog', { name: `Dejar ${owner.clinic_name}` });
  await leaving.getByLabel('Quién continúa sus borradores').selectOption({ label: owner.full_name });
  await t.look(page, 'leaving');
  await leaving.getByRole('button', { name: 'Dejar la clínica' }).click();
  await isAt(page, '/entrar');
  await isSignedOut(doctor);
  const { author } = await owner.api.get(`/api/consultations/${note.id}`);
  assert.equal(author.id, owner.userId);
});

spec.desktop('ownership: offered by one and taken by the other, each proves who she is, and both roles change', async (t) => {
  t.guard.expectStatus(403, /\/api\/staff\/(transfer|accept)-ownership$/);
  const { owner, doctor } = await twoDoctors(t);
  for (const one of [owner, doctor]) await one.api.setPin(PIN);
  const page = await t.signedIn(owner, STAFF);
  const staff = new StaffPage(page);
  await sees(staff.row(doctor.full_name));
  await new LockScreen(page).leaveAndReturn(PIN);
  await staff.act(doctor.full_name, 'Ofrecerle la titularidad');
  const offering = page.getByRole('dialog', { name: `Ofrecer la titularidad a ${doctor.full_name}` });
  await t.look(page, 'offering');
  await offering.getByRole('button', { name: 'Ofrecer la titularidad' }).click();
  await new ProofDialog(page).give(owner.password);
  await sees(page.getByText(`Ofreció la titularidad a ${doctor.full_name}.`));
  await t.look(page, 'offered');

  const theirs = await t.signedIn(doctor, ACCOUNT);
  await sees(theirs.getByText(`${owner.full_name} le ofrece la titularidad de la clínica.`));
  await t.look(theirs, 'received');
  await new LockScreen(theirs).leaveAndReturn(PIN);
  const accept = { name: 'Aceptar la titularidad' };
  await theirs.getByRole('button', accept).click();
  await theirs.getByRole('dialog', accept).getByRole('button', accept).click();
  await new ProofDialog(theirs).give(doctor.password);
  await sees(theirs.getByText('Usted es ahora titular de la clínica.'));
  assert.equal((await doctor.api.get('/api/auth/me')).role, 'owner');
  assert.equal((await owner.api.get('/api/auth/me')).role, 'doctor');

  await page.bringToFront();
  await page.reload();
  await says(staff.row(doctor.full_name), 'Titular');
  await lacks(staff.inviteButton);
});

/** A nurse with an authenticator app. */
async function nurseWithApp(t, owner) {
  const nurse = await t.colleague(owner, 'nurse');
  const { secret } = await nurse.api.post('/api/auth/totp/setup');
  await nurse.api.post('/api/auth/totp/enable', { code: totp(secret) });
  return nurse;
}

spec.desktop('lost factor: one person asks, another approves, and only then it is gone', async (t) => {
  t.guard.expectStatus(401, /\/auth\/login$/);
  const { owner, doctor } = await twoDoctors(t);
  const nurse = await nurseWithApp(t, owner);
  const page = await t.signedIn(owner, STAFF);
  const staff = new StaffPage(page);
  await staff.act(nurse.full_name, 'Perdió su segundo paso');
  await page.getByRole('dialog').getByRole('button', { name: 'Solicitar' }).click();
  const lost = page.getByRole('region', { name: 'Segundos pasos perdidos' });
  await says(lost, 'Otra persona debe aprobarlo.');
  await lacks(lost.getByRole('button', { name: /^Aprobar/ }));
  await t.look(page, 'asked');

  const desk = await t.visitor('/entrar');
  await new SignInPage(desk).signIn(nurse.email, nurse.password);
  await sees(new SecondStep(desk).code);

  const second = await t.signedIn(doctor, STAFF);
  await second.getByRole('button', { name: `Aprobar el segundo paso de ${nurse.full_name}` }).click();
  await t.look(second, 'approving');
  await second.getByRole('dialog').getByRole('button', { name: 'Aprobar y quitarlo' }).click();
  await sees(second.getByText(`Se quitó el segundo paso de ${nurse.full_name}.`));
  await isSignedOut(nurse);

  await desk.goto('/entrar');
  await new SignInPage(desk).signIn(nurse.email, nurse.password);
  await isAt(desk, '/hoy');
  await desk.goto(ACCOUNT);
  await sees(new AccountPage(desk).enableApp);
});
