import { formatDate } from '@/lib/format';
import { stateName } from '@/lib/states';
import {
  BLOOD_OPTIONS,
  birthplaceLabel,
  IDENTITY_OPTIONS,
  labelOf,
  sexLabel,
} from './options';
import { t } from './t';
import type { PatientValues } from './values';

/** One field of the form outside the form: in the list of what is missing, in a comparison. */
export interface FieldInfo {
  path: string;
  label: string;
  /** The label inside a card that already says whose it is. */
  shortLabel?: string;
  /** The value in words; an empty value is an empty text. */
  say: (value: string) => string;
}

const same = (value: string) => value;
const plain = (path: string, label: string): FieldInfo => ({ path, label, say: same });

function addressField(name: string, label: string): FieldInfo {
  return { path: `address.${name}`, label, say: name === 'state' ? stateName : same };
}

function contactFields(part: 'representative' | 'emergency_contact'): FieldInfo[] {
  const who = t(`fields.${part}`);
  const of = (name: string, field: string): FieldInfo => ({
    ...plain(`${part}.${name}`, t('fields.of', { field, who })),
    shortLabel: field,
  });
  return [
    of('full_name', t('fields.contact_full_name')),
    of('relationship', t('fields.contact_relationship')),
    of('phone', t('fields.contact_phone')),
    of('email', t('fields.contact_email')),
  ];
}

/** Every field, in the order of the page. */
export const PATIENT_FIELDS: readonly FieldInfo[] = [
  plain('curp', t('fields.curp')),
  { path: 'birth_date', label: t('fields.birth_date'), say: formatDate },
  plain('given_names', t('fields.given_names')),
  plain('first_surname', t('fields.first_surname')),
  plain('second_surname', t('fields.second_surname')),
  { path: 'sex', label: t('fields.sex'), say: sexLabel },
  { path: 'state_of_birth', label: t('fields.state_of_birth'), say: birthplaceLabel },
  { path: 'blood_type', label: t('fields.blood_type'), say: (value) => labelOf(BLOOD_OPTIONS, value) },
  ...contactFields('representative'),
  plain('phone', t('fields.phone')),
  plain('email', t('fields.email')),
  addressField('postal_code', t('fields.address_postal_code')),
  addressField('street', t('fields.address_street')),
  addressField('exterior_number', t('fields.address_exterior_number')),
  addressField('interior_number', t('fields.address_interior_number')),
  addressField('neighborhood', t('fields.address_neighborhood')),
  addressField('municipality', t('fields.address_municipality')),
  addressField('state', t('fields.address_state')),
  { path: 'identity_status', label: t('fields.identity_status'), say: (value) => labelOf(IDENTITY_OPTIONS, value) },
  plain('marital_status', t('fields.marital_status')),
  plain('occupation', t('fields.occupation')),
  plain('gender', t('fields.gender')),
  ...contactFields('emergency_contact'),
];

/** The text at a path of the form's values. */
export function valueAt(values: PatientValues, path: string): string {
  const [head = '', tail] = path.split('.');
  const found = values[head];
  if (tail === undefined) return typeof found === 'string' ? found : '';
  return typeof found === 'object' && found !== null ? ((found as Record<string, string>)[tail] ?? '') : '';
}

/** The values with one text replaced. */
export function withValueAt(values: PatientValues, path: string, text: string): PatientValues {
  const [head = '', tail] = path.split('.');
  if (tail === undefined) return { ...values, [head]: text };
  return { ...values, [head]: { ...(values[head] as Record<string, string>), [tail]: text } };
}
