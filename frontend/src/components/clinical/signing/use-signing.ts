import { useState } from 'react';
import { ApiError } from '@/lib/api/error';
import type { Draft } from '@/lib/drafts/draft';
import { requestHeadingFocus } from '@/lib/focus';
import { useOneAtATime } from '@/lib/one-at-a-time';
import type { Proof } from './proof';

/** Whether a draft can be signed: yes, or not yet, with the reason where no part of the page says it. */
type Readiness = 'ready' | { obstacle: string | undefined };

interface SigningOptions<Content, Document> {
  draft: Draft<Content>;
  /** Looks whether anything is open, and leads there. The last words are saved by then. */
  check: () => Promise<Readiness>;
  /** Signs the version that is in sight. */
  sign: (act: { version: number; proof: Proof; key: string }) => Promise<Document>;
  /** The error that says that another press, or another window, signed it first. */
  signedBefore: string;
  /** Reads the document as it is now. */
  read: () => Promise<Document>;
  /** Puts the signed document in the place of the draft. */
  show: (signed: Document) => Promise<void>;
}

/** From «Firmar» to the signed document: what is open first, then the proof, then the document. */
export function useSigning<Content, Document>(options: SigningOptions<Content, Document>) {
  const { draft, check, sign, signedBefore, read } = options;
  const oneAtATime = useOneAtATime();
  const [isAsking, setIsAsking] = useState(false);
  const [obstacle, setObstacle] = useState<string>();

  const ask = async () => {
    setObstacle(undefined);
    const readiness = await check();
    if (readiness === 'ready') setIsAsking(true);
    else setObstacle(readiness.obstacle);
  };

  const show = async (signed: Document) => {
    setIsAsking(false);
    await draft.end();
    requestHeadingFocus();
    await options.show(signed);
  };

  const submit = async (proof: Proof, key: string) => {
    try {
      await show(await sign({ version: draft.getState().version, proof, key }));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === signedBefore)) throw error;
      await show(await read());
    }
  };

  return {
    isAsking,
    /** Why it cannot be signed yet. */
    obstacle,
    ask: () => {
      oneAtATime(ask);
    },
    submit,
    close: () => {
      setIsAsking(false);
    },
  };
}
