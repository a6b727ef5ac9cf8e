import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/lib/permissions';
import { patiently } from '@/lib/patiently';
import type { ChartAllergy, ChartFacts, ChartProblem } from '../chart-facts';
import type { NoteContent } from '../note';
import type { OpenNote } from '../open-note';
import { Rail } from './rail';

const AllergyDialog = lazy(async () => ({
  default: (await patiently(() => import('@/components/clinical/conditions/allergy-dialog'))).AllergyDialog,
}));
const ProblemDialog = lazy(async () => ({
  default: (await patiently(() => import('@/components/clinical/conditions/problem-dialog'))).ProblemDialog,
}));

/** What is being changed; `undefined` inside is a new one. */
type Change = { allergy: ChartAllergy | undefined } | { problem: ChartProblem | undefined };

interface ChartRailProps {
  patientId: string;
  chart: ChartFacts;
  lastContent: NoteContent | undefined;
  note: OpenNote;
}

/** What of the chart stands beside the note, and what of it can be changed from there. */
export function ChartRail({ patientId, chart, lastContent, note }: ChartRailProps) {
  const can = useCan();
  const [change, setChange] = useState<Change>();
  const lastPlan = lastContent?.plan ?? '';
  const mayChange = can('condition:write');
  const close = () => {
    setChange(undefined);
  };
  const repeatPlan = () => {
    note.draft.change((content) => ({
      ...content,
      plan: content.plan.trim() === '' ? lastPlan : `${content.plan.trimEnd()}\n${lastPlan}`,
    }));
  };
  const onAllergy = (allergy: ChartAllergy | undefined) => {
    setChange({ allergy });
  };
  const onProblem = (problem: ChartProblem | undefined) => {
    setChange({ problem });
  };
  return (
    <>
      <Rail
        patientId={patientId}
        lastNote={chart.lastNote}
        onRepeatPlan={lastPlan === '' ? undefined : repeatPlan}
        medications={chart.medications}
        allergies={chart.allergies}
        problems={chart.problems}
        onAllergy={mayChange ? onAllergy : undefined}
        onProblem={mayChange ? onProblem : undefined}
        acts={null}
      />
      <Suspense fallback={null}>
        {change && 'allergy' in change && (
          <AllergyDialog
            patientId={patientId}
            allergy={change.allergy}
            mayDeny={chart.allergies?.status === 'not_asked' && !change.allergy}
            onClose={close}
          />
        )}
        {change && 'problem' in change && (
          <ProblemDialog patientId={patientId} problem={change.problem} onClose={close} />
        )}
      </Suspense>
    </>
  );
}
