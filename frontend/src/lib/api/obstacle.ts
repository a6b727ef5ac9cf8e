import { lockGate } from './lock-gate';
import { proofGate } from './proof-gate';
import { sessionGate } from './session-gate';

/**
 * What a person must do before a request is answered, after which it is sent once more: sign in,
 * unlock, or prove again who she is.
 */
export type Obstacle = 'session' | 'lock' | 'proof';

/**
 * Where a 401 is about the proof just given, or no obstacle, and so must not ask for another one.
 * They also go out while the page waits: they are how the waiting ends.
 */
const DOORS = [
  '/api/auth/login',
  '/api/auth/register',
  '/api/auth/reauthenticate',
  '/api/auth/logout',
  '/api/auth/lock',
  '/api/auth/unlock',
  '/api/auth/desk',
  '/api/auth/desk/switch',
  '/api/auth/login/passkey/begin',
  '/api/auth/login/passkey/finish',
];
const ME_PATH = '/api/auth/me';

function isDoor(path: string): boolean {
  if (DOORS.includes(path)) return true;
  // The sign-in dialog and the lock themselves ask who is signed in.
  return path === ME_PATH && (sessionGate.getState() !== 'open' || lockGate.getState() !== 'open');
}

/** Waits while nobody may send anything. */
export async function mayGo(path: string): Promise<void> {
  if (isDoor(path)) return;
  if (lockGate.getState() === 'locked') await lockGate.wait();
  if (sessionGate.getState() === 'closed') await sessionGate.wait();
}

async function codeOf(response: Response): Promise<unknown> {
  try {
    return ((await response.clone().json()) as { code?: unknown } | null)?.code;
  } catch {
    return undefined;
  }
}

/** What stands in the way of a request that was refused; undefined when the refusal is the answer. */
export async function obstacleOf(response: Response, path: string): Promise<Obstacle | undefined> {
  if (response.status !== 401 && response.status !== 403) return undefined;
  const code = await codeOf(response);
  if (response.status === 403) return code === 'auth.proof_required' ? 'proof' : undefined;
  if (isDoor(path) || sessionGate.getState() === 'idle') return undefined;
  return code === 'auth.locked' ? 'lock' : 'session';
}

/** Waits until the person has done it. Answers false when she gave up. */
export async function overcome(obstacle: Obstacle): Promise<boolean> {
  if (obstacle === 'proof') return proofGate.ask();
  await (obstacle === 'lock' ? lockGate : sessionGate).wait();
  return true;
}
