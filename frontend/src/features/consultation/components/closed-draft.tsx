import { IconArchive, IconFileOff } from '@tabler/icons-react';
import { EditorHeader } from '@/components/clinical/editor/editor-header';
import { Banner } from '@/components/ui/banner';
import { StatusChip } from '@/components/ui/chip';
import { paths } from '@/config/paths';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Consultation, NoteType } from '../api';
import { useChartFacts } from '../chart-facts';
import type { NoteSection } from '../note';
import { contentOf } from '../open-note';
import { more } from '../more-t';
import { t } from '../t';
import editor from './editor.module.css';
import { NoteText } from './note-text';
import classes from './signed-note.module.css';

/** A draft that nobody writes any more: put away, or of a patient whose chart is archived. */
export function ClosedDraft({ consultation, type }: { consultation: Consultation; type: NoteType }) {
  const zone = useZone();
  const { id, patient_id: patientId, status, updated_at: updatedAt } = consultation;
  const chart = useChartFacts(patientId, id);
  const isDiscarded = status === 'discarded';
  return (
    <div className={editor.editor}>
      <EditorHeader
          patientId={patientId}
          title={t('title')}
          backTo={paths.patientConsultations}
          banner={chart.banner}
          allergies={chart.allergies}
          problems={chart.problems}
        >
        {null}
      </EditorHeader>
      {/* Scrolls by itself, so the keyboard must reach it. */}
      <div role="region" aria-label={consultation.type_label} tabIndex={0} className={classes.page}>
        <div className={classes.notice}>
          {isDiscarded ? (
            <Banner
              family="amber"
              icon={<IconFileOff stroke={1.7} aria-hidden />}
              title={more('readOnly.discarded', { date: formatInstant(updatedAt, zone) })}
            >
              {more('readOnly.discardedPlain')}
            </Banner>
          ) : (
            <Banner
              family="amber"
              icon={<IconArchive stroke={1.7} aria-hidden />}
              title={more('readOnly.archived')}
            >
              {more('readOnly.archivedText')}
            </Banner>
          )}
        </div>
        <article aria-labelledby="nota-tipo" className={classes.document}>
          <div className={classes.head}>
            <h2 id="nota-tipo" className={classes.type}>
              {consultation.type_label}
            </h2>
            <StatusChip family={isDiscarded ? 'grey' : 'amber'}>
              {isDiscarded ? more('list.discardedState') : more('list.draft')}
            </StatusChip>
          </div>
          <NoteText
            sections={type.sections as NoteSection[]}
            content={contentOf(consultation)}
            vitals={consultation.vital_signs}
          />
        </article>
      </div>
    </div>
  );
}
