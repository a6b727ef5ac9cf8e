import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '@/components/clinical/reason-dialog';
import { paths } from '@/config/paths';
import { showToast } from '@/lib/toast';
import { refreshAround, useDiscardConsultation, type Consultation } from '../api';
import type { OpenNote } from '../open-note';
import { more } from '../more-t';

const LONGEST_REASON = 1_000;

interface DiscardDialogProps {
  note: OpenNote;
  consultation: Consultation;
  /** A draft with text is put away for a reason. */
  needsReason: boolean;
  onClose: () => void;
}

/** Puts a draft away; its text stays in the history of the chart. */
export function DiscardDialog({ note, consultation, needsReason, onClose }: DiscardDialogProps) {
  const { id, patient_id: patientId } = consultation;
  const client = useQueryClient();
  const navigate = useNavigate();
  const discard = useDiscardConsultation(id);
  const submit = async (reason: string, key: string) => {
    await note.draft.flush();
    await discard.mutateAsync({ reason, key });
    await note.draft.end();
    await refreshAround(client, patientId);
    await navigate({ to: paths.patientConsultations, params: { patientId }, ignoreBlocker: true });
    showToast({ tone: 'success', message: more('discarding.done') });
  };
  return (
    <ReasonDialog
      title={more('discarding.title')}
      text={more('discarding.text')}
      label={more('discarding.reason')}
      hint={more('discarding.reasonHint')}
      submit={more('discarding.submit')}
      variant="danger"
      longest={LONGEST_REASON}
      optional={!needsReason}
      isPending={discard.isPending}
      onReason={submit}
      onClose={onClose}
    />
  );
}
