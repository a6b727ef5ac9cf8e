import type { ChartFacts } from '../chart-facts';
import type { NoteContent } from '../note';
import type { OpenNote } from '../open-note';
import { Rail } from './rail';

interface ChartRailProps {
  patientId: string;
  chart: ChartFacts;
  lastContent: NoteContent | undefined;
  note: OpenNote;
}

/** What of the chart stands beside the note, and what of it can be changed from there. */
export function ChartRail({ patientId, chart, lastContent, note }: ChartRailProps) {
  const lastPlan = lastContent?.plan ?? '';
  const repeatPlan = () => {
    note.draft.change((content) => ({
      ...content,
      plan: content.plan.trim() === '' ? lastPlan : `${content.plan.trimEnd()}\n${lastPlan}`,
    }));
  };
  return (
    <Rail
      patientId={patientId}
      lastNote={chart.lastNote}
      onRepeatPlan={lastPlan === '' ? undefined : repeatPlan}
      medications={chart.medications}
      allergies={chart.allergies}
      problems={chart.problems}
      onAllergy={undefined}
      onProblem={undefined}
      acts={null}
    />
  );
}
