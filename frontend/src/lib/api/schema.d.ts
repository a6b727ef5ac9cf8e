/**
 * The API's types in the shape of openapi-typescript. `npm run generate` overwrites this file from
 * openapi/openapi.json.
 */
export interface paths {
  '/api/auth/register': { post: operations['register'] };
  '/api/auth/login': { post: operations['login'] };
  '/api/auth/logout': { post: operations['logout'] };
  '/api/auth/me': { get: operations['me'] };
  '/api/clinic': { get: operations['getClinic']; put: operations['putClinic'] };
  '/api/offices': { get: operations['listOffices']; post: operations['createOffice'] };
  '/api/offices/{id}': { get: operations['getOffice']; put: operations['putOffice'] };
  '/api/patients': { get: operations['listPatients']; post: operations['createPatient'] };
  '/api/patients/duplicates': { post: operations['findDuplicates'] };
  '/api/patients/{id}': { get: operations['getPatient']; put: operations['putPatient'] };
  '/api/patients/{id}/archive': { post: operations['archivePatient'] };
  '/api/patients/{id}/unarchive': { post: operations['unarchivePatient'] };
  '/api/patients/{id}/summary': { get: operations['getSummary'] };
  '/api/patients/{id}/consent-requests': { post: operations['requestConsent'] };
}

export interface components {
  schemas: {
    User: { id: string; full_name: string; email: string; profession: string; license_number?: string };
    ClinicCard: { id: string; slug: string; name: string; demo: boolean; complete: boolean; missing: string[] };
    Membership: { clinic_id: string; slug: string; role: string };
    Session: {
      access_token: string;
      token_type: string;
      expires_at: string;
      user: components['schemas']['User'];
      clinic: components['schemas']['ClinicCard'];
      clinics?: components['schemas']['Membership'][];
    };
    Me: {
      user: components['schemas']['User'];
      clinic: components['schemas']['ClinicCard'];
      clinics: components['schemas']['Membership'][];
      role: string;
      permissions: string[];
    };
    LoginRequest: { email: string; password: string; totp_code?: string; clinic_id?: string };
    RegisterRequest: {
      full_name: string;
      email: string;
      password: string;
      profession:
        | 'medico_cirujano'
        | 'medico_homeopata'
        | 'cirujano_dentista'
        | 'enfermeria'
        | 'psicologia'
        | 'nutricion'
        | 'fisioterapia'
        | 'otra';
      license_number: string;
      title_institution: string;
      phone: string;
      clinic_name?: string;
      specialty?: string;
      specialty_license_number?: string;
      accept_terms: boolean;
    };
    Address: {
      street: string;
      exterior_number: string;
      interior_number?: string;
      neighborhood: string;
      municipality: string;
      state: string;
      postal_code: string;
      country: string;
    };
    PrivacyContact: { name: string; email?: string; phone?: string };
    ClinicRequest: {
      legal_name: string;
      trade_name?: string;
      rfc?: string;
      address: components['schemas']['Address'];
      privacy_contact: components['schemas']['PrivacyContact'];
      custodian?: string;
    };
    Clinic: {
      id: string;
      legal_name: string;
      trade_name?: string;
      rfc?: string;
      address?: components['schemas']['Address'];
      privacy_contact: components['schemas']['PrivacyContact'];
      custodian?: string;
      demo: boolean;
      slug: string;
      version: number;
      complete: boolean;
      missing: string[];
    };
    OfficeRequest: { name: string; address: components['schemas']['Address']; time_zone: string; phone?: string };
    Office: components['schemas']['OfficeRequest'] & { id: string; version: number };
    PatientListItem: {
      id: string;
      given_names?: string;
      first_surname?: string;
      second_surname?: string;
      age?: number;
      age_text?: string;
      sex: Sex;
      birth_date?: string;
      record_number: string;
      phone?: string;
      curp?: string;
      status: 'active' | 'archived';
      identity_status: IdentityStatus;
      consent: components['schemas']['ConsentStatus'];
      last_seen_at: string;
    };
    ConsentStatus: {
      status:
        | 'none'
        | 'requested'
        | 'queued'
        | 'sent'
        | 'delivered'
        | 'read'
        | 'failed'
        | 'accepted'
        | 'refused'
        | 'revoked'
        | 'expired';
    };
    Archive: { reason: string; at: string; by?: string };
    Contact: { full_name: string; relationship: string; phone?: string; email?: string };
    PatientInput: {
      given_names?: string;
      first_surname?: string;
      second_surname?: string;
      birth_date?: string;
      sex: Sex;
      state_of_birth?: string;
      curp?: string;
      gender?: string;
      phone?: string;
      email?: string;
      address?: components['schemas']['Address'];
      blood_type?: 'O+' | 'O-' | 'A+' | 'A-' | 'B+' | 'B-' | 'AB+' | 'AB-';
      occupation?: string;
      marital_status?: string;
      emergency_contact?: components['schemas']['Contact'];
      representative?: components['schemas']['Contact'];
      identity_status?: IdentityStatus;
    };
    PatientWarning: {
      code: 'curp_mismatch' | 'possible_duplicate';
      field?: string;
      message: string;
      patient_id?: string;
      record_number?: string;
    };
    Patient: components['schemas']['PatientInput'] & {
      id?: string;
      record_number?: string;
      age?: number;
      age_text?: string;
      minor?: boolean;
      status?: 'active' | 'archived';
      archive?: components['schemas']['Archive'];
      consent?: components['schemas']['ConsentStatus'];
      warnings: components['schemas']['PatientWarning'][];
      created_at?: string;
      updated_at?: string;
      version?: number;
    };
    Duplicate: components['schemas']['PatientListItem'] & {
      score: number;
      reasons: ('same_curp' | 'same_name_and_birth_date' | 'similar_name_same_birth_date' | 'same_phone')[];
    };
    Banner: {
      id: string;
      record_number: string;
      given_names?: string;
      first_surname?: string;
      second_surname?: string;
      birth_date?: string;
      age?: number;
      age_text?: string;
      sex: Sex;
      curp?: string;
      phone?: string;
      blood_type?: string;
      minor: boolean;
      representative?: components['schemas']['Contact'];
      status: 'active' | 'archived';
      archive?: components['schemas']['Archive'];
      identity_status: IdentityStatus;
      consent: components['schemas']['ConsentStatus'];
      version: number;
    };
    Summary: {
      banner: components['schemas']['Banner'];
      consent: {
        purposes: {
          purpose: 'care' | 'reminders' | 'sharing' | 'research' | 'marketing' | 'ai';
          status: 'none' | 'requested' | 'accepted' | 'refused' | 'revoked' | 'expired';
        }[];
        events: { id: string; type: string; purposes: string[]; at: string; channel?: string }[];
      };
      messages: { id: string; kind: string; channel: string; status: string; at: string }[];
    };
    ConsentRequest: { channel: 'whatsapp' | 'link' | 'tablet'; purposes: string[] };
  };
}

