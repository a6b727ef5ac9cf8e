import type { Me } from '@/lib/api/types';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/roles.json';

const t = translator(texts);

/** What somebody is in a clinic. */
export type Role = Me['role'];

/** Every role, in the order in which they are offered. */
export const ROLES: readonly Role[] = ['owner', 'doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor'];

/** Whether a word from the server is a role that this page knows. */
export function isRole(word: string | undefined): word is Role {
  return ROLES.some((role) => role === word);
}

/** The role within a sentence: «recepción». */
export function roleInSentence(role: Role): string {
  return roleLabel(role).toLocaleLowerCase('es-MX');
}

/** The role in Spanish: «Recepción». */
export function roleLabel(role: Role): string {
  return t(role);
}
