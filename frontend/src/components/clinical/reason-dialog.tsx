import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import classes from './dialogs.module.css';

interface ReasonValues extends Record<string, unknown> {
  reason: string;
}

/** What is said of a reason that will not do; undefined while it will. */
type Judge = (reason: string) => string | undefined;

function something(reason: string): string | undefined {
  return reason.trim() === '' ? common('form.required') : undefined;
}

interface ReasonDialogProps {
  title: string;
  /** What the act does. */
  text: string;
  label: string;
  hint?: string;
  submit: string;
  variant?: 'primary' | 'danger';
  /** How many letters it may have. */
  longest: number;
  optional?: boolean;
  initial?: string;
  /** Replaces the rule that something must be written. */
  judge?: Judge;
  /** Does the act; throws what the server says. The key makes two presses one act. */
  onReason: (reason: string, key: string) => Promise<void>;
  isPending?: boolean;
  onClose: () => void;
}

/** Asks for the reason of an act that stays in the record. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { optional = false, judge = something, onReason, onClose } = props;
  const formId = useId();
  const { key, renew } = useIdempotencyKey();
  const check = ({ reason }: ReasonValues): Record<string, string> => {
    const fault = optional && reason.trim() === '' ? undefined : judge(reason);
    return fault === undefined ? {} : { reason: fault };
  };
  const form = useAppForm<ReasonValues>({ schema: check, initialValues: { reason: props.initial ?? '' } });
  const send = async ({ reason }: ReasonValues) => {
    try {
      await onReason(reason.trim(), key);
    } catch (error) {
      renew();
      throw error;
    }
  };
  const footer = (
    <FormFooter
      form={formId}
      submit={props.submit}
      variant={props.variant ?? 'primary'}
      loading={props.isPending ?? false}
      onCancel={onClose}
    />
  );
  return (
    <Dialog opened onClose={onClose} title={props.title} footer={footer}>
      <Form id={formId} form={form} onSubmit={send} className={classes.form}>
        <p className={classes.text}>{props.text}</p>
        <TextAreaField
          label={props.label}
          hint={props.hint}
          optional={optional}
          maxLength={props.longest}
          data-autofocus
          {...field(form, 'reason')}
        />
      </Form>
    </Dialog>
  );
}
