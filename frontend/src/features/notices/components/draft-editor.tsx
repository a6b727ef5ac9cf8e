import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useId, useState, type ReactNode } from 'react';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { LeaveGuard } from '@/components/ui/leave-guard';
import { PageHeader } from '@/components/ui/page-header';
import { StaleNotice } from '@/components/ui/stale-notice';
import { paths } from '@/config/paths';
import { isStatus } from '@/lib/api/error';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useAppForm } from '@/lib/form';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { showToast } from '@/lib/toast';
import { usePublish, useSaveDraft, type Notice } from '../api';
import { t } from '../t';
import { elementsOf, toValues, toWords, type DraftValues } from '../words';
import { DraftForm } from './draft-form';
import classes from './draft-editor.module.css';
import { NoticeText } from './notice-text';
import { PublishRefusal } from './refusals';

const PublishDialog = lazy(async () => ({ default: (await import('./publish-dialog')).PublishDialog }));

/** Nothing is refused while writing: what is missing is named when it is to be published. */
const ANYTHING = () => ({});

/** The form over a draft, and its two acts: saving and publishing. */
function useDraft(notice: Notice) {
  const navigate = useNavigate();
  const form = useAppForm<DraftValues>({ schema: ANYTHING, initialValues: toValues(notice) });
  const [revision, setRevision] = useState(notice.revision);
  const saving = useSaveDraft(notice.id);
  const publishing = usePublish(notice.id);
  const { key, renew } = useIdempotencyKey();

  const save = async (values: DraftValues) => {
    const saved = await saving.mutateAsync({ revision, body: toWords(values) });
    setRevision(saved.revision);
    form.resetDirty(values);
  };
  const publish = async () => {
    if (form.isDirty()) await save(form.values);
    const published = await publishing.mutateAsync(key).finally(renew);
    showToast({ tone: 'success', message: t('publish.done', { version: String(published.version ?? '') }) });
    await navigate({ to: paths.notice, ignoreBlocker: true });
  };
  const isStale = isStatus(saving.error, 412);
  return { form, save, publish, saving, publishing, isStale };
}

/** Leads to a field wherever it is on the page. */
function focusField(formId: string, name: string): void {
  const form = document.getElementById(formId);
  const found = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
  if (found instanceof HTMLElement) found.focus();
}

function Saved({ isShown }: { isShown: boolean }) {
  return (
    <span role="status" className={classes.saved}>
      {isShown && t('draft.saved')}
    </span>
  );
}

interface DraftEditorProps {
  notice: Notice;
  /** Loads what the server has, over what was typed. */
  onReload: () => void;
}

/** A draft of the notice: its words, their look, and its publication. */
export function DraftEditor({ notice, onReload }: DraftEditorProps) {
  const formId = useId();
  const navigate = useNavigate();
  const { form, save, publish, saving, publishing, isStale } = useDraft(notice);
  const [isPreview, setIsPreview] = useState(false);
  const [isConfirming, setIsConfirming] = useState(false);
  const once = useOneAtATime();
  const isDirty = form.isDirty();

  const confirm = () => {
    // A refusal is said on the page, beside what is missing.
    once(() =>
      publish().finally(() => {
        setIsConfirming(false);
      }),
    );
  };
  const actions: ReactNode = (
    <>
      <Saved isShown={saving.isSuccess && !isDirty} />
      <Button
        onClick={() => {
          setIsPreview(!isPreview);
        }}
      >
        {isPreview ? t('draft.edit') : t('draft.preview')}
      </Button>
      {!isPreview && (
        <Button type="submit" form={formId} loading={saving.isPending}>
          {t('draft.save')}
        </Button>
      )}
      <Button
        variant="primary"
        onClick={() => {
          setIsConfirming(true);
        }}
      >
        {t('draft.publish')}
      </Button>
    </>
  );

  return (
    <>
      <PageHeader
        title={t('detail.draftTitle')}
        back={<BackLink to={paths.notice}>{t('detail.back')}</BackLink>}
        actions={actions}
      />
      <div className={classes.notices}>
        {isStale && <StaleNotice onReload={onReload} />}
        {publishing.isError && (
          <PublishRefusal
            error={publishing.error}
            onPick={(name) => {
              setIsPreview(false);
              // The form comes back with the next frame.
              requestAnimationFrame(() => {
                focusField(formId, name);
              });
            }}
          />
        )}
      </div>
      {isPreview ? (
        <Card>
          {isDirty && <p className={classes.unsaved}>{t('draft.unsavedPreview')}</p>}
          <NoticeText content={notice.content} />
        </Card>
      ) : (
        <DraftForm id={formId} form={form} elements={elementsOf(notice.kind)} onSubmit={save} />
      )}
      <LeaveGuard
        isDirty={isDirty}
        onSave={(next) => {
          void save(form.values).then(
            () => navigate({ href: next, ignoreBlocker: true }),
            () => undefined,
          );
        }}
      />
      {isConfirming && (
        <Suspense fallback={null}>
          <PublishDialog
            hasChanges={isDirty}
            busy={saving.isPending || publishing.isPending}
            onConfirm={confirm}
            onClose={() => {
              setIsConfirming(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
