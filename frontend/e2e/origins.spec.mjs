// A production of two hosts: the built files on one origin, the API on another.
import assert from 'node:assert/strict';
import { address, gloria, newDoctor, uniquePhone } from './harness/people.mjs';
import { freePort, startProgram } from './harness/program.mjs';
import { spec } from './harness/specs.mjs';
import { serveSpa } from './harness/static-server.mjs';
import { eventually, isAt, sees, says } from './harness/wait.mjs';
import { RegistrationPage, SignInPage } from './page-models/account.mjs';
import { Chart } from './page-models/chart.mjs';
import { ConsentsTab } from './page-models/consents.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { Shell } from './page-models/shell.mjs';
import { Simulator } from './page-models/simulator.mjs';
import { StartPage } from './page-models/start.mjs';

/** Starts the API and the application on two origins; answers the application's address and the program. */
async function startTwoOrigins(t) {
  const [spaPort, apiPort] = [await freePort(), await freePort()];
  const spa = `http://127.0.0.1:${spaPort}`;
  const api = `http://127.0.0.1:${apiPort}`;
  const program = await startProgram({
    PORT: String(apiPort),
    FRONTEND_URL: spa,
    BACKEND_URL: api,
    ALLOWED_ORIGINS: spa,
  });
  t.afterwards.push(() => program.stop());
  t.afterwards.push(await serveSpa(spaPort, api));
  t.guard.origins.add(spa);
  t.guard.origins.add(api);
  return { spa, program };
}

/** `/privacy-notice` alone leads to the only clinic's notice. */
async function noticeLeadsToTheOnlyClinic(api) {
  for (const path of ['/privacy-notice', '/privacy', '/aviso-privacidad']) {
    const response = await fetch(api + path, { redirect: 'manual' });
    assert.equal(response.status, 302, path);
    assert.match(response.headers.get('location'), /\/privacy-notice\/[a-z0-9-]+$/);
  }
}

/** No other site may read the API in the name of who is signed in. */
async function foreignOriginsAreRefused(api) {
  const response = await fetch(`${api}/api/auth/login`, {
    method: 'OPTIONS',
    headers: { origin: 'https://otro.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(response.headers.get('access-control-allow-origin'), null);
}

/** The three steps of the guided start. */
async function completeStart(page) {
  const start = new StartPage(page);
  await start.field('Nombre o razón social').fill('Servicios Médicos Jacarandas');
  await start.fillAddress(address);
  await start.saveAndGoOn.click();
  await start.field('Nombre del consultorio').fill('Consultorio La Paz');
  await page.getByLabel('Es el mismo domicilio legal').check();
  await start.saveAndGoOn.click();
  await start.field('Persona o área').fill('Responsable de privacidad');
  await start.field('Correo electrónico').fill('privacidad@jacarandas.example');
  await start.field('Teléfono').fill('2225550100');
  await start.finish.click();
  await sees(start.finished);
}

/** What a person leaves in the browser: a setting, and a copy of a draft. */
function leaveSomething(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        localStorage.setItem('historias-office', 'a-room');
        const opening = indexedDB.open('historias-drafts', 1);
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore('keys');
          opening.result.createObjectStore('copies', { keyPath: 'key' }).createIndex('user', 'user');
        };
        opening.onsuccess = () => {
          opening.result.close();
          done();
        };
      }),
  );
}

/** What of it is still there: the server's answer empties its own origin only. */
function left(page) {
  return page.evaluate(async () => {
    const bases = (await indexedDB.databases()).map((base) => base.name);
    return [...Object.keys(localStorage), ...bases].filter((name) => /office|drafts/.test(name));
  });
}

spec.desktop('two origins: the application on one host and the API on another, from registration to consent', async (t) => {
  const { spa, program } = await startTwoOrigins(t);
  await noticeLeadsToTheOnlyClinic(program.url);
  await foreignOriginsAreRefused(program.url);
  t.guard.expectStatus(401, /\/api\/auth\/me$/);
  // What was under way when the session was closed.
  t.guard.allowStatus(401, /\/api\/(events|messages\/calls|patients|clinic|offices)$/);
  const page = await t.visitor('/', { baseURL: spa });
  await isAt(page, '/entrar');
  await page.getByRole('link', { name: 'Crear una cuenta' }).click();
  const doctor = newDoctor();
  const registration = new RegistrationPage(page);
  await registration.fill(doctor);
  await registration.submit.click();
  await completeStart(page);

  const phone = uniquePhone();
  t.privacy.keepPatient({ ...gloria, phone });
  await page.goto('/pacientes/nuevo');
  const form = new PatientForm(page);
  await form.field('curp').fill(gloria.curp);
  await form.fillPerson({ ...gloria, birth_date: undefined, sex: undefined, phone });
  await form.fillAddress(address);
  await form.saveAndSend.click();
  const tab = new ConsentsTab(page);
  await tab.hasChain('Solicitado', 'Por enviar', 'Enviado', 'Entregado');
  const phones = new Simulator(await t.visitor('/dev/whatsapp', { baseURL: program.url }));
  await phones.open('Servicios Médicos Jacarandas');
  await phones.accept.click();
  await sees(tab.step('Aceptado'));
  await new Chart(page).tab('Resumen').click();
  await says(new Chart(page).name, 'Gloria');

  await page.goto('/pacientes');
  await leaveSomething(page);
  await new Shell(page, t.phone).signOut();
  await isAt(page, '/entrar');
  await eventually(async () => assert.deepEqual(await left(page), []));
  await new SignInPage(page).signIn(doctor.email, doctor.password);
  await isAt(page, '/hoy');
  await says(page.getByRole('main'), 'Gloria');
});
