import { describe, expect, it } from 'vitest';
import { greet, joinWords, sayDay } from './words';

const PUEBLA = 'America/Mexico_City';
const TIJUANA = 'America/Tijuana';

describe('the words of the day', () => {
  it('says the day of the week', () => {
    expect(sayDay('2026-11-23')).toBe('Lunes 23 de noviembre');
    expect(sayDay('2026-01-01')).toBe('Jueves 1 de enero');
  });

  it.each([
    ['2026-11-23T16:24:00Z', PUEBLA, 'Buenos días, Sofía Núñez.'],
    ['2026-11-23T18:00:00Z', PUEBLA, 'Buenas tardes, Sofía Núñez.'],
    ['2026-11-23T18:00:00Z', TIJUANA, 'Buenos días, Sofía Núñez.'],
    ['2026-11-24T01:00:00Z', PUEBLA, 'Buenas noches, Sofía Núñez.'],
    ['2026-11-23T09:00:00Z', PUEBLA, 'Buenas noches, Sofía Núñez.'],
    ['2026-11-23T11:00:00Z', PUEBLA, 'Buenos días, Sofía Núñez.'],
  ])('greets at %s in %s by the clock of the office', (now, zone, words) => {
    expect(greet('Sofía Núñez', zone, new Date(now))).toBe(words);
  });

  it('joins what is missing', () => {
    expect(joinWords(['plan', 'pronóstico'])).toBe('plan y pronóstico');
  });
});
