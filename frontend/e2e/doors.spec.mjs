// The ways in: second factor, passkeys, forgotten password, proof of the address, invitations, clinics.
import assert from 'node:assert/strict';
import { newDoctor, uniqueWord } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { totp } from './harness/totp.mjs';
import { hasFocus, isAt, lacks, sees, says } from './harness/wait.mjs';
import { InvitationPage, SecondStep, SignInPage } from './page-models/account.mjs';
import { MailPage } from './page-models/mail.mjs';
import { Shell } from './page-models/shell.mjs';

/** What a page may still be asking for when its session ends. */
const UNDER_WAY = /\/api\/(events|messages\/calls|patients|clinic|offices|auth\/me)/;

/** A doctor with an authenticator app. */
async function withApp(t) {
  const doctor = await t.doctor();
  const { secret } = await doctor.api.post('/api/auth/totp/setup');
  const used = totp(secret);
  const { recovery_codes } = await doctor.api.post('/api/auth/totp/enable', { code: used });
  return { doctor, secret, used, recovery_codes };
}

spec('second factor: the code is the second step; a used or wrong one is said; a remembered computer is not asked', async (t) => {
  t.guard.expectStatus(401, /\/auth\/login$/);
  t.guard.allowStatus(401, UNDER_WAY);
  const { doctor, secret, used, recovery_codes } = await withApp(t);
  const page = await t.visitor('/entrar');
  const signIn = new SignInPage(page);
  const second = new SecondStep(page);
  await signIn.signIn(doctor.email, doctor.password);
  await hasFocus(second.code);
  await t.look(page, 'second step');
  // The code with which the app was joined was used then: each serves once.
  await second.give(used);
  await says(second.alert, 'Ese código no es válido o ya se usó.');
  await second.remember.check();
  await second.giveRecoveryCode(recovery_codes[0].toLowerCase());
  await isAt(page, '/hoy');
  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');

  await signIn.signIn(doctor.email, doctor.password);
  await sees(second.code);
  await second.remember.check();
  await second.give(totp(secret, 1));
  await isAt(page, '/hoy');
  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await signIn.signIn(doctor.email, doctor.password);
  await isAt(page, '/hoy');
});

