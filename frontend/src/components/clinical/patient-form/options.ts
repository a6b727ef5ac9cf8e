import { STATES, stateName } from '@/lib/states';
import { plain } from '@/lib/text';
import { t } from './t';

interface Option {
  value: string;
  label: string;
}

const SEXES = ['M', 'H', 'I'] as const;
const IDENTITY = ['declared', 'verified', 'provisional'] as const;
const BLOOD = ['O+', 'O-', 'A+', 'A-', 'B+', 'B-', 'AB+', 'AB-'];
const MARITAL = ['single', 'married', 'union', 'separated', 'divorced', 'widowed'] as const;
const RELATIONSHIPS = [
  'mother',
  'father',
  'guardianF',
  'guardianM',
  'grandmother',
  'grandfather',
  'sister',
  'brother',
  'daughter',
  'son',
  'wife',
  'husband',
  'partner',
  'aunt',
  'uncle',
  'friend',
  'other',
] as const;

/** Born outside Mexico, in the place of a state's code. */
const BORN_ABROAD = 'NE';

export const SEX_OPTIONS: Option[] = SEXES.map((value) => ({ value, label: t(`sex.${value}`) }));

export const IDENTITY_OPTIONS: Option[] = IDENTITY.map((value) => ({ value, label: t(`identity_status.${value}`) }));

/** With the sign a person reads: «O−», not a hyphen. */
export const BLOOD_OPTIONS: Option[] = BLOOD.map((value) => ({ value, label: value.replace('-', '−') }));

/** A text the API keeps as it is, so that every program reads it: the value is what is shown. */
function spoken(text: string): Option {
  return { value: text, label: text };
}

/** Civil status in the words that fit the person. */
export function maritalOptions(sex: string): Option[] {
  const form = sex === 'M' || sex === 'H' ? sex : 'I';
  return MARITAL.map((status) => spoken(t(`marital_status.${status}.${form}`)));
}

export const RELATIONSHIP_OPTIONS: Option[] = RELATIONSHIPS.map((key) => spoken(t(`relationship.${key}`)));

/** A relationship in our words when it is one of them («madre» is «Madre»), else as it was written. */
export function relationshipLabel(relationship: string): string {
  return RELATIONSHIP_OPTIONS.find(({ value }) => plain(value) === plain(relationship))?.value ?? relationship;
}

export const BIRTHPLACE_OPTIONS: Option[] = [...STATES, { value: BORN_ABROAD, label: t('bornAbroad') }];

/** The words of a value; the value itself when another program wrote something of its own. */
export function labelOf(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value;
}

/** The options and, where another program wrote something of its own, that too. */
export function withCurrent(options: readonly Option[], value: string): readonly Option[] {
  return value === '' || options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value }];
}

export function sexLabel(sex: string): string {
  return labelOf(SEX_OPTIONS, sex);
}

export function birthplaceLabel(code: string): string {
  return code === BORN_ABROAD ? t('bornAbroad') : stateName(code);
}
