import { describe, expect, it } from 'vitest';
import phrases from '@/locales/es-MX/phrases.json';
import { phrasesFor, usualPhrase } from './phrases';
import { answersTo, appendPhrase, insertPhrase, moveFields, nextField, readPhrase, slashAt } from './slash';

const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return slashAt(marked.replace('|', ''), caret);
};

describe('a command in the text', () => {
  it.each([
    ['/pie|', 'pie'],
    ['Pulsos presentes. /pie nor|', 'pie nor'],
    ['línea\n/|', ''],
    ['(/nor|', 'nor'],
  ])('is found in %s', (text, query) => {
    expect(at(text)?.query).toBe(query);
  });

  it.each(['TA 120/80|', 'y/o|', 'sin barra|', '/ pie|', '/pie\n|', '5/5 en|', '/pie  doble|'])(
    'is not found in %s',
    (text) => {
      expect(at(text)).toBeUndefined();
    },
  );

  it('answers to the beginnings of words, without accents', () => {
    expect(answersTo('oídos', 'oi')).toBe(true);
    expect(answersTo('pie normal', 'p n')).toBe(true);
    expect(answersTo('pie normal', 'normal')).toBe(true);
    expect(answersTo('pie normal', 'n p')).toBe(false);
    expect(phrasesFor(phrases, 'physical_exam', 'pie').map(({ name }) => name)).toEqual(['pie normal', 'pie riesgo']);
    expect(phrasesFor(phrases, 'physical_exam', 'normal')[0]?.name).toBe('normal');
    expect(phrasesFor(phrases, 'prognosis', 'pie')).toEqual([]);
    expect(usualPhrase(phrases, 'physical_exam')?.button).toBe('Exploración normal');
  });
});

describe('a phrase with fields', () => {
  const foot = 'Pies sin lesiones, sensibilidad {conservada}, pulsos {presentes}.';

  it('takes the place of its command with the first field selected', () => {
    const text = 'Antes /pie después';
    const put = insertPhrase(text, { start: 6, end: 10 }, readPhrase(foot));
    expect(put.text).toBe('Antes Pies sin lesiones, sensibilidad conservada, pulsos presentes. después');
    expect(put.text.slice(put.selection.start, put.selection.end)).toBe('conservada');
  });

  it('comes behind what stands there', () => {
    expect(appendPhrase('Algo.', readPhrase('Más.')).text).toBe('Algo. Más.');
    expect(appendPhrase('', readPhrase('Más.')).text).toBe('Más.');
  });

  it('keeps its fields while one writes in them, and Tab leads from one to the next', () => {
    const { text, fields } = readPhrase(foot);
    const first = fields[0] ?? { start: 0, end: 0 };
    const typed = 'disminuida en pie izquierdo';
    const after = text.slice(0, first.start) + typed + text.slice(first.end);
    const moved = moveFields(fields, text, after, first.start + typed.length);
    expect(moved.map(({ start, end }) => after.slice(start, end))).toEqual([typed, 'presentes']);
    const caret = first.start + typed.length;
    const next = nextField(moved, { start: caret, end: caret });
    expect(after.slice(next?.start, next?.end)).toBe('presentes');
    expect(next && nextField(moved, next)).toBeUndefined();
  });

  it('follows what is written before it and forgets a field that is erased across its edge', () => {
    const { text, fields } = readPhrase(foot);
    const before = `Hoy: ${text}`;
    expect(moveFields(fields, text, before, 5).map(({ start, end }) => before.slice(start, end))).toEqual([
      'conservada',
      'presentes',
    ]);
    const from = (fields[0]?.start ?? 0) - 3;
    const cut = text.slice(0, from) + text.slice((fields[0]?.start ?? 0) + 2);
    expect(moveFields(fields, text, cut, from).map(({ start, end }) => cut.slice(start, end))).toEqual(['presentes']);
  });
});
