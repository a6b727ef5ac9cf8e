import type { Banner } from '@/lib/chart';
import { t } from './t';

/** How the person whose data they are is named in a sentence. */
export interface Who {
  /** «la paciente» */
  name: string;
  /** «ella» */
  pronoun: string;
}

/** The words for a patient by biological sex; «la persona» while it says neither. */
export function whoIs(sex: string | undefined): Who {
  const key = sex === 'H' || sex === 'M' ? sex : 'other';
  return { name: t(`who.${key}.name`), pronoun: t(`who.${key}.pronoun`) };
}

/** The first letter as at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('es-MX') + text.slice(1);
}

/** Where a request goes: to the patient, or to who answers for a minor. */
export interface Recipient {
  isRepresentative: boolean;
  name: string;
  relationship: string | undefined;
  phone: string | undefined;
}

export function recipientOf(patient: Banner): Recipient {
  if (!patient.minor) {
    return { isRepresentative: false, name: '', relationship: undefined, phone: patient.phone };
  }
  const { representative } = patient;
  return {
    isRepresentative: true,
    name: representative?.full_name ?? '',
    relationship: representative?.relationship,
    phone: representative?.phone,
  };
}
