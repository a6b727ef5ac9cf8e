import { useQueryClient } from '@tanstack/react-query';
import { useSigning } from '@/components/clinical/signing/use-signing';
import { consultationQuery, readConsultation, refreshAround, useSignConsultation, type Consultation } from '../api';
import { isWhole } from '../note';
import type { OpenNote } from '../open-note';
import { isPending, type CompletenessItem } from '../progress';
import { t } from '../t';

interface NoteSigningOptions {
  consultation: Consultation;
  note: OpenNote;
  /** Leads to a part of the note. */
  onGo: (key: string) => void;
}

/** Signing of a note: what NOM-004 asks and is missing comes first. */
export function useNoteSigning({ consultation, note, onGo }: NoteSigningOptions) {
  const { id, patient_id: patientId } = consultation;
  const client = useQueryClient();
  const sign = useSignConsultation(id);
  const { draft } = note;

  const check = async () => {
    if (!isWhole(draft.getState().content)) {
      onGo('vital_signs');
      return { obstacle: t('obstacle.faulty') };
    }
    if (!(await draft.flush())) return { obstacle: t('obstacle.unsaved') };
    const first = (note.latest().completeness.items as CompletenessItem[]).find(isPending);
    if (!first) return 'ready';
    onGo(first.key);
    return { obstacle: undefined };
  };

  const signing = useSigning({
    draft,
    check,
    sign: sign.mutateAsync,
    signedBefore: 'consultation.already_signed',
    read: () => readConsultation(id),
    show: async (signed) => {
      client.setQueryData(consultationQuery(id).queryKey, signed);
      await refreshAround(client, patientId);
    },
  });
  return { ...signing, isSigning: sign.isPending };
}
