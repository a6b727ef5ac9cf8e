import * as z from 'zod/mini';
import { CURP_LENGTH, parseCurp } from '@/lib/curp';
import { splitDate } from '@/lib/dates';
import { yearsOld } from '@/lib/format';
import { t as common } from '@/lib/t';
import { optionalPhone, optionalText } from '@/lib/validation';
import { t } from './t';
import { isWritten, type ContactValues, type PatientValues } from './values';

const MAJORITY = 18;
const OLDEST = 130;
const LONGEST_NAME = 60;
const LONGEST_LINE = 120;
const LONGEST_SHORT = 40;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** Something that stops the saving: where it is, and what to do about it. */
export interface Fault {
  path: string;
  message: string;
}

/** Whether somebody is known to be under age. */
export function isMinor(birthDate: string, today: string): boolean {
  const years = yearsOld(birthDate, today);
  return years !== undefined && years < MAJORITY;
}

function optionalEmail() {
  return z.string().check(
    z.trim(),
    z.refine((text) => text === '' || EMAIL.test(text), common('form.email')),
  );
}

function contactSchema() {
  return z.object({
    full_name: optionalText(LONGEST_LINE),
    relationship: optionalText(LONGEST_SHORT),
    phone: optionalPhone(),
    email: optionalEmail(),
  });
}

function addressSchema() {
  const line = () => optionalText(LONGEST_LINE);
  return z.object({
    street: line(),
    exterior_number: line(),
    interior_number: line(),
    neighborhood: line(),
    municipality: line(),
    state: line(),
    postal_code: z.string().check(
      z.trim(),
      z.refine((text) => text === '' || /^\d{5}$/.test(text), common('form.postalCode')),
    ),
  });
}

/** What is wrong with a CURP, in words; an empty one is right. */
export function curpFault(curp: string, today: string): string | undefined {
  if (curp === '') return undefined;
  const found = parseCurp(curp, today);
  return 'fault' in found ? t(`curp.faults.${found.fault}`) : undefined;
}

/** The same while it is being typed: too short is no fault yet. */
export function curpFaultSoFar(curp: string, today: string): string | undefined {
  return curp.length < CURP_LENGTH ? undefined : curpFault(curp, today);
}

function birthFault(birthDate: string, today: string): string | undefined {
  if (birthDate === '') return undefined;
  if (!splitDate(birthDate)) return common('form.date');
  if (birthDate > today) return t('birth.future');
  return (yearsOld(birthDate, today) ?? 0) > OLDEST ? t('birth.tooOld') : undefined;
}

function required(path: string, text: string): Fault[] {
  return text.trim() === '' ? [{ path, message: common('form.required') }] : [];
}

function contactFaults(path: string, contact: ContactValues, needsPhone: boolean): Fault[] {
  return [
    ...required(`${path}.full_name`, contact.full_name),
    ...required(`${path}.relationship`, contact.relationship),
    ...(needsPhone ? required(`${path}.phone`, contact.phone) : []),
  ];
}

const ADDRESS_REQUIRED = ['postal_code', 'street', 'exterior_number', 'neighborhood', 'municipality', 'state'] as const;

function addressFaults(address: PatientValues['address']): Fault[] {
  return ADDRESS_REQUIRED.flatMap((name) => required(`address.${name}`, address[name]));
}

/**
 * What must be there. A provisional identity may lack everything but the sex: care is not refused
 * for want of a name.
 */
function missing(values: PatientValues, today: string): Fault[] {
  const { representative, emergency_contact: emergency, address } = values;
  const provisional = values.identity_status === 'provisional';
  const needsRepresentative = !provisional && isMinor(values.birth_date, today);
  return [
    ...(provisional ? [] : required('birth_date', values.birth_date)),
    ...(provisional ? [] : required('given_names', values.given_names)),
    ...(provisional ? [] : required('first_surname', values.first_surname)),
    ...required('sex', values.sex),
    ...(needsRepresentative || isWritten(representative) ? contactFaults('representative', representative, false) : []),
    ...(provisional && !isWritten(address) ? [] : addressFaults(address)),
    ...(isWritten(emergency) ? contactFaults('emergency_contact', emergency, true) : []),
  ];
}

/** The rules that look at the day or at several fields. */
function faultsTogether(values: PatientValues, today: string): Fault[] {
  const judged = [
    { path: 'curp', message: curpFault(values.curp, today) },
    { path: 'birth_date', message: birthFault(values.birth_date, today) },
  ];
  const wrong = judged.flatMap(({ path, message }) => (message === undefined ? [] : [{ path, message }]));
  return [...wrong, ...missing(values, today)];
}

/** The form's schema on a given day (`YYYY-MM-DD`), since ages decide what is required. */
export function patientSchema(today: string) {
  return z
    .object({
      curp: z.string(),
      birth_date: z.string(),
      given_names: optionalText(LONGEST_NAME),
      first_surname: optionalText(LONGEST_NAME),
      second_surname: optionalText(LONGEST_NAME),
      sex: z.string(),
      state_of_birth: z.string(),
      blood_type: z.string(),
      identity_status: z.string(),
      gender: optionalText(LONGEST_SHORT),
      occupation: optionalText(LONGEST_LINE),
      marital_status: optionalText(LONGEST_SHORT),
      phone: optionalPhone(),
      email: optionalEmail(),
      address: addressSchema(),
      representative: contactSchema(),
      emergency_contact: contactSchema(),
    })
    .check(
      z.superRefine((values, context) => {
        for (const { path, message } of faultsTogether(values, today)) {
          context.addIssue({ code: 'custom', path: path.split('.'), message });
        }
      }),
    );
}

/** All that stops the saving, in no particular order. */
export function patientFaults(values: PatientValues, today: string): Fault[] {
  const result = patientSchema(today).safeParse(values);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}
