import { IconMessage } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip, type Family } from '@/components/ui/chip';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Connection } from '../api';
import { t } from '../t';
import classes from './whatsapp.module.css';

const KNOWN = ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'ABSENT'] as const;

function family(status: string | undefined, faithful: boolean): Family {
  if (status === undefined) return 'grey';
  if (status === 'PENDING') return 'amber';
  return status === 'APPROVED' && faithful ? 'green' : 'red';
}

function word(status: string | undefined): string {
  if (status === undefined) return t('template.status.unknown');
  return t(`template.status.${KNOWN.find((one) => one === status) ?? 'other'}`);
}

/** The text by which consent is asked, and where it stands at Meta. */
export function TemplateCard({ template }: { template: Connection['template'] }) {
  const zone = useZone();
  const { status, faithful = true, heard_at: heard, body } = template;
  return (
    <Card
      title={t('template.title')}
      icon={<IconMessage stroke={1.7} aria-hidden />}
      action={<StatusChip family={family(status, faithful)}>{word(status)}</StatusChip>}
    >
      <p className={classes.text}>
        {t('template.text')} {heard !== undefined && t('template.heard', { when: formatInstant(heard, zone) })}
      </p>
      {!faithful && <p className={classes.text}>{t('template.differs')}</p>}
      {status !== undefined && status !== 'APPROVED' && <p className={classes.text}>{t('template.waits')}</p>}
      <pre className={classes.body}>{body}</pre>
    </Card>
  );
}
