import { useQuery } from '@tanstack/react-query';
import { IconShieldCheck } from '@tabler/icons-react';
import { consentWord } from '@/components/clinical/consent-status';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { patientName } from '@/lib/format';
import { missingConsentsQuery } from '../api';
import { t } from '../t';
import { ListCard } from './list-card';
import classes from './rows.module.css';

/** Whose consent is still missing, to be asked for: the first few. */
export function ConsentsCard() {
  const query = useQuery(missingConsentsQuery);
  return (
    <ListCard
      title={t('consents.title')}
      icon={<IconShieldCheck stroke={1.7} aria-hidden />}
      action={<TextLink to={paths.consents}>{t('consents.all')}</TextLink>}
      query={query}
      items={query.data}
      none={t('consents.none')}
      failed={t('consents.load')}
    >
      {(patient) => {
        const name = patientName(patient);
        return (
          <li key={patient.id} className={classes.row}>
            <div className={classes.words}>
              <div className={classes.name}>{name}</div>
              <div className={classes.detail}>
                {[patient.record_number, consentWord(patient.consent.status)].join(' · ')}
              </div>
            </div>
            <ButtonLink size="s" to={paths.patientConsents} params={{ patientId: patient.id }}>
              {t('consents.open')} <span className="visually-hidden">{t('consents.of', { name })}</span>
            </ButtonLink>
          </li>
        );
      }}
    </ListCard>
  );
}
