import { useQuery } from '@tanstack/react-query';
import { IconEye, IconLock } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { EditorHeader } from '@/components/clinical/editor/editor-header';
import { useEditorKeys } from '@/components/clinical/editor/use-editor-keys';
import { Button } from '@/components/ui/button';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useIsPhone, useMedia } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { isAtRisk, useDraft } from '@/lib/drafts/use-draft';
import { summaryQuery } from '@/lib/chart';
import { patientName } from '@/lib/format';
import { patiently } from '@/lib/patiently';
import type { Prescription } from '@/lib/prescriptions';
import { isOpen } from '../content';
import { t } from '../t';
import { AlertBanner } from './alert-banner';
import alertClasses from './alerts.module.css';
import { EditorActs } from './editor-acts';
import classes from './editor.module.css';
import { focusSearch } from './focus-item';
import { Keys } from './keys';
import { Notices } from './notices';
import { useEditor, type EditorState } from './use-editor';
import { RecetaContext } from './use-receta';
import { useRepeat } from './use-repeat';
import { goToAlert, usePrescriptionSigning } from './use-prescription-signing';

// Fields with lists and the paper weigh the most: they follow the page, each in one piece.
const Medicines = lazy(async () => ({ default: (await patiently(() => import('./medicines'))).Medicines }));
const Preview = lazy(async () => ({ default: (await patiently(() => import('./preview'))).Preview }));
// What is not needed for the first letter comes when it is asked for.
const LeaveGuard = lazy(async () => ({ default: (await patiently(() => import('@/components/ui/leave-guard'))).LeaveGuard }));
const Conflict = lazy(async () => ({ default: (await patiently(() => import('./conflict'))).Conflict }));
const AnywayDialog = lazy(async () => ({ default: (await patiently(() => import('./anyway-dialog'))).AnywayDialog }));
const AlternativesDialog = lazy(async () => ({
  default: (await patiently(() => import('./alternatives-dialog'))).AlternativesDialog,
}));
const SignPrescriptionDialog = lazy(async () => ({
  default: (await patiently(() => import('./sign-prescription-dialog'))).SignPrescriptionDialog,
}));
const PreviewDialog = lazy(async () => ({ default: (await patiently(() => import('./preview-dialog'))).PreviewDialog }));

/** The alerts that signing waits for, the worst first. What is only incomplete stands on its item. */
function Alerts({ editor }: { editor: EditorState }) {
  const items = editor.content.items;
  const open = editor.alerts.filter((alert) => isOpen(alert) && alert.kind !== 'incomplete');
  return (
    <div role="region" aria-label={t('alerts.label')} aria-live="polite" className={alertClasses.list}>
      {open.map((alert) => (
        <AlertBanner key={alert.id} alert={alert} item={items.find(({ id }) => id === alert.item)} />
      ))}
    </div>
  );
}

function SignButton({ open, onSign, withCount }: { open: number; onSign: () => void; withCount: boolean }) {
  return (
    <Button
      variant="primary"
      blocked={open > 0}
      icon={<IconLock stroke={1.7} aria-hidden />}
      iconRight={
        withCount && open > 0 ? <span className={classes.badge}>{t('missing', { count: open })}</span> : undefined
      }
      onClick={onSign}
    >
      {t('sign')}
    </Button>
  );
}

/** To the next open alert, around the list; without one, to where the next medicine is looked for. */
function goToPending(editor: EditorState, step: 1 | -1, last: number): number {
  const open = editor.alerts.filter(isOpen);
  if (open.length === 0) {
    focusSearch();
    return -1;
  }
  const next = last < 0 && step < 0 ? open.length - 1 : (last + step + open.length) % open.length;
  const alert = open[next];
  if (alert) goToAlert(alert);
  return next;
}

