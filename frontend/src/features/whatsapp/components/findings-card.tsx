import { IconAlertTriangle, IconCheck, IconChecklist, IconX } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { RowList } from '@/components/ui/row-list';
import type { Finding } from '../api';
import { t } from '../t';
import classes from './whatsapp.module.css';

const LOOKS = {
  ok: { family: 'green', icon: <IconCheck size={14} aria-hidden /> },
  warn: { family: 'amber', icon: <IconAlertTriangle size={14} aria-hidden /> },
  fail: { family: 'red', icon: <IconX size={14} aria-hidden /> },
} as const;

const GRAVEST_FIRST = ['fail', 'warn', 'ok'] as const;

/** What was looked at, the gravest first, and what to do about it. */
export function FindingsCard({ findings }: { findings: readonly Finding[] }) {
  const sorted = GRAVEST_FIRST.flatMap((level) => findings.filter((one) => one.level === level));
  return (
    <Card divided padding="none" title={t('findings.title')} icon={<IconChecklist stroke={1.7} aria-hidden />}>
      <RowList>
        {sorted.map((finding) => (
          <li key={`${finding.code} ${finding.text}`} className={classes.row}>
            <div className={classes.words}>
              <div>{finding.text}</div>
              {finding.advice !== undefined && <div className={classes.advice}>{finding.advice}</div>}
            </div>
            <StatusChip family={LOOKS[finding.level].family} icon={LOOKS[finding.level].icon}>
              {t(`findings.${finding.level}`)}
            </StatusChip>
          </li>
        ))}
      </RowList>
    </Card>
  );
}
