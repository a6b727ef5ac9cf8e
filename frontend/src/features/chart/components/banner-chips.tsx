import { useQuery } from '@tanstack/react-query';
import { PatientChips } from '@/components/clinical/editor/patient-chips';
import { StatusChip } from '@/components/ui/chip';
import { useIsPhone } from '@/components/ui/use-media';
import type { ChartSummary } from '@/lib/api/types';
import { useCan } from '@/lib/permissions';
import { summaryQuery } from '../api';
import { t } from '../t';
import classes from './banner-chips.module.css';

const MOST_PROBLEMS = 3;

/** The problems by name and code; on phones only how many there are. */
function Problems({ problems }: { problems: ChartSummary['problems'] }) {
  const isPhone = useIsPhone();
  if (problems.length === 0) return null;
  if (isPhone) return <StatusChip family="grey">{t('banner.problems', { count: problems.length })}</StatusChip>;
  const hidden = problems.length - MOST_PROBLEMS;
  return (
    <>
      {problems.slice(0, MOST_PROBLEMS).map(({ id, label, code }) => (
        <StatusChip key={id} family="grey" className={classes.problem}>
          <span className={classes.label}>{label}</span> {code}
        </StatusChip>
      ))}
      {hidden > 0 && <StatusChip family="grey">{t('banner.moreProblems', { count: hidden })}</StatusChip>}
    </>
  );
}

/** What must not be forgotten of this person: allergies, every one of them, then problems. */
export function BannerChips({ patientId }: { patientId: string }) {
  const reads = useCan()('chart:read');
  const summary = useQuery({ ...summaryQuery(patientId), enabled: reads }).data;
  if (!summary) return null;
  return (
    <>
      <PatientChips allergies={summary.allergies} problems={[]} />
      <Problems problems={summary.problems.filter(({ status }) => status === 'active')} />
    </>
  );
}
