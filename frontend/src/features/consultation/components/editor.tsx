import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { EditorHeader } from '@/components/clinical/editor/editor-header';
import { useEditorKeys } from '@/components/clinical/editor/use-editor-keys';
import { useNewPrescription } from '@/components/clinical/use-new-prescription';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useIsPhone, useMedia } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { canSeal } from '@/lib/drafts/sealed-copies';
import { isAtRisk, useDraft } from '@/lib/drafts/use-draft';
import { formatInstant, patientName } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import { patiently } from '@/lib/patiently';
import { lastNoteQuery, type Consultation, type NoteType } from '../api';
import { useChartFacts } from '../chart-facts';
import { contentOf } from '../open-note';
import { t } from '../t';
import { Checklist } from './checklist';
import { EditorActs } from './editor-acts';
import classes from './editor.module.css';
import { Foot } from './foot';
import { SignButton } from './sign-button';
import { TypeMenu } from './type-menu';
import { useClosedElsewhere } from './use-closed-elsewhere';
import { useConflict } from './use-conflict';
import { useEditor, type EditorState } from './use-editor';
import { NoteContext } from './use-note';
import { useRecovery } from './use-recovery';
import { useRefreshedReadings } from './use-refreshed-readings';
import { useNoteSigning } from './use-note-signing';

// What is written in weighs the most: it is fetched beside the note, so that it is there when the note comes.
const sections = patiently(() => import('./sections'));
const Sections = lazy(async () => ({ default: (await sections).Sections }));
// What is not needed for the first letter follows the page.
const LeaveGuard = lazy(async () => ({ default: (await patiently(() => import('@/components/ui/leave-guard'))).LeaveGuard }));
const EditorNotices = lazy(async () => ({ default: (await patiently(() => import('./editor-notices'))).EditorNotices }));
const ChartRail = lazy(async () => ({ default: (await patiently(() => import('./chart-rail'))).ChartRail }));
const ConflictPage = lazy(async () => ({ default: (await patiently(() => import('./conflict-page'))).ConflictPage }));
const SignNoteDialog = lazy(async () => ({ default: (await patiently(() => import('./sign-note-dialog'))).SignNoteDialog }));
const ChecklistSheet = lazy(async () => ({ default: (await patiently(() => import('./checklist-sheet'))).ChecklistSheet }));

interface EditorProps {
  consultation: Consultation;
  type: NoteType;
}

/** The list of the note with what is known of the draft at its foot. */
function NoteList({ editor, onGo }: { editor: EditorState; onGo: (key: string) => void }) {
  const zone = useZone();
  const { latest, items, progress, current } = editor;
  const foot = [
    t('checklist.opened', { when: formatInstant(latest.opened_at, zone) }),
    canSeal() ? t('checklist.local') : t('checklist.noLocal'),
  ];
  return (
    <Checklist
      typeLabel={latest.type_label}
      change={<TypeMenu note={editor.note} />}
      items={items}
      done={progress.done}
      total={progress.total}
      current={current}
      onGo={onGo}
      foot={foot}
    />
  );
}

