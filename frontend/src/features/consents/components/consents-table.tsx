import { IconChevronRight } from '@tabler/icons-react';
import { ConsentChip } from '@/components/clinical/consent-status';
import { Avatar } from '@/components/ui/avatar';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { paths } from '@/config/paths';
import type { PatientListItem } from '@/lib/api/types';
import { formatPhone, initials, patientName } from '@/lib/format';
import { t } from '../t';
import classes from './consents-table.module.css';

function Person({ patient }: { patient: PatientListItem }) {
  return (
    <div className={classes.person}>
      <Avatar initials={initials(patient.given_names, patient.first_surname)} seed={patient.id} />
      <div className={classes.words}>
        <RowLink to={paths.patientConsents} params={{ patientId: patient.id }}>
          {patientName(patient)}
        </RowLink>
        <div className={`${classes.second ?? ''} identifier`}>{patient.record_number}</div>
      </div>
    </div>
  );
}

const ADULT = 18;

/** The telephone that is asked; a minor's question goes to who answers for the minor. */
function whereToAsk({ phone, age }: PatientListItem): string {
  if (age !== undefined && age < ADULT) return t('list.representative');
  return phone ? formatPhone(phone) : t('list.noPhone');
}

const COLUMNS: readonly Column<PatientListItem>[] = [
  { key: 'patient', header: t('list.patient'), cell: (patient) => <Person patient={patient} /> },
  {
    key: 'phone',
    header: t('list.phone'),
    cell: (patient) => <span className={classes.phone}>{whereToAsk(patient)}</span>,
  },
  {
    key: 'consent',
    header: t('list.consent'),
    cell: (patient) => (
      <div className={classes.last}>
        <ConsentChip status={patient.consent.status} />
        <IconChevronRight size={18} stroke={1.7} aria-hidden />
      </div>
    ),
  },
];

/** One page of patients; each row leads to its chain of consent. */
export function ConsentsTable({ patients }: { patients: readonly PatientListItem[] }) {
  return (
    <Table
      caption={t('list.caption')}
      columns={COLUMNS}
      rows={patients}
      rowKey={(patient) => patient.id}
      listItem={(patient) => (
        <>
          <Person patient={patient} />
          <ConsentChip status={patient.consent.status} />
        </>
      )}
    />
  );
}
