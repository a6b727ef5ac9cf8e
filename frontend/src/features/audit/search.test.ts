import { describe, expect, it } from 'vitest';
import { readAuditSearch, toFilter } from './search';

const TODAY = '2026-11-23';
const ZONE = 'America/Mexico_City';
const ID = '01999999-0000-7000-8000-00000000a001';

describe('the filters of the trail', () => {
  it('begin with today on the calendar of the office, and stay open for what happens now', () => {
    expect(toFilter({}, TODAY, ZONE)).toEqual({ from: '2026-11-23T06:00:00.000Z' });
  });

  it('take whole days', () => {
    expect(toFilter({ fecha: 'ayer' }, TODAY, ZONE)).toEqual({
      from: '2026-11-22T06:00:00.000Z',
      to: '2026-11-23T06:00:00.000Z',
    });
    expect(toFilter({ fecha: '7' }, TODAY, ZONE)).toEqual({ from: '2026-11-17T06:00:00.000Z' });
    expect(toFilter({ fecha: '2026-03-12' }, TODAY, ZONE)).toEqual({
      from: '2026-03-12T06:00:00.000Z',
      to: '2026-03-13T06:00:00.000Z',
    });
    expect(toFilter({ fecha: 'todas' }, TODAY, ZONE)).toEqual({});
  });

  it('ask for one patient, person, act and outcome', () => {
    const search = { fecha: 'todas', quien: ID, accion: 'patient.read', resultado: 'denied', paciente: ID } as const;
    expect(toFilter(search, TODAY, ZONE)).toEqual({
      actor_id: ID,
      action: 'patient.read',
      outcome: 'denied',
      patient_id: ID,
    });
  });

  it('drop what does not belong in an address', () => {
    const typed = { fecha: '2026-02-30', quien: 'Sofía', accion: 'DROP TABLE', resultado: 'tal vez', paciente: 'Orozco' };
    expect(Object.values(readAuditSearch(typed)).filter((value) => value !== undefined)).toEqual([]);
    expect(readAuditSearch({ fecha: 30 }).fecha).toBe('30');
  });
});
