import { IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { purposeLabel, PurposeWord } from '@/components/clinical/consent-status';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import type { ChartSummary } from '@/lib/api/types';
import { t } from '../t';
import classes from './summary-rows.module.css';

type Consent = ChartSummary['consent'];

/** Where the consent to each purpose stands. */
export function PurposesCard({ consent, link }: { consent: Consent; link: ReactNode }) {
  return (
    <Card
      divided
      padding="none"
      title={t('summary.consents')}
      icon={<IconShieldCheck stroke={1.7} aria-hidden />}
      action={link === false ? undefined : link}
    >
      <RowList>
        {consent.purposes.map(({ purpose, status }) => (
          <li key={purpose} className={classes.row}>
            <span>{purposeLabel(purpose)}</span>
            <PurposeWord purpose={purpose} status={status} />
          </li>
        ))}
      </RowList>
    </Card>
  );
}
