import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconHome, IconId, IconPencil, IconUserHeart, IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PATIENT_FIELDS, valueAt } from '@/components/clinical/patient-form/fields';
import { t as formText } from '@/components/clinical/patient-form/t';
import { useShows } from '@/components/clinical/patient-form/use-shows';
import { isWritten, toPatientValues, type PatientValues } from '@/components/clinical/patient-form/values';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import type { Patient } from '@/lib/api/types';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { patientQuery } from '@/lib/patients';
import { useCan } from '@/lib/permissions';
import { Facts } from '../components/facts';
import { t } from '../t';
import classes from './data-page.module.css';

const IDENTIFIERS = ['curp'];

/** The fields whose paths begin so, in the order of the form; inside their card they need no «(quién)». */
function factsOf(values: PatientValues, belongs: (path: string) => boolean) {
  return PATIENT_FIELDS.filter(({ path }) => belongs(path)).map(({ path, label, shortLabel, say }) => {
    const value = valueAt(values, path);
    const words = value === '' ? undefined : say(value);
    const isIdentifier = IDENTIFIERS.includes(path);
    const shown = words && isIdentifier ? <span className="identifier">{words}</span> : words;
    return { label: shortLabel ?? label, value: shown, wide: isIdentifier };
  });
}

interface GroupProps {
  title: string;
  icon: ReactNode;
  values: PatientValues;
  belongs: (path: string) => boolean;
  action?: ReactNode;
}

function Group({ title, icon, values, belongs, action }: GroupProps) {
  return (
    <Card title={title} icon={icon} action={action}>
      <Facts columns={3} facts={factsOf(values, belongs)} />
    </Card>
  );
}

const under = (part: string) => (path: string) => path.startsWith(`${part}.`);
const among = (paths: readonly string[]) => (path: string) => paths.includes(path);

const IDENTITY = [
  'curp',
  'birth_date',
  'given_names',
  'first_surname',
  'second_surname',
  'sex',
  'state_of_birth',
  'blood_type',
];
const MORE = ['identity_status', 'marital_status', 'occupation', 'gender'];

function Groups({ patient }: { patient: Patient }) {
  const can = useCan();
  const shows = useShows();
  const zone = useZone();
  const values = toPatientValues(patient);
  const canEdit = can('patient:write') && patient.status !== 'archived';
  const edit = canEdit && (
    <ButtonLink
      to={paths.editPatient}
      params={{ patientId: patient.id }}
      size="s"
      icon={<IconPencil stroke={1.7} aria-hidden />}
    >
      {t('data.edit')}
    </ButtonLink>
  );
  const shown = (paths: readonly string[]) => among(paths.filter(shows));
  const reach = (path: string) => ['phone', 'email'].includes(path) || under('address')(path);
  return (
    <div className={classes.stack}>
      <Group
        title={formText('cards.identity')}
        icon={<IconId stroke={1.7} aria-hidden />}
        values={values}
        belongs={shown(IDENTITY)}
        action={edit}
      />
      {isWritten(values.representative) && (
        <Group
          title={formText('cards.representative')}
          icon={<IconUserHeart stroke={1.7} aria-hidden />}
          values={values}
          belongs={under('representative')}
        />
      )}
      <Group
        title={formText('cards.contact')}
        icon={<IconHome stroke={1.7} aria-hidden />}
        values={values}
        belongs={reach}
      />
      <Group
        title={formText('cards.more')}
        icon={<IconUserPlus stroke={1.7} aria-hidden />}
        values={values}
        belongs={shown(MORE)}
      />
      {isWritten(values.emergency_contact) && (
        <Group
          title={formText('cards.emergency')}
          icon={<IconUserHeart stroke={1.7} aria-hidden />}
          values={values}
          belongs={under('emergency_contact')}
        />
      )}
      <p className={classes.version}>
        {t('data.version', { version: String(patient.version), date: formatInstant(patient.updated_at, zone) })}
      </p>
    </div>
  );
}

/** All that is known of who the person is. */
export function DataPage() {
  const { patientId = '' } = useParams({ strict: false });
  const patient = useQuery(patientQuery(patientId));
  return (
    <Page>
      {patient.data ? (
        <Groups patient={patient.data} />
      ) : patient.isError ? (
        <ErrorState error={patient.error} title={t('load')} onRetry={() => void patient.refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}
