import { useId } from 'react';
import classes from '@/components/clinical/dialogs.module.css';
import { checkProof, NO_PROOF, type Proof } from '@/components/clinical/signing/proof';
import { ProofField } from '@/components/clinical/signing/proof-field';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { useAddAddendum, type Consultation } from '../api';
import { more } from '../more-t';

const LONGEST_TEXT = 20_000;

interface AddendumValues extends Record<string, unknown>, Proof {
  text: string;
}

function check(values: AddendumValues): Record<string, string> {
  return { ...(values.text.trim() === '' && { text: common('form.required') }), ...checkProof(values) };
}

/** Adds a text to a signed note, with a date and a signature of its own. */
export function AddendumDialog({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const formId = useId();
  const add = useAddAddendum(consultation);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<AddendumValues>({ schema: check, initialValues: { text: '', ...NO_PROOF } });
  const submit = async ({ text, ...proof }: AddendumValues) => {
    try {
      await add.mutateAsync({ text: text.trim(), proof, key });
    } catch (error) {
      renew();
      throw error;
    }
    onClose();
  };
  const footer = <FormFooter form={formId} submit={more('addendum.submit')} loading={add.isPending} onCancel={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={more('addendum.title')} footer={footer}>
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{more('addendum.text')}</p>
        <TextAreaField
          label={more('addendum.field')}
          rows={6}
          maxLength={LONGEST_TEXT}
          data-autofocus
          {...field(form, 'text')}
        />
        <ProofField form={form} />
      </Form>
    </Dialog>
  );
}
