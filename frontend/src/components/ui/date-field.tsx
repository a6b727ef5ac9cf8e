import { useState, type FocusEvent } from 'react';
import { parseDate, todayIn, toTypedDate } from '@/lib/dates';
import { DEFAULT_ZONE } from '@/lib/format';
import { t } from '@/lib/t';
import { TextField, type TextFieldProps } from './text-field';

interface DateFieldProps extends Omit<TextFieldProps, 'type' | 'inputMode' | 'placeholder'> {
  /** `YYYY-MM-DD` in the office's zone, for «hoy» and «ayer». */
  today?: string;
}

/**
 * A date that is typed: 03/02/2022, 3/2/22, hoy, ayer. `onChange` gives `YYYY-MM-DD` as soon as
 * what is typed is a date, and until then the text itself, so that nothing typed is lost and the
 * form's schema (`dateText` of lib/validation) can refuse it.
 */
export function DateField({ value, onChange, today, onBlur, onFocus, ...rest }: DateFieldProps) {
  const [draft, setDraft] = useState<string>();
  const reference = today ?? todayIn(DEFAULT_ZONE);
  return (
    <TextField
      {...rest}
      value={draft ?? toTypedDate(value)}
      placeholder={t('form.dateFormat')}
      inputMode="text"
      autoComplete={rest.autoComplete ?? 'off'}
      onFocus={(event: FocusEvent<HTMLInputElement>) => {
        setDraft(toTypedDate(value));
        onFocus?.(event);
      }}
      onChange={(text) => {
        setDraft(text);
        onChange(parseDate(text, reference) ?? text);
      }}
      onBlur={(event: FocusEvent<HTMLInputElement>) => {
        setDraft(undefined);
        onBlur?.(event);
      }}
    />
  );
}
