import { describe, expect, it } from 'vitest';
import { readOnset, typeOnset } from './onset';

describe('since when', () => {
  it.each([
    ['2009', '2009'],
    ['3/2009', '2009-03'],
    ['12/03/2009', '2009-03-12'],
    ['13/2009', undefined],
    ['hace mucho', undefined],
  ])('reads %s as %s', (typed, onset) => {
    expect(readOnset(typed, '2026-11-23')).toBe(onset);
  });

  it('goes back to what is typed', () => {
    expect(['2009', '2009-03', '2009-03-12', undefined].map(typeOnset)).toEqual(['2009', '03/2009', '12/03/2009', '']);
  });
});