/** The editor of a draft: its list, its parts, and what of the chart is looked at meanwhile. */
export function Editor({ consultation, type }: EditorProps) {
  const { id, patient_id: patientId } = consultation;
  const isPhone = useIsPhone();
  const isNarrow = useMedia('(max-width: 1179px)');
  const can = useCan();
  const receta = useNewPrescription(patientId);
  const chart = useChartFacts(patientId, id);
  const editor = useEditor(consultation, type);
  const { note, items, latest, go } = editor;
  const { draft } = note;
  const recovery = useRecovery(id, note);
  const conflict = useConflict(id, note);
  const signing = useNoteSigning({ consultation, note, onGo: go });
  const last = useQuery(lastNoteQuery(chart.lastNote?.id)).data;
  const lastContent = last && contentOf(last);
  const risk = useDraft(draft, isAtRisk);
  const [showsList, setShowsList] = useState(false);
  const [compares, setCompares] = useState(false);
  const isChoosing = conflict.isConflict || (compares && recovery.recovery !== undefined);
  useClosedElsewhere(id, note);
  useRefreshedReadings(patientId, latest);

  const prescribe = can('prescription:write')
    ? () => {
        receta.open(id, () => draft.flush());
      }
    : undefined;
  const commands = prescribe ? [{ name: t('slash.prescribe'), words: t('prescribe'), run: prescribe }] : [];

  useEditorKeys({
    onSave: () => void draft.flush(),
    onSign: () => {
      if (!isChoosing) signing.ask();
    },
    onPending: (step) => {
      editor.goToPending(step);
    },
  });

  const signButton = <SignButton items={items} withCount={!isPhone} onSign={signing.ask} />;
  const rail = (
    <Suspense fallback={null}>
      <ChartRail patientId={patientId} chart={chart} lastContent={lastContent} note={note} />
    </Suspense>
  );

  return (
    <NoteContext value={draft}>
      <div className={classes.editor}>
        <EditorHeader
          patientId={patientId}
          title={t('title')}
          backTo={paths.patientConsultations}
          banner={chart.banner}
          allergies={chart.allergies}
          problems={chart.problems}
        >
          <EditorActs
            note={note}
            consultation={latest}
            onPrescribe={prescribe}
            onList={() => {
              setShowsList(true);
            }}
          />
          {!isPhone && !isChoosing && signButton}
        </EditorHeader>
        {isChoosing ? (
          <Suspense fallback={null}>
            <ConflictPage
              editor={editor}
              conflict={conflict}
              recovery={recovery}
              onDone={() => {
                setCompares(false);
              }}
            />
          </Suspense>
        ) : (
          <div className={classes.body}>
            {!isPhone && (
              <aside aria-label={t('checklist.label')} className={classes.left}>
                <NoteList editor={editor} onGo={go} />
              </aside>
            )}
            <div
              className={classes.centre}
              onFocus={(event) => {
                const section = event.target.closest('section[id^="seccion-"]');
                if (section) editor.setCurrent(section.id.replace('seccion-', ''));
              }}
            >
              <div className={classes.notices}>
                <Suspense fallback={null}>
                  <EditorNotices
                    id={id}
                    note={note}
                    recovery={recovery.recovery}
                    onRecover={() => {
                      if (recovery.needsChoice()) setCompares(true);
                      else void recovery.take();
                    }}
                    onDiscard={() => void recovery.discard()}
                    onCompare={() => {
                      setCompares(true);
                    }}
                    obstacle={signing.obstacle}
                    onTryAgain={signing.ask}
                  />
                </Suspense>
              </div>
              <div className={classes.prose}>
                <Suspense fallback={<SkeletonRows />}>
                  <Sections
                    consultation={latest}
                    sections={editor.sections}
                    items={items}
                    commands={commands}
                    last={lastContent}
                  />
                </Suspense>
                {isNarrow && (
                  <aside aria-label={t('rail.label')} className={classes.inline}>
                    {rail}
                  </aside>
                )}
              </div>
            </div>
            {!isNarrow && (
              <aside aria-label={t('rail.label')} className={classes.right}>
                {rail}
              </aside>
            )}
          </div>
        )}
        {!isChoosing && <Foot items={items} onGo={go} act={signButton} />}
      </div>
      {signing.isAsking && (
        <Suspense fallback={null}>
          <SignNoteDialog
            patient={chart.banner ? patientName(chart.banner) : ''}
            typeLabel={latest.type_label}
            content={editor.content}
            items={items}
            isSigning={signing.isSigning}
            onSign={signing.submit}
            onClose={signing.close}
          />
        </Suspense>
      )}
      {showsList && (
        <Suspense fallback={null}>
          <ChecklistSheet
            onClose={() => {
              setShowsList(false);
            }}
          >
            <NoteList
              editor={editor}
              onGo={(key) => {
                setShowsList(false);
                // Once the sheet has given the focus back, it goes to the part.
                setTimeout(() => {
                  go(key);
                });
              }}
            />
          </ChecklistSheet>
        </Suspense>
      )}
      <Suspense fallback={null}>
        <LeaveGuard isDirty={risk} />
      </Suspense>
    </NoteContext>
  );
}
