// What a spec walks with: a browser of its own, doctors, and the watches over both.
import { join } from 'node:path';
import { joinClinic, registerDoctor } from './api.mjs';
import { Guard } from './guard.mjs';
import { lookAt } from './look.mjs';
import { Network } from './network.mjs';
import { uniqueWord } from './people.mjs';
import { PrivacyWatch } from './privacy.mjs';
import { SCREENS } from './specs.mjs';

// As patient as the checks: a machine under load is slow, not wrong.
const ACTION_MS = 60_000;
/** `E2E_SLOWDOWN=4` walks as on a machine four times slower, to find what depends on speed. */
const SLOWDOWN = Number(process.env.E2E_SLOWDOWN ?? 1);
const COOKIE = 'historias_session';

const slug = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 60);

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
}

/** One run of one spec on one screen. */
export class Walk {
  constructor({ browser, program, spec, pictures }) {
    this.browser = browser;
    this.program = program;
    this.spec = spec;
    this.pictures = pictures;
    this.phone = spec.screen === 'phone';
    this.contexts = [];
    /** What is undone once the browsers are closed, the last first. */
    this.afterwards = [];
    this.guard = new Guard([program.url]);
    this.privacy = new PrivacyWatch();
    this.pictureCount = 0;
  }

  get url() {
    return this.program.url;
  }

  /** The program's address by name: passkeys belong to a name, never to a number. */
  byName() {
    const url = this.url.replace('127.0.0.1', 'localhost');
    this.guard.origins.add(url);
    return url;
  }

  /** A browser with nothing in it; every page it opens is watched. */
  async newBrowser(options = {}) {
    const context = await this.browser.newContext({
      ...SCREENS[this.spec.screen],
      locale: 'es-MX',
      timezoneId: 'America/Mexico_City',
      reducedMotion: 'reduce',
      colorScheme: 'light',
      baseURL: this.url,
      ...options,
    });
    context.setDefaultTimeout(ACTION_MS);
    if (SLOWDOWN > 1) context.on('page', (page) => slowDown(page));
    this.guard.watch(context);
    await this.privacy.watch(context);
    this.contexts.push(context);
    return context;
  }

  /** A page in a browser with nothing in it, at an address of the program. */
  async visitor(path = '/', options) {
    const page = await (await this.newBrowser(options)).newPage();
    await page.goto(path);
    return page;
  }

  /** A registered doctor; `complete: false` leaves her before the guided start. */
  async doctor(options) {
    const doctor = await registerDoctor(this.url, options);
    this.privacy.keep(doctor.email, doctor.full_name, doctor.phone);
    return doctor;
  }

  /** Somebody who works in a doctor's clinic with a role; her name is hers alone in this run. */
  async colleague(doctor, role, name = `Lucía Bravo ${uniqueWord()}`) {
    const colleague = await joinClinic(doctor, role, name);
    this.privacy.keep(colleague.email, colleague.full_name);
    return colleague;
  }

  /** A browser in which a doctor is signed in, with a page open at `path`. */
  async signedIn(doctor, path = '/pacientes', options) {
    const context = await this.newBrowser(options);
    const url = options?.baseURL ?? this.url;
    await context.addCookies([{ name: COOKIE, value: doctor.token, url, httpOnly: true, sameSite: 'Lax' }]);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  /** A road to the program that can be cut; pages opened at its `url` travel on it. */
  async network() {
    const network = await new Network(this.url).open();
    this.afterwards.push(() => network.close());
    this.guard.origins.add(network.url);
    return network;
  }

  /** Another tab of the same browser. */
  async otherTab(page, path) {
    const tab = await page.context().newPage();
    await tab.goto(path);
    return tab;
  }

  /** Looks at the page: axe in both schemes, reflow, privacy, pictures. */
  async look(page, label) {
    this.pictureCount += 1;
    const order = String(this.pictureCount).padStart(2, '0');
    const base = `${slug(this.spec.name)}-${order}-${slug(label)}-${this.spec.screen}`;
    await this.privacy.visit(page);
    try {
      await lookAt(page, (scheme) => join(this.pictures, `${base}-${scheme}.png`));
    } catch (error) {
      error.message = `${label}: ${error.message}`;
      throw error;
    }
  }

  /** The pages as they stand when a spec fails. */
  async photographFailure() {
    const pages = this.contexts.flatMap((context) => context.pages());
    const base = join(this.pictures, `FAILED-${slug(this.spec.name)}-${this.spec.screen}`);
    await Promise.allSettled(pages.map((page, index) => page.screenshot({ path: `${base}-${index + 1}.png` })));
  }

  /** Closes the browsers and answers what the watches saw. */
  async finish() {
    const pages = this.contexts.flatMap((context) => context.pages());
    for (const page of pages) await this.privacy.visit(page).catch(() => undefined);
    await Promise.allSettled(this.contexts.map((context) => context.close()));
    for (const undo of this.afterwards.reverse()) await undo();
    return [...this.guard.verdict(), ...this.privacy.verdict()];
  }
}
