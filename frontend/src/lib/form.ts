import { schemaResolver, useForm, type UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { ZodMiniType } from 'zod/mini';

/** Answers the errors of the values by path; an empty object when there are none. */
type Validate<T> = (values: T) => Record<string, string>;

interface AppFormOptions<T> {
  /**
   * From the feature's `schema.ts`, written with `zod/mini`; or a plain function, where the page
   * must not carry zod (sign-in).
   */
  schema: ZodMiniType | Validate<T>;
  initialValues: T;
  /**
   * Whether a field is judged when it is left, too. Not where one is often left empty on the way to
   * another: the message that appears would push the other away under the pointer.
   */
  judgesOnLeaving?: boolean;
}

/** A form that validates on blur and on submit; put it in `components/ui/form`. */
export function useAppForm<T extends Record<string, unknown>>(options: AppFormOptions<T>) {
  const { schema, initialValues, judgesOnLeaving = true } = options;
  return useForm<T>({
    mode: 'controlled',
    initialValues,
    validate: typeof schema === 'function' ? schema : schemaResolver(schema, { sync: true }),
    validateInputOnBlur: judgesOnLeaving,
  });
}

interface BoundField<V> {
  name: string;
  value: V;
  onChange: (value: V) => void;
  onBlur: () => void;
  onFocus: () => void;
  error: ReactNode;
}

/** What a text-like field needs of the form: `<TextField label="…" {...field(form, 'email')} />`. */
export function field<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  path: string,
): BoundField<string> {
  const { value, onChange, onBlur, onFocus, error } = form.getInputProps(path) as BoundField<string>;
  return { name: path, value, onChange, onBlur, onFocus, error };
}

/** The same for a checkbox. */
export function checkField<T extends Record<string, unknown>>(form: UseFormReturnType<T>, path: string) {
  const props = form.getInputProps(path, { type: 'checkbox' }) as { checked: boolean } & BoundField<boolean>;
  return { name: path, checked: props.checked, onChange: props.onChange, error: props.error };
}
