import { useQuery } from '@tanstack/react-query';
import { IconUsers } from '@tabler/icons-react';
import { sexLabel } from '@/components/clinical/patient-form/options';
import { Avatar } from '@/components/ui/avatar';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { PatientListItem } from '@/lib/api/types';
import { formatRecent, initials, patientName } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import { useToday } from '@/lib/today';
import { recentPatientsQuery } from '../api';
import { t } from '../t';
import { ListCard } from './list-card';
import classes from './rows.module.css';

/** For whoever takes readings and writes no notes: the way there, beside the name. */
function VitalsLink({ patient }: { patient: PatientListItem }) {
  return (
    <ButtonLink size="s" to={paths.patientVitals} params={{ patientId: patient.id }}>
      {t('recent.vitals')} <span className="visually-hidden">{t('recent.of', { name: patientName(patient) })}</span>
    </ButtonLink>
  );
}

function PatientRow({ patient }: { patient: PatientListItem }) {
  const can = useCan();
  const zone = useZone();
  const today = useToday();
  const { id, given_names: given, first_surname: surname } = patient;
  const facts = [patient.age_text, sexLabel(patient.sex)].filter(Boolean);
  return (
    <li className={classes.row}>
      <Avatar size="s" initials={initials(given, surname)} seed={id} />
      <div className={classes.words}>
        <div className={classes.name}>
          <TextLink to={paths.patient} params={{ patientId: id }}>
            {patientName(patient)}
          </TextLink>
        </div>
        <div className={classes.detail}>
          {facts.map((fact) => `${String(fact)} · `)}
          <span className="identifier">{patient.record_number}</span>
        </div>
      </div>
      <time className={classes.when} dateTime={patient.last_seen_at}>
        {formatRecent(patient.last_seen_at, zone, today)}
      </time>
      {can('vitals:write') && !can('consultation:write') && <VitalsLink patient={patient} />}
    </li>
  );
}

/** Whom the clinic saw last, to open the record again. */
export function RecentCard() {
  const query = useQuery(recentPatientsQuery);
  return (
    <ListCard
      title={t('recent.title')}
      icon={<IconUsers stroke={1.7} aria-hidden />}
      action={<TextLink to={paths.patients}>{t('recent.all')}</TextLink>}
      query={query}
      items={query.data}
      none={t('recent.none')}
      failed={t('recent.load')}
    >
      {(patient) => <PatientRow key={patient.id} patient={patient} />}
    </ListCard>
  );
}
