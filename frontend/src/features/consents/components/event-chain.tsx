import { IconLock } from '@tabler/icons-react';
import { consentLook, consentWord } from '@/components/clinical/consent-status';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { cx } from '@/components/ui/cx';
import { EmptyState } from '@/components/ui/empty-state';
import { formatInstantExact, formatTime } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { ConsentEvent } from '../api';
import { describeEvent, proofOf, type ProofLine } from '../describe';
import type { Who } from '../people';
import { t } from '../t';
import classes from './event-chain.module.css';

function Proof({ lines }: { lines: readonly ProofLine[] }) {
  if (lines.length === 0) return null;
  return (
    <dl className={classes.proof}>
      {lines.map((line) => (
        <div key={line.key} className={classes.proofLine}>
          <dt>{line.label}</dt>
          <dd className={classes.value}>
            <span className={cx(line.copy && classes.code)}>{line.value}</span>
            {line.copy && <CopyButton value={line.copy.value} what={line.copy.what} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface StepProps {
  event: ConsentEvent;
  events: readonly ConsentEvent[];
  who: Who;
}

function Step({ event, events, who }: StepProps) {
  const zone = useZone();
  const { family, icon } = consentLook(event.type);
  // Of other events the reason is a code.
  const reason = event.type === 'revoked' ? event.evidence.reason : undefined;
  const asked = events.find(({ type, request_id: id }) => type === 'requested' && id === event.request_id);
  const first = events.find(({ evidence }) => evidence.wamid === event.evidence.wamid);
  return (
    <li className={classes.step}>
      <span className={cx(classes.mark, classes[family])}>{icon}</span>
      <div className={classes.content}>
        <div className={classes.head}>
          <h3>{consentWord(event.type)}</h3>
          <time dateTime={event.at} className={cx('figures', classes.time)}>
            {formatInstantExact(event.at, zone)}
          </time>
        </div>
        <p className={classes.text}>
          {describeEvent(event, asked, who)}
          {reason && ` ${t('events.reason', { reason })}`}
        </p>
        <Proof lines={proofOf(event, first === event, zone)} />
      </div>
    </li>
  );
}

/** Says aloud what was added while the page is open. */
function Latest({ event }: { event: ConsentEvent | undefined }) {
  const zone = useZone();
  return (
    <p role="status" className="visually-hidden">
      {event && t('chain.latest', { word: consentWord(event.type), time: formatTime(event.at, zone) })}
    </p>
  );
}

interface EventChainProps {
  events: readonly ConsentEvent[];
  who: Who;
}

/** The chain of what happened, in its order: what is new grows at the foot and moves nothing above. */
export function EventChain({ events, who }: EventChainProps) {
  return (
    <Card title={t('chain.title')} icon={<IconLock stroke={1.7} aria-hidden />}>
      {events.length === 0 ? (
        <EmptyState level={3} title={t('chain.empty')}>
          {t('chain.emptyText')}
        </EmptyState>
      ) : (
        <>
          <p className={classes.subtitle}>{t('chain.subtitle')}</p>
          <ol className={classes.chain}>
            {events.map((event) => (
              <Step key={event.id} event={event} events={events} who={who} />
            ))}
          </ol>
        </>
      )}
      <Latest event={events.at(-1)} />
    </Card>
  );
}
