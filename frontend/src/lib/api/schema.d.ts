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
  '/api/patients': { get: operations['listPatients'] };
}

export interface components {
  schemas: {
    User: { id: string; full_name: string; email: string; profession?: string; license_number?: string };
    ClinicCard: { id: string; slug: string; trade_name?: string; legal_name?: string };
    SignedIn: {
      access_token: string;
      token_type: string;
      expires_at: string;
      user: components['schemas']['User'];
      clinic: components['schemas']['ClinicCard'];
      clinics?: components['schemas']['ClinicCard'][];
    };
    Me: {
      user: components['schemas']['User'];
      clinic: components['schemas']['ClinicCard'];
      clinics?: components['schemas']['ClinicCard'][];
      role: string;
      permissions: string[];
    };
    LoginInput: { email: string; password: string; totp_code?: string; clinic_id?: string };
    RegisterInput: {
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
    PrivacyContact: { name: string; email: string; phone: string };
    ClinicInput: {
      legal_name?: string;
      trade_name?: string;
      rfc?: string;
      address?: components['schemas']['Address'];
      privacy_contact?: components['schemas']['PrivacyContact'];
      custodian?: string;
    };
    Clinic: components['schemas']['ClinicInput'] & {
      slug: string;
      version: number;
      complete: boolean;
      missing: string[];
    };
    OfficeInput: { name: string; address: components['schemas']['Address']; time_zone: string; phone?: string };
    Office: components['schemas']['OfficeInput'] & { id: string; version: number };
    PatientListItem: {
      id: string;
      given_names: string;
      first_surname: string;
      second_surname?: string;
      age: number;
      sex: string;
      birth_date?: string;
      record_number: string;
      phone?: string;
      curp?: string;
    };
  };
}

type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } };
type Empty = { headers: Record<string, unknown>; content?: never };
type Body<T> = { content: { 'application/json': T } };
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
type Schemas = components['schemas'];

export interface operations {
  register: { parameters: NoParameters; requestBody: Body<Schemas['RegisterInput']>; responses: { 201: Json<Schemas['SignedIn']> } };
  login: { parameters: NoParameters; requestBody: Body<Schemas['LoginInput']>; responses: { 200: Json<Schemas['SignedIn']> } };
  logout: { parameters: NoParameters; requestBody?: never; responses: { 204: Empty } };
  me: { parameters: NoParameters; requestBody?: never; responses: { 200: Json<Schemas['Me']> } };
  getClinic: { parameters: NoParameters; requestBody?: never; responses: { 200: Json<Schemas['Clinic']> } };
  putClinic: { parameters: NoParameters; requestBody: Body<Schemas['ClinicInput']>; responses: { 200: Json<Schemas['Clinic']> } };
  listOffices: {
    parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: { 200: Json<{ items: Schemas['Office'][]; next_cursor: string | null }> };
  };
  createOffice: { parameters: NoParameters; requestBody: Body<Schemas['OfficeInput']>; responses: { 201: Json<Schemas['Office']> } };
  getOffice: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody?: never;
    responses: { 200: Json<Schemas['Office']> };
  };
  putOffice: {
    parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
    requestBody: Body<Schemas['OfficeInput']>;
    responses: { 200: Json<Schemas['Office']> };
  };
  listPatients: {
    parameters: {
      query?: { q?: string; status?: string; limit?: number; cursor?: string };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: { 200: Json<{ items: Schemas['PatientListItem'][]; next_cursor: string | null }> };
  };
}
