import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconX } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { DateField } from '@/components/ui/date-field';
import { FilterSelect } from '@/components/ui/filter-select';
import { paths } from '@/config/paths';
import { splitDate } from '@/lib/dates';
import { useToday } from '@/lib/today';
import { actionGroups } from '../actions';
import { knownActors, type AuditEvent } from '../api';
import { OUTCOMES, RANGES, type AuditSearch, type Outcome } from '../search';
import { t } from '../t';
import classes from './audit-filters.module.css';

type Show = (changes: AuditSearch) => void;

/** Changes the filters in the address; the open event closes, since it may not be on the new list. */
export function useShow(search: AuditSearch): Show {
  const navigate = useNavigate();
  return (changes) => {
    void navigate({ to: paths.audit, search: { ...search, evento: undefined, ...changes }, replace: true });
  };
}

const DAY = 'dia';
const RANGE_LABELS = { ayer: 'dates.yesterday', '7': 'dates.week', '30': 'dates.month', todas: 'dates.all' } as const;

function DateFilter({ search, show }: { search: AuditSearch; show: Show }) {
  const today = useToday();
  const { fecha } = search;
  const isDay = fecha !== undefined && splitDate(fecha) !== undefined;
  return (
    <>
      <FilterSelect
        label={t('filters.date')}
        value={isDay ? DAY : (fecha ?? '')}
        options={[
          { value: '', label: t('dates.today') },
          ...RANGES.map((range) => ({ value: range, label: t(RANGE_LABELS[range]) })),
          { value: DAY, label: t('dates.day') },
        ]}
        onChange={(value) => {
          show({ fecha: value === DAY ? today : value || undefined });
        }}
      />
      {isDay && (
        <DateField
          key="day"
          className={classes.day}
          label={t('filters.day')}
          today={today}
          value={fecha}
          onChange={(date) => {
            if (splitDate(date)) show({ fecha: date });
          }}
        />
      )}
    </>
  );
}

function WhoFilter({ search, show }: { search: AuditSearch; show: Show }) {
  const pages = useQueryClient().getQueriesData<{ items: AuditEvent[] }>({ queryKey: ['audit', 'list'] });
  const actors = knownActors(pages);
  const { quien } = search;
  if (quien && !actors.has(quien)) actors.set(quien, t('filters.somebody'));
  const options = [...actors].map(([value, label]) => ({ value, label }));
  return (
    <FilterSelect
      label={t('filters.who')}
      value={quien ?? ''}
      options={[
        { value: '', label: t('filters.everybody') },
        ...options.sort((a, b) => a.label.localeCompare(b.label, 'es-MX')),
      ]}
      onChange={(value) => {
        show({ quien: value || undefined });
      }}
    />
  );
}

interface AuditFiltersProps {
  search: AuditSearch;
  /** The record number of the patient asked about, once it is known. */
  record: string | undefined;
}

/** The filters of the trail. They live in the address, as codes and ids. */
export function AuditFilters({ search, record }: AuditFiltersProps) {
  const show = useShow(search);
  const { fecha, quien, accion, resultado, paciente } = search;
  const isFiltered = [fecha, quien, accion, resultado, paciente].some((value) => value !== undefined);
  return (
    <div role="group" aria-label={t('filters.label')} className={classes.filters}>
      <DateFilter search={search} show={show} />
      <WhoFilter search={search} show={show} />
      <FilterSelect
        label={t('filters.action')}
        value={accion ?? ''}
        options={[{ value: '', label: t('filters.everything') }]}
        groups={actionGroups()}
        onChange={(value) => {
          show({ accion: value || undefined });
        }}
      />
      <FilterSelect
        label={t('filters.outcome')}
        value={resultado ?? ''}
        options={[
          { value: '', label: t('filters.anyOutcome') },
          ...OUTCOMES.map((outcome) => ({ value: outcome, label: t(`outcomes.${outcome}`) })),
        ]}
        onChange={(value) => {
          show({ resultado: value === '' ? undefined : (value as Outcome) });
        }}
      />
      {paciente && (
        <Button
          iconRight={<IconX aria-hidden />}
          onClick={() => {
            show({ paciente: undefined });
          }}
        >
          {record ? t('filters.patientNamed', { record }) : t('filters.patient')}
        </Button>
      )}
      {isFiltered && (
        <Button
          variant="ghost"
          onClick={() => {
            show({ fecha: undefined, quien: undefined, accion: undefined, resultado: undefined, paciente: undefined });
          }}
        >
          {t('filters.clear')}
        </Button>
      )}
    </div>
  );
}
