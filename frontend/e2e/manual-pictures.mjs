// Takes the pictures of docs/manual.md from the running program with its demonstration clinic, whose
// people and patients are fictional. `make manual-pictures` builds the program and runs this.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Api } from './harness/api.mjs';
import { settle } from './harness/look.mjs';
import { root, startProgram } from './harness/program.mjs';
import { lacks, sees } from './harness/wait.mjs';
import { LockScreen } from './page-models/lock.mjs';

const FOLDER = join(root, 'docs', 'img');
const VIEW = { width: 1200, height: 680 };
const QUALITY = 82;
const MOST_BYTES = 80_000;
const PIN = '4826';
const OWNER = 'owner';
const NURSE = 'lucia.bravo@jacarandas.example';
const DESK = 'tomas.ibarra@jacarandas.example';

/**
 * Name of the picture, whose it is (nobody's for the page of entry), the page, and what is done on it. The
 * demonstration's staff have not proved their addresses; that notice is hidden first.
 */
const PICTURES = [
  { name: 'entrar', path: '/entrar' },
  { name: 'hoy-recepcion', who: DESK, path: '/hoy' },
  { name: 'hoy-enfermeria', who: NURSE, path: '/hoy' },
  { name: 'mi-cuenta', who: NURSE, path: '/ajustes/mi-cuenta' },
  { name: 'personal', who: OWNER, path: '/ajustes/personal' },
  { name: 'bloqueo', who: NURSE, path: '/hoy', act: cover },
];

async function cover(page) {
  await page.keyboard.press('Control+Alt+b');
  await sees(new LockScreen(page).pin);
}

/** What the program says of its demonstration clinic when it starts. */
function ownerOf(output) {
  const [, email, password] = /usuario: (\S+)\s+contraseña: (.+)/.exec(output);
  return { email, password: password.trim() };
}

async function browserOf(browser, program, email) {
  const context = await browser.newContext({
    viewport: VIEW,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    baseURL: program.url.replace('127.0.0.1', 'localhost'),
  });
  if (email === undefined) return context;
  const owner = ownerOf(program.output());
  const login = { email: email === OWNER ? owner.email : email, password: owner.password };
  const { access_token: token } = await new Api(program.url).post('/api/auth/login', login);
  if (email === NURSE) await new Api(program.url, token).setPin(PIN);
  const url = program.url.replace('127.0.0.1', 'localhost');
  await context.addCookies([{ name: 'historias_session', value: token, url, httpOnly: true, sameSite: 'Lax' }]);
  return context;
}

async function take(browser, program, { name, who, path, act }) {
  const context = await browserOf(browser, program, who);
  const page = await context.newPage();
  await page.goto(path);
  await sees(page.getByRole('heading', { level: 1 }));
  await lacks(page.getByRole('status').filter({ hasText: 'Cargando' }));
  if (who !== undefined && who !== OWNER) await page.getByRole('button', { name: 'Ocultar por ahora' }).click();
  await act?.(page);
  await settle(page);
  // WebP weighs a third of PNG; only the browser's own protocol gives it.
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await context.close();
  const bytes = Buffer.from(data, 'base64');
  process.stdout.write(`${name}.webp ${Math.round(bytes.length / 1000)} kB\n`);
  if (bytes.length > MOST_BYTES) throw new Error(`${name}.webp is heavier than ${MOST_BYTES / 1000} kB`);
  await writeFile(join(FOLDER, `${name}.webp`), bytes);
}

async function main() {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath) throw new Error('There is no Chromium; set CHROMIUM_PATH');
  const [program, browser] = await Promise.all([startProgram(), chromium.launch({ executablePath, args: ['--no-sandbox'] })]);
  try {
    for (const picture of PICTURES) await take(browser, program, picture);
  } finally {
    await Promise.allSettled([browser.close(), program.stop()]);
  }
}

await main();