type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type Empty = { headers: Record<string, unknown>; content?: never };
type Body<T> = { content: { 'application/json': T } };
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
type IfMatch = { 'If-Match': string };
type Schemas = components['schemas'];
type Sex = 'H' | 'M' | 'I';
type IdentityStatus = 'verified' | 'declared' | 'provisional';
type ById = { query?: never; header?: never; path: { id: string }; cookie?: never };

export interface operations {
  register: { parameters: NoParameters; requestBody: Body<Schemas['RegisterRequest']>; responses: { 201: Json<Schemas['Session']> } };
  login: { parameters: NoParameters; requestBody: Body<Schemas['LoginRequest']>; responses: { 200: Json<Schemas['Session']> } };
  logout: { parameters: NoParameters; requestBody?: never; responses: { 204: Empty } };
  me: { parameters: NoParameters; requestBody?: never; responses: { 200: Json<Schemas['Me']> } };
  getClinic: { parameters: NoParameters; requestBody?: never; responses: { 200: Json<Schemas['Clinic']> } };
  putClinic: { parameters: { query?: never; header: IfMatch; path?: never; cookie?: never }; requestBody: Body<Schemas['ClinicRequest']>; responses: { 200: Json<Schemas['Clinic']> } };
  listOffices: {
    parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 200: Json<{ items: Schemas['Office'][]; next_cursor: string | null }> };
  };
  createOffice: { parameters: NoParameters; requestBody: Body<Schemas['OfficeRequest']>; responses: { 201: Json<Schemas['Office']> } };
  getOffice: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: { 200: Json<Schemas['Office']> };
  };
  putOffice: {
    parameters: { query?: never; header: IfMatch; path: { id: string }; cookie?: never };
    requestBody: Body<Schemas['OfficeRequest']>;
    responses: { 200: Json<Schemas['Office']> };
  };
  createPatient: {
    parameters: NoParameters;
    requestBody: Body<Schemas['PatientInput']>;
    responses: { 201: Json<Schemas['Patient']> };
  };
  findDuplicates: {
    parameters: NoParameters;
    requestBody: Body<Schemas['PatientInput']>;
    responses: { 200: Json<{ items: Schemas['Duplicate'][] }> };
  };
  getPatient: { parameters: ById; requestBody?: never; responses: { 200: Json<Schemas['Patient']> } };
  putPatient: {
    parameters: { query?: never; header: { 'If-Match': string }; path: { id: string }; cookie?: never };
    requestBody: Body<Schemas['PatientInput']>;
    responses: { 200: Json<Schemas['Patient']> };
  };
  archivePatient: { parameters: ById; requestBody: Body<{ reason: string }>; responses: { 200: Json<Schemas['Patient']> } };
  unarchivePatient: { parameters: ById; requestBody?: never; responses: { 200: Json<Schemas['Patient']> } };
  getSummary: { parameters: ById; requestBody?: never; responses: { 200: Json<Schemas['Summary']> } };
  requestConsent: {
    parameters: ById;
    requestBody: Body<Schemas['ConsentRequest']>;
    responses: { 202: Json<{ id: string; status: string }> };
  };
  listPatients: {
    parameters: {
      query?: {
        q?: string;
        status?: 'active' | 'archived' | 'all';
        consent?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: { 200: Json<{ items: Schemas['PatientListItem'][]; next_cursor: string | null }> };
  };
}
