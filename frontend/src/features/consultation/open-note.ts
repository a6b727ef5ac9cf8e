import { Draft } from '@/lib/drafts/draft';
import { canSeal, SealedCopies } from '@/lib/drafts/sealed-copies';
import { saveConsultation, type Consultation } from './api';
import { fingerprint, isWhole, toBody, toContent, type NoteBody, type NoteContent } from './note';

/** A note that is open to be written. */
export interface OpenNote {
  draft: Draft<NoteContent>;
  /** The sealed copies in this browser; undefined where it cannot seal. */
  copies: SealedCopies | undefined;
  /** What the server answered last. */
  latest: () => Consultation;
  /** Takes over an answer of the server. */
  accept: (answer: Consultation) => void;
}

/** What an answer of the API says that was written. */
export function contentOf(consultation: Consultation): NoteContent {
  return toContent(consultation as NoteBody);
}

/**
 * Opens a note to be written. Everything in it belongs to this one consultation: its id is in each
 * request and in the place of each sealed copy, so that nothing can reach another patient's note.
 */
export function openNote(
  consultation: Consultation,
  user: string,
  onAnswer: (answer: Consultation) => void,
): OpenNote {
  const { id, version } = consultation;
  let latest = consultation;
  const accept = (answer: Consultation) => {
    latest = answer;
    onAnswer(answer);
  };
  const copies = canSeal() ? new SealedCopies({ user, draft: id }) : undefined;
  const draft = new Draft<NoteContent>({
    content: contentOf(consultation),
    version,
    fingerprint,
    isWhole,
    copies,
    save: async (content, upon) => {
      const answer = await saveConsultation(id, upon, toBody(content));
      accept(answer);
      return answer.version;
    },
  });
  return { draft, copies, latest: () => latest, accept };
}
