import { describe, expect, it } from 'vitest';
import { bodyMassIndex, meanPressure, parseNumber, readMeasures, typedMeasures } from './measures';

describe('vital signs as they are typed', () => {
  it.each([
    ['36,5', 36.5],
    ['36.5', 36.5],
    [' 120 ', 120],
    ['.5', 0.5],
    ['120/80', undefined],
    ['doce', undefined],
    ['-3', undefined],
    ['1e3', undefined],
  ])('reads %s as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    ['temperature', '98', /Parece Fahrenheit.*36\.7/],
    ['height_cm', '1.65', /Parece estar en metros.*165 cm/],
    ['weight_kg', '0', /Debe estar entre/],
    ['heart_rate', '78.5', /número entero/],
    ['heart_rate', 'normal', /solo el número/],
  ] as const)('refuses %s of %s and says why', (key, text, message) => {
    const { faults, set } = readMeasures({ [key]: text });
    expect(faults[key]).toMatch(message);
    expect(set).toEqual({});
  });

  it('asks again about what is possible and rare, and keeps it', () => {
    const { warnings, faults, set } = readMeasures({ systolic: '232', diastolic: '120' });
    expect(warnings.systolic).toMatch(/poco común/);
    expect(faults).toEqual({});
    expect(set).toEqual({ systolic: 232, diastolic: 120 });
  });

  it('asks for the other half of a pressure and sends none that is upside down', () => {
    expect(readMeasures({ systolic: '120' })).toMatchObject({ set: { systolic: 120 }, faults: { diastolic: expect.stringContaining('Falta') as string } });
    expect(readMeasures({ systolic: '80', diastolic: '120' })).toMatchObject({ set: {}, faults: { systolic: expect.stringContaining('mayor') as string } });
  });

  it('computes the body mass index and the mean pressure', () => {
    expect(bodyMassIndex({ weight_kg: 78.6, height_cm: 160 })).toBe(30.7);
    expect(meanPressure({ systolic: 138, diastolic: 86 })).toBe(103);
    expect(bodyMassIndex({ weight_kg: 78.6 })).toBeUndefined();
  });

  it('goes to text and back unchanged', () => {
    const set = { systolic: 120, diastolic: 80, weight_kg: 3.415 };
    expect(readMeasures(typedMeasures(set)).set).toEqual(set);
  });
});
