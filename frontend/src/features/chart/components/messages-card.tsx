import { IconMessage } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessageStatus, messageKindLabel } from '@/components/clinical/message-status';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import type { ChartSummary } from '@/lib/api/types';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { t } from '../t';
import classes from './summary-rows.module.css';

/** The latest messages to the patient and how far each came. */
export function MessagesCard({ messages, link }: { messages: ChartSummary['messages']; link: ReactNode }) {
  const zone = useZone();
  return (
    <Card
      divided
      padding="none"
      title={t('summary.messages')}
      icon={<IconMessage stroke={1.7} aria-hidden />}
      action={link}
    >
      {messages.length === 0 ? (
        <p className={classes.nothing}>{t('summary.noMessages')}</p>
      ) : (
        <RowList>
          {messages.map((message) => (
            <li key={message.id} className={classes.row}>
              <div>
                <div className={classes.what}>{messageKindLabel(message.kind)}</div>
                <time className={classes.detail} dateTime={message.at}>
                  {formatInstant(message.at, zone)}
                </time>
              </div>
              <MessageStatus status={message.status} />
            </li>
          ))}
        </RowList>
      )}
    </Card>
  );
}
