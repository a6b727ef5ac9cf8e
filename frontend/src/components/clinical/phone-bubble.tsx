import { IconCheck, IconChecks, IconCornerUpLeft } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/phone.json';
import classes from './phone-frame.module.css';

const t = translator(texts);

const ADDRESS = /(https?:\/\/[^\s]+[^\s.,;:)»])/;

/** Text with its addresses as links. */
function linked(text: string): ReactNode {
  return text.split(ADDRESS).map((part, index) =>
    // A split by a pattern with a group has the matches at the odd places.
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noreferrer">
        {part.replace(/^https?:\/\//, '')}
      </a>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}

/** How far a message came, as the two ticks of WhatsApp say it. */
export type Ticks = 'sent' | 'delivered' | 'read';

function TickMark({ ticks }: { ticks: Ticks }) {
  const Icon = ticks === 'sent' ? IconCheck : IconChecks;
  return (
    <>
      <Icon size={15} stroke={2} className={classes.ticks} data-read={ticks === 'read' ? true : undefined} aria-hidden />
      <span className="visually-hidden">{t(`ticks.${ticks}`)}</span>
    </>
  );
}

interface PhoneBubbleProps {
  /** Whose words they are; what the clinic wrote stands at the left, as on the person's own phone. */
  from: 'clinic' | 'person';
  text: string;
  /** «17:40». */
  time: string;
  ticks?: Ticks | undefined;
}

/** One message of a conversation. */
export function PhoneBubble({ from, text, time, ticks }: PhoneBubbleProps) {
  return (
    <div className={classes.bubble} data-from={from}>
      <span className="visually-hidden">{t(`from.${from}`)}: </span>
      <p className={classes.words}>{linked(text)}</p>
      <p className={classes.time}>
        {time}
        {ticks && <TickMark ticks={ticks} />}
      </p>
    </div>
  );
}

interface PhoneReplyProps {
  children: ReactNode;
  /** Left out, the button is only a picture of itself: nobody of the clinic may press it. */
  onTap?: (() => void) | undefined;
  busy?: boolean;
}

/** The answer button under a message. */
export function PhoneReply({ children, onTap, busy }: PhoneReplyProps) {
  const content = (
    <>
      <IconCornerUpLeft size={17} stroke={2} aria-hidden />
      {children}
    </>
  );
  if (!onTap) return <div className={classes.reply}>{content}</div>;
  return (
    <button
      type="button"
      className={classes.reply}
      aria-disabled={busy === true ? true : undefined}
      onClick={() => {
        if (busy !== true) onTap();
      }}
    >
      {content}
    </button>
  );
}
