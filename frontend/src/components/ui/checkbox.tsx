import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './checkbox.module.css';

interface CheckboxProps {
  label: ReactNode;
  /** A short plain label for the error summary, when `label` holds links. */
  summaryLabel?: string;
  name?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  error?: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

/** One yes-or-no choice with its words beside it. */
export function Checkbox({ label, summaryLabel, name, checked, onChange, error, hint, disabled }: CheckboxProps) {
  const id = useId();
  const message = error ?? hint;
  const hasError = error !== undefined && error !== null && error !== false;
  return (
    <div>
      <div className={classes.row}>
        <input
          id={id}
          name={name}
          type="checkbox"
          className={classes.box}
          checked={checked}
          disabled={disabled}
          aria-invalid={hasError ? true : undefined}
          aria-describedby={message ? `${id}-message` : undefined}
          data-label={summaryLabel ?? (typeof label === 'string' ? label : undefined)}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
      </div>
      {message && (
        <div id={`${id}-message`} className={hasError ? classes.error : classes.hint}>
          {message}
        </div>
      )}
    </div>
  );
}
