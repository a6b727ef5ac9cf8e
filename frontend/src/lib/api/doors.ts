import type { Client } from 'openapi-fetch';
import type { PasskeyCredential, PasskeyOptions } from '@/lib/passkeys';
import { api } from './client';
import type { LoginInput, SignedIn } from './types';

interface Answer<T> {
  content: { 'application/json': T };
}
interface Post<Body, T = never> {
  post: {
    requestBody: { content: { 'application/json': Body } };
    responses: { 200: Answer<T> };
  };
}

export interface PasskeyProof {
  challenge_id: string;
  credential: PasskeyCredential;
}
export interface PasskeyChallenge {
  challenge_id: string;
  options: PasskeyOptions;
}

export type Proof = { password: string } | { totp_code: string } | { passkey: PasskeyProof };

/** The routes of second factors, by contract. */
interface DoorPaths {
  '/api/auth/login': Post<LoginInput & { remember_device?: boolean }, SignedIn>;
  '/api/auth/login/passkey/begin': Post<Record<string, never>, PasskeyChallenge>;
  '/api/auth/login/passkey/finish': Post<PasskeyProof & { clinic_id?: string }, SignedIn>;
  '/api/auth/reauthenticate': Post<Proof, { proved_until: string }>;
  '/api/auth/factor/lost': Post<{ email: string; password: string }>;
  '/api/auth/factor/lost/cancel': Post<{ token: string }>;
  '/api/auth/unlock': Post<{ pin: string } | Proof, { expires_at: string }>;
}

export const doors = api as unknown as Client<DoorPaths>;
