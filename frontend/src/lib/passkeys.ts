import type { PasskeyChallenge, PasskeyProof } from '@/lib/api/types';

/**
 * The browser's side of a passkey (WebAuthn Level 3). The server speaks JSON with base64url texts,
 * the browser speaks buffers; what stands between is here, for browsers that cannot convert themselves.
 */

/** What the server sends to begin: WebAuthn's own options in JSON, which the document leaves open. */
type Options = PasskeyChallenge['options'];
/** What goes back to the server: WebAuthn's own credential in JSON. */
type Answer = PasskeyProof['credential'];

function readOptions(options: Options): Record<string, unknown> {
  return (options as unknown as { publicKey: Record<string, unknown> }).publicKey;
}

/** The person closed the browser's own question, or let it pass: no error to be shown as one. */
export class PasskeyGivenUp extends Error {
  override readonly name = 'PasskeyGivenUp';
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function toText(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

interface Descriptor extends Omit<PublicKeyCredentialDescriptor, 'id'> {
  id: string;
}

function descriptors(list: unknown): PublicKeyCredentialDescriptor[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return (list as Descriptor[]).map((entry) => ({ ...entry, id: toBytes(entry.id) }));
}

function challengeOf(options: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  return toBytes(String(options.challenge));
}

/** Turns the refusals of the browser's own question into {@link PasskeyGivenUp}. */
async function asking(question: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await question;
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    if (!(error instanceof DOMException) || !['NotAllowedError', 'AbortError'].includes(error.name)) throw error;
  }
  throw new PasskeyGivenUp();
}

function envelope(credential: PublicKeyCredential, response: Record<string, unknown>): Answer {
  const answer = {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: { ...credential.getClientExtensionResults() },
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  };
  return answer as unknown as Answer;
}

/** Proves with a passkey that exists. Throws {@link PasskeyGivenUp} when the person does not go on. */
export async function provePasskey(question: Options): Promise<Answer> {
  const publicKey = readOptions(question);
  const allowCredentials = descriptors(publicKey.allowCredentials);
  const options = { ...publicKey, challenge: challengeOf(publicKey), ...(allowCredentials && { allowCredentials }) };
  const credential = await asking(
    navigator.credentials.get({ publicKey: options }),
  );
  const response = credential.response as AuthenticatorAssertionResponse;
  return envelope(credential, {
    authenticatorData: toText(response.authenticatorData),
    clientDataJSON: toText(response.clientDataJSON),
    signature: toText(response.signature),
    ...(response.userHandle && { userHandle: toText(response.userHandle) }),
  });
}

/** Makes a passkey of this person on this device. Throws {@link PasskeyGivenUp} as above. */
export async function makePasskey(question: Options): Promise<Answer> {
  const publicKey = readOptions(question);
  const user = publicKey.user as { id: string };
  const excludeCredentials = descriptors(publicKey.excludeCredentials);
  const options = {
    ...publicKey,
    challenge: challengeOf(publicKey),
    user: { ...user, id: toBytes(user.id) },
    ...(excludeCredentials && { excludeCredentials }),
  };
  const credential = await asking(
    navigator.credentials.create({ publicKey: options as unknown as PublicKeyCredentialCreationOptions }),
  );
  const response = credential.response as AuthenticatorAttestationResponse;
  return envelope(credential, {
    attestationObject: toText(response.attestationObject),
    clientDataJSON: toText(response.clientDataJSON),
    transports: response.getTransports(),
  });
}
