// The built program as a user starts it: `historias run` over an empty folder of its own, with the
// PostgreSQL it brings. Nothing of the tester's environment reaches it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, where the program finds its PostgreSQL. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

const binary = join(root, 'bin', process.platform === 'win32' ? 'historias.exe' : 'historias');
// The first start loads the catalogs and tells the demonstration clinic its years.
const START_MS = 400_000;
const STOP_MS = 30_000;
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'PG_BIN_DIR', 'SystemRoot', 'TEMP', 'USERPROFILE'];

/** A port that nobody uses. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function environment(own) {
  const kept = PASSED_ON.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept), ENVIRONMENT: 'development', RATE_LIMIT_ENABLED: 'false', ...own };
}

/** Resolves with the address the program prints once its port answers. */
function address(child, output) {
  return new Promise((resolve, reject) => {
    const give = setTimeout(() => reject(new Error(`The program did not start:\n${output()}`)), START_MS);
    const look = () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output());
      if (!found) return;
      clearTimeout(give);
      resolve(found[0]);
    };
    child.stdout.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(give);
      reject(new Error(`The program ended with ${code}:\n${output()}`));
    });
    child.once('error', (error) => {
      clearTimeout(give);
      reject(new Error(`The program cannot be started (${error.code}); «make build» makes it`));
    });
  });
}

/** A running program. */
class Program {
  constructor(child, dataDir, output) {
    this.child = child;
    this.dataDir = dataDir;
    this.output = output;
    this.ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  }

  /** Asks it to end, as Ctrl-C does, and takes its folder away. */
  async stop() {
    const insist = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    if (this.child.exitCode === null) this.child.kill('SIGINT');
    await this.ended;
    clearTimeout(insist);
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/**
 * Starts the program and waits until it answers.
 * @param {Record<string, string>} own variables of its environment
 */
export async function startProgram(own = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'historias-e2e-data-'));
  const PORT = own.PORT ?? String(await freePort());
  const env = environment({ ...own, DATA_DIR: dataDir, PORT });
  // A group of its own: Ctrl-C at the terminal reaches the runner, which then stops it in order.
  const child = spawn(binary, ['run'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const program = new Program(child, dataDir, () => text);
  // Whatever ends the runner, the program does not outlive it.
  process.once('exit', () => child.kill('SIGINT'));
  try {
    program.url = await address(child, program.output);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return program;
}
