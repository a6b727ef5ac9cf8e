import { Draft } from '@/lib/drafts/draft';
import { canSeal, SealedCopies } from '@/lib/drafts/sealed-copies';
import type { Prescription } from '@/lib/prescriptions';
import { savePrescription } from './api';
import { contentOf, fingerprint, type Content } from './content';

/** A receta that is open to be written. */
export interface OpenPrescription {
  draft: Draft<Content>;
  /** The sealed copies in this browser; undefined where it cannot seal. */
  copies: SealedCopies | undefined;
  /** Takes over an answer of the server. */
  accept: (answer: Prescription) => void;
}

/** Opens a receta to be written; its id is in each request and in the place of each sealed copy. */
export function openPrescription(
  prescription: Prescription,
  user: string,
  accept: (answer: Prescription) => void,
): OpenPrescription {
  const { id, version } = prescription;
  const copies = canSeal() ? new SealedCopies({ user, draft: id }) : undefined;
  const draft = new Draft<Content>({
    content: contentOf(prescription),
    version,
    fingerprint,
    copies,
    save: async (content, upon) => {
      const answer = await savePrescription(id, upon, content);
      accept(answer);
      return answer.version;
    },
  });
  return { draft, copies, accept };
}
