import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import type { Prescription } from '@/lib/prescriptions';
import { t as common } from '@/lib/t';
import { useVoidPrescription } from '../api';
import { t } from '../t';
import classes from './dialogs.module.css';
import { checkReason } from './reason-dialog';

const LONGEST_REASON = 500;

/** Annuls a signed receta with its reason. */
export function VoidDialog({ prescription, onClose }: { prescription: Prescription; onClose: () => void }) {
  const voiding = useVoidPrescription(prescription);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<{ reason: string }>({ schema: checkReason, initialValues: { reason: '' } });
  const submit = async ({ reason }: { reason: string }) => {
    try {
      await voiding.mutateAsync({ reason: reason.trim(), key });
    } catch (error) {
      renew();
      throw error;
    }
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t('voiding.title', { folio: prescription.folio ?? '' })}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('voiding.text')}</p>
        <TextAreaField label={t('voiding.reason')} maxLength={LONGEST_REASON} data-autofocus {...field(form, 'reason')} />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="danger" loading={voiding.isPending}>
            {t('voiding.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
