import { PATIENT_FIELDS, valueAt, withValueAt, type FieldInfo } from '@/components/clinical/patient-form/fields';
import type { PatientValues } from '@/components/clinical/patient-form/values';

export type Side = 'mine' | 'theirs';

/** One field in which two versions of a record do not agree. */
export interface Difference {
  field: FieldInfo;
  mine: string;
  theirs: string;
  /** Who moved away from what both began with. */
  changedBy: Side | 'both';
}

function compare(field: FieldInfo, base: PatientValues, mine: PatientValues, theirs: PatientValues) {
  const [was, own, other] = [base, mine, theirs].map((values) => valueAt(values, field.path).trim()) as [
    string,
    string,
    string,
  ];
  if (own === other) return [];
  const changedBy = own === was ? 'theirs' : other === was ? 'mine' : 'both';
  return [{ field, mine: own, theirs: other, changedBy } satisfies Difference];
}

/** The fields in which two versions disagree, in the order of the page. */
export function differences(base: PatientValues, mine: PatientValues, theirs: PatientValues): Difference[] {
  return PATIENT_FIELDS.flatMap((field) => compare(field, base, mine, theirs));
}

/** What each side changed alone stays; where both did, one's own is offered first. */
export function suggestedSide({ changedBy }: Difference): Side {
  return changedBy === 'theirs' ? 'theirs' : 'mine';
}

/** One's own version with the chosen fields of the other. */
export function merge(
  mine: PatientValues,
  found: readonly Difference[],
  sideOf: (difference: Difference) => Side,
): PatientValues {
  return found.reduce(
    (values, difference) =>
      sideOf(difference) === 'theirs' ? withValueAt(values, difference.field.path, difference.theirs) : values,
    mine,
  );
}
