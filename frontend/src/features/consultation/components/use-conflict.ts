import { useEffect, useState } from 'react';
import { useDraft } from '@/lib/drafts/use-draft';
import { keepCopy, readConsultation, type Consultation } from '../api';
import { fingerprint, toBody, type NoteContent } from '../note';
import { contentOf, type OpenNote } from '../open-note';

/** After a 412: the other version, and how to go on. Writing has stopped until then. */
export function useConflict(id: string, { draft, accept }: OpenNote) {
  const isConflict = useDraft(draft, ({ phase }) => phase === 'conflict');
  const [theirs, setTheirs] = useState<Consultation>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!isConflict) return;
    let isHere = true;
    const look = async () => {
      const fresh = await readConsultation(id);
      if (!isHere) return;
      const { content } = draft.getState();
      if (fresh.status === 'draft' && fingerprint(contentOf(fresh)) === fingerprint(content)) {
        // The same words came from the other window: there is nothing to choose.
        accept(fresh);
        draft.goOnWith(content, { content, version: fresh.version });
      } else setTheirs(fresh);
    };
    look().catch((failure: unknown) => {
      if (isHere) setError(failure);
    });
    return () => {
      isHere = false;
    };
  }, [isConflict, attempt, id, draft, accept]);

  /** Goes on with a content; what loses stays in the draft's history first. */
  const settle = async (content: NoteContent, loser: NoteContent) => {
    if (!theirs) return;
    await keepCopy(id, toBody(loser));
    accept(theirs);
    draft.goOnWith(content, { content: contentOf(theirs), version: theirs.version });
    setTheirs(undefined);
  };

  return {
    isConflict,
    theirs: isConflict ? theirs : undefined,
    error,
    settle,
    retry: () => {
      setError(undefined);
      setAttempt((count) => count + 1);
    },
  };
}
