import { api, read } from '@/lib/api/client';
import { provePasskey } from '@/lib/passkeys';

/** With what somebody proves who she is. */
export type ProofInput = { password: string } | { totp_code: string } | 'passkey';

/** Asks the browser for a passkey and answers the proof as the server takes it. */
export async function passkeyProof() {
  const { challenge_id, options } = await read(api.POST('/api/auth/login/passkey/begin', { body: {} }));
  return { challenge_id, credential: await provePasskey(options) };
}

/** The body of a proof. */
export async function proofOf(input: ProofInput) {
  return input === 'passkey' ? { passkey: await passkeyProof() } : input;
}
