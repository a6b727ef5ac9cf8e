import { useEffect, useState } from 'react';
import type { OpenCopy } from '@/lib/drafts/copies';
import { keepCopy } from '../api';
import { fingerprint, isWhole, toBody, type NoteContent } from '../note';
import type { OpenNote } from '../open-note';

/** What an earlier window wrote and could not send. */
export interface Recovery {
  at: number;
  version: number;
  content: NoteContent;
  keys: string[];
}

function asRecovery(found: readonly OpenCopy[], current: NoteContent): Recovery | undefined {
  const [newest] = found;
  if (!newest) return undefined;
  const content = newest.content as NoteContent;
  const isNews = fingerprint(content) !== fingerprint(current) || !isWhole(content);
  const keys = found.map(({ key }) => key);
  return isNews ? { at: newest.at, version: newest.version, content, keys } : undefined;
}

/** Looks for text of this note that an earlier window left in the browser, and what to do with it. */
export function useRecovery(id: string, { draft, copies }: OpenNote) {
  const [recovery, setRecovery] = useState<Recovery>();

  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const found = (await copies?.found(Date.now())) ?? [];
      const news = asRecovery(found, draft.getState().base);
      if (!isHere) return;
      setRecovery(news);
      if (!news) await copies?.eraseOnly(found.map(({ key }) => key));
    };
    // A browser that refuses its storage has nothing to offer.
    look().catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [copies, draft]);

  /** Takes a content over, what was found if none is given; the found copies go once it lies sealed here. */
  const take = async (content = recovery?.content) => {
    if (!recovery || !content) return;
    const { base, version } = draft.getState();
    draft.goOnWith(content, { content: base, version });
    setRecovery(undefined);
    await draft.copy();
    await copies?.eraseOnly(recovery.keys);
  };

  return {
    recovery,
    /** Whether somebody saved, or wrote here, since the found text was written: then both are compared. */
    needsChoice: () => {
      const { version, content, base } = draft.getState();
      return recovery?.version !== version || fingerprint(content) !== fingerprint(base);
    },
    take,
    /** What is not taken stays in the draft's history. */
    discard: async () => {
      if (!recovery) return;
      await keepCopy(id, toBody(recovery.content));
      await copies?.eraseOnly(recovery.keys);
      setRecovery(undefined);
    },
  };
}
