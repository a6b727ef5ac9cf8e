// End-to-end tests: the built program, its own PostgreSQL, and headless Chromium.
//
//   npm run e2e                      all paths, desktop and phone
//   npm run e2e -- consent patients  only the paths whose names hold one of these words
//
// Prints TAP, the folder of the pictures, and how many passed, failed, passed only when walked again,
// and were skipped.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { leaksIn } from './harness/privacy.mjs';
import { root, startProgram } from './harness/program.mjs';
import { registered } from './harness/specs.mjs';
import { Walk } from './harness/walk.mjs';

// Many times what a path takes on a machine at rest.
const SPEC_MS = 300_000;
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const say = (line) => process.stdout.write(`${line}\n`);

/** So many failures may be of the machine; more are of the product. */
const MOST_AGAIN = 3;

async function findChromium() {
  try {
    const { stdout } = await promisify(execFile)('sh', ['scripts/find-chromium.sh'], { cwd: root });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

async function chosenSpecs(words) {
  const files = (await readdir(new URL('.', import.meta.url))).filter((name) => name.endsWith('.spec.mjs')).sort();
  for (const file of files) await import(new URL(file, import.meta.url));
  const wanted = ({ name, screen }) =>
    words.length === 0 || words.some((word) => `${name} (${screen})`.toLowerCase().includes(word.toLowerCase()));
  return registered.filter(wanted);
}

function withLimit(work) {
  let timer;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${SPEC_MS / 1000} s`)), SPEC_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Walks one spec; answers what went wrong, nothing when it passed. */
async function walkOne(surroundings, spec, secrets) {
  const walk = new Walk({ ...surroundings, spec });
  const faults = [];
  try {
    await withLimit(spec.run(walk));
  } catch (error) {
    faults.push(error.stack ?? String(error));
    await walk.photographFailure();
  }
  faults.push(...(await walk.finish()));
  for (const word of walk.privacy.secrets) secrets.add(word);
  return faults;
}

function report(number, { name, screen }, faults, seconds, verdict = faults.length === 0 ? 'ok' : 'not ok') {
  say(`${verdict} ${number} - ${name} (${screen}) # ${seconds.toFixed(1)} s`);
  for (const fault of faults) say(fault.replace(/^/gm, '    # '));
}

/** Walks all of them, as many at a time as there are processors, and counts. */
async function walkAll(surroundings, specs, secrets) {
  const waiting = [...specs];
  const failures = [];
  let passed = 0;
  const worker = async () => {
    for (let spec = waiting.shift(); spec; spec = waiting.shift()) {
      const began = performance.now();
      const faults = await walkOne(surroundings, spec, secrets);
      const seconds = (performance.now() - began) / 1000;
      if (faults.length > 0) failures.push({ spec, faults, seconds });
      else report((passed += 1), spec, faults, seconds);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  const unsteady = await walkAgain(surroundings, failures, passed, secrets);
  return { passed: passed + unsteady, failed: failures.length - unsteady, unsteady };
}

/**
 * Walks a few failed paths once more, alone, and answers how many passed then. Those pass, are named
 * with what happened first, and are counted: they hide a race, in the path or in the product, that
 * somebody has to find.
 */
async function walkAgain(surroundings, failures, passed, secrets) {
  let unsteady = 0;
  for (const [i, { spec, faults, seconds }] of failures.entries()) {
    const isSteady = failures.length > MOST_AGAIN || (await walkOne(surroundings, spec, secrets)).length > 0;
    report(passed + i + 1, spec, faults, seconds, isSteady ? 'not ok' : 'ok');
    if (isSteady) continue;
    unsteady += 1;
    say(`# unsteady: ${spec.name} (${spec.screen}) failed as told above and passed when walked again, alone`);
  }
  return unsteady;
}

function close({ passed, failed, unsteady = 0, skipped = 0 }) {
  say(`${passed} passed, ${failed} failed, ${unsteady} unsteady, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Without a browser a laptop goes on and says so; CI fails. */
function withoutBrowser(specs) {
  for (const { name, screen } of specs) say(`ok - ${name} (${screen}) # SKIP no Chromium`);
  if (process.env.CI === 'true') say('not ok - there is no Chromium; set CHROMIUM_PATH');
  close({ passed: 0, failed: process.env.CI === 'true' ? 1 : 0, skipped: specs.length });
}

async function main() {
  const specs = await chosenSpecs(process.argv.slice(2));
  if (specs.length === 0) throw new Error('No path has one of these words in its name');
  const executablePath = await findChromium();
  if (!executablePath) return withoutBrowser(specs);
  const pictures = await mkdtemp(join(tmpdir(), 'historias-e2e-pictures-'));
  const secrets = new Set();
  const [program, browser] = await Promise.all([startProgram(), chromium.launch({ executablePath, args: ARGS })]);
  const stop = () => Promise.allSettled([browser.close(), program.stop()]);
  process.once('SIGINT', () => void stop().then(() => process.exit(130)));
  process.once('SIGTERM', () => void stop().then(() => process.exit(143)));
  let tally;
  try {
    say(`TAP version 13\n1..${specs.length}`);
    tally = await walkAll({ program, browser, pictures }, specs, secrets);
  } finally {
    await stop();
  }
  const leaks = leaksIn(program.output(), secrets);
  for (const leak of leaks) say(`# ${leak}`);
  say(`# pictures: ${pictures}`);
  close({ ...tally, failed: tally.failed + leaks.length });
}

await main();
