// Passkeys, with a device that keeps them: added, used in every place that takes one, and removed.
import assert from 'node:assert/strict';
import { giveAuthenticator } from './harness/authenticator.mjs';
import { spec } from './harness/specs.mjs';
import { isAt, lacks, sees, says } from './harness/wait.mjs';
import { SecondStep, SignInPage } from './page-models/account.mjs';
import { LockScreen } from './page-models/lock.mjs';
import { AccountPage, ProofDialog } from './page-models/settings.mjs';
import { Shell } from './page-models/shell.mjs';

const ACCOUNT = '/ajustes/mi-cuenta';
const PIN = '4826';
const KEY = 'Computadora de enfermería';
/** What a page may still be asking for when its session ends or is locked. */
const UNDER_WAY = /\/api\//;

/** A nurse at her account, who may be without a second factor, in a browser whose device keeps passkeys. */
async function atAccount(t) {
  t.guard.allowStatus(401, UNDER_WAY);
  const nurse = await t.colleague(await t.doctor(), 'nurse');
  await nurse.api.setPin(PIN);
  const page = await t.signedIn(nurse, ACCOUNT, { baseURL: t.byName() });
  return { nurse, page, device: await giveAuthenticator(page), account: new AccountPage(page) };
}

async function addPasskey(t, { page, account }) {
  await account.addPasskey.click();
  const adding = account.dialog('Agregar una llave de acceso');
  await adding.getByLabel('Nombre de la llave').fill(KEY);
  await t.look(page, 'the name of a passkey');
  await adding.getByRole('button', { name: 'Continuar' }).click();
  await account.dialog('Sus códigos de recuperación').getByRole('button', { name: 'Ya los guardé' }).click();
  await sees(account.removePasskey(KEY));
}

spec('passkey: added in the account, opens the session without a password, uncovers the screen, and is removed', async (t) => {
  t.guard.expectStatus(403, /\/auth\/passkeys\/[^/]+$/);
  t.guard.expectStatus(401, /\/auth\/login\/passkey\/finish$/);
  const walk = await atAccount(t);
  const { page, device, account } = walk;
  await addPasskey(t, walk);
  assert.equal(await device.count(), 1);
  await t.look(page, 'with a passkey');

  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  const signIn = new SignInPage(page);
  await signIn.passkey.click();
  await isAt(page, '/hoy');

  await page.goto(ACCOUNT);
  await sees(account.removePasskey(KEY));
  await new LockScreen(page).leaveAndReturn(PIN);
  await account.removePasskey(KEY).click();
  await account.dialog(`Quitar la llave «${KEY}»`).getByRole('button', { name: 'Quitar', exact: true }).click();
  // The PIN proves nothing; the passkey that is removed does, one last time.
  await new ProofDialog(page).givePasskey();
  await sees(page.getByText('La llave quedó quitada.'));
  await lacks(account.removePasskey(KEY));

  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await signIn.passkey.click();
  await says(signIn.alert, 'Esa llave de acceso no corresponde a ninguna cuenta.');
  await t.look(page, 'a passkey that was removed');
});

spec.desktop('passkey: the second step after the password, and the way back to the covered screen', async (t) => {
  t.guard.expectStatus(401, /\/auth\/login$/);
  const walk = await atAccount(t);
  const { nurse, page, device } = walk;
  await addPasskey(t, walk);
  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await new SignInPage(page).signIn(nurse.email, nurse.password);
  const second = new SecondStep(page);
  await sees(second.passkey);
  await t.look(page, 'second step with a passkey');
  await device.finds(false);
  await second.passkey.click();
  await says(second.alert, 'No se usó ninguna llave de acceso.');
  await device.finds(true);
  await second.passkey.click();
  await isAt(page, '/hoy');

  const lock = new LockScreen(page);
  await new Shell(page, t.phone).choose('Bloquear ahora');
  await sees(lock.pin);
  await lock.usePasskey.click();
  await lacks(lock.pin);
  await lock.usePasskey.click();
  await lacks(lock.title);
});
