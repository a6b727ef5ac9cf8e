import { PhoneBubble, PhoneReply } from '@/components/clinical/phone-bubble';
import { PhoneFrame, PhoneNote } from '@/components/clinical/phone-frame';
import { dateOf, formatLongDate, formatTime } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useMe } from '@/lib/session';
import type { ConsentEvent } from '../api';
import { signerOf } from '../describe';
import { capital, type Who } from '../people';
import { t } from '../t';
import classes from './seen-message.module.css';

interface Seen {
  /** The event that holds the words. */
  message: ConsentEvent;
  /** When it left. */
  at: string;
  answer: ConsentEvent | undefined;
  caption: 'seen' | 'missed' | 'onItsWay';
}

/** Only what reached the telephone was seen. */
function captionOf(events: readonly ConsentEvent[]): Seen['caption'] {
  if (events.some(({ type }) => ['delivered', 'read', 'accepted'].includes(type))) return 'seen';
  return events.some(({ type }) => type === 'failed') ? 'missed' : 'onItsWay';
}

/** The newest message and what was answered to it. */
function newestMessage(events: readonly ConsentEvent[]): Seen | undefined {
  const message = events.findLast(({ type, evidence }) => type === 'requested' && evidence.text);
  if (!message) return undefined;
  const ofRequest = events.filter((event) => event.request_id === message.request_id);
  const sent = ofRequest.find(({ type }) => type === 'sent');
  const answer = ofRequest.find(({ type, channel }) => type === 'accepted' && channel === 'whatsapp');
  return { message, at: sent?.at ?? message.at, answer, caption: captionOf(ofRequest) };
}

function Conversation({ seen }: { seen: Seen }) {
  const zone = useZone();
  const { message, at, answer } = seen;
  return (
    <>
      <PhoneNote>{formatLongDate(dateOf(at, zone))}</PhoneNote>
      <PhoneBubble from="clinic" text={message.evidence.text ?? ''} time={formatTime(at, zone)} />
      <PhoneReply>{t('phone.accept')}</PhoneReply>
      {answer && (
        <PhoneBubble from="person" text={t('phone.accept')} time={formatTime(answer.at, zone)} ticks="read" />
      )}
    </>
  );
}

interface SeenMessageProps {
  events: readonly ConsentEvent[];
  who: Who;
}

/** The message as it looked on the person's phone. */
export function SeenMessage({ events, who }: SeenMessageProps) {
  const { clinic } = useMe();
  const seen = newestMessage(events);
  const reader = seen ? signerOf(seen.message, who) : who.name;
  return (
    <div className={classes.place} data-empty={seen ? undefined : true}>
      <PhoneFrame
        business={clinic.name}
        label={t('phone.label')}
        caption={seen ? t(`phone.${seen.caption}`, { who: reader, Who: capital(reader) }) : undefined}
      >
        {seen ? <Conversation seen={seen} /> : <PhoneNote>{t('phone.empty', { who: who.name })}</PhoneNote>}
      </PhoneFrame>
    </div>
  );
}
