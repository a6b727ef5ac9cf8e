import type { components } from './schema';

/** Short names for the API's bodies. Everything here comes from the generated document. */
type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type SignedIn = Schemas['SignedIn'];
export type User = Schemas['User'];
export type Clinic = Schemas['Clinic'];
export type ClinicInput = Schemas['ClinicInput'];
export type Office = Schemas['Office'];
export type OfficeInput = Schemas['OfficeInput'];
export type Address = Schemas['Address'];
export type Profession = Schemas['RegisterInput']['profession'];
export type RegisterInput = Schemas['RegisterInput'];
export type LoginInput = Schemas['LoginInput'];
export type PatientListItem = Schemas['PatientListItem'];
export type Patient = Schemas['Patient'];
export type PatientInput = Schemas['PatientInput'];
export type Contact = Schemas['Contact'];
export type PatientWarning = Schemas['PatientWarning'];
export type Duplicate = Schemas['Duplicate'];
export type ChartBanner = Schemas['Banner'];
export type ChartSummary = Schemas['Summary'];
