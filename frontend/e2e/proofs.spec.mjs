// What proves who acts: passkeys, and the question for a fresh proof.
import { byName, giveAuthenticator } from './harness/authenticator.mjs';
import { uniqueWord } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { isAt, lacks, sees, says } from './harness/wait.mjs';
import { InvitationPage } from './page-models/account.mjs';
import { LockScreen } from './page-models/lock.mjs';
import { AccountPage, ProofDialog } from './page-models/settings.mjs';
import { Shell } from './page-models/shell.mjs';

const ACCOUNT = '/ajustes/mi-cuenta';
const PIN = '4826';
/** Nobody has offered the clinic to the person: the answer to that question is that there is no offer. */
const NO_OFFER = /\/api\/staff\/ownership-offer$/;
/** What a page may still be asking for when its session ends or is locked. */
const UNDER_WAY = /\/api\//;

async function setPin(page) {
  const status = await page.evaluate(async (pin) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/api/auth/pin', { method: 'PUT', headers, body: JSON.stringify({ pin }) })).status;
  }, PIN);
  if (status >= 400) throw new Error(`The PIN was not taken: ${status}`);
}

/** Locks the screen and uncovers it with the PIN, after which no earlier proof is fresh. */
async function lockAndUnlock(page) {
  const lock = new LockScreen(page);
  await page.keyboard.press('Control+Alt+b');
  await sees(lock.pin);
  await lock.unlock(PIN);
  await lacks(lock.title);
}

/** A nurse, who may be without a second factor, in a browser that has a device with passkeys. */
async function nurseWithDevice(t) {
  const doctor = await t.doctor();
  const email = `enfermeria.${uniqueWord()}@jacarandas.example`;
  t.privacy.keep(email);
  const invitation = await doctor.api.invite(email, 'nurse', 'Lucía Bravo Tenorio');
  const baseURL = byName(t.url);
  t.guard.origins.add(baseURL);
  const page = await t.visitor(invitation, { baseURL });
  await giveAuthenticator(page);
  await new InvitationPage(page).take('la frase de la enfermera');
  await isAt(page, /^\/(hoy|pacientes)$/);
  return page;
}

spec.desktop('passkey: added in the account, opens the session without a password, proves who acts, and is removed', async (t) => {
  t.guard.allowStatus(404, NO_OFFER);
  t.guard.allowStatus(401, UNDER_WAY);
  t.guard.expectStatus(403, /\/auth\/passkeys\/[^/]+$/);
  const page = await nurseWithDevice(t);
  await page.goto(ACCOUNT);
  const account = new AccountPage(page);
  await page.getByRole('button', { name: 'Agregar una llave' }).click();
  const adding = account.dialog('Agregar una llave de acceso');
  await adding.getByLabel('Nombre de la llave').fill('Computadora de enfermería');
  await t.look(page, 'the name of a passkey');
  await adding.getByRole('button', { name: 'Continuar' }).click();
  await account.dialog('Sus códigos de recuperación').getByRole('button', { name: 'Ya los guardé' }).click();
  const remove = page.getByRole('button', { name: 'Quitar la llave «Computadora de enfermería»' });
  await sees(remove);
  await t.look(page, 'with a passkey');

  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await page.getByRole('button', { name: 'Entrar con llave de acceso' }).click();
  await isAt(page, /^\/(hoy|pacientes)$/);

  await setPin(page);
  await page.goto(ACCOUNT);
  await sees(remove);
  await lockAndUnlock(page);
  await remove.click();
  await account.dialog('Quitar la llave').getByRole('button', { name: 'Quitar', exact: true }).click();
  const { box } = new ProofDialog(page);
  const withPasskey = box.getByRole('button', { name: 'Usar llave de acceso' });
  await withPasskey.click();
  await lacks(box.getByLabel('Su contraseña'));
  await withPasskey.click();
  await sees(page.getByText('La llave quedó quitada.'));
  await lacks(remove);
});

spec('fresh proof: what changes how somebody enters asks for it after the PIN, once, and then is done', async (t) => {
  t.guard.allowStatus(404, NO_OFFER);
  t.guard.allowStatus(401, UNDER_WAY);
  t.guard.expectStatus(403, /\/auth\/totp\/setup$/);
  t.guard.expectStatus(422, /\/auth\/reauthenticate$/);
  const doctor = await t.doctor();
  await doctor.api.setPin(PIN);
  const page = await t.signedIn(doctor, ACCOUNT);
  const account = new AccountPage(page);
  await sees(account.enableApp);
  await lockAndUnlock(page);
  await account.enableApp.click();
  const proof = new ProofDialog(page);
  await sees(proof.box);
  await t.look(page, 'the question');
  await proof.give('no es esta frase larga');
  await says(proof.box.getByRole('alert'), 'contraseña');
  await proof.give(doctor.password);
  await sees(account.dialog('Activar la aplicación de códigos'));
  await lacks(proof.box);
});
