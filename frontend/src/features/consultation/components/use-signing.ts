import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '@/lib/api/error';
import { requestHeadingFocus } from '@/lib/focus';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { consultationQuery, readConsultation, refreshAround, useSignConsultation, type Consultation } from '../api';
import { isWhole } from '../note';
import type { OpenNote } from '../open-note';
import { isPending, type CompletenessItem } from '../progress';
import { t } from '../t';
import type { ProofValues } from './sign-dialog';

interface SigningOptions {
  consultation: Consultation;
  note: OpenNote;
  /** Leads to a part of the note. */
  onGo: (key: string) => void;
}

/** From «Firmar» to the signed note: what is missing first, then the proof, then the document. */
export function useSigning({ consultation, note, onGo }: SigningOptions) {
  const { id, patient_id: patientId } = consultation;
  const client = useQueryClient();
  const oneAtATime = useOneAtATime();
  const sign = useSignConsultation(id);
  const [isAsking, setIsAsking] = useState(false);
  /** Why it cannot be signed yet, when no part is missing. */
  const [obstacle, setObstacle] = useState<string>();
  const { draft } = note;

  const check = async () => {
    setObstacle(undefined);
    if (!isWhole(draft.getState().content)) {
      setObstacle(t('obstacle.faulty'));
      onGo('vital_signs');
      return;
    }
    if (!(await draft.flush())) {
      setObstacle(t('obstacle.unsaved'));
      return;
    }
    const first = (note.latest().completeness.items as CompletenessItem[]).find(isPending);
    if (first) onGo(first.key);
    else setIsAsking(true);
  };

  const show = async (signed: Consultation) => {
    setIsAsking(false);
    await draft.end();
    requestHeadingFocus();
    client.setQueryData(consultationQuery(id).queryKey, signed);
    await refreshAround(client, patientId);
  };

  /** Another press, or another window, signed it first: that is the note. */
  const isSignedAlready = (error: unknown) =>
    error instanceof ApiError && error.code === 'consultation.already_signed';

  const submit = async ({ password }: ProofValues, key: string) => {
    try {
      await show(await sign.mutateAsync({ version: draft.getState().version, password, key }));
    } catch (error) {
      if (!isSignedAlready(error)) throw error;
      await show(await readConsultation(id));
    }
  };

  return {
    isAsking,
    isSigning: sign.isPending,
    obstacle,
    ask: () => {
      oneAtATime(check);
    },
    submit,
    close: () => {
      setIsAsking(false);
    },
  };
}
