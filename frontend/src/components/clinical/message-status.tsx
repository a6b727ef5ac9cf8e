import {
  IconAlertTriangle,
  IconChecks,
  IconClock,
  IconInbox,
  IconMailOpened,
  IconSend,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusChip, type Family } from '@/components/ui/chip';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/message-status.json';

const t = translator(texts);

type Status = keyof typeof texts.status;

const LOOKS: Record<Status, { family: Family; icon: ReactNode }> = {
  queued: { family: 'grey', icon: <IconClock aria-hidden /> },
  submitted: { family: 'grey', icon: <IconClock aria-hidden /> },
  sent: { family: 'blue', icon: <IconSend aria-hidden /> },
  delivered: { family: 'blue', icon: <IconChecks aria-hidden /> },
  read: { family: 'blue', icon: <IconMailOpened aria-hidden /> },
  failed: { family: 'red', icon: <IconAlertTriangle aria-hidden /> },
  received: { family: 'teal', icon: <IconInbox aria-hidden /> },
};

function isStatus(status: string): status is Status {
  return status in texts.status;
}

/** How far a message came, in icon and word. */
export function MessageStatus({ status }: { status: string }) {
  if (!isStatus(status)) return <StatusChip family="grey">{status}</StatusChip>;
  const { family, icon } = LOOKS[status];
  return (
    <StatusChip family={family} icon={icon}>
      {t(`status.${status}`)}
    </StatusChip>
  );
}

/** What a message is: «Solicitud de consentimiento». */
export function messageKindLabel(kind: string): string {
  return kind in texts.kinds ? t(`kinds.${kind as keyof typeof texts.kinds}`) : kind;
}
