// Ways of using the program: keyboard only, narrow, enlarged, light or dark, and lost.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { fitsItsWidth, settle } from './harness/look.mjs';
import { address, gloria, newDoctor } from './harness/people.mjs';
import { spec } from './harness/specs.mjs';
import { eventually, hasFocus, holds, isAt, lacks, sees } from './harness/wait.mjs';
import { RegistrationPage } from './page-models/account.mjs';
import { Chart } from './page-models/chart.mjs';
import { PatientForm } from './page-models/patient-form.mjs';
import { PatientsPage } from './page-models/patients.mjs';
import { Shell } from './page-models/shell.mjs';
import { StartPage } from './page-models/start.mjs';

const MOST_STOPS = 40;

/** Where the keyboard is can be seen: an outline, or a ring drawn with a shadow. */
async function focusShows(page) {
  const seen = await page.evaluate(() => {
    const shows = (element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    const { activeElement } = document;
    return shows(activeElement) || shows(activeElement.parentElement) ? '' : activeElement.outerHTML.slice(0, 160);
  });
  assert.equal(seen, '', 'the focus cannot be seen');
}

/** Presses Tab until the focus is on the element; every stop on the way must show it. */
async function tabTo(page, locator) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    await focusShows(page);
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${locator} is not within ${MOST_STOPS} stops of the Tab key`);
}

async function tabAndType(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.type(text);
}

spec.desktop('keyboard only: an account, and a patient', async (t) => {
  t.guard.allowStatus(401, /\/api\/auth\/me$/);
  const doctor = newDoctor();
  const page = await t.visitor('/registro');
  const registration = new RegistrationPage(page);
  await sees(registration.submit);
  for (const [label, value] of RegistrationPage.entries(doctor)) {
    if (label === 'Cédula profesional') {
      await tabTo(page, registration.profession);
      await page.keyboard.type('Med');
    }
    await tabAndType(page, registration.field(label), value);
  }
  await tabTo(page, registration.terms);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await sees(new StartPage(page).title);

  await page.goto('/pacientes');
  await sees(new PatientsPage(page).register);
  const shell = new Shell(page, t.phone);
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(page, shell.skip);
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('main'));
  await tabTo(page, new PatientsPage(page).register.first());
  await page.keyboard.press('Enter');
  await isAt(page, '/pacientes/nuevo');
  const form = new PatientForm(page);
  await sees(form.save);
  await tabAndType(page, form.field('curp'), gloria.curp);
  await holds(form.field('birth_date'), '27/04/1956');
  for (const name of ['given_names', 'first_surname', 'second_surname']) {
    await tabAndType(page, form.field(name), gloria[name]);
  }
  for (const name of ['postal_code', 'street', 'exterior_number', 'neighborhood', 'municipality']) {
    await tabAndType(page, form.field(`address.${name}`), address[name]);
  }
  await page.keyboard.press('Enter');
  await isAt(page, /^\/pacientes\/[0-9a-f-]{36}$/);
  await hasFocus(new Chart(page).name);
});

/** Every page a person can stand on, with somebody in the clinic. */
async function everyPage(t) {
  const doctor = await t.doctor();
  const patient = await doctor.api.patient({ given_names: 'María Guadalupe Concepción', first_surname: 'Hinojosa-Etchegaray' });
  const chart = ['', '/consultas', '/signos', '/consentimientos', '/mensajes', '/datos', '/datos/editar'].map((tab) => Chart.path(patient.id, tab));
  const own = ['/inicio', '/clinica', '/hoy', '/pacientes', '/pacientes/nuevo', '/mensajes', '/consentimientos', '/consentimientos/aviso'];
  return {
    doctor,
    open: ['/entrar', '/registro', '/terminos', `/privacy-notice/${doctor.clinic.slug}`],
    signedIn: [...own, ...chart, '/bitacora', '/dev/whatsapp'],
  };
}

async function walkPages(page, paths) {
  for (const path of paths) {
    await page.goto(path);
    await sees(page.getByRole('heading', { level: 1 }));
    await page.waitForLoadState('load');
    await settle(page);
    await fitsItsWidth(page).catch((error) => {
      throw new Error(`${path}: ${error.message}`);
    });
  }
}

spec.desktop('narrow: at 320 px every page reflows', async (t) => {
  t.guard.allowStatus(401, /\/api\/auth\/me$/);
  const { doctor, open, signedIn } = await everyPage(t);
  const narrow = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
  await walkPages(await t.visitor('/entrar', narrow), open);
  await walkPages(await t.signedIn(doctor, '/pacientes', narrow), signedIn);
});

spec.desktop('enlarged: at 200 % nothing has to be scrolled sideways', async (t) => {
  t.guard.allowStatus(401, /\/api\/auth\/me$/);
  const { doctor, open, signedIn } = await everyPage(t);
  // A window of 1280 by 900 enlarged twice has this many CSS pixels.
  const enlarged = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
  await walkPages(await t.visitor('/entrar', enlarged), open);
  await walkPages(await t.signedIn(doctor, '/pacientes', enlarged), signedIn);
});

function schemeIs(page, scheme) {
  return eventually(async () =>
    assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), scheme),
  );
}

spec('theme: chosen in the menu, kept over a reload, and the system’s when asked', async (t) => {
  const page = await t.signedIn(await t.doctor());
  const shell = new Shell(page, t.phone);
  await schemeIs(page, 'light');
  await shell.openMenu();
  await page.getByRole('menuitemradio', { name: 'Oscuro' }).click();
  await schemeIs(page, 'dark');
  await page.reload({ waitUntil: 'commit' });
  await schemeIs(page, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await schemeIs(page, 'dark');
  await sees(new PatientsPage(page, t.phone).search);
  await shell.openMenu();
  await page.getByRole('menuitemradio', { name: 'Del sistema' }).click();
  await schemeIs(page, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await schemeIs(page, 'dark');
});

spec('theme: it belongs to the device and outlives the session', async (t) => {
  // What was under way when the session was closed.
  t.guard.allowStatus(401, /\/api\/(auth\/me|events|messages\/calls|patients|offices)$/);
  const page = await t.signedIn(await t.doctor());
  const shell = new Shell(page, t.phone);
  await shell.openMenu();
  await page.getByRole('menuitemradio', { name: 'Oscuro' }).click();
  await schemeIs(page, 'dark');
  await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await isAt(page, '/entrar');
  await page.reload();
  await sees(page.getByRole('button', { name: 'Entrar', exact: true }));
  await schemeIs(page, 'dark');
});

spec.desktop('keyboard: g and a letter lead to a screen, ? lists the keys, and fields keep their letters', async (t) => {
  const page = await t.signedIn(await t.doctor(), '/clinica');
  const name = page.getByLabel('Nombre comercial');
  await name.fill('');
  await name.press('g');
  await name.press('m');
  await name.press('?');
  await holds(name, 'gm?');
  await name.blur();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Atajos de teclado' });
  await sees(sheet);
  await t.look(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await lacks(sheet);
  await page.reload();
  await sees(name);
  // A loaded machine may take longer from one key to the next than a person does.
  await eventually(async () => {
    await page.keyboard.type('gm');
    assert.equal(new URL(page.url()).pathname, '/mensajes');
  });
  await hasFocus(page.getByRole('heading', { level: 1 }));
});

spec('lost: an address that does not exist, and a patient who is absent or another clinic’s', async (t) => {
  t.guard.expectStatus(404, /^\/(no-existe|api\/patients\/)/);
  const doctor = await t.doctor();
  const foreign = await (await t.doctor()).api.patient();
  const page = await t.signedIn(doctor, '/no-existe');
  const title = page.getByRole('heading', { level: 1, name: 'No encontramos lo que busca' });
  await sees(title);
  await t.look(page, 'not found');
  for (const id of [randomUUID(), foreign.id]) {
    await page.goto(Chart.path(id));
    await sees(title);
  }
  await t.look(page, 'no such patient');
  await page.getByRole('link', { name: 'Ir al inicio' }).click();
  await isAt(page, '/hoy');
});
