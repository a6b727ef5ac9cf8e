import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { Reading } from '@/lib/readings';
import { t as common } from '@/lib/t';
import { useVoidReading } from '../api';
import { t } from '../t';
import classes from './record-dialog.module.css';

interface VoidValues extends Record<string, unknown> {
  reason: string;
}

function check({ reason }: VoidValues): Record<string, string> {
  return reason.trim() === '' ? { reason: common('form.required') } : {};
}

interface VoidDialogProps {
  patientId: string;
  reading: Reading;
  onClose: () => void;
}

/** Takes a measurement out of the count, with a reason. */
export function VoidDialog({ patientId, reading, onClose }: VoidDialogProps) {
  const formId = useId();
  const zone = useZone();
  const voiding = useVoidReading(patientId);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<VoidValues>({ schema: check, initialValues: { reason: '' } });
  const submit = async ({ reason }: VoidValues) => {
    try {
      await voiding.mutateAsync({ readingId: reading.id, reason: reason.trim(), key });
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
      <Button type="submit" form={formId} variant="danger" loading={voiding.isPending}>
        {t('voiding.submit')}
      </Button>
    </>
  );
  return (
    <Dialog opened onClose={onClose} title={t('voiding.title')} size="s" footer={footer}>
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('voiding.text', { when: formatInstant(reading.measured_at, zone) })}</p>
        <TextAreaField
          data-autofocus
          label={t('voiding.reason')}
          hint={t('voiding.reasonHint')}
          {...field(form, 'reason')}
        />
      </Form>
    </Dialog>
  );
}
