import { describe, expect, it } from 'vitest';
import { differences, mergeParts, suggestedSide } from '@/lib/drafts/merge';
import {
  fingerprint,
  fittedTo,
  hasContent,
  isEmpty,
  isWhole,
  partsOf,
  toBody,
  toContent,
  withAnswer,
  withText,
  type NoteSection,
} from './note';

const exam: NoteSection = { key: 'physical_exam', title: 'Exploración física', kind: 'text', required: true, omissions: ['no_valorable'] };
const plan: NoteSection = { key: 'plan', title: 'Tratamiento', kind: 'plan', required: true, omissions: [] };
const diagnoses: NoteSection = { key: 'diagnoses', title: 'Diagnósticos', kind: 'diagnoses', required: true, omissions: [] };
const empty = toContent({});
const diabetes = { code: 'E11.9', label: 'Diabetes mellitus tipo 2', kind: 'principal' as const };
const pressure = { code: 'I10', label: 'Hipertensión esencial', kind: 'principal' as const };

describe('a note as it is written', () => {
  it('goes to the server without what is empty and without what cannot be', () => {
    const content = { ...withText(empty, exam, '  '), vitals: { temperature: '98', heart_rate: '78' } };
    expect(toBody(content)).toMatchObject({ sections: {}, vital_signs: { heart_rate: 78 } });
    expect(isWhole(content)).toBe(false);
  });

  it('is the same to the server whatever the order of its keys', () => {
    const one = toContent({ sections: { a: '1', b: '2' }, vital_signs: { systolic: 120, diastolic: 80 } });
    const other = toContent({ sections: { b: '2', a: '1' }, vital_signs: { diastolic: 80, systolic: 120 } });
    expect(fingerprint(one)).toBe(fingerprint(other));
    expect(fingerprint(withText(one, exam, 'Algo'))).not.toBe(fingerprint(one));
  });

  it('has either a text or an answer in a section', () => {
    const answered = withAnswer(empty, exam.key, 'no_valorable');
    expect(answered.omissions).toEqual({ physical_exam: 'no_valorable' });
    expect(withText(answered, exam, 'Orientada').omissions).toEqual({});
    expect(hasContent(withText(empty, exam, 'Orientada'), exam)).toBe(true);
    expect(isEmpty(answered)).toBe(false);
    expect(isEmpty(empty)).toBe(true);
  });

  it('keeps in another kind of note what has a place there', () => {
    const content = toContent({ sections: { physical_exam: 'Bien.', evolution: 'Mejor.' }, omissions: { physical_exam: 'negado' }, plan: 'Dieta.' });
    expect(fittedTo(content, [exam, plan])).toMatchObject({ sections: { physical_exam: 'Bien.' }, omissions: {}, plan: 'Dieta.' });
  });

  it('joins what two windows wrote, with one principal diagnosis', () => {
    const base = withText(empty, plan, 'Dieta.');
    const mine = { ...withText(base, exam, 'Orientada.'), diagnoses: [diabetes] };
    const theirs = { ...withText(base, plan, 'Dieta y ejercicio.'), diagnoses: [pressure] };
    const found = differences(partsOf([exam, diagnoses, plan]), base, mine, theirs);
    const merged = mergeParts(mine, theirs, found, suggestedSide);
    expect(toBody(merged)).toMatchObject({
      sections: { physical_exam: 'Orientada.' },
      plan: 'Dieta y ejercicio.',
      diagnoses: [diabetes, { ...pressure, kind: 'secundario' }],
    });
  });
});
