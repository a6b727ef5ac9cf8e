import type { ConsentEvent, Consents, Message } from '@/lib/api/types';

const HASH = '9f2c0000000000000000000000000000000000000000000000000000000041ab';
const REQUEST = '01999999-0000-7000-8000-00000000d001';
const QUESTION = '01999999-0000-7000-8000-00000000e001';

export const CONSENT_TEXT =
  'AVISO DE PRIVACIDAD - Clínica Jacarandas\n\nPuede consultar el aviso completo en: https://historias.example/privacy-notice/clinica-jacarandas/v/1\n\nSi está de acuerdo, presione el botón "Acepto".';

let events = 0;

/** One link of a chain; a test names only what matters to it. */
export function consentEventOf(type: ConsentEvent['type'], changes: Partial<ConsentEvent> = {}): ConsentEvent {
  events += 1;
  const at = `2026-03-12T23:40:${String(events % 60).padStart(2, '0')}Z`;
  return {
    id: `01999999-0000-7000-8000-00000000f${String(events).padStart(3, '0')}`,
    seq: events,
    type,
    purposes: ['care'],
    at,
    recorded_at: at,
    channel: 'whatsapp',
    request_id: REQUEST,
    message_id: QUESTION,
    notice_version: 1,
    notice_hash: HASH,
    evidence: {},
    prev_hash: HASH.replace('9f2c', 'c07d'),
    hash: HASH.replace('9f2c', '51b8'),
    ...changes,
  };
}

/** The question as it was put and sent. */
export function askedChain(): ConsentEvent[] {
  return [
    consentEventOf('requested', {
      evidence: {
        actor_name: 'Laura Peña',
        actor_role: 'receptionist',
        phone: '+525555550142',
        template: 'privacy_consent_notice',
        language: 'es_MX',
        text: CONSENT_TEXT,
        signer: { role: 'patient' },
      },
    }),
    consentEventOf('queued', { evidence: { phone: '+525555550142' } }),
    consentEventOf('sent', { evidence: { wamid: 'wamid.HBgNNTIxNTU1NTU1MDE0MhUCABEYQzQA' } }),
  ];
}

/** Where each purpose stands; those not named were never asked. */
export function consentsOf(chain: ConsentEvent[], states: Partial<Record<string, string>> = {}): Consents {
  const purposes = ['care', 'reminders', 'sharing', 'research', 'marketing', 'ai'] as const;
  return {
    purposes: purposes.map((purpose) => {
      const status = (states[purpose] ?? 'none') as Consents['purposes'][number]['status'];
      return {
        purpose,
        necessary: purpose === 'care',
        status,
        ...(status !== 'none' && { since: '2026-03-12T23:40:00Z' }),
      };
    }),
    events: chain,
  };
}

let messages = 0;

/** A question of consent that could not be delivered; a test names only what matters to it. */
export function messageOf(changes: Partial<Message> = {}): Message {
  messages += 1;
  const patient = `01999999-0000-7000-8000-00000000a9${String(messages).padStart(2, '0')}`;
  return {
    id: `01999999-0000-7000-8000-00000000c${String(messages).padStart(3, '0')}`,
    patient_id: patient,
    patient: { id: patient, name: `Paciente ${String(messages)}`, record_number: 'H-000482', phone: '+525555550142' },
    direction: 'out',
    kind: 'consent_request',
    status: 'failed',
    text: CONSENT_TEXT,
    phone: '+525555550142',
    at: '2026-11-20T15:00:00Z',
    created_at: '2026-11-20T14:59:00Z',
    attempts: 1,
    needs_call: true,
    error: {
      code: 131026,
      class: 'undeliverable',
      message: 'El número no tiene WhatsApp o no puede recibir este mensaje.',
    },
    version: 1,
    ...changes,
  };
}
