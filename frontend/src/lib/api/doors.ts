import type { Client } from 'openapi-fetch';
import type { PasskeyCredential, PasskeyOptions } from '@/lib/passkeys';
import { api } from './client';
import type { LoginInput, Membership, RegisterInput, SignedIn } from './types';

interface Answer<T> {
  content: { 'application/json': T };
}
type In<Path> = [Path] extends [never] ? { path?: never } : { path: Path };
interface Get<T, Path = never> {
  get: { parameters: In<Path>; responses: { 200: Answer<T> } };
}
interface Post<Body, T = never, Path = never> {
  post: {
    parameters: In<Path>;
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
export interface DeskPerson {
  user_id: string;
  full_name: string;
  role: Membership['role'];
  has_pin: boolean;
}
/** The routes of the doors, by contract. */
interface DoorPaths {
  '/api/auth/login': Post<LoginInput & { remember_device?: boolean }, SignedIn>;
  '/api/auth/register': Post<RegisterInput, SignedIn>;
  '/api/auth/login/passkey/begin': Post<Record<string, never>, PasskeyChallenge>;
  '/api/auth/login/passkey/finish': Post<PasskeyProof & { clinic_id?: string }, SignedIn>;
  '/api/auth/reauthenticate': Post<Proof, { proved_until: string }>;
  '/api/auth/password/forgot': Post<{ email: string }>;
  '/api/auth/password/reset': Post<{ token: string; password: string }>;
  '/api/auth/email/verify': Post<{ token: string }>;
  '/api/auth/email/verification': Post<Record<string, never>>;
  '/api/auth/factor/lost': Post<{ email: string; password: string }>;
  '/api/auth/factor/lost/cancel': Post<{ token: string }>;
  '/api/auth/lock': Post<Record<string, never>>;
  '/api/auth/unlock': Post<{ pin: string } | Proof, { expires_at: string }>;
  '/api/auth/desk': Get<{ items: DeskPerson[] }>;
  '/api/auth/desk/switch': Post<{ user_id: string; pin: string }, SignedIn>;
  '/api/auth/switch-clinic': Post<{ clinic_id: string }, SignedIn>;
}

export const doors = api as unknown as Client<DoorPaths>;
