import { describe, expect, it } from 'vitest';
import { normalizeCurp, parseCurp } from './curp';
import { disagreeingNames } from './curp-names';

const TODAY = '2026-11-23';

function curpOf(text: string) {
  const found = parseCurp(text, TODAY);
  if ('fault' in found) throw new Error(found.fault);
  return found.curp;
}

/** Completes the first 17 characters with the digit that fits. */
function withCheckDigit(start: string): string {
  const digit = Array.from('0123456789').find((last) => 'curp' in parseCurp(start + last, TODAY));
  return start + (digit ?? '');
}

describe('a CURP', () => {
  it.each([
    ['HEGG560427MVZRRL04', '1956-04-27', 'M', '30'],
    ['SASO750909HDFNNS05', '1975-09-09', 'H', '09'],
    ['ZUNA540308MNELTN05', '1954-03-08', 'M', 'NE'],
    [' oovf 800814 mplrlr00', '1980-08-14', 'M', '21'],
  ])('%s tells birth date, sex and state', (text, birthDate, sex, state) => {
    expect(curpOf(text)).toMatchObject({ birthDate, sex, state });
  });

  it.each([
    ['HEGG560427MVZRRL0', 'length'],
    ['HEGG560427MVZRRL03', 'check_digit'],
    ['HEGG560427MVZRRLO4', 'future'],
    ['HEGG560427MXXRRL04', 'format'],
    ['HZGG560427MVZRRL04', 'format'],
    ['HEGG560230MVZRRL04', 'date'],
    ['HEGG010229MVZRRL04', 'date'],
    ['XEXX010101HNEXXXA4', 'generic'],
  ])('%s is refused for its %s', (text, fault) => {
    expect(parseCurp(text, TODAY)).toEqual({ fault });
  });

  it('is read without blanks and invisible marks', () => {
    expect(normalizeCurp('\u200bsaso 750909 hdfnns05\u00a0')).toBe('SASO750909HDFNNS05');
  });
});

describe('names beside a CURP', () => {
  const orozco = curpOf('OOVF800814MPLRLR00');
  const names = { given_names: 'María Fernanda', first_surname: 'Orozco', second_surname: 'Villaseñor' };

  it('agree when they are the ones of the document', () => {
    expect(disagreeingNames(orozco, names)).toEqual([]);
  });

  it('are not compared while they are empty', () => {
    expect(disagreeingNames(orozco, { given_names: '', first_surname: '', second_surname: '' })).toEqual([]);
  });

  it('disagree one by one', () => {
    expect(disagreeingNames(orozco, { ...names, first_surname: 'Ramos' })).toEqual(['first_surname']);
    expect(disagreeingNames(orozco, { ...names, second_surname: 'Pérez' })).toEqual(['second_surname']);
    expect(disagreeingNames(orozco, { ...names, given_names: 'Lucía' })).toEqual(['given_names']);
  });

  it('leave out particles and a first María or José', () => {
    const hernandez = curpOf('HEGG560427MVZRRL04');
    const called = { given_names: 'María Gloria', first_surname: 'de la Hernández', second_surname: 'García y' };
    expect(disagreeingNames(hernandez, called)).toEqual([]);
  });

  it('agree where the registry hides a word with an X', () => {
    const perez = curpOf(withCheckDigit('PXDO800101HDFRZS0'));
    const called = { given_names: 'Óscar', first_surname: 'Pérez', second_surname: 'Díaz' };
    expect(disagreeingNames(perez, called)).toEqual([]);
  });

  it('take ñ for an X and a sign as an X or as nothing', () => {
    const nunez = curpOf(withCheckDigit('XUOF800101MDFXFR0'));
    const called = { given_names: 'Fernanda', first_surname: 'Ñúñez', second_surname: 'O’Farrill' };
    expect(disagreeingNames(nunez, called)).toEqual([]);
  });
});
