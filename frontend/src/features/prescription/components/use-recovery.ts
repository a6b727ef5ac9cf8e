import { useEffect, useState } from 'react';
import { fingerprint, type Content } from '../content';
import type { OpenPrescription } from '../open-prescription';

interface Recovery {
  at: number;
  content: Content;
  keys: string[];
}

/** Looks for what an earlier window wrote and could not send, and what to do with it. */
export function useRecovery({ draft, copies }: OpenPrescription) {
  const [recovery, setRecovery] = useState<Recovery>();
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const found = (await copies?.found(Date.now())) ?? [];
      const [newest] = found;
      if (!newest || !isHere) return;
      const keys = found.map(({ key }) => key);
      const content = newest.content as Content;
      if (fingerprint(content) === fingerprint(draft.getState().base)) await copies?.eraseOnly(keys);
      else setRecovery({ at: newest.at, content, keys });
    };
    // A browser that refuses its storage has nothing to offer.
    look().catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [copies, draft]);

  const settle = async (content?: Content) => {
    if (!recovery) return;
    setRecovery(undefined);
    if (content) {
      const { base, version } = draft.getState();
      draft.goOnWith(content, { content: base, version });
      await draft.copy();
    }
    await copies?.eraseOnly(recovery.keys);
  };
  return {
    at: recovery?.at,
    recover: () => void settle(recovery?.content),
    discard: () => void settle(),
  };
}
