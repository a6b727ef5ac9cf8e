import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatDate,
  formatInstant,
  formatInstantExact,
  formatLongDate,
  formatPhone,
  formatRecent,
  formatWait,
  initials,
  yearsOld,
} from './format';

const zone = 'America/Mexico_City';

it('writes dates with Spanish months, without passing through a time zone', () => {
  expect(formatDate('2026-11-23')).toBe('23 nov 2026');
  expect(formatDate('1980-08-01')).toBe('1 ago 1980');
  expect(formatLongDate('1980-08-14')).toBe('14 de agosto de 1980');
});

it('writes instants in the zone of the office', () => {
  expect(formatInstant('2026-11-23T16:26:00Z', zone)).toBe('23 nov 2026, 10:26');
  expect(formatInstant('2026-11-23T05:10:00Z', zone)).toBe('22 nov 2026, 23:10');
  expect(formatInstant('2026-11-23T06:00:00Z', zone)).toBe('23 nov 2026, 00:00');
  expect(formatInstantExact('2026-03-12T23:40:02Z', zone)).toBe('12 mar 2026, 17:40:02');
  expect(formatRecent('2026-11-23T15:30:00Z', zone, '2026-11-23')).toBe('Hoy, 09:30');
  expect(formatRecent('2026-11-20T15:30:00Z', zone, '2026-11-23')).toBe('20 nov 2026');
});

describe('formatAge', () => {
  it.each([
    ['1980-08-14', '46 años 3 meses'],
    ['2025-11-23', '1 año'],
    ['2025-10-23', '1 año 1 mes'],
    ['2026-03-23', '8 meses'],
    ['2026-11-11', '12 días'],
    ['2026-11-22', '1 día'],
    ['2026-10-31', '23 días'],
  ])('of %s', (birth, age) => {
    expect(formatAge(birth, '2026-11-23')).toBe(age);
  });

  it('counts the month of somebody born on the 31st on the last day of a shorter one', () => {
    expect(formatAge('2026-01-31', '2026-02-28')).toBe('1 mes');
    expect(yearsOld('2008-02-29', '2026-02-28')).toBe(18);
    expect(yearsOld('2008-02-29', '2026-02-27')).toBe(17);
  });

  it('says nothing of a birth in the future', () => {
    expect(formatAge('2026-12-01', '2026-11-23')).toBe('');
  });
});

it('groups phones by their area code', () => {
  expect(formatPhone('+525555550142')).toBe('55 5555 0142');
  expect(formatPhone('5215555550142')).toBe('55 5555 0142');
  expect(formatPhone('+522225550142')).toBe('222 555 0142');
  expect(formatPhone('+14155550142')).toBe('+14155550142');
});

it('takes the initials of a first name and a first surname', () => {
  expect(initials('María Fernanda', 'Orozco')).toBe('MO');
  expect(initials('Tomás', 'Ñunco')).toBe('TÑ');
  expect(initials('Dra. Sofía Núñez Alcaraz')).toBe('SN');
  expect(initials('María Fernanda Orozco Villaseñor')).toBe('MO');
});

it('says how long to wait', () => {
  expect(formatWait(1)).toBe('1 segundo');
  expect(formatWait(45)).toBe('45 segundos');
  expect(formatWait(100)).toBe('2 minutos');
});
