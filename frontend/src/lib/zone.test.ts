import { describe, expect, it } from 'vitest';
import { addDays, startOfDay } from './zone';

describe('startOfDay', () => {
  it('gives the midnight of the office, not that of Greenwich', () => {
    expect(startOfDay('2026-11-23', 'America/Mexico_City')).toBe('2026-11-23T06:00:00.000Z');
    expect(startOfDay('2026-11-23', 'America/Tijuana')).toBe('2026-11-23T08:00:00.000Z');
  });

  it('holds on the days when the clocks change', () => {
    expect(startOfDay('2026-03-08', 'America/Tijuana')).toBe('2026-03-08T08:00:00.000Z');
    expect(startOfDay('2026-03-09', 'America/Tijuana')).toBe('2026-03-09T07:00:00.000Z');
    expect(startOfDay('2026-11-02', 'America/Tijuana')).toBe('2026-11-02T08:00:00.000Z');
  });

  it('refuses what is no date', () => {
    expect(startOfDay('2026-02-30', 'America/Mexico_City')).toBeUndefined();
  });
});

describe('addDays', () => {
  it('crosses months and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});
