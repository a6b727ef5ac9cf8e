import type { components } from './schema';

/** Short names for the API's bodies. Everything here comes from the generated document. */
type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type SignedIn = Schemas['Session'];
export type Membership = Schemas['Membership'];
export type User = Schemas['User'];
export type Clinic = Schemas['Clinic'];
export type ClinicInput = Schemas['ClinicRequest'];
export type Office = Schemas['Office'];
export type OfficeInput = Schemas['OfficeRequest'];
export type Address = Schemas['Address'];
export type Profession = Schemas['RegisterRequest']['profession'];
export type RegisterInput = Schemas['RegisterRequest'];
export type LoginInput = Schemas['LoginRequest'];
export type PatientListItem = Schemas['PatientListItem'];
/**
 * A patient as it is read. The document leaves what the server sets optional, since a PUT may leave
 * it out; an answer always has it.
 */
export type Patient = Schemas['Patient'] & Required<Pick<Schemas['Patient'], ServerKey>>;
type ServerKey = 'id' | 'record_number' | 'status' | 'consent' | 'minor' | 'identity_status' | 'updated_at' | 'version';
export type PatientInput = Schemas['PatientInput'];
export type Contact = Schemas['Contact'];
export type PatientWarning = Schemas['PatientWarning'];
export type Duplicate = Schemas['Duplicate'];
export type ChartBanner = Schemas['Banner'];
export type ChartSummary = Schemas['Summary'];
export type Consents = Schemas['Consents'];
export type ConsentEvent = Schemas['ConsentEvent'];
export type Purpose = Schemas['PurposeState']['purpose'];
export type RevocationInput = Schemas['RevocationInput'];
export type Message = Schemas['Message'];
export type Notice = Schemas['Notice'];
export type NoticeElement = Schemas['NoticeElement'];
export type AuditEvent = Schemas['AuditEvent'];
export type AuditEventDetail = Schemas['AuditEventDetail'];
export type AuditVerification = Schemas['AuditVerification'];

export type Invitation = Schemas['Invitation'];
export type InvitationAnswer = Schemas['InvitationAnswer'];
export type Letter = Schemas['ConfidentialityLetter'];
export type PasskeyChallenge = Schemas['PasskeyChallenge'];
export type PasskeyProof = Schemas['PasskeyProof'];
export type DeskPerson = Schemas['DeskPerson'];
