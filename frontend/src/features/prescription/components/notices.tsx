import { IconAlertTriangle, IconGitCompare, IconWindowMaximize } from '@tabler/icons-react';
import { RecoveryNotice } from '@/components/clinical/editor/recovery-notice';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useDraft } from '@/lib/drafts/use-draft';
import { useEditingElsewhere } from '@/lib/editing-tabs';
import { describeError } from '@/lib/errors';
import { t } from '../t';
import type { EditorState } from './use-editor';
import { useRecovery } from './use-recovery';

interface NoticesProps {
  id: string;
  editor: EditorState;
  /** Why it cannot be signed yet. */
  obstacle: string | undefined;
}

/** The version that was not chosen in a conflict, while it can be brought back. */
function Loser({ editor }: { editor: EditorState }) {
  if (!editor.loser) return null;
  return (
    <Banner
      live
      family="blue"
      icon={<IconGitCompare stroke={1.7} aria-hidden />}
      title={t('conflict.chosen')}
      action={
        <>
          <Button size="s" onClick={editor.recoverLoser}>
            {t('conflict.recover')}
          </Button>
          <Button
            size="s"
            variant="ghost"
            onClick={() => {
              editor.setLoser(undefined);
            }}
          >
            {t('conflict.letGo')}
          </Button>
        </>
      }
    >
      {t('conflict.chosenText')}
    </Banner>
  );
}

/** What has to be known before writing on: text found, another window, a refusal. */
export function Notices({ id, editor, obstacle }: NoticesProps) {
  const { open } = editor;
  const isElsewhere = useEditingElsewhere(id);
  const recovery = useRecovery(open);
  const error = useDraft(open.draft, (state) => (state.phase === 'refused' ? state.error : undefined));
  const details = error?.fields.map(({ message }) => message).join(' ') ?? '';
  return (
    <>
      {recovery.at !== undefined && (
        <RecoveryNotice at={recovery.at} onRecover={recovery.recover} onDiscard={recovery.discard} />
      )}
      <Loser editor={editor} />
      {isElsewhere && (
        <Banner live family="amber" icon={<IconWindowMaximize stroke={1.7} aria-hidden />} title={t('tabs.editing')}>
          {t('tabs.editingText')}
        </Banner>
      )}
      {error && (
        <Banner live family="red" icon={<IconAlertTriangle stroke={1.7} aria-hidden />} title={t('refused.title')}>
          {details === '' ? describeError(error).message : details} {t('refused.kept')}
        </Banner>
      )}
      {obstacle !== undefined && (
        <Banner live family="amber" icon={<IconAlertTriangle stroke={1.7} aria-hidden />}>
          {obstacle}
        </Banner>
      )}
    </>
  );
}
