import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { useStopMedication } from '../api';
import { t } from '../t';
import classes from './archive-dialog.module.css';
import type { ChartMedication } from './medications-card';

interface StopValues extends Record<string, unknown> {
  reason: string;
}

function check({ reason }: StopValues): Record<string, string> {
  return reason.trim() === '' ? { reason: common('form.required') } : {};
}

interface StopDialogProps {
  patientId: string;
  medication: ChartMedication;
  onClose: () => void;
}

/** Says that the patient no longer takes a medicine, and why. The receta stays as it was signed. */
export function StopDialog({ patientId, medication, onClose }: StopDialogProps) {
  const formId = useId();
  const stop = useStopMedication(patientId);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<StopValues>({ schema: check, initialValues: { reason: '' } });
  const submit = async ({ reason }: StopValues) => {
    try {
      await stop.mutateAsync({ courseId: medication.id, reason: reason.trim(), key });
    } finally {
      renew();
    }
    onClose();
  };
  const footer = (
    <>
      <Button variant="ghost" onClick={onClose}>
        {common('actions.cancel')}
      </Button>
      <Button type="submit" form={formId} variant="primary" loading={stop.isPending}>
        {t('medications.stopSubmit')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={onClose} title={t('medications.stopTitle')} size="s" footer={footer}>
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <p>{t('medications.stopText', { name: medication.generic_name })}</p>
        <TextAreaField
          data-autofocus
          label={t('medications.reason')}
          hint={t('medications.reasonHint')}
          {...field(form, 'reason')}
        />
      </Form>
    </Dialog>
  );
}
