import type { UseFormReturnType } from '@mantine/form';
import { useRef, useState, type ReactNode } from 'react';
import { fieldErrors } from '@/lib/api/error';
import { describeError } from '@/lib/errors';
import { ErrorSummary, type SummaryItem } from './error-summary';

interface FormProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  /** Throws when the server refuses; the form shows the refusal beside its fields and on top. */
  onSubmit: (values: T) => Promise<void>;
  children: ReactNode;
  className?: string | undefined;
  /** Says an error of the whole form in other words; undefined falls back to the server's. */
  explain?: (error: unknown) => ReactNode;
  /** Lets a button outside the form submit it (`form="..."`). */
  id?: string | undefined;
}

function controlOf(element: HTMLFormElement | null, name: string): HTMLElement | undefined {
  const found = element?.elements.namedItem(name);
  return found instanceof HTMLElement ? found : undefined;
}

function summarise(element: HTMLFormElement | null, errors: Record<string, ReactNode>): SummaryItem[] {
  return Object.entries(errors).flatMap(([name, message]) => {
    const label = controlOf(element, name)?.dataset.label ?? '';
    return typeof message === 'string' ? [{ name, label, message }] : [];
  });
}

/** Puts the entries in the order of the fields on the page, whatever order the errors came in. */
function inPageOrder(element: HTMLFormElement | null, items: SummaryItem[]): SummaryItem[] {
  const place = (item: SummaryItem) => {
    const control = controlOf(element, item.name);
    return control && element ? Array.from(element.elements).indexOf(control) : Number.MAX_SAFE_INTEGER;
  };
  return [...items].sort((a, b) => place(a) - place(b));
}

/**
 * A form whose errors all show at once: beside the fields and in a summary on top that takes focus.
 * Give its fields `{...field(form, 'path')}` from `lib/form`.
 */
export function Form<T extends Record<string, unknown>>({
  form,
  onSubmit,
  children,
  className,
  explain,
  id,
}: FormProps<T>) {
  const element = useRef<HTMLFormElement>(null);
  const busy = useRef(false);
  const [attempt, setAttempt] = useState(0);
  const [items, setItems] = useState<SummaryItem[]>([]);
  const [message, setMessage] = useState<ReactNode>();

  const reject = (errors: Record<string, ReactNode>, general?: ReactNode) => {
    setItems(inPageOrder(element.current, summarise(element.current, errors)));
    setMessage(general);
    setAttempt((count) => count + 1);
  };

  const submit = async (values: T) => {
    if (busy.current) return;
    busy.current = true;
    setMessage(undefined);
    setItems([]);
    try {
      await onSubmit(values);
    } catch (error) {
      const errors = fieldErrors(error);
      form.setErrors(errors);
      const known = Object.keys(errors).length > 0;
      reject(errors, known ? undefined : (explain?.(error) ?? describeError(error).message));
    } finally {
      busy.current = false;
    }
  };

  return (
    <form
      id={id}
      ref={element}
      noValidate
      className={className}
      onSubmit={(event) => {
        form.onSubmit(
          (values) => void submit(values),
          (errors) => {
            reject(errors);
          },
        )(event);
      }}
    >
      <ErrorSummary
        items={items.filter((item) => form.errors[item.name] !== undefined)}
        message={message}
        attempt={attempt}
        onPick={(name) => controlOf(element.current, name)?.focus()}
      />
      {children}
    </form>
  );
}
