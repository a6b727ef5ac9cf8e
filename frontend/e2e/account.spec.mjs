// A new doctor: registration, guided start, sign-out and sign-in.
import assert from 'node:assert/strict';
import { Api } from './harness/api.mjs';
import { address, newDoctor } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { hasFocus, holds, isAt, sees, says } from './harness/wait.mjs';
import { RegistrationPage, SignInPage } from './page-models/account.mjs';
import { Shell } from './page-models/shell.mjs';
import { StartPage } from './page-models/start.mjs';

const REQUIRED = [
  'Nombre completo',
  'Correo electrónico',
  'Teléfono',
  'Contraseña',
  'Profesión',
  'Cédula profesional',
  'Institución que expidió el título',
  'Términos de uso',
];

/** What a list of patients may still be asking for when its session is closed. */
const UNDER_WAY = /\/api\/(events|messages\/calls|patients|clinic|offices)$/;

/** Whether the program still takes a token. */
async function isAlive(url, token) {
  const response = await fetch(`${url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  return response.status === 200;
}

async function tokenOf(page) {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === 'historias_session')?.value;
}

spec('registration: every error at once, then an account', async (t) => {
  t.guard.expectStatus(401, /\/auth\/me$/);
  const doctor = newDoctor();
  t.privacy.keep(doctor.email, doctor.full_name, doctor.phone);
  const page = await t.visitor('/');
  await isAt(page, '/entrar');
  await t.look(page, 'sign-in');
  await page.getByRole('link', { name: 'Crear una cuenta' }).click();

  const form = new RegistrationPage(page);
  await form.submit.click();
  await hasFocus(form.alert);
  const entries = await form.alert.getByRole('button').allInnerTexts();
  assert.deepEqual(entries.map((entry) => entry.split(':')[0]), REQUIRED);
  await t.look(page, 'errors at once');
  await form.alert.getByRole('button', { name: /^Cédula profesional/ }).click();
  await hasFocus(form.field('Cédula profesional'));

  await form.fill(doctor);
  await form.submit.click();
  await sees(new StartPage(page).title);
  await isAt(page, '/inicio');
  await t.look(page, 'guided start');
});

spec('registration: an e-mail that is taken is said beside its field and nothing is lost', async (t) => {
  t.guard.expectStatus(409, /\/auth\/register$/);
  const known = await t.doctor();
  const page = await t.visitor('/registro');
  const form = new RegistrationPage(page);
  await form.fill({ ...newDoctor(), email: known.email });
  await form.submit.click();
  await hasFocus(form.alert);
  await says(form.alert, /correo/i);
  await holds(form.field('Nombre completo'), known.full_name);
  await holds(form.field('Contraseña'), known.password);
});

spec('guided start: left after the first step and resumed where it was left', async (t) => {
  t.guard.allowStatus(422, /\/clinic$/);
  const doctor = await t.doctor({ complete: false });
  const page = await t.signedIn(doctor, '/inicio');
  const start = new StartPage(page);
  const shell = new Shell(page, t.phone);

  await sees(start.step('Domicilio legal'));
  await start.saveAndGoOn.click();
  await hasFocus(page.getByRole('alert'));
  await start.field('Nombre o razón social').fill('Servicios Médicos Jacarandas');
  await start.fillAddress(address);
  await holds(start.field('Estado'), address.state);
  await start.saveAndGoOn.click();
  await sees(start.step('Consultorio'));
  await start.later.click();
  await isAt(page, '/hoy');

  await sees(page.getByText('Faltan datos de su clínica.'));
  await t.look(page, 'incomplete clinic');
  await page.getByRole('link', { name: 'Completar ahora' }).click();
  await sees(start.step('Consultorio'));
  await start.field('Nombre del consultorio').fill('Consultorio La Paz');
  await page.getByLabel('Es el mismo domicilio legal').check();
  await holds(start.field('Calle'), address.street);
  await start.saveAndGoOn.click();

  await sees(start.step('Contacto de privacidad'));
  await start.field('Persona o área').fill('Responsable de privacidad');
  await start.field('Correo electrónico').fill('privacidad@jacarandas.example');
  await start.field('Teléfono').fill('2225550100');
  await start.finish.click();
  await sees(start.finished);
  await t.look(page, 'finished');
  await page.getByRole('link', { name: 'Ir a mis pacientes' }).click();
  await isAt(page, '/pacientes');
  await shell.choose('Ajustes');
  await page.getByRole('navigation', { name: 'Secciones de los ajustes' }).getByRole('link', { name: 'Clínica', exact: true }).click();
  await sees(page.getByRole('heading', { level: 1, name: 'Clínica' }));
  await t.look(page, 'clinic');
});

spec('sign-out kills the token; a wrong password is said without saying which; sign-in returns', async (t) => {
  t.guard.expectStatus(401, /\/auth\/(login|me)$/);
  // What was under way when the session was closed.
  t.guard.allowStatus(401, UNDER_WAY);
  const doctor = await t.doctor();
  const page = await t.signedIn(doctor);
  const token = await tokenOf(page);
  assert.equal(await isAlive(t.url, token), true);
  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  assert.equal(await isAlive(t.url, token), false);
  assert.equal(await tokenOf(page), undefined);

  const signIn = new SignInPage(page);
  await signIn.signIn(doctor.email, 'otra frase larga');
  await says(signIn.alert, 'El correo o la contraseña no coinciden.');
  await hasFocus(signIn.alert);
  const known = await signIn.alert.innerText();
  await Promise.all([
    page.waitForResponse(/\/auth\/login$/),
    signIn.signIn('nadie@jacarandas.example', 'otra frase larga'),
  ]);
  await says(signIn.alert, known.trim());
  await t.look(page, 'wrong password');

  await page.goto('/clinica');
  await isAt(page, '/entrar');
  await signIn.signIn(doctor.email, doctor.password);
  await isAt(page, '/clinica');
  const me = await new Api(t.url, await tokenOf(page)).get('/api/auth/me');
  assert.equal(me.user.id, doctor.userId);
});

spec('the terms of use and the cookies read before there is an account, without script', async (t) => {
  const page = await t.visitor('/entrar');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Cookies' }).click();
  await isAt(page, '/cookies');
  await says(page.getByRole('main'), 'historias_session');
  await t.look(page, 'cookies');
  assert.deepEqual(await page.context().cookies(), [], 'it says that it leaves none');
  const reader = await t.visitor('/cookies', { javaScriptEnabled: false });
  await reader.getByRole('link', { name: 'Términos de uso' }).click();
  await isAt(reader, '/terminos');
  await sees(reader.getByRole('heading', { level: 1, name: 'Términos de uso' }));
  await page.goto('/terminos');
  await t.look(page, 'terms');
});
