import { isCode, isStatus } from '@/lib/api/error';
import type { Invitation, InvitationAnswer, Profession } from '@/lib/api/types';
import { describeError } from '@/lib/errors';
import { t as common } from '@/lib/t';
import { absent } from '@/lib/validation';
import { SHORTEST } from './components/new-password-field';
import { t } from './invitation-t';
import { t as recovery } from './recovery-t';

export interface InvitationValues extends Record<string, unknown> {
  full_name: string;
  password: string;
  profession: string;
  license_number: string;
  title_institution: string;
  totp_code: string;
  accept_confidentiality: boolean;
}

/** What is known beforehand. */
export function beginning(invitation: Invitation): InvitationValues {
  return {
    full_name: invitation.full_name,
    password: '',
    profession: '',
    license_number: '',
    title_institution: '',
    totp_code: '',
    accept_confidentiality: false,
  };
}

/** Whether the role signs documents, for which the law asks for a cédula. */
export function needsLicense({ role }: Pick<Invitation, 'role'>): boolean {
  return role === 'doctor';
}

const LICENSE = /^\d{5,8}$/;

function missing(values: InvitationValues, names: readonly (keyof InvitationValues)[]): Record<string, string> {
  const empty = names.filter((name) => String(values[name]).trim() === '');
  return Object.fromEntries(empty.map((name) => [name, common('form.required')]));
}

function checkNewcomer(invitation: Invitation, values: InvitationValues): Record<string, string> {
  const errors = missing(values, ['full_name', 'password']);
  if (errors.password === undefined && [...values.password].length < SHORTEST) {
    errors.password = recovery('strength.short');
  }
  if (!needsLicense(invitation)) return errors;
  Object.assign(errors, missing(values, ['profession', 'license_number', 'title_institution']));
  if (errors.license_number === undefined && !LICENSE.test(values.license_number.trim())) {
    errors.license_number = t('licenseHint');
  }
  return errors;
}

/** What an answer still lacks, by field. */
export function checkAnswer(invitation: Invitation, asksCode: boolean) {
  return (values: InvitationValues): Record<string, string> => {
    const own = invitation.has_account
      ? missing(values, asksCode ? ['password', 'totp_code'] : ['password'])
      : checkNewcomer(invitation, values);
    return values.accept_confidentiality ? own : { ...own, accept_confidentiality: t('acceptMissing') };
  };
}

/** The answer as the API takes it. */
export function toAnswer(invitation: Invitation, values: InvitationValues): InvitationAnswer {
  const { password, accept_confidentiality } = values;
  if (invitation.has_account) {
    return { password, accept_confidentiality, totp_code: absent(values.totp_code) };
  }
  return {
    password,
    accept_confidentiality,
    full_name: values.full_name.trim(),
    ...(needsLicense(invitation) && {
      profession: values.profession as Profession,
      license_number: values.license_number.trim(),
      title_institution: values.title_institution.trim(),
    }),
  };
}

/** Says why an answer was not taken. */
export function explainAnswer(error: unknown): string {
  if (isCode(error, 'auth.totp_required')) return t('codeNeeded');
  if (isCode(error, 'auth.invalid_code')) return t('wrongCode');
  return isStatus(error, 401) ? t('wrongPassword') : describeError(error).message;
}

/** Which of the pages says why an invitation cannot be taken; undefined when that is another error. */
export function goneBecause(error: unknown): 'used' | 'expired' | 'missing' | 'member' | undefined {
  if (isCode(error, 'invitation.used')) return 'used';
  if (isCode(error, 'invitation.expired')) return 'expired';
  if (isCode(error, 'staff.already_member')) return 'member';
  return isStatus(error, 404) ? 'missing' : undefined;
}
