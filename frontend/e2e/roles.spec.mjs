// Every role: what its menus offer, and every page they lead to, looked at.
import assert from 'node:assert/strict';
import { spec } from './harness/specs.mjs';
import { lacks, sees } from './harness/wait.mjs';
import { Menu } from './page-models/menu.mjs';

const WORK = ['/hoy', '/pacientes', '/mensajes', '/consentimientos'];
const CLINICAL = ['/hoy', '/pacientes', '/recetas', '/mensajes', '/consentimientos'];
const EVERYBODY = ['/ajustes/mi-cuenta', '/ajustes/permisos'];
const KNOWS_STAFF = ['/ajustes/mi-cuenta', '/ajustes/personal', '/ajustes/permisos'];

/** What a phone's tab bar has a place for; the rest stands under «Más». */
const IN_TAB_BAR = new Set(['/hoy', '/pacientes', '/mensajes']);
const UNDER_MORE = { '/recetas': 'Recetas', '/consentimientos': 'Consentimientos', '/bitacora': 'Bitácora' };

const ROLES = [
  { role: 'doctor', word: 'personal médico', main: CLINICAL, settings: KNOWS_STAFF },
  { role: 'nurse', word: 'enfermería', main: CLINICAL, settings: EVERYBODY },
  { role: 'receptionist', word: 'recepción', main: WORK, settings: EVERYBODY },
  { role: 'privacy_officer', word: 'responsable de privacidad', main: [...WORK, '/bitacora'], settings: [...KNOWS_STAFF, '/ajustes/whatsapp'] },
  { role: 'auditor', word: 'auditoría', main: ['/bitacora'], settings: EVERYBODY },
];

/** The owner of a clinic with a patient and a note that is not signed. */
async function ownerAtWork(t) {
  const owner = await t.doctor();
  const patient = await owner.api.patient();
  t.privacy.keepPatient(patient);
  await owner.api.post(`/api/patients/${patient.id}/consultations`, { type: 'evolucion' });
  return owner;
}

async function lookAtEach(t, page, hrefs) {
  for (const href of hrefs) {
    await page.goto(href);
    await sees(page.getByRole('heading', { level: 1 }));
    await lacks(page.getByRole('status').filter({ hasText: 'Cargando' }));
    await t.look(page, href);
  }
}

/** On a phone: «Más» has what the tab bar has no place for, and nothing that another role has there. */
async function offersTheRest(menu, main) {
  if (!menu.phone) return;
  const [words, tabs] = [await menu.more(), inMenu(menu.phone, main)];
  for (const [href, word] of Object.entries(UNDER_MORE)) {
    assert.equal(words.includes(word), main.includes(href) && !tabs.includes(href), word);
  }
}

/** The addresses that the menu itself holds. */
function inMenu(phone, main) {
  const tabs = main.filter((href) => IN_TAB_BAR.has(href));
  return phone && tabs.length > 0 ? tabs : main;
}

for (const { role, word, main, settings } of ROLES) {
  spec(`role: ${word}, what the menus offer, and every page they lead to`, async (t) => {
    const owner = await ownerAtWork(t);
    const page = await t.signedIn(await t.colleague(owner, role), '/');
    const menu = new Menu(page, t.phone);
    assert.deepEqual(await menu.main(), inMenu(t.phone, main));
    await offersTheRest(menu, main);
    const list = await menu.settings();
    assert.deepEqual(list, settings);
    await lookAtEach(t, page, [...main, ...list]);
  });
}

spec('role: titular, what the menus offer, and every page they lead to', async (t) => {
  const owner = await ownerAtWork(t);
  const page = await t.signedIn(owner, '/');
  const menu = new Menu(page, t.phone);
  const main = [...CLINICAL, '/bitacora'];
  assert.deepEqual(await menu.main(), inMenu(t.phone, main));
  await offersTheRest(menu, main);
  const list = await menu.settings();
  for (const href of [...KNOWS_STAFF, '/clinica', '/ajustes/seguridad', '/ajustes/whatsapp']) assert.ok(list.includes(href), href);
  await lookAtEach(t, page, [...main, ...list]);
});
