import type { UseFormReturnType } from '@mantine/form';
import { PasswordField } from '@/components/ui/password-field';
import { field } from '@/lib/form';
import { t } from '../recovery-t';

/** The shortest that may be, and the shortest without a second factor. */
export const SHORTEST = 10;
export const WITHOUT_FACTOR = 15;

/** What the length of a password says while it is typed; the server judges what it is made of. */
function strength(password: string): { hint?: string; warning?: string; success?: string } {
  const left = WITHOUT_FACTOR - [...password].length;
  if (password === '') return { hint: t('strength.hint') };
  if (left <= 0) return { success: t('strength.enough') };
  return left > WITHOUT_FACTOR - SHORTEST
    ? { hint: t('strength.more', { count: left }) }
    : { warning: t('strength.withFactor', { count: left }) };
}

interface NewPasswordFieldProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  label: string;
}

/** A password that is being chosen, under the name `password`. */
export function NewPasswordField<T extends Record<string, unknown> & { password: string }>({
  form,
  label,
}: NewPasswordFieldProps<T>) {
  return (
    <PasswordField
      label={label}
      autoComplete="new-password"
      size="l"
      {...strength(form.values.password)}
      {...field(form, 'password')}
    />
  );
}
