import { SignDialog } from '@/components/clinical/signing/sign-dialog';
import type { Proof } from '@/components/clinical/signing/proof';
import type { NoteContent } from '../note';
import type { LiveItem } from '../progress';
import { more } from '../more-t';
import { t } from '../t';

interface SignNoteDialogProps {
  patient: string;
  typeLabel: string;
  content: NoteContent;
  items: readonly LiveItem[];
  onSign: (proof: Proof, key: string) => Promise<void>;
  isSigning: boolean;
  onClose: () => void;
}

/** What of a note is about to be signed. */
function factsOf({ typeLabel, content, items }: Pick<SignNoteDialogProps, 'typeLabel' | 'content' | 'items'>) {
  const diagnoses = content.diagnoses.map(({ code, label }) => `${code} ${label}`);
  const answers = items.flatMap(({ title, state, answer }) =>
    state === 'answered' && answer !== undefined ? [`${title}: ${t(`omissions.short.${answer}`).toLowerCase()}`] : [],
  );
  return [
    { label: more('signing.type'), value: typeLabel },
    { label: more('signing.diagnoses'), value: diagnoses.length === 0 ? more('signing.none') : diagnoses },
    ...(answers.length === 0 ? [] : [{ label: more('signing.answers'), value: answers }]),
  ];
}

/** Signs a note. */
export function SignNoteDialog({ patient, onSign, isSigning, onClose, ...note }: SignNoteDialogProps) {
  return (
    <SignDialog
      title={more('signing.title')}
      text={more('signing.text')}
      patient={patient}
      facts={factsOf(note)}
      onSign={onSign}
      isSigning={isSigning}
      onClose={onClose}
    />
  );
}
