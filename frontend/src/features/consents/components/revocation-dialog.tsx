import { useId } from 'react';
import { purposeLabel } from '@/components/clinical/consent-status';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { SelectField } from '@/components/ui/select-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { useRevokeConsent, type Purpose } from '../api';
import { revocationSchema, type RevocationValues } from '../schema';
import { t } from '../t';
import classes from './revocation-dialog.module.css';

interface RevocationDialogProps {
  patientId: string;
  /** The purposes that can be revoked: those that were accepted. */
  purposes: readonly Purpose[];
  onClose: () => void;
}

interface PurposeChoiceProps {
  purposes: readonly Purpose[];
  chosen: readonly Purpose[];
  error: React.ReactNode;
  onChange: (chosen: Purpose[]) => void;
}

function PurposeChoice({ purposes, chosen, error, onChange }: PurposeChoiceProps) {
  const id = useId();
  const toggle = (purpose: Purpose, isOn: boolean) => {
    onChange(purposes.filter((entry) => (entry === purpose ? isOn : chosen.includes(entry))));
  };
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className={classes.legend}>{t('revoke.purposes')}</legend>
      {purposes.map((purpose, index) => (
        <Checkbox
          key={purpose}
          // The summary of errors leads to the first box.
          name={index === 0 ? 'purposes' : undefined}
          label={purposeLabel(purpose)}
          summaryLabel={t('revoke.purposes')}
          hint={purpose === 'care' ? t('revoke.careHint') : undefined}
          checked={chosen.includes(purpose)}
          onChange={(isOn) => {
            toggle(purpose, isOn);
          }}
        />
      ))}
      {error && (
        <p id={id} className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** Writes down that somebody took the consent back, and who. */
export function RevocationDialog({ patientId, purposes, onClose }: RevocationDialogProps) {
  const formId = useId();
  const revoke = useRevokeConsent(patientId);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<RevocationValues>({
    schema: revocationSchema,
    initialValues: {
      purposes: purposes.length === 1 ? [...purposes] : [],
      requested_by: 'patient',
      reason: '',
    },
  });
  const submit = async (values: RevocationValues) => {
    try {
      await revoke.mutateAsync({ body: { ...values, reason: values.reason.trim() }, key });
    } finally {
      renew();
    }
    onClose();
  };
  const footer = (
    <FormFooter form={formId} submit={t('revoke.submit')} variant="danger" loading={revoke.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('revoke.title')} footer={footer}>
      <p className={classes.text}>{t('revoke.text')}</p>
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <PurposeChoice
          purposes={purposes}
          chosen={form.values.purposes}
          error={form.errors.purposes}
          onChange={(chosen) => {
            form.setFieldValue('purposes', chosen);
          }}
        />
        <SelectField
          label={t('revoke.requestedBy')}
          placeholder={null}
          options={[
            { value: 'patient', label: t('revoke.patient') },
            { value: 'representative', label: t('revoke.representative') },
          ]}
          {...field(form, 'requested_by')}
        />
        <TextAreaField label={t('revoke.reason')} {...field(form, 'reason')} />
      </Form>
    </Dialog>
  );
}
