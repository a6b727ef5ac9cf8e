import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ConsentChip } from '@/components/clinical/consent-status';
import { sexLabel } from '@/components/clinical/patient-form/options';
import { Avatar } from '@/components/ui/avatar';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { paths } from '@/config/paths';
import type { PatientListItem } from '@/lib/api/types';
import { formatPhone, formatRecent, initials, patientName } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { t } from '../t';
import classes from './patients-table.module.css';

function PatientLink({ patient }: { patient: PatientListItem }) {
  return (
    <RowLink data-row to={paths.patient} params={{ patientId: patient.id }}>
      {patientName(patient)}
    </RowLink>
  );
}

function Person({ patient }: { patient: PatientListItem }) {
  return (
    <div className={classes.person}>
      <Avatar initials={initials(patient.given_names, patient.first_surname)} seed={patient.id} />
      <div className={classes.words}>
        <div className={classes.name}>
          <PatientLink patient={patient} />
        </div>
        <div className={`${classes.second ?? ''} identifier`}>{patient.record_number}</div>
      </div>
    </div>
  );
}

function Nothing() {
  return (
    <>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{t('list.nothing')}</span>
    </>
  );
}

function orNothing(text: string | undefined, show: (text: string) => ReactNode): ReactNode {
  return text === undefined || text === '' ? <Nothing /> : show(text);
}

function useColumns(): Column<PatientListItem>[] {
  const zone = useZone();
  const today = useToday();
  return [
    { key: 'patient', header: t('list.patient'), cell: (patient) => <Person patient={patient} /> },
    {
      key: 'age',
      header: t('list.ageAndSex'),
      cell: (patient) => (
        <>
          {patient.age_text !== undefined && <div className={classes.age}>{patient.age_text}</div>}
          <div className={classes.second}>{sexLabel(patient.sex)}</div>
        </>
      ),
    },
    {
      key: 'curp',
      header: t('list.curp'),
      cell: (patient) => orNothing(patient.curp, (curp) => <span className="identifier">{curp}</span>),
    },
    {
      key: 'phone',
      header: t('list.phone'),
      cell: (patient) => orNothing(patient.phone, (phone) => <span className={classes.phone}>{formatPhone(phone)}</span>),
    },
    {
      key: 'seen',
      header: t('list.seen'),
      cell: (patient) =>
        orNothing(patient.last_seen_at, (seen) => (
          <span className={classes.seen}>{formatRecent(seen, zone, today)}</span>
        )),
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
}

function PhoneItem({ patient }: { patient: PatientListItem }) {
  return (
    <>
      <Person patient={patient} />
      <ConsentChip status={patient.consent.status} />
    </>
  );
}

interface PatientsTableProps {
  patients: readonly PatientListItem[];
}

/** The patients of one page; each row is a link to the chart. */
export function PatientsTable({ patients }: PatientsTableProps) {
  return (
    <Table
      caption={t('list.caption')}
      columns={useColumns()}
      rows={patients}
      rowKey={(patient) => patient.id}
      listItem={(patient) => <PhoneItem patient={patient} />}
    />
  );
}
