import { useQuery } from '@tanstack/react-query';
import { IconMessage2, IconPhone } from '@tabler/icons-react';
import { messageKindLabel } from '@/components/clinical/message-status';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { formatRecent } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { waitingMessagesQuery, type WaitingMessage } from '../api';
import { t } from '../t';
import { ListCard } from './list-card';
import classes from './rows.module.css';

function MessageRow({ message }: { message: WaitingMessage }) {
  const zone = useZone();
  const today = useToday();
  const { patient, kind, at, error } = message;
  const phone = patient?.phone ?? message.phone;
  const name = patient?.name ?? t('messages.nobody');
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {patient ? (
            <TextLink to={paths.patientMessages} params={{ patientId: patient.id }}>
              {name}
            </TextLink>
          ) : (
            name
          )}
        </div>
        <div className={classes.detail}>{`${messageKindLabel(kind)} · ${formatRecent(at, zone, today)}`}</div>
        <div className={classes.detail}>{error?.message ?? t('messages.unconfirmed')}</div>
      </div>
      {phone !== undefined && (
        <a href={`tel:${phone}`} className={classes.call} aria-label={t('messages.callTo', { name })}>
          <IconPhone size={14} stroke={2} aria-hidden />
          {t('messages.call')}
        </a>
      )}
    </li>
  );
}

/** Whom somebody should call, since WhatsApp could not reach them: the first few. */
export function MessagesCard() {
  const query = useQuery(waitingMessagesQuery);
  return (
    <ListCard
      title={t('messages.title')}
      icon={<IconMessage2 stroke={1.7} aria-hidden />}
      action={<TextLink to={paths.messages}>{t('messages.all')}</TextLink>}
      query={query}
      items={query.data?.items}
      none={t('messages.none')}
      failed={t('messages.load')}
    >
      {(message) => <MessageRow key={message.id} message={message} />}
    </ListCard>
  );
}
