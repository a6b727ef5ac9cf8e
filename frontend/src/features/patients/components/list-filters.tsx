import { useNavigate } from '@tanstack/react-router';
import { FilterChip } from '@/components/ui/chip';
import { paths } from '@/config/paths';
import type { PatientsSearch } from '../search';
import { t } from '../t';
import classes from './list-filters.module.css';

/** The filters as chips; they live in the address, so that a view can be kept and shared. */
export function ListFilters({ search }: { search: PatientsSearch }) {
  const navigate = useNavigate();
  const show = (next: PatientsSearch) => void navigate({ to: paths.patients, search: next, replace: true });
  const archived = search.estado === 'archivados';
  const withoutConsent = search.consentimiento === 'sin';
  return (
    <div role="group" aria-label={t('list.filters')} className={classes.chips}>
      <FilterChip
        selected={!archived}
        onToggle={() => {
          show({ ...search, estado: 'activos' });
        }}
      >
        {t('list.active')}
      </FilterChip>
      <FilterChip
        selected={withoutConsent}
        onToggle={() => {
          show({ ...search, consentimiento: withoutConsent ? undefined : 'sin' });
        }}
      >
        {t('list.withoutConsent')}
      </FilterChip>
      <FilterChip
        selected={archived}
        onToggle={() => {
          show({ ...search, estado: archived ? 'activos' : 'archivados' });
        }}
      >
        {t('list.archived')}
      </FilterChip>
    </div>
  );
}
