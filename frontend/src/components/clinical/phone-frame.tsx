import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { initials } from '@/lib/format';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/phone.json';
import classes from './phone-frame.module.css';

const t = translator(texts);

interface PhoneFrameProps {
  /** Who writes to the person: the clinic's name, at the top of the conversation. */
  business: string;
  /** What is shown, for screen readers: «Lo que vio la paciente». */
  label: string;
  /** At the foot of the screen: what the person types. */
  footer?: ReactNode;
  /** Under the phone. */
  caption?: ReactNode;
  /** The conversation's own box, which scrolls. */
  scrollRef?: Ref<HTMLDivElement>;
  /** Bubbles, in the order of time. */
  children: ReactNode;
}

/** A phone with a conversation on it, as the person sees it. Its colours are the same in both themes. */
export function PhoneFrame({ business, label, footer, caption, scrollRef, children }: PhoneFrameProps) {
  return (
    <figure className={classes.figure}>
      <div className={classes.phone}>
        <div className={classes.bar}>
          <IconArrowLeft size={20} stroke={2} aria-hidden />
          <span className={classes.face} aria-hidden>
            {initials(business)}
          </span>
          <div className={classes.names}>
            <div className={classes.business}>{business}</div>
            <div className={classes.kind}>{t('business')}</div>
          </div>
        </div>
        {/* A scrolled region must be reachable by keyboard. */}
        <div ref={scrollRef} className={classes.talk} role="group" aria-label={label} tabIndex={0}>
          {children}
        </div>
        {footer !== undefined && <div className={classes.foot}>{footer}</div>}
      </div>
      {caption !== undefined && <figcaption className={classes.caption}>{caption}</figcaption>}
    </figure>
  );
}

/** A day, or a notice of the service, in the middle of the conversation. */
export function PhoneNote({ tone = 'day', children }: { tone?: 'day' | 'notice'; children: ReactNode }) {
  return (
    <p className={classes.note} data-tone={tone}>
      {children}
    </p>
  );
}
