import { IconAlertCircle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { StatusChip } from '@/components/ui/chip';
import type { ChartSummary } from '@/lib/api/types';
import { t } from './t';
import classes from './editor-header.module.css';

type ChartAllergies = ChartSummary['allergies'];
type ChartProblem = ChartSummary['problems'][number];

const MOST_PROBLEMS = 3;

function Allergies({ allergies }: { allergies: ChartAllergies }) {
  if (allergies.status === 'not_asked') {
    return (
      <StatusChip dashed family="amber" icon={<IconHelpCircle aria-hidden />}>
        {t('chips.notAsked')}
      </StatusChip>
    );
  }
  if (allergies.status === 'none_known') {
    return (
      <StatusChip family="green" icon={<IconCircleCheck aria-hidden />}>
        {t('chips.noneKnown')}
      </StatusChip>
    );
  }
  // Every one of them: an allergy that is not seen is the one that harms.
  return allergies.items.map(({ id, substance, reaction }) => (
    <StatusChip key={id} family="red" icon={<IconAlertCircle aria-hidden />}>
      {substance} {reaction !== undefined && <span className={classes.reaction}>{reaction.toLowerCase()}</span>}
    </StatusChip>
  ));
}

/** What must not be forgotten of this person while writing: allergies, then problems. */
export function PatientChips(props: { allergies: ChartAllergies | undefined; problems: readonly ChartProblem[] }) {
  const { allergies, problems } = props;
  const shown = problems.slice(0, MOST_PROBLEMS);
  const hidden = problems.length - shown.length;
  return (
    <div className={classes.chips}>
      {allergies && <Allergies allergies={allergies} />}
      {shown.map(({ id, label }) => (
        <StatusChip key={id} family="grey" className={classes.problem}>
          {label}
        </StatusChip>
      ))}
      {hidden > 0 && (
        <StatusChip family="grey" className={classes.problem}>
          {t('chips.more', { count: hidden })}
        </StatusChip>
      )}
    </div>
  );
}
