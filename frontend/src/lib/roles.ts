import type { Me } from '@/lib/api/types';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/roles.json';

const t = translator(texts);

/** What somebody is in a clinic. */
export type Role = Me['role'];

/** Every role, in the order in which they are offered. */
export const ROLES: readonly Role[] = ['owner', 'doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor'];

/** The role in Spanish: «Recepción». */
export function roleLabel(role: Role): string {
  return t(role);
}
