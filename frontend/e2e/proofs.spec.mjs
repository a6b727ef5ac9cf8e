// What proves who acts: the question for a fresh proof.
import { spec } from './harness/specs.mjs';
import { lacks, sees, says } from './harness/wait.mjs';
import { LockScreen } from './page-models/lock.mjs';
import { AccountPage, ProofDialog } from './page-models/settings.mjs';

const ACCOUNT = '/ajustes/mi-cuenta';
const PIN = '4826';
/** What a page may still be asking for when its session ends or is locked. */
const UNDER_WAY = /\/api\//;

spec('fresh proof: what changes how somebody enters asks for it after the PIN, once, and then is done', async (t) => {
  t.guard.allowStatus(401, UNDER_WAY);
  t.guard.expectStatus(403, /\/auth\/totp\/setup$/);
  t.guard.expectStatus(422, /\/auth\/reauthenticate$/);
  const doctor = await t.doctor();
  await doctor.api.setPin(PIN);
  const page = await t.signedIn(doctor, ACCOUNT);
  const account = new AccountPage(page);
  await sees(account.enableApp);
  await new LockScreen(page).leaveAndReturn(PIN);
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
