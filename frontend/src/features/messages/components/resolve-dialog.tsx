import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useResolveMessage, type MessageItem } from '../api';
import { personName } from '../describe';
import { validateResolve, type ResolveValues } from '../schema';
import { t } from '../t';
import classes from './resolve-dialog.module.css';

interface ResolveDialogProps {
  message: MessageItem;
  onClose: () => void;
  /** After it was settled, before its row leaves. */
  onResolved: () => void;
}

/** Settles a message that did not arrive, with what was done about it. */
export function ResolveDialog({ message, onClose, onResolved }: ResolveDialogProps) {
  const formId = useId();
  const name = personName(message);
  const resolve = useResolveMessage();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<ResolveValues>({ schema: validateResolve, initialValues: { note: '' } });
  const submit = async ({ note }: ResolveValues) => {
    try {
      await resolve.mutateAsync({ id: message.id, note: note.trim(), key });
    } finally {
      renew();
    }
    showToast({ tone: 'success', message: t('act.resolved', { name }) });
    onClose();
    onResolved();
  };
  const footer = (
    <FormFooter form={formId} submit={t('resolve.submit')} loading={resolve.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('resolve.title')} size="s" footer={footer}>
      <p className={classes.text}>{t('resolve.text', { name })}</p>
      <Form id={formId} form={form} onSubmit={submit}>
        <TextAreaField data-autofocus label={t('resolve.note')} hint={t('resolve.hint')} {...field(form, 'note')} />
      </Form>
    </Dialog>
  );
}
