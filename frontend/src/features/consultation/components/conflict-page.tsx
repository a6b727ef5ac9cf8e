import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { Loading } from '@/components/ui/skeleton';
import { describeError } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import type { NoteContent } from '../note';
import { contentOf } from '../open-note';
import { more } from '../more-t';
import { ConflictView } from './conflict-view';
import type { useConflict } from './use-conflict';
import type { EditorState } from './use-editor';
import type { useRecovery } from './use-recovery';

function sayFailure(error: unknown): void {
  showToast({ tone: 'error', message: describeError(error).message });
}

interface ConflictPageProps {
  editor: EditorState;
  conflict: ReturnType<typeof useConflict>;
  recovery: ReturnType<typeof useRecovery>;
  /** The comparison of found text is over. */
  onDone: () => void;
}

function FoundText({ editor, recovery, onDone }: Omit<ConflictPageProps, 'conflict'>) {
  const { draft } = editor.note;
  const found = recovery.recovery;
  if (!found) return null;
  const current = draft.getState().content;
  const finish = (work: Promise<void>) => {
    work.then(onDone, sayFailure);
  };
  const { take } = recovery;
  return (
    <ConflictView
      title={more('conflict.compareTitle')}
      text={more('conflict.compareText')}
      parts={editor.parts}
      base={current}
      mine={found.content}
      theirs={current}
      onKeepMine={() => {
        finish(take());
      }}
      onUseTheirs={() => {
        finish(recovery.discard());
      }}
      onMerge={(merged) => {
        finish(take(merged));
      }}
    />
  );
}

/** In the place of the editor while two versions are to be chosen between. */
export function ConflictPage({ editor, conflict, recovery, onDone }: ConflictPageProps) {
  const { theirs, error, settle, retry } = conflict;
  if (!conflict.isConflict) return <FoundText editor={editor} recovery={recovery} onDone={onDone} />;
  if (error !== undefined) {
    return (
      <Page>
        <ErrorState error={error} onRetry={retry} />
      </Page>
    );
  }
  if (!theirs) return <Loading label={more('conflict.loading')} />;
  const { content: mine, base } = editor.note.draft.getState();
  const other = contentOf(theirs);
  const choose = (content: NoteContent, loser: NoteContent) => {
    settle(content, loser).catch(sayFailure);
  };
  return (
    <ConflictView
      title={more('conflict.title')}
      text={more('conflict.text')}
      parts={editor.parts}
      base={base}
      mine={mine}
      theirs={other}
      onKeepMine={() => {
        choose(mine, other);
      }}
      onUseTheirs={() => {
        choose(other, mine);
      }}
      onMerge={(merged) => {
        choose(merged, mine);
      }}
    />
  );
}
