import { explainCode } from './second-factor';

/** Says why a passkey was not taken; fetched only then, since the sign-in page does not carry these words. */
export function explainPasskeyEntry(error: unknown): string {
  return explainCode(error, 'passkey');
}
