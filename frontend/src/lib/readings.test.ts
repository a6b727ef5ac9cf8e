import { describe, expect, it } from 'vitest';
import { sayDelta, shownSeries, shownValue, type Reading, type Series } from './readings';

const at = ['2026-10-21T15:00:00Z', '2026-11-23T15:31:00Z'] as const;

function series(key: string, values: readonly (number | undefined)[], limits: Partial<Series> = {}): Series {
  const points = values.flatMap((value, index) =>
    value === undefined ? [] : [{ at: at[index] ?? '', value, reading_id: `r${String(index)}` }],
  );
  return { key, label: key, unit: '', points, ...limits };
}

describe('the series as they are shown', () => {
  it('joins both pressures of one reading and leaves a half one out', () => {
    const [pressure] = shownSeries([
      series('systolic', [146, 138], { high: 129 }),
      series('diastolic', [undefined, 86], { high: 79 }),
    ]);
    expect(pressure).toMatchObject({ key: 'blood_pressure', high: 129, highLower: 79 });
    expect(pressure?.points).toEqual([{ at: at[1], value: 138, lower: 86, readingId: 'r1' }]);
  });

  it('keeps the order of the page and leaves out what was never taken', () => {
    const shown = shownSeries([series('weight_kg', [79.2, 78.6]), series('heart_rate', [78]), series('glucose', [])]);
    expect(shown.map(({ key }) => key)).toEqual(['heart_rate', 'weight_kg']);
  });

  it('says a reading and what was not taken', () => {
    const reading = { systolic: 138, diastolic: 86, bmi: 30.7 } as Reading;
    expect(shownValue(reading, 'blood_pressure')).toBe('138/86');
    expect(shownValue(reading, 'bmi')).toBe('30.7');
    expect(shownValue(reading, 'glucose')).toBeUndefined();
  });

  it.each([
    [78.6, 79.2, '−0.6'],
    [140, 138, '+2'],
    [36.5, 36.5, '0'],
  ])('says the change from %s to %s', (now, before, words) => {
    expect(sayDelta(now, before)).toBe(words);
  });
});
