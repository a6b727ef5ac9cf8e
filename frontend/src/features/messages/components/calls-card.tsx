import { useQuery } from '@tanstack/react-query';
import { IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { Card } from '@/components/ui/card';
import { Count } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { NewsButton } from '@/components/ui/news-button';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { formatPhone } from '@/lib/format';
import { useHeldRows } from '@/lib/held-rows';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { callsQuery, type MessageItem } from '../api';
import { kindText, personName, whenText } from '../describe';
import { t } from '../t';
import classes from './calls-card.module.css';
import { MessageActs } from './message-acts';

function Telephone({ phone }: { phone: string | undefined }) {
  if (!phone) {
    return (
      <span className={classes.phone}>
        <IconPhoneOff size={16} stroke={1.8} aria-hidden />
        {t('calls.noPhone')}
      </span>
    );
  }
  return (
    <a href={`tel:${phone}`} className={classes.phone}>
      <IconPhone size={16} stroke={1.8} aria-hidden />
      {t('calls.call', { phone: formatPhone(phone) })}
    </a>
  );
}

function CallRow({ message, onSettled }: { message: MessageItem; onSettled: () => void }) {
  const zone = useZone();
  const today = useToday();
  const { patient, error } = message;
  const facts = [
    patient?.record_number,
    kindText(message),
    t(message.status === 'failed' ? 'calls.failedAt' : 'calls.unconfirmedAt', {
      when: whenText(message.at, zone, today).toLocaleLowerCase('es-MX'),
    }),
  ];
  return (
    <li className={classes.row} data-row={message.id} tabIndex={-1} aria-label={personName(message)}>
      <div className={classes.words}>
        <div className={classes.name}>
          {patient ? (
            <TextLink to={paths.patientMessages} params={{ patientId: patient.id }}>
              {personName(message)}
            </TextLink>
          ) : (
            personName(message)
          )}
        </div>
        <div className={classes.detail}>{facts.filter(Boolean).join(' · ')}</div>
        {(error ?? message.status !== 'failed') && (
          <div className={classes.error}>{error?.message ?? t('calls.unconfirmed')}</div>
        )}
      </div>
      <Telephone phone={patient?.phone ?? message.phone} />
      <MessageActs message={message} onSettled={onSettled} />
    </li>
  );
}

/**
 * Moves the focus from a row that leaves, or has left, to the one after it, or the one before, or
 * the card. It waits for the rendering under way, which may be taking the row or a dialog out.
 */
function focusBeside(list: HTMLElement | null, id: string, index: number): void {
  setTimeout(() => {
    const rows = Array.from(list?.querySelectorAll<HTMLElement>('[data-row]') ?? []);
    const others = rows.filter((row) => row.dataset.row !== id);
    const next = others[index] ?? others[index - 1] ?? list;
    next?.focus();
  });
}

/** Whom somebody should call, since WhatsApp could not reach them. */
export function CallsCard() {
  const query = useQuery(callsQuery);
  const { rows, news, show } = useHeldRows('calls', query.data?.items, 'drop');
  const list = useRef<HTMLDivElement>(null);
  const count = rows.length + news;
  return (
    <Card
      divided
      padding="none"
      title={t('calls.title')}
      icon={<IconPhone stroke={1.7} aria-hidden />}
      action={count > 0 && <Count family="red">{count}</Count>}
      className={classes.card}
    >
      <div ref={list} tabIndex={-1} className={classes.body}>
        {query.isPending && <SkeletonRows rows={2} />}
        {query.isError && (
          <ErrorState level={3} error={query.error} title={t('load')} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && rows.length === 0 && <p className={classes.none}>{t('calls.none')}</p>}
        {rows.length > 0 && (
          <>
            <p className={classes.intro}>{t('calls.subtitle')}</p>
            <NewsButton label={news > 0 ? t('list.news', { count: news }) : undefined} onShow={show} />
            <RowList label={t('calls.list')}>
              {rows.map((message, index) => (
                <CallRow
                  key={message.id}
                  message={message}
                  onSettled={() => {
                    focusBeside(list.current, message.id, index);
                  }}
                />
              ))}
            </RowList>
          </>
        )}
      </div>
    </Card>
  );
}
