import { IconHistory, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { consentWord, purposeLabel, PurposeWord } from '@/components/clinical/consent-status';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import type { ChartSummary } from '@/lib/api/types';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
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

/** The latest links of the chain, the newest first. */
export function ConsentEventsCard({ consent }: { consent: Consent }) {
  const zone = useZone();
  return (
    <Card
      divided
      padding="none"
      title={t('summary.consentEvents')}
      icon={<IconHistory stroke={1.7} aria-hidden />}
    >
      {consent.events.length === 0 ? (
        <p className={classes.nothing}>{t('summary.noEvents')}</p>
      ) : (
        <RowList>
          {consent.events.map((event) => (
            <li key={event.id} className={classes.row}>
              <div className={classes.what}>{consentWord(event.type)}</div>
              <time className={classes.when} dateTime={event.at}>
                {formatInstant(event.at, zone)}
              </time>
              <div className={classes.whole}>{event.purposes.map(purposeLabel).join(', ')}</div>
            </li>
          ))}
        </RowList>
      )}
    </Card>
  );
}
