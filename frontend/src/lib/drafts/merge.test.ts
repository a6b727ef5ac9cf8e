import { describe, expect, it } from 'vitest';
import { compareTexts } from './diff';
import { differences, mergeParts, suggestedSide, type Part } from './merge';

type Note = Record<'plan' | 'prognosis', string>;

const part = (key: keyof Note): Part<Note> => ({
  key,
  title: key,
  say: (content) => content[key],
  take: (into, from) => ({ ...into, [key]: from[key] }),
  join: (into, mine, theirs) => ({ ...into, [key]: `${mine[key]}\n${theirs[key]}` }),
});
const parts = [part('plan'), part('prognosis')];
const base: Note = { plan: 'Reposo.', prognosis: 'Bueno.' };

describe('two versions of a text', () => {
  it('disagree only where they differ, and it is known who changed what', () => {
    const mine = { plan: 'Reposo y líquidos.', prognosis: 'Bueno.' };
    const theirs = { plan: 'Reposo.', prognosis: 'Reservado.' };
    const found = differences(parts, base, mine, theirs);
    expect(found.map(({ part: { key }, changedBy }) => [key, changedBy])).toEqual([
      ['plan', 'mine'],
      ['prognosis', 'theirs'],
    ]);
    expect(mergeParts(mine, theirs, found, suggestedSide)).toEqual({
      plan: 'Reposo y líquidos.',
      prognosis: 'Reservado.',
    });
  });

  it('keep the words of both where both wrote', () => {
    const mine = { ...base, plan: 'Mía.' };
    const theirs = { ...base, plan: 'Otra.' };
    const found = differences(parts, base, mine, theirs);
    expect(mergeParts(mine, theirs, found, suggestedSide).plan).toBe('Mía.\nOtra.');
    expect(mergeParts(mine, theirs, found, () => 'theirs').plan).toBe('Otra.');
  });

  it('are marked word by word', () => {
    const { one, other } = compareTexts('Losartán 50 mg cada 24 h', 'Losartán 100 mg cada 24 h');
    expect(one.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['50']);
    expect(other.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['100']);
    const rejoined = [one, other].map((pieces) => pieces.map(({ text }) => text).join(''));
    expect(rejoined).toEqual(['Losartán 50 mg cada 24 h', 'Losartán 100 mg cada 24 h']);
  });

  it('are marked as a whole when they are enormous', () => {
    const long = 'palabra '.repeat(5_000);
    expect(compareTexts(long, `${long}fin`).one).toEqual([{ text: long, changed: true }]);
  });
});
