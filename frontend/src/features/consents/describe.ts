import { purposeLabel } from '@/components/clinical/consent-status';
import { formatInstantExact, formatPhone } from '@/lib/format';
import { isRole, roleInSentence } from '@/lib/roles';
import type { ConsentEvent, Purpose } from './api';
import { capital, type Who } from './people';
import { t } from './t';

/** One line of proof under an event. */
export interface ProofLine {
  key: string;
  label: string;
  value: string;
  /** The whole value, when `value` is shortened, and what it is called. */
  copy?: { value: string; what: string };
}

const ENDS = 4;
const WAMID_START = 16;
/** A status heard this much later than it happened says so. */
const LATE_MS = 60_000;

function shorten(text: string, start: number): string {
  return text.length <= start + ENDS + 1 ? text : `${text.slice(0, start)}…${text.slice(-ENDS)}`;
}

/** «9f2c…41ab» */
export function shortHash(hash: string): string {
  return shorten(hash, ENDS);
}

/** «HBgNNTIxNTU1NTU1…QzQA»: without the prefix that all of them have. */
export function shortWamid(wamid: string): string {
  return shorten(wamid.replace(/^wamid\./, ''), WAMID_START);
}

const list = new Intl.ListFormat('es-MX', { type: 'conjunction' });

/** «Atención médica y expediente, Investigación» in a sentence. */
export function listPurposes(purposes: readonly string[]): string {
  return list.format(purposes.map(purposeLabel));
}

function actorOf({ evidence }: ConsentEvent): string | undefined {
  if (!evidence.actor_name) return undefined;
  const { actor_name: name, actor_role: role } = evidence;
  return isRole(role) ? t('chain.by', { name, role: roleInSentence(role) }) : name;
}

function phoneOf({ evidence }: ConsentEvent): string | undefined {
  return evidence.phone ? formatPhone(evidence.phone) : undefined;
}

/** Whose act it was: the patient's, or who answers for the patient. */
export function signerOf({ evidence }: ConsentEvent, who: Who): string {
  const { signer } = evidence;
  const isRepresentative = signer?.role === 'representative' || evidence.requested_by === 'representative';
  if (!isRepresentative) return who.name;
  return signer?.name ? t('who.representativeNamed', { name: signer.name }) : t('who.representative');
}

function sayRequested(event: ConsentEvent): string {
  const actor = actorOf(event);
  const version = event.notice_version;
  if (version === undefined) return t('events.requestedAlone');
  return actor
    ? t('events.requested', { actor, version: String(version) })
    : t('events.requestedBare', { version: String(version) });
}

/** What was sent and where stands in the event of the question. */
function saySent(asked: ConsentEvent | undefined): string {
  if (!asked) return t('events.sentBare');
  const { template, language } = asked.evidence;
  const phone = phoneOf(asked);
  return template && language && phone ? t('events.sent', { template, language, phone }) : t('events.sentBare');
}

function sayQueued(event: ConsentEvent): string {
  const phone = phoneOf(event);
  return phone ? t('events.queued', { phone }) : t('events.queuedBare');
}

function sayAccepted(event: ConsentEvent, Who: string): string {
  const purposes = listPurposes(event.purposes);
  return event.channel === 'whatsapp'
    ? t('events.accepted', { Who, purposes })
    : t('events.acceptedBare', { Who, purposes });
}

/** What happened, in a sentence; `asked` is the event of the question it belongs to. */
export function describeEvent(event: ConsentEvent, asked: ConsentEvent | undefined, who: Who): string {
  const signer = signerOf(event.evidence.signer || !asked ? event : asked, who);
  const Who = capital(signer);
  const purposes = listPurposes(event.purposes);
  switch (event.type) {
    case 'requested':
      return sayRequested(event);
    case 'queued':
      return sayQueued(event);
    case 'sent':
      return saySent(asked);
    case 'delivered':
      return t('events.delivered');
    case 'read':
      return t('events.read', { Who });
    case 'failed':
      return event.evidence.error_message ?? t('events.failed');
    case 'accepted':
      return sayAccepted(event, Who);
    case 'refused':
      return t('events.refused', { Who, purposes });
    case 'revoked':
      return t('events.revoked', { who: signerOf(event, who), purposes });
    case 'expired':
      return event.evidence.reason === 'withdrawn' ? t('events.withdrawn') : t('events.expired');
  }
}

