import { emptyAddress, toAddress, toAddressValues, type AddressValues } from '@/lib/address';
import type { Contact, Patient, PatientInput } from '@/lib/api/types';
import { formatPhone } from '@/lib/format';
import { absent } from '@/lib/validation';
import { relationshipLabel } from './options';

/** Somebody who answers for the patient or is called for her, as a form holds it. */
export interface ContactValues extends Record<string, string> {
  full_name: string;
  relationship: string;
  phone: string;
  email: string;
}

/** The editable part of a record as a form holds it: every text present, perhaps empty. */
export interface PatientValues extends Record<string, unknown> {
  curp: string;
  birth_date: string;
  given_names: string;
  first_surname: string;
  second_surname: string;
  sex: string;
  state_of_birth: string;
  blood_type: string;
  identity_status: string;
  gender: string;
  occupation: string;
  marital_status: string;
  phone: string;
  email: string;
  address: AddressValues;
  representative: ContactValues;
  emergency_contact: ContactValues;
}

const emptyContact: ContactValues = { full_name: '', relationship: '', phone: '', email: '' };

export const emptyPatient: PatientValues = {
  curp: '',
  birth_date: '',
  given_names: '',
  first_surname: '',
  second_surname: '',
  sex: '',
  state_of_birth: '',
  blood_type: '',
  identity_status: 'declared',
  gender: '',
  occupation: '',
  marital_status: '',
  phone: '',
  email: '',
  address: emptyAddress,
  representative: emptyContact,
  emergency_contact: emptyContact,
};

/** Whether anything was written in a part of the form. */
export function isWritten(part: Record<string, string>): boolean {
  return Object.values(part).some((text) => text.trim() !== '');
}

function toContactValues(contact: Contact | undefined): ContactValues {
  if (!contact) return emptyContact;
  return {
    full_name: contact.full_name,
    relationship: relationshipLabel(contact.relationship),
    phone: contact.phone ? formatPhone(contact.phone) : '',
    email: contact.email ?? '',
  };
}

export function toPatientValues(patient: Patient): PatientValues {
  return {
    curp: patient.curp ?? '',
    birth_date: patient.birth_date ?? '',
    given_names: patient.given_names ?? '',
    first_surname: patient.first_surname ?? '',
    second_surname: patient.second_surname ?? '',
    sex: patient.sex,
    state_of_birth: patient.state_of_birth ?? '',
    blood_type: patient.blood_type ?? '',
    identity_status: patient.identity_status,
    gender: patient.gender ?? '',
    occupation: patient.occupation ?? '',
    marital_status: patient.marital_status ?? '',
    phone: patient.phone ? formatPhone(patient.phone) : '',
    email: patient.email ?? '',
    address: toAddressValues(patient.address),
    representative: toContactValues(patient.representative),
    emergency_contact: toContactValues(patient.emergency_contact),
  };
}

function toContact(values: ContactValues): Contact | undefined {
  if (!isWritten(values)) return undefined;
  return {
    full_name: values.full_name.trim(),
    relationship: values.relationship.trim(),
    phone: absent(values.phone),
    email: absent(values.email),
  };
}

/** What the API wants: what was left empty is an absent key. */
export function toPatientInput(values: PatientValues): PatientInput {
  return {
    curp: absent(values.curp),
    birth_date: absent(values.birth_date),
    given_names: absent(values.given_names),
    first_surname: absent(values.first_surname),
    second_surname: absent(values.second_surname),
    // The lists offer these values only; anything else the server refuses beside its field.
    sex: values.sex as PatientInput['sex'],
    state_of_birth: absent(values.state_of_birth),
    blood_type: absent(values.blood_type) as PatientInput['blood_type'],
    identity_status: values.identity_status as PatientInput['identity_status'],
    gender: absent(values.gender),
    occupation: absent(values.occupation),
    marital_status: absent(values.marital_status),
    phone: absent(values.phone),
    email: absent(values.email),
    address: isWritten(values.address) ? toAddress(values.address) : undefined,
    representative: toContact(values.representative),
    emergency_contact: toContact(values.emergency_contact),
  };
}
