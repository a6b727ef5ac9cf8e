import { describe, expect, it } from 'vitest';
import { parseDate, previousDay, todayIn, toTypedDate } from './dates';

const today = '2026-11-23';

describe('parseDate', () => {
  it.each([
    ['03/02/2022', '2022-02-03'],
    ['3/2/22', '2022-02-03'],
    ['3-2-2022', '2022-02-03'],
    ['3.2.2022', '2022-02-03'],
    ['3 2 2022', '2022-02-03'],
    ['03022022', '2022-02-03'],
    ['2022-02-03', '2022-02-03'],
    [' Hoy ', '2026-11-23'],
    ['AYER', '2026-11-22'],
    ['29/02/2024', '2024-02-29'],
  ])('reads %s', (typed, date) => {
    expect(parseDate(typed, today)).toBe(date);
  });

  it('takes two digits for the latest year that is not in the future', () => {
    expect(parseDate('14/8/26', today)).toBe('2026-08-14');
    expect(parseDate('14/8/27', today)).toBe('1927-08-14');
    expect(parseDate('14/8/80', today)).toBe('1980-08-14');
  });

  it.each(['', '30/02/2026', '29/02/2026', '31/04/2020', '0/1/2020', '1/13/2020', 'mañana', '3/2', '3/2/202'])(
    'refuses %s',
    (typed) => {
      expect(parseDate(typed, today)).toBeUndefined();
    },
  );
});

it('finds the day before across months and years', () => {
  expect(previousDay('2026-03-01')).toBe('2026-02-28');
  expect(previousDay('2024-03-01')).toBe('2024-02-29');
  expect(previousDay('2026-01-01')).toBe('2025-12-31');
});

it('writes a date as the fields have it', () => {
  expect(toTypedDate('2022-02-03')).toBe('03/02/2022');
  expect(toTypedDate('3/2')).toBe('3/2');
});

it('says which day it is where the office stands', () => {
  const instant = new Date('2026-11-24T05:30:00Z');
  expect(todayIn('America/Mexico_City', instant)).toBe('2026-11-23');
  expect(todayIn('America/Cancun', instant)).toBe('2026-11-24');
});
