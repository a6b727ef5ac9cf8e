// What somebody finds who starts the program for the first time: the clinic of the demonstration.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { eventually, isAt, sees } from './harness/wait.mjs';
import { SignInPage } from './page-models/account.mjs';
import { MessagesPage } from './page-models/messages.mjs';
import { PatientsPage } from './page-models/patients.mjs';
import { Shell } from './page-models/shell.mjs';

/** The login that the program printed beside its address. */
function printedLogin(program) {
  const [, email, password] = /usuario: (\S+) {2}contraseña: (.+)/.exec(program.output()) ?? [];
  assert.ok(email, `no login in:\n${program.output()}`);
  return { email, password: password.trim() };
}

spec('demo: the printed login opens a clinic with people, consents and messages', async (t) => {
  t.guard.expectStatus(401, /\/api\/auth\/me$/);
  const { email, password } = printedLogin(t.program);
  const page = await t.visitor('/');
  await new SignInPage(page).signIn(email, password);
  await isAt(page, '/hoy');
  await sees(page.getByRole('link', { name: /^Continuar/ }));
  await t.look(page, 'today');
  const shell = new Shell(page, t.phone);
  await shell.go('Pacientes');
  const list = new PatientsPage(page, t.phone);
  await eventually(async () => assert.ok((await list.rows.count()) >= 12));
  await t.look(page, 'patients');
  const first = await list.rows.first().innerText();
  await page.getByRole('button', { name: 'Siguientes' }).click();
  await eventually(async () => assert.notEqual(await list.rows.first().innerText(), first));
  await page.getByRole('button', { name: 'Anteriores' }).click();
  await eventually(async () => assert.equal(await list.rows.first().innerText(), first));

  await shell.go(/Mensajes/);
  await sees(new MessagesPage(page).calls);
  await t.look(page, 'messages');
  await shell.go('Consentimientos');
  await isAt(page, '/consentimientos');
  await sees(page.getByText('Aceptado').first());
  await t.look(page, 'consents');
  await shell.go('Bitácora');
  await isAt(page, '/bitacora');
  await sees(page.getByRole('heading', { level: 1 }));
  await t.look(page, 'trail');
});
