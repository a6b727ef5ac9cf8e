import type { ReactNode } from 'react';
import { useId } from 'react';
import { useAppForm } from '@/lib/form';
import { Dialog } from './dialog';
import { Form } from './form';
import { FormFooter } from './form-footer';

interface ConfirmDialogProps {
  title: string;
  /** What happens, and what stays. */
  children: ReactNode;
  /** The verb of the act. */
  confirm: string;
  variant?: 'primary' | 'danger';
  loading: boolean;
  /** Throws when the server refuses; the dialog says why and stays. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks once more before an act, and says in place why it was refused. */
export function ConfirmDialog({ title, children, confirm, variant, loading, onConfirm, onClose }: ConfirmDialogProps) {
  const id = useId();
  const form = useAppForm<Record<string, unknown>>({ schema: () => ({}), initialValues: {} });
  const footer = (
    <FormFooter form={id} submit={confirm} variant={variant ?? 'primary'} loading={loading} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={title} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={onConfirm}>
        {children}
      </Form>
    </Dialog>
  );
}
