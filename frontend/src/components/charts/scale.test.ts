import { describe, expect, it } from 'vitest';
import { rangeOf, scaleOf, ticksOf } from './scale';

describe('the axis of a chart', () => {
  it('holds the values and the limits of the band', () => {
    const { min, max } = rangeOf([142, 158], { low: 70, high: 139 });
    expect(min).toBeLessThan(70);
    expect(max).toBeGreaterThan(158);
  });

  it('gives air to a line that does not move', () => {
    const range = rangeOf([160, 160]);
    expect(scaleOf(range, 100, 0)(160)).toBeCloseTo(50);
    expect(rangeOf([0])).toEqual({ min: -1, max: 1 });
  });

  it.each([
    [{ min: 79, max: 83 }, [79, 80, 81, 82, 83]],
    [{ min: 60, max: 160 }, [60, 80, 100, 120, 140, 160]],
    [{ min: 36.1, max: 37.2 }, [36.5, 37]],
    [{ min: 5, max: 5 }, [5]],
  ])('has round values between %j', (range, ticks) => {
    expect(ticksOf(range, 4)).toEqual(ticks);
  });
});
