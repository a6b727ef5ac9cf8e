import type { Clinic, Me, Office, PatientListItem, SignedIn } from '@/lib/api/types';

const ALL_PERMISSIONS = [
  'patient:read',
  'patient:write',
  'chart:read',
  'consent:read',
  'consent:request',
  'message:read',
  'message:write',
  'notice:read',
  'notice:publish',
  'audit:read',
  'clinic:read',
  'clinic:write',
  'catalog:read',
];

/** Fictional people only. */
export const me: Me = {
  user: {
    id: '01999999-0000-7000-8000-000000000001',
    full_name: 'Dra. Sofía Núñez Alcaraz',
    email: 'sofia.nunez@jacarandas.example',
    email_verified: true,
    profession: 'medico_cirujano',
    license_number: '00123456',
  },
  clinic: {
    id: '01999999-0000-7000-8000-0000000000c1',
    slug: 'clinica-jacarandas',
    name: 'Clínica Jacarandas',
    demo: false,
    complete: true,
    missing: [],
  },
  clinics: [
    {
      clinic_id: '01999999-0000-7000-8000-0000000000c1',
      slug: 'clinica-jacarandas',
      name: 'Clínica Jacarandas',
      role: 'owner',
    },
  ],
  role: 'owner',
  expires_at: '2026-11-24T05:00:00Z',
  permissions: ALL_PERMISSIONS,
  factor: { enrolled: false, required: false, overdue: false, methods: [] },
  has_pin: false,
  lock_minutes: 15,
  locked: false,
  confidentiality: { version: 1, accepted: true },
};

export const signedIn: SignedIn = {
  access_token: 'token',
  token_type: 'Bearer',
  expires_at: '2026-11-24T05:00:00Z',
  user: me.user,
  clinic: me.clinic,
};

const address = {
  street: 'Calle Ficticia',
  exterior_number: '12',
  neighborhood: 'Centro',
  municipality: 'Puebla',
  state: '21',
  postal_code: '72000',
  country: 'MEX',
};

/** A complete clinic; a test names only what matters to it. */
export function clinicOf(changes: Partial<Clinic> = {}): Clinic {
  return {
    id: me.clinic.id,
    demo: false,
    legal_name: 'Sofía Núñez Alcaraz',
    trade_name: 'Clínica Jacarandas',
    address,
    privacy_contact: { name: 'Laura Peña', email: 'privacidad@jacarandas.example', phone: '+522225550142' },
    slug: 'clinica-jacarandas',
    version: 1,
    complete: true,
    missing: [],
    ...changes,
  };
}

export function officeOf(changes: Partial<Office> = {}): Office {
  return {
    id: '01999999-0000-7000-8000-0000000000f1',
    name: 'Consultorio Centro',
    address,
    time_zone: 'America/Mexico_City',
    phone: '+522225550100',
    version: 1,
    ...changes,
  };
}

let patients = 0;

export function patientListItemOf(changes: Partial<PatientListItem> = {}): PatientListItem {
  patients += 1;
  return {
    id: `01999999-0000-7000-8000-00000000a${String(patients).padStart(3, '0')}`,
    given_names: 'Mateo',
    first_surname: 'Ruiz',
    second_surname: 'Cárdenas',
    age: 2,
    sex: 'H',
    status: 'active',
    identity_status: 'declared',
    consent: { status: 'none' },
    last_seen_at: '2026-11-23T16:26:00Z',
    record_number: `H-${String(1100 + patients).padStart(6, '0')}`,
    phone: '+525555550177',
    ...changes,
  };
}
