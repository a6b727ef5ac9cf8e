import { describe, expect, it } from 'vitest';
import { instantOf, readTime } from './when';

describe('the moment of a measurement', () => {
  it.each([
    ['9:31', 571],
    ['09:31', 571],
    ['0931', 571],
    ['23.05', 1385],
    ['24:00', undefined],
    ['9', undefined],
    ['', undefined],
  ])('reads the hour %s', (text, minutes) => {
    expect(readTime(text)).toBe(minutes);
  });

  it('is by the clock of the office, also when clocks change that day', () => {
    expect(instantOf('2026-11-23', '09:31', 'America/Mexico_City')).toBe('2026-11-23T15:31:00.000Z');
    expect(instantOf('2026-03-08', '01:30', 'America/Tijuana')).toBe('2026-03-08T09:30:00.000Z');
    expect(instantOf('2026-03-08', '09:30', 'America/Tijuana')).toBe('2026-03-08T16:30:00.000Z');
    expect(instantOf('2026-02-30', '09:30', 'America/Tijuana')).toBeUndefined();
  });
});