spec('forgotten password: the link of the mail sets a new one and ends the sessions; the old one is over', async (t) => {
  t.guard.expectStatus(401, /\/auth\/(login|me)$/);
  t.guard.expectStatus(422, /\/auth\/password\/reset$/);
  const doctor = await t.doctor();
  const page = await t.visitor('/entrar');
  await page.getByRole('link', { name: 'Olvidé mi contraseña' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Recuperar el acceso' })); // the page before has the same field
  await page.getByLabel('Correo electrónico').fill(doctor.email);
  await t.look(page, 'recover');
  await page.getByRole('button', { name: 'Enviar el enlace' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Revise su correo' }));
  await t.look(page, 'sent');

  const mail = new MailPage(await t.otherTab(page, '/dev/mail'));
  const link = await mail.linkFor(doctor.email, 'reset_password');
  await page.goto(link);
  const password = page.getByRole('textbox', { name: 'Contraseña nueva' });
  await password.fill('otra frase, larga y nueva');
  assert.equal(new URL(page.url()).hash, '');
  await t.look(page, 'new password');
  await page.getByRole('button', { name: 'Guardar la contraseña' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Su contraseña cambió' }));
  const dead = await fetch(`${t.url}/api/auth/me`, { headers: { authorization: `Bearer ${doctor.token}` } });
  assert.equal(dead.status, 401);

  await page.getByRole('link', { name: 'Ir a entrar' }).click();
  const signIn = new SignInPage(page);
  await signIn.signIn(doctor.email, doctor.password);
  await says(signIn.alert, 'El correo o la contraseña no coinciden.');
  await signIn.signIn(doctor.email, 'otra frase, larga y nueva');
  await isAt(page, '/hoy');

  await page.goto(link);
  await page.getByRole('textbox', { name: 'Contraseña nueva' }).fill('una tercera frase, larga');
  await page.getByRole('button', { name: 'Guardar la contraseña' }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Este enlace ya no sirve' }));
  await t.look(page, 'used link');
});

spec('what the account asks for: one thing at a time; the letter is read and accepted, the address is proved', async (t) => {
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor);
  const factor = page.getByText(/verificación en dos pasos/i);
  const address = page.getByText('Confirme su correo.');
  const readLetter = page.getByRole('button', { name: 'Leer la carta' });
  await sees(factor);
  await lacks(readLetter);
  await t.look(page, 'second step');
  await page.getByRole('button', { name: 'Recordármelo mañana' }).click();
  await lacks(factor);
  await readLetter.click();
  const letter = page.getByRole('dialog', { name: 'Carta de confidencialidad' });
  await letter.getByRole('button', { name: 'Aceptar la carta' }).click();
  await hasFocus(letter.getByRole('alert'));
  await t.look(page, 'letter');
  await letter.getByRole('checkbox', { name: 'He leído la carta y la acepto' }).check();
  await letter.getByRole('button', { name: 'Aceptar la carta' }).click();
  await lacks(letter);
  await lacks(readLetter);
  assert.equal((await doctor.api.get('/api/auth/me')).confidentiality.accepted, true);

  await sees(address);
  await t.look(page, 'not verified');
  await page.getByRole('button', { name: 'Enviar de nuevo' }).click();
  await lacks(address);
  const mail = new MailPage(await t.otherTab(page, '/dev/mail'));
  const link = await mail.linkFor(doctor.email, 'verify_email');
  await page.goto(link);
  await sees(page.getByRole('heading', { level: 1, name: 'Su correo quedó confirmado' }));
  await t.look(page, 'verified');
  await page.getByRole('link', { name: 'Ir al inicio' }).click();
  await isAt(page, '/hoy');
  assert.equal((await doctor.api.get('/api/auth/me')).user.email_verified, true);
});

spec('invitation: a new person reads the letter, makes her account and begins; the link serves once', async (t) => {
  t.guard.expectStatus(409, /\/api\/invitations\//);
  const doctor = await t.doctor();
  const email = `recepcion.${uniqueWord()}@jacarandas.example`;
  t.privacy.keep(email);
  const link = await doctor.api.invite(email, 'receptionist', 'Lucía Bravo Tenorio');
  const page = await t.visitor(link);
  const invitation = new InvitationPage(page);
  await sees(page.getByRole('heading', { level: 1, name: `Le invitan a ${doctor.clinic_name}` }));
  await t.look(page, 'invitation');
  await invitation.submit.click();
  await hasFocus(invitation.alert);
  await invitation.take('la frase de la recepción');
  await isAt(page, /^\/(hoy|pacientes)$/);
  await page.goto(link);
  await sees(page.getByRole('heading', { level: 1, name: 'Esta invitación ya se usó' }));
  await t.look(page, 'used');
});

spec('invitation: an existing person joins a second clinic with her own password and changes between both', async (t) => {
  t.guard.expectStatus(401, /\/accept$/);
  t.guard.allowStatus(401, UNDER_WAY);
  const owner = await t.doctor();
  const guest = await t.doctor();
  const link = await owner.api.invite(guest.email, 'doctor', 'Sofía Núñez Alcaraz');
  const page = await t.visitor(link);
  const invitation = new InvitationPage(page);
  await sees(page.getByText(/Ya tiene una cuenta con este correo/));
  await t.look(page, 'existing account');
  await invitation.take('no es esta frase larga');
  await says(invitation.alert, 'La contraseña no coincide.');
  await invitation.password.fill(guest.password);
  await invitation.submit.click();
  await isAt(page, '/hoy');

  const shell = new Shell(page, t.phone);
  const own = guest.clinic_name;
  if (t.phone) await shell.openMenu();
  else await page.getByRole('button', { name: /Cambiar de clínica/ }).click();
  await sees(page.getByRole('menuitemradio', { name: own }));
  await t.look(page, 'clinics');
  await page.evaluate(() => (window.formerDocument = true));
  await page.getByRole('menuitemradio', { name: own }).click();
  await page.waitForFunction(() => window.formerDocument === undefined);
  await isAt(page, '/hoy');
  const token = (await page.context().cookies()).find(({ name }) => name === 'historias_session')?.value;
  const me = await fetch(`${t.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal((await me.json()).clinic.name, own);
});

spec('registration: a password of fewer than fifteen characters is said beside its field', async (t) => {
  const page = await t.visitor('/registro');
  await page.getByLabel('Contraseña', { exact: true }).fill(newDoctor().password.slice(0, 12));
  await page.getByRole('button', { name: 'Crear la cuenta' }).click();
  await sees(page.getByText('Debe tener quince caracteres o más.').first());
});