/** The editor of a receta that is not signed yet: medicines, alerts, and the paper beside them. */
export function Editor({ prescription }: { prescription: Prescription }) {
  const { id, patient_id: patientId } = prescription;
  const isPhone = useIsPhone();
  const isNarrow = useMedia('(max-width: 1023px)');
  const summary = useQuery(summaryQuery(patientId)).data;
  const editor = useEditor(prescription);
  const { open, latest, alternativesTo } = editor;
  const repeat = useRepeat(patientId, editor);
  const signing = usePrescriptionSigning(prescription, editor);
  const isConflict = useDraft(open.draft, ({ phase }) => phase === 'conflict');
  const risk = useDraft(open.draft, isAtRisk);
  const [showsPreview, setShowsPreview] = useState(false);
  const [pending, setPending] = useState(-1);
  const problems = summary?.problems.filter(({ status }) => status === 'active') ?? [];
  const reasonAlert = editor.alerts.find((alert) => alert.id === editor.reasonFor);
  const openCount = editor.alerts.filter(isOpen).length;

  useEditorKeys({
    onSave: () => void open.draft.flush(),
    onSign: () => {
      if (!isConflict) signing.ask();
    },
    onPending: (step) => {
      setPending(goToPending(editor, step, pending));
    },
  });

  const signButton = <SignButton open={openCount} onSign={signing.ask} withCount />;
  const preview = { prescription: latest, open, banner: summary?.banner, allergies: summary?.allergies };
  return (
    <RecetaContext
      value={{
        draft: open.draft,
        latest,
        askReason: editor.askReason,
        seeAlternatives: editor.seeAlternatives,
        replace: editor.replace,
        remove: editor.remove,
      }}
    >
      <div className={classes.editor}>
        <EditorHeader
          patientId={patientId}
          title={t('title')}
          heading={(name) => t('headingFor', { name })}
          backTo={paths.patientPrescriptions}
          banner={summary?.banner}
          allergies={summary?.allergies}
          problems={problems}
        >
          <EditorActs prescription={latest} open={open} onRepeat={isConflict ? undefined : repeat} />
          {!isPhone && isNarrow && (
            <Button
              icon={<IconEye stroke={1.7} aria-hidden />}
              onClick={() => {
                setShowsPreview(true);
              }}
            >
              {t('preview')}
            </Button>
          )}
          {!isPhone && !isConflict && signButton}
        </EditorHeader>
        <div className={classes.body}>
          <div className={classes.centre}>
            {isConflict ? (
              <Suspense fallback={null}>
                <Conflict id={id} editor={editor} />
              </Suspense>
            ) : (
              <>
                <div className={classes.notices}>
                  <Notices id={id} editor={editor} obstacle={openCount > 0 || signing.isAsking ? undefined : signing.obstacle} />
                </div>
                <Alerts editor={editor} />
                <Suspense fallback={<SkeletonRows />}>
                  <Medicines editor={editor} />
                </Suspense>
                {!isPhone && <Keys />}
              </>
            )}
          </div>
          {!isNarrow && (
            // Scrolls by itself, so the keyboard must reach it.
            <aside aria-label={t('paper.label')} tabIndex={0} className={classes.preview}>
              <Suspense fallback={null}>
                <Preview {...preview} />
              </Suspense>
            </aside>
          )}
        </div>
        {isPhone && !isConflict && (
          <div className={classes.bar} data-print="hide">
            <Button
              onClick={() => {
                setShowsPreview(true);
              }}
            >
              {t('preview')}
            </Button>
            {signButton}
          </div>
        )}
      </div>
      <Suspense fallback={null}>
        {signing.isAsking && (
          <SignPrescriptionDialog
            patient={summary ? patientName(summary.banner) : ''}
            prescription={latest}
            isSigning={signing.isSigning}
            onSign={signing.submit}
            onClose={signing.close}
          />
        )}
        {reasonAlert && (
          <AnywayDialog
            alert={reasonAlert}
            item={editor.content.items.find((item) => item.id === reasonAlert.item)}
            onReason={editor.giveReason}
            onClose={() => {
              editor.askReason(undefined);
            }}
          />
        )}
        {alternativesTo && !isConflict && (
          <AlternativesDialog
            item={alternativesTo}
            onChoose={(medication) => {
              editor.takeAlternative(alternativesTo.id, medication);
            }}
            onClose={() => {
              editor.seeAlternatives(undefined);
            }}
          />
        )}
        {showsPreview && (
          <PreviewDialog
            {...preview}
            onClose={() => {
              setShowsPreview(false);
            }}
          />
        )}
        <LeaveGuard isDirty={risk} />
      </Suspense>
    </RecetaContext>
  );
}
