// The settings: who works in the clinic, who may what, its security, and one's own account.
import assert from 'node:assert/strict';
import { Api } from './harness/api.mjs';
import { uniqueWord } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { totp } from './harness/totp.mjs';
import { hasFocus, isAt, lacks, sees, says } from './harness/wait.mjs';
import { InvitationPage, SecondStep, SignInPage } from './page-models/account.mjs';
import { AccountPage, SettingsPage, StaffPage } from './page-models/settings.mjs';
import { Shell } from './page-models/shell.mjs';

/** What a page may still be asking for when the access of its person ends. */
const UNDER_WAY = /\/api\//;
const NURSE = 'Enfermería';

spec('staff: invited by a copied link, works at the desk, becomes a nurse at the next request, and leaves', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  const doctor = await t.doctor();
  const name = `Lucía Bravo ${uniqueWord()}`;
  const email = `recepcion.${uniqueWord()}@jacarandas.example`;
  t.privacy.keep(email, name);
  const patient = await doctor.api.patient();
  t.privacy.keepPatient(patient);

  const page = await t.signedIn(doctor);
  await new SettingsPage(page, t.phone).open('Personal');
  const staff = new StaffPage(page);
  await staff.invite(email, name, 'Recepción');
  await sees(page.getByRole('dialog', { name: 'La invitación va en camino' }));
  await t.look(page, 'link');
  const link = await staff.link();
  await staff.dialog.getByRole('button', { name: 'Listo' }).click();
  await says(staff.row(name), 'Invitación enviada');
  await t.look(page, 'staff');

  const desk = await t.visitor(link);
  await new InvitationPage(desk).take('la frase de la recepción');
  await isAt(desk, '/hoy');
  await sees(desk.getByRole('region', { name: 'Consentimientos por solicitar' }));
  await lacks(desk.getByRole('region', { name: 'Notas sin firmar' }));
  await t.look(desk, 'the desk');
  const recent = desk.getByRole('region', { name: 'Últimos pacientes' });
  await sees(recent.getByText(patient.record_number));
  await lacks(recent.getByRole('link', { name: /Tomar signos/ }));

  await page.bringToFront();
  await page.reload();
  await says(staff.row(name), 'Con acceso');
  await staff.act(name, 'Cambiar su función');
  const change = page.getByRole('dialog', { name: `Cambiar la función de ${name}` });
  await change.getByLabel('Nueva función').selectOption({ label: NURSE });
  await sees(change.getByText('Registrar signos vitales'));
  await t.look(page, 'what changes');
  await change.getByRole('button', { name: 'Cambiar la función' }).click();
  await says(staff.row(name), NURSE);

  await desk.reload();
  await sees(recent.getByRole('link', { name: /Tomar signos/ }));
  await t.look(desk, 'the nurse');

  await staff.act(name, 'Terminar su acceso');
  await page.getByRole('dialog').getByRole('button', { name: 'Terminar su acceso' }).click();
  await lacks(staff.row(name));
  await page.getByRole('checkbox', { name: 'Ver también a quienes ya no tienen acceso' }).check();
  await says(staff.row(name), 'Sin acceso');
  await desk.reload();
  await isAt(desk, '/entrar');
});

spec('own account: an authenticator app with its recovery codes, and another session that ends', async (t) => {
  t.guard.expectStatus(401, /\/auth\/login$/);
  t.guard.allowStatus(401, UNDER_WAY);
  const doctor = await t.doctor();
  const other = await new Api(t.url).post('/api/auth/login', { email: doctor.email, password: doctor.password });
  const page = await t.signedIn(doctor);
  await new Shell(page, t.phone).choose('Mi cuenta');
  await isAt(page, '/ajustes/mi-cuenta');
  const account = new AccountPage(page);
  await sees(account.enableApp);
  await sees(page.getByLabel('Nombre completo'));
  await t.look(page, 'account');

  await account.enableApp.click();
  const app = account.dialog('Activar la aplicación de códigos');
  const code = app.getByRole('textbox', { name: 'Código de seis dígitos' });
  await hasFocus(code);
  await t.look(page, 'secret');
  const secret = (await app.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/).innerText()).replace(/\s/g, '');
  await code.fill(totp(secret));
  await page.keyboard.press('Enter');
  const codes = account.dialog('Sus códigos de recuperación');
  await sees(codes);
  const recovery = await codes.getByRole('listitem').allInnerTexts();
  assert.equal(recovery.length, 10);
  await t.look(page, 'recovery codes');
  await codes.getByRole('button', { name: 'Ya los guardé' }).click();
  await sees(page.getByText('Le quedan 10 códigos.'));

  const sessions = account.sessions.getByRole('listitem');
  await sees(sessions.filter({ hasText: 'Ésta' }));
  const end = account.sessions.getByRole('button', { name: /^Terminar la sesión en/ });
  await end.first().click();
  await lacks(end);
  const dead = await fetch(`${t.url}/api/auth/me`, { headers: { authorization: `Bearer ${other.access_token}` } });
  assert.equal(dead.status, 401);

  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await new SignInPage(page).signIn(doctor.email, doctor.password);
  const second = new SecondStep(page);
  await sees(second.code);
  await second.giveRecoveryCode(recovery[0]);
  await isAt(page, '/hoy');
});

spec('the settings show a role only what is hers; the table of permissions and the clinic’s security', async (t) => {
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor);
  const settings = new SettingsPage(page, t.phone);
  await settings.open('Quién puede qué');
  if (t.phone) await page.getByLabel('Función').selectOption({ label: 'Recepción' });
  await sees(page.getByText('Buscar pacientes y ver sus datos').first());
  await t.look(page, 'who may what');

  await settings.open('Seguridad de la clínica');
  const minutes = page.getByLabel('Minutos sin uso');
  await minutes.fill('0');
  await page.getByRole('button', { name: 'Guardar los cambios' }).click();
  await sees(page.getByText('Escriba un número entero de 1 a 120.').first());
  await minutes.fill('25');
  await page.getByRole('checkbox', { name: 'Pedirla a todo el personal' }).check();
  await page.getByRole('button', { name: 'Guardar los cambios' }).click();
  await sees(page.getByText('La seguridad de la clínica quedó guardada.'));
  assert.equal((await doctor.api.get('/api/clinic/security')).lock_minutes, 25);
  await t.look(page, 'security');

  const email = `auditoria.${uniqueWord()}@jacarandas.example`;
  t.privacy.keep(email);
  const desk = await t.visitor(await doctor.api.invite(email, 'auditor', 'Inés Toral Vega'));
  await new InvitationPage(desk).take('la frase de la auditoría');
  await isAt(desk, '/bitacora');
  await new SettingsPage(desk, t.phone).open('Mi cuenta');
  await lacks(desk.getByRole('link', { name: 'Personal' }));
  await t.look(desk, 'an auditor’s account');
});

// The connection is the installation's, and Meta is asked once a minute at most: this is walked once.
spec.desktop('whatsapp: the owner looks at the connection, what a message costs, and how it is connected', async (t) => {
  t.guard.allowStatus(429, /whatsapp/);
  const page = await t.signedIn(await t.doctor());
  await new SettingsPage(page, t.phone).open('WhatsApp');
  await sees(page.getByText(/Meta cobra cada mensaje de plantilla cuando se entrega/));
  await page.getByRole('button', { name: 'Revisar ahora' }).click();
  await sees(page.getByText(/Última revisión:/));
  await sees(page.getByText('Qué se revisó'));
  await t.look(page, 'looked at');
});
