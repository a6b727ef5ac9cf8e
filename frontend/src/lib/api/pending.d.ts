/**
 * Bodies of routes whose description is not in openapi/openapi.json yet; `npm run generate` will
 * bring them, and then this file goes.
 */
import type { components } from './schema';

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface PurposeState {
  purpose: string;
  necessary: boolean;
  status: 'none' | 'requested' | 'accepted' | 'refused' | 'revoked' | 'expired';
  since?: string;
  notice_version?: number;
}

export interface ConsentEvidence {
  wamid?: string;
  answers_to?: string;
  phone?: string;
  user_id?: string;
  template?: string;
  language?: string;
  text?: string;
  link?: string;
  signer?: { role: 'patient' | 'representative'; name?: string; relationship?: string };
  actor_id?: string;
  actor_name?: string;
  actor_role?: string;
  requested_by?: string;
  reason?: string;
  error_code?: number;
  error_message?: string;
}

export interface ConsentEvent {
  id: string;
  seq: number;
  type: string;
  purposes: string[];
  at: string;
  recorded_at: string;
  channel: 'whatsapp' | 'link' | 'tablet' | 'desk';
  request_id?: string;
  message_id?: string;
  notice_version?: number;
  notice_hash?: string;
  evidence: ConsentEvidence;
  prev_hash: string;
  hash: string;
}

export interface Consents {
  purposes: PurposeState[];
  events: ConsentEvent[];
}

export interface RevocationInput {
  purposes: string[];
  reason: string;
  requested_by: 'patient' | 'representative';
}

export interface MessageItem {
  id: string;
  patient_id?: string;
  patient?: { id: string; name: string; record_number: string; phone?: string };
  direction: 'out' | 'in';
  kind: string;
  template?: string;
  request_id?: string;
  retry_of?: string;
  status: 'queued' | 'submitted' | 'sent' | 'delivered' | 'read' | 'failed' | 'received';
  text?: string;
  button?: string;
  phone?: string;
  wamid?: string;
  at: string;
  created_at: string;
  attempts: number;
  needs_call: boolean;
  error?: { code: number; class: string; message: string };
  resolution?: { kind: 'handled' | 'retried'; note?: string; at: string; by?: string };
  version: number;
}

export interface NoticeElement {
  element: 'I' | 'II' | 'III' | 'IV' | 'V' | 'VI' | 'VII' | 'VIII' | 'IX';
  title: string;
  text: string;
}

export interface Notice {
  id: string;
  kind: 'integral' | 'simplified';
  lang: string;
  status: 'draft' | 'published' | 'superseded';
  version?: number;
  revision: number;
  summary: string;
  elements: NoticeElement[];
  content: string;
  hash?: string;
  in_force: boolean;
  published_at?: string;
  effective_from?: string;
  created_at: string;
  updated_at: string;
}

export interface AuditEvent {
  id: string;
  at: string;
  actor_kind: 'user' | 'system' | 'public';
  actor_id?: string;
  actor_name?: string;
  role: string;
  action: string;
  action_text: string;
  subject_type?: string;
  subject_id?: string;
  patient_id?: string;
  patient?: { record_number: string; names?: string };
  patients_shown?: number;
  outcome: 'success' | 'denied' | 'failure';
  reason?: string;
  request_id?: string;
  address?: string;
}

export interface AuditChain {
  sealed: boolean;
  position?: number;
  hash?: string;
  previous?: { id: string; position: number; hash: string };
  seal?: { number: number; at: string; hash: string };
}

export interface AuditEventDetail extends AuditEvent {
  chain: AuditChain;
}

export interface AuditVerification {
  state: 'intact' | 'broken' | 'unverified';
  running: boolean;
  verified_at?: string;
  events: number;
  seals: number;
  open: number;
  checkpoint_at?: string;
  fault_count: number;
  first_fault?: { kind: string; text: string; event_id?: string; seal?: number; at?: string };
  recoveries: { seal: number; at: string; reason: string }[];
}

type Headers = Record<string, unknown>;
type Json<T> = { headers: Headers; content: { 'application/json': T } };
type Empty = { headers: Headers; content?: never };
type Body<T> = { content: { 'application/json': T } };
type ById = { query?: never; header?: never; path: { id: string }; cookie?: never };
type Query<T> = { query?: T; header?: never; path?: never; cookie?: never };

declare module './schema' {
  interface paths {
    '/api/patients/{id}/consents': {
      get: { parameters: ById; requestBody?: never; responses: { 200: Json<Consents> } };
    };
    '/api/patients/{id}/consents/revocations': {
      post: { parameters: ById; requestBody: Body<RevocationInput>; responses: { 201: Json<ConsentEvent> } };
    };
    '/api/messages': {
      get: {
        parameters: Query<{ patient_id?: string; status?: string; needs_call?: boolean; limit?: number; cursor?: string }>;
        requestBody?: never;
        responses: { 200: Json<Page<MessageItem>> };
      };
    };
    '/api/messages/calls': {
      get: { parameters: Query<never>; requestBody?: never; responses: { 200: Json<{ count: number }> } };
    };
    '/api/messages/{id}/retry': {
      post: { parameters: ById; requestBody?: never; responses: { 200: Json<MessageItem> } };
    };
    '/api/messages/{id}/resolve': {
      post: { parameters: ById; requestBody: Body<{ note?: string }>; responses: { 200: Json<MessageItem> } };
    };
    '/api/privacy-notices': {
      get: { parameters: Query<{ limit?: number; cursor?: string }>; requestBody?: never; responses: { 200: Json<Page<Notice>> } };
      post: {
        parameters: Query<never>;
        requestBody: Body<{ kind: 'integral' | 'simplified'; summary?: string; elements?: NoticeElement[] }>;
        responses: { 201: Json<Notice> };
      };
    };
    '/api/privacy-notices/{id}': {
      get: { parameters: ById; requestBody?: never; responses: { 200: Json<Notice> } };
      put: {
        parameters: ById;
        requestBody: Body<{ summary: string; elements: NoticeElement[] }>;
        responses: { 200: Json<Notice> };
      };
    };
    '/api/privacy-notices/{id}/publish': {
      post: { parameters: ById; requestBody?: never; responses: { 200: Json<Notice> } };
    };
    '/api/audit-events': {
      get: {
        parameters: Query<{
          patient_id?: string;
          actor_id?: string;
          action?: string;
          outcome?: string;
          from?: string;
          to?: string;
          limit?: number;
          cursor?: string;
        }>;
        requestBody?: never;
        responses: { 200: Json<Page<AuditEvent>> };
      };
    };
    '/api/audit-events/{id}': {
      get: {
        parameters: ById;
        requestBody?: never;
        responses: { 200: Json<AuditEventDetail> };
      };
    };
    '/api/audit/verification': {
      get: { parameters: Query<{ fresh?: boolean }>; requestBody?: never; responses: { 200: Json<AuditVerification> } };
    };
  }
}

export type PatientCard = components['schemas']['PatientListItem'];
