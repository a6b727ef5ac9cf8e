import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { requiredText } from '@/lib/validation';
import { refreshAround, useDiscardConsultation, type Consultation } from '../api';
import type { OpenNote } from '../open-note';
import { more } from '../more-t';
import classes from './dialog-form.module.css';

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
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<{ reason: string }>({
    schema: z.object({ reason: needsReason ? requiredText(LONGEST_REASON) : z.string() }),
    initialValues: { reason: '' },
  });
  const submit = async ({ reason }: { reason: string }) => {
    try {
      await note.draft.flush();
      await discard.mutateAsync({ reason: reason.trim(), key });
    } catch (error) {
      renew();
      throw error;
    }
    await note.draft.end();
    await refreshAround(client, patientId);
    await navigate({ to: paths.patientConsultations, params: { patientId }, ignoreBlocker: true });
    showToast({ tone: 'success', message: more('discarding.done') });
  };
  return (
    <Dialog opened onClose={onClose} title={more('discarding.title')}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{more('discarding.text')}</p>
        <TextAreaField
          label={more('discarding.reason')}
          hint={more('discarding.reasonHint')}
          optional={!needsReason}
          maxLength={LONGEST_REASON}
          data-autofocus
          {...field(form, 'reason')}
        />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="danger" loading={discard.isPending}>
            {more('discarding.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
