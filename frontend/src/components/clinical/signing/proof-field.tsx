import type { UseFormReturnType } from '@mantine/form';
import { PasswordField } from '@/components/ui/password-field';
import { field } from '@/lib/form';
import { useMe } from '@/lib/session';
import type { Proof } from './proof';
import { t } from './t';

interface ProofFieldProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  /** The dialog begins here. */
  isFirst?: boolean;
}

/** Where the signer proves who she is: the one place that knows with what. */
export function ProofField<T extends Record<string, unknown> & Proof>({ form, isFirst = false }: ProofFieldProps<T>) {
  const { user } = useMe();
  return (
    <>
      {/* Lets the password manager find the right entry; the person is fixed. */}
      <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
      <PasswordField
        label={t('password')}
        autoComplete="current-password"
        {...(isFirst && { 'data-autofocus': true })}
        {...field(form, 'password')}
      />
    </>
  );
}
