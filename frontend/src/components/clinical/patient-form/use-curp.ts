import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { normalizeCurp, parseCurp, type Curp } from '@/lib/curp';
import { disagreeingNames } from '@/lib/curp-names';
import { t } from './t';
import type { PatientValues } from './values';

/** What a CURP tells about a person. */
type ToldField = 'birth_date' | 'sex' | 'state_of_birth';
type Told = Partial<Record<ToldField, string>>;

const TOLD: readonly ToldField[] = ['birth_date', 'sex', 'state_of_birth'];

function told(curp: Curp | undefined): Told {
  if (!curp) return {};
  // X says nothing about the biological sex.
  const sex = curp.sex === 'X' ? {} : { sex: curp.sex };
  return { birth_date: curp.birthDate, state_of_birth: curp.state, ...sex };
}

function readCurp(text: string, today: string): Curp | undefined {
  const found = parseCurp(text, today);
  return 'curp' in found ? found.curp : undefined;
}

function disagrees(curp: Curp, values: PatientValues, field: ToldField): boolean {
  const says = told(curp)[field];
  // Intersexual is a fact of the body that no CURP can carry.
  if (field === 'sex' && values.sex === 'I') return false;
  if (values[field] === '' || says === undefined) return false;
  return values[field] !== says;
}

/** Where the CURP and what was typed beside it do not agree; never an error. */
function warningsOf(curp: Curp | undefined, values: PatientValues): Record<string, string> {
  if (!curp) return {};
  const fields = [...disagreeingNames(curp, values), ...TOLD.filter((field) => disagrees(curp, values, field))];
  return Object.fromEntries(fields.map((field) => [field, t(`curp.disagrees.${field}`)]));
}

/**
 * Fills birth date, sex and state of birth from a CURP as soon as it is right. What a person wrote
 * is not overwritten: if it disagrees, that is a warning beside the field.
 */
export function useCurp(form: UseFormReturnType<PatientValues>, today: string) {
  const [filled, setFilled] = useState<Told>({});
  const { values } = form;
  const curp = readCurp(values.curp, today);

  const fill = (told: Told) => {
    const next: Told = { ...filled };
    for (const field of TOLD) {
      const value = told[field];
      const ours = values[field] === '' || values[field] === filled[field];
      if (value === undefined || !ours) continue;
      form.setFieldValue(field, value);
      next[field] = value;
    }
    setFilled(next);
  };

  return {
    /** Whether the CURP is complete and its digit right. */
    isRight: curp !== undefined,
    warnings: warningsOf(curp, values),
    /** Whether a field still holds what the CURP put there. */
    isFilled: (field: ToldField) => curp !== undefined && values[field] !== '' && values[field] === filled[field],
    setCurp: (typed: string) => {
      const text = normalizeCurp(typed);
      form.setFieldValue('curp', text);
      fill(told(readCurp(text, today)));
    },
  };
}

export type CurpState = ReturnType<typeof useCurp>;
