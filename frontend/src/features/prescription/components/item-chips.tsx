import {
  IconAlertCircle,
  IconAlertTriangle,
  IconInfoCircle,
  IconPencilExclamation,
  IconRepeat,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusChip, type Family } from '@/components/ui/chip';
import { isOpen, type Alert, type Item } from '../content';
import { t } from '../t';

interface Look {
  family: Family;
  icon: ReactNode;
  text: string;
}

function courseLook(alert: Alert, item: Item): Look {
  const replaces = item.replaces_course_id === alert.course_id;
  return { family: 'teal', icon: <IconRepeat aria-hidden />, text: t(replaces ? 'chips.replaces' : 'chips.continues') };
}

function lookOf(alert: Alert, item: Item): Look {
  const text = t(`chips.${alert.kind}`);
  if (alert.kind === 'in_force' && alert.requires === 'none') return courseLook(alert, item);
  if (alert.kind === 'incomplete') return { family: 'amber', icon: <IconPencilExclamation aria-hidden />, text };
  if (alert.severity === 'info') return { family: 'blue', icon: <IconInfoCircle aria-hidden />, text };
  if (alert.severity === 'high') return { family: 'red', icon: <IconAlertCircle aria-hidden />, text };
  return { family: 'amber', icon: <IconAlertTriangle aria-hidden />, text };
}

/** What is known of an item, each in icon and word; answered alerts have a dashed edge. */
export function ItemChips({ item, alerts }: { item: Item; alerts: readonly Alert[] }) {
  return alerts.map((alert) => {
    const { family, icon, text } = lookOf(alert, item);
    return (
      <StatusChip key={alert.id} family={family} icon={icon} dashed={!isOpen(alert) && alert.requires !== 'none'}>
        {text}
      </StatusChip>
    );
  });
}
