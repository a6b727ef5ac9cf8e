import type { ChartSummary, Duplicate, Patient } from '@/lib/api/types';
import { patientListItemOf } from './fixtures';

/** A record with all that is required; a test names only what matters to it. */
export function patientOf(changes: Partial<Patient> = {}): Patient {
  return {
    id: '01999999-0000-7000-8000-00000000b001',
    record_number: 'H-000482',
    given_names: 'María Fernanda',
    first_surname: 'Orozco',
    second_surname: 'Villaseñor',
    birth_date: '1980-08-14',
    age: 46,
    age_text: '46 años 3 meses',
    minor: false,
    sex: 'M',
    state_of_birth: '21',
    curp: 'OOVF800814MPLRLR00',
    phone: '+525555550142',
    address: {
      street: 'Calle Ficticia',
      exterior_number: '48',
      neighborhood: 'Centro',
      municipality: 'Puebla',
      state: '21',
      postal_code: '72000',
      country: 'MEX',
    },
    identity_status: 'declared',
    status: 'active',
    consent: { status: 'accepted' },
    created_at: '2026-03-12T17:40:00Z',
    updated_at: '2026-11-23T16:38:00Z',
    version: 3,
    warnings: [],
    ...changes,
  };
}

/** The chart's first page of such a record. */
export function summaryOf(patient: Patient, changes: Partial<ChartSummary> = {}): ChartSummary {
  return {
    banner: patient,
    consent: { purposes: [{ purpose: 'care', status: 'accepted' }], events: [] },
    messages: [],
    allergies: { status: 'not_asked', items: [] },
    problems: [],
    medications: [],
    notes: [],
    vital_signs: { previous: {}, series: [] },
    counts: { consultations: 0, prescriptions: 0 },
    ...changes,
  };
}

export function duplicateOf(changes: Partial<Duplicate> = {}): Duplicate {
  return { ...patientListItemOf(), score: 90, reasons: ['similar_name_same_birth_date'], ...changes };
}
