import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDraft } from '@/lib/drafts/use-draft';
import { consultationQuery, keepCopy } from '../api';
import { toBody } from '../note';
import type { OpenNote } from '../open-note';

/**
 * Another window signed or discarded the note while this one was still writing: what this one has is
 * kept beside the note, and the page shows what the note is now.
 */
export function useClosedElsewhere(id: string, { draft }: OpenNote): void {
  const client = useQueryClient();
  const isClosed = useDraft(draft, ({ phase, error }) => phase === 'refused' && error?.status === 409);
  useEffect(() => {
    if (!isClosed) return;
    const close = async () => {
      await keepCopy(id, toBody(draft.getState().content));
      await draft.end();
      await client.invalidateQueries({ queryKey: consultationQuery(id).queryKey });
    };
    // Without an answer the text stays sealed here, and the notice says why it is not taken.
    close().catch(() => undefined);
  }, [isClosed, id, draft, client]);
}
