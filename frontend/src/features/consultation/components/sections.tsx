import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { formatTime } from '@/lib/format';
import { MEASURES, type MeasureSet } from '@/lib/measures';
import { useZone } from '@/lib/office';
import { readingsQuery, type Consultation } from '../api';
import { textOf, type NoteContent, type NoteSection } from '../note';
import type { LiveItem } from '../progress';
import { t } from '../t';
import { DiagnosesSection } from './diagnoses-section';
import { TextSection } from './text-section';
import { VitalsSection, type VitalFacts } from './vitals-section';
import type { Command } from './writing-area';

/** When and by whom the vital signs were taken, if somebody else did. */
function useTaken(consultation: Consultation): string | undefined {
  const zone = useZone();
  const { vital_signs_taken: taken, author } = consultation;
  if (!taken) return undefined;
  const time = formatTime(taken.at, zone);
  if (taken.by.id === author.id) return t('vitals.taken', { time });
  return t('vitals.takenBy', { time, name: taken.by.name });
}

/** The readings of the chart that concern this note: the one before, and what each value means. */
function useVitalFacts(consultation: Consultation): VitalFacts {
  const { id, patient_id: patientId } = consultation;
  const readings = useQuery(readingsQuery(patientId)).data;
  const taken = useTaken(consultation);
  return useMemo(() => {
    const valid = (readings ?? []).filter(({ voided }) => voided === undefined);
    const own = valid.find((reading) => reading.consultation_id === id);
    // Of each measure the latest there is, since not all are taken each time.
    const previous: MeasureSet = {};
    for (const reading of valid.filter((one) => one !== own)) {
      for (const key of MEASURES) {
        const value = reading[key];
        if (value !== undefined) previous[key] ??= value;
      }
    }
    return { previous, states: own?.states ?? {}, taken };
  }, [readings, id, taken]);
}

interface SectionsProps {
  consultation: Consultation;
  sections: readonly NoteSection[];
  items: readonly LiveItem[];
  commands: readonly Command[];
  /** What the last note said, to be brought into this one. */
  last: NoteContent | undefined;
}

/** The parts of the note, in the order of its kind. */
export function Sections({ consultation, sections, items, commands, last }: SectionsProps) {
  const facts = useVitalFacts(consultation);
  const warnings = consultation.warnings.filter(({ field }) => field.startsWith('diagnoses')).map(({ message }) => message);
  return sections.map((section) => {
    const item = items.find(({ key }) => key === section.key);
    const why = item?.state === 'in_progress' ? item.why : undefined;
    if (section.kind === 'vital_signs') return <VitalsSection key={section.key} section={section} facts={facts} why={why} />;
    if (section.kind === 'diagnoses') {
      return <DiagnosesSection key={section.key} section={section} warnings={warnings} why={why} />;
    }
    const lastText = last ? textOf(last, section) : '';
    return (
      <TextSection
        key={section.key}
        section={section}
        commands={commands}
        lastText={lastText === '' ? undefined : lastText}
        why={why}
      />
    );
  });
}
