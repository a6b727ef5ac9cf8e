import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import type { PatientInput } from '@/lib/api/types';
import { parseCurp } from '@/lib/curp';
import { splitDate } from '@/lib/dates';
import { absent, isPhone } from '@/lib/validation';
import { duplicatesQuery } from '../api';

/** Longer than for a search: each question is an act the trail keeps. */
const DEBOUNCE_MS = 400;

/** What is complete enough to recognise somebody by; undefined while nothing is. */
function cluesOf(values: PatientValues, today: string): PatientInput | undefined {
  const curp = 'curp' in parseCurp(values.curp, today) ? values.curp : undefined;
  const phone = isPhone(values.phone) ? values.phone : undefined;
  const named = values.given_names.trim() !== '' && values.first_surname.trim() !== '';
  const person = named && splitDate(values.birth_date) !== undefined;
  if (curp === undefined && phone === undefined && !person) return undefined;
  const names = {
    given_names: absent(values.given_names),
    first_surname: absent(values.first_surname),
    second_surname: absent(values.second_surname),
    birth_date: values.birth_date,
  };
  return { sex: values.sex as PatientInput['sex'], curp, phone, ...(person ? names : {}) };
}

/** The records that may be of the person being typed, without those that were said to be somebody else's. */
export function useDuplicates(values: PatientValues, today: string) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const [clues] = useDebouncedValue(JSON.stringify(cluesOf(values, today) ?? null), DEBOUNCE_MS);
  const asked = (JSON.parse(clues) ?? undefined) as PatientInput | undefined;
  const found = useQuery(duplicatesQuery(asked)).data?.items ?? [];
  return {
    all: asked === undefined ? [] : found,
    shown: asked === undefined ? [] : found.filter((item) => !dismissed.includes(item.id)),
    dismiss: (id: string) => {
      setDismissed((before) => [...before, id]);
    },
  };
}
