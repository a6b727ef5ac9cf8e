import type { ReactNode } from 'react';
import { t } from '@/lib/t';
import { Button } from './button';

interface FormFooterProps {
  /** The id of the form that it sends. */
  form: string;
  submit: string;
  variant?: 'primary' | 'danger';
  icon?: ReactNode;
  loading: boolean;
  onCancel: () => void;
}

/** The foot of a dialog that is a form: leave it, or send it. */
export function FormFooter({ form, submit, variant = 'primary', icon, loading, onCancel }: FormFooterProps) {
  return (
    <>
      <Button variant="ghost" onClick={onCancel}>
        {t('actions.cancel')}
      </Button>
      <Button type="submit" form={form} variant={variant} icon={icon} loading={loading}>
        {submit}
      </Button>
    </>
  );
}
