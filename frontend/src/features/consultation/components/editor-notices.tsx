import { IconAlertTriangle, IconWindowMaximize } from '@tabler/icons-react';
import { RecoveryNotice } from '@/components/clinical/editor/recovery-notice';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useDraft } from '@/lib/drafts/use-draft';
import { useEditingElsewhere } from '@/lib/editing-tabs';
import { describeError } from '@/lib/errors';
import type { OpenNote } from '../open-note';
import { t } from '../t';
import type { Recovery } from './use-recovery';

/** Why the server does not take the text; it stays here meanwhile. */
function RefusedNotice({ note }: { note: OpenNote }) {
  const error = useDraft(note.draft, (state) => (state.phase === 'refused' ? state.error : undefined));
  if (!error) return null;
  const details = error.fields.map(({ message }) => message).join(' ');
  return (
    <Banner live family="red" icon={<IconAlertTriangle stroke={1.7} aria-hidden />} title={t('refused.title')}>
      {details === '' ? describeError(error).message : details} {t('refused.kept')}
    </Banner>
  );
}

interface EditorNoticesProps {
  id: string;
  note: OpenNote;
  recovery: Recovery | undefined;
  onRecover: () => void;
  onDiscard: () => void;
  onCompare: () => void;
  /** Why it cannot be signed yet. */
  obstacle: string | undefined;
  onTryAgain: () => void;
}

/** What has to be known before writing on: text found, another window, a refusal. */
export function EditorNotices(props: EditorNoticesProps) {
  const { id, note, recovery, obstacle, onTryAgain, ...acts } = props;
  const isElsewhere = useEditingElsewhere(id);
  return (
    <>
      {recovery && <RecoveryNotice at={recovery.at} {...acts} />}
      {isElsewhere && (
        <Banner
          live
          family="amber"
          icon={<IconWindowMaximize stroke={1.7} aria-hidden />}
          title={t('tabs.editing')}
        >
          {t('tabs.editingText')}
        </Banner>
      )}
      <RefusedNotice note={note} />
      {obstacle !== undefined && (
        <Banner
          live
          family="amber"
          icon={<IconAlertTriangle stroke={1.7} aria-hidden />}
          action={
            <Button size="s" onClick={onTryAgain}>
              {t('sign')}
            </Button>
          }
        >
          {obstacle}
        </Banner>
      )}
    </>
  );
}
