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
import type { MessageItem } from '../api';
import { t } from '../t';

type Status = MessageItem['status'];

const LOOKS: Record<Status, { family: Family; icon: ReactNode }> = {
  queued: { family: 'grey', icon: <IconClock aria-hidden /> },
  submitted: { family: 'grey', icon: <IconClock aria-hidden /> },
  sent: { family: 'blue', icon: <IconSend aria-hidden /> },
  delivered: { family: 'blue', icon: <IconChecks aria-hidden /> },
  read: { family: 'blue', icon: <IconMailOpened aria-hidden /> },
  failed: { family: 'red', icon: <IconAlertTriangle aria-hidden /> },
  received: { family: 'teal', icon: <IconInbox aria-hidden /> },
};

/** How far a message came, in icon and word. */
export function MessageStatus({ status }: { status: Status }) {
  const { family, icon } = LOOKS[status];
  return (
    <StatusChip family={family} icon={icon}>
      {t(`status.${status}`)}
    </StatusChip>
  );
}