/** How far a question has come. A late status does not take it back. */
const STEPS = ['requested', 'queued', 'sent', 'failed', 'delivered', 'read'];

/** How far the newest question about a purpose has come, while nobody has answered it. */
export function progressOf(events: readonly ConsentEvent[], purpose: Purpose): string {
  const newest = events.findLast(({ type, purposes }) => type === 'queued' && purposes.includes(purpose));
  const ofMessage = events.filter(({ message_id: id }) => id !== undefined && id === newest?.message_id);
  const ranks = ofMessage.map(({ type }) => STEPS.indexOf(type));
  return STEPS[Math.max(0, ...ranks)] ?? 'requested';
}

/** Acts of the person, whose place in the chain matters most. */
const ACTS = ['accepted', 'refused', 'revoked'];

function noticeLine(event: ConsentEvent): ProofLine[] {
  if (event.notice_version === undefined || !event.notice_hash || !['requested', 'accepted'].includes(event.type)) {
    return [];
  }
  const value = t('evidence.noticeValue', {
    version: String(event.notice_version),
    hash: shortHash(event.notice_hash),
  });
  return [
    { key: 'notice', label: t('evidence.notice'), value, copy: { value: event.notice_hash, what: t('evidence.copyNotice') } },
  ];
}

/** A message is named once, where the chain first tells of it. */
function wamidLines({ evidence }: ConsentEvent, isFirst: boolean): ProofLine[] {
  const what = t('evidence.copyWamid');
  const line = (key: string, label: string, value: string | undefined): ProofLine[] =>
    value ? [{ key, label, value: shortWamid(value), copy: { value, what } }] : [];
  return [
    ...line('wamid', t('evidence.wamid'), isFirst ? evidence.wamid : undefined),
    ...line('answersTo', t('evidence.answersTo'), evidence.answers_to),
  ];
}

function hashLines(event: ConsentEvent): ProofLine[] {
  if (!ACTS.includes(event.type)) return [];
  const line = (key: string, label: string, value: string, what: string): ProofLine => ({
    key,
    label,
    value: t('evidence.hashValue', { hash: shortHash(value) }),
    copy: { value, what },
  });
  return [
    line('previous', t('evidence.previous'), event.prev_hash, t('evidence.copyPrevious')),
    line('own', t('evidence.own'), event.hash, t('evidence.copyOwn')),
  ];
}

function plainLine(key: string, label: string, value: string | undefined): ProofLine[] {
  return value === undefined ? [] : [{ key, label, value }];
}

function isLate(event: ConsentEvent): boolean {
  return Date.parse(event.recorded_at) - Date.parse(event.at) >= LATE_MS;
}

/**
 * The proof of an event: message, telephone, notice, its place in the chain, who wrote it down.
 * `isFirst` says that no event before it told of the same message.
 */
export function proofOf(event: ConsentEvent, isFirst: boolean, zone: string): ProofLine[] {
  const { evidence } = event;
  return [
    ...noticeLine(event),
    ...wamidLines(event, isFirst),
    ...plainLine('phone', t('evidence.phone'), event.type === 'accepted' ? phoneOf(event) : undefined),
    ...plainLine('code', t('evidence.code'), evidence.error_code ? String(evidence.error_code) : undefined),
    ...plainLine('recordedBy', t('evidence.recordedBy'), event.type === 'revoked' ? actorOf(event) : undefined),
    ...plainLine('recordedAt', t('evidence.recordedAt'), isLate(event) ? formatInstantExact(event.recorded_at, zone) : undefined),
    ...hashLines(event),
  ];
}
