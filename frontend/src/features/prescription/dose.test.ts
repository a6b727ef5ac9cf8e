import { describe, expect, it } from 'vitest';
import { parseAmount, readDose, readDuration, readFrequency } from './dose';
import { packagesFor, sayQuantity, withCount } from './product';
import { inWords } from './words';

describe('the amount of a dose', () => {
  it.each([
    ['1', 1],
    ['2,5', 2.5],
    ['2.5', 2.5],
    ['1/2', 0.5],
    ['½', 0.5],
    ['1½', 1.5],
    ['1 1/2', 1.5],
  ])('%s', (typed, value) => {
    expect(parseAmount(typed)).toBe(value);
  });

  it.each(['', '0', '1/0', 'media', '1 2', '-1', '1/2/3'])('«%s» is none', (typed) => {
    expect(parseAmount(typed)).toBeUndefined();
  });
});

describe('a dose as it is typed', () => {
  it.each([
    ['1', 'tableta', '1 tableta', { dose_amount: '1', dose_unit: 'tableta' }],
    ['2', 'tableta', '2 tabletas', { dose_amount: '2', dose_unit: 'tableta' }],
    ['2 tabletas', 'tableta', '2 tabletas', { dose_amount: '2', dose_unit: 'tableta' }],
    ['1/2 tableta', 'tableta', '1/2 tableta', { dose_amount: '1/2', dose_unit: 'tableta' }],
    ['½', 'tableta', '1/2 tableta', { dose_amount: '1/2', dose_unit: 'tableta' }],
    ['7,5', 'mL', '7,5 mL', { dose_amount: '7,5', dose_unit: 'mL' }],
    ['10 mg/kg', 'mL', '10 mg/kg', { dose_amount: '10', dose_unit: 'mg/kg' }],
    ['una cucharada', 'mL', 'una cucharada', {}],
  ])('%s of a product in %s', (typed, unit, text, numbers) => {
    expect(readDose(typed, unit)).toEqual({ text, numbers });
  });
});

describe('a frequency as it is typed', () => {
  it.each([
    ['8', 'Cada 8 horas', { every_hours: 8 }],
    ['c/12 h', 'Cada 12 horas', { every_hours: 12 }],
    ['cada 24 horas', 'Cada 24 horas', { every_hours: 24 }],
    ['cada hora', 'Cada hora', { every_hours: 1 }],
    ['3 veces al día', '3 veces al día', { times_per_day: 3 }],
    ['una vez al día', '1 vez al día', { times_per_day: 1 }],
    ['8 prn', 'Cada 8 horas, en caso necesario', { every_hours: 8, as_needed: true }],
    ['cada 6 horas si hay fiebre', 'Cada 6 horas, si hay fiebre', { every_hours: 6, as_needed: true }],
    ['antes de dormir', 'Antes de dormir', {}],
  ])('%s', (typed, text, numbers) => {
    expect(readFrequency(typed)).toEqual({ text, numbers });
  });
});

describe('a duration as it is typed', () => {
  it.each([
    ['7', '7 días', { duration_days: 7 }],
    ['1', '1 día', { duration_days: 1 }],
    ['2 semanas', '2 semanas', { duration_days: 14 }],
    ['3 meses', '3 meses', { duration_days: 90 }],
    ['uso continuo', 'Uso continuo', { continuous: true }],
    ['hasta nueva valoración', 'hasta nueva valoración', {}],
    ['0', '0', {}],
  ])('%s', (typed, text, numbers) => {
    expect(readDuration(typed)).toEqual({ text, numbers });
  });
});

describe('the packages of a treatment', () => {
  const every12 = { dose_amount: '1', dose_unit: 'tableta', every_hours: 12 };
  const packed = withCount('tableta 850 mg', '30');

  it('says how much a package holds', () => {
    expect(packed).toBe('Caja con 30 tabletas de 850 mg');
    expect(withCount(packed, '60')).toBe('Caja con 60 tabletas de 850 mg');
    expect(withCount(packed, '')).toBe('tableta 850 mg');
    expect(withCount('suspensión oral 250 mg/5 mL', '60')).toBe('Frasco con 60 mL de 250 mg/5 mL');
  });

  it('counts whole packages, a month of continuous use', () => {
    expect(packagesFor({ ...every12, duration_days: 60 }, packed)).toBe(4);
    expect(packagesFor({ ...every12, duration_days: 61 }, packed)).toBe(5);
    expect(packagesFor({ ...every12, continuous: true }, packed)).toBe(2);
    const spoon = { dose_amount: '7,5', dose_unit: 'mL', every_hours: 8, duration_days: 7 };
    expect(packagesFor(spoon, 'Frasco con 60 mL de 250 mg/5 mL')).toBe(3);
  });

  it('does not guess what it cannot know', () => {
    expect(packagesFor({ ...every12, duration_days: 60 }, 'tableta 850 mg')).toBeUndefined();
    expect(packagesFor({ ...every12, dose_unit: 'mg/kg', duration_days: 5 }, packed)).toBeUndefined();
    expect(packagesFor(every12, packed)).toBeUndefined();
  });

  it('says a quantity in figures and words', () => {
    expect(sayQuantity(4, packed)).toBe('4 (cuatro) cajas');
    expect(sayQuantity(1, packed)).toBe('1 (una) caja');
    expect(sayQuantity(21, 'Frasco con 60 mL')).toBe('21 (veintiún) frascos');
    expect(sayQuantity(1, 'tableta 850 mg')).toBe('1 (un) envase');
    expect(sayQuantity(0, packed)).toBe('');
  });
});

it.each([
  [21, true, 'veintiuna'],
  [100, false, 'cien'],
  [101, true, 'ciento una'],
  [231, true, 'doscientas treinta y una'],
  [1000, false, 'mil'],
  [2021, true, 'dos mil veintiuna'],
])('%d in words', (n, isFeminine, words) => {
  expect(inWords(n, isFeminine)).toBe(words);
});
