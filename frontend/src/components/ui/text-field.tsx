import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import classes from './control.module.css';
import { cx } from './cx';
import { FormField, type FieldProps } from './form-field';

type NativeProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'defaultValue' | 'onChange' | 'size' | 'name'>;

export interface TextFieldProps extends FieldProps, NativeProps {
  value: string;
  onChange: (value: string) => void;
  size?: 'm' | 'l' | undefined;
  /** CURP, record number, folio: figures and letters that cannot be confused. */
  identifier?: boolean | undefined;
  /** An icon inside the field, at its left. */
  leading?: ReactNode;
  /** A unit (text) or a button, at its right. */
  trailing?: ReactNode;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** A line of text with label and message. */
export function TextField(props: TextFieldProps) {
  const { label, name, optional, optionalNote, error, warning, success, hint, tinted, className, ...control } = props;
  const { value, onChange, size, identifier, leading, trailing, ref, type = 'text', ...native } = control;
  const field = { label, name, optional, optionalNote, error, warning, success, hint, tinted, className };
  const withLeading = leading !== undefined;
  const withTrailing = trailing !== undefined;
  return (
    <FormField {...field}>
      {(attributes) => (
        <div className={classes.box}>
          {withLeading && <span className={classes.leading}>{leading}</span>}
          <input
            {...native}
            {...attributes}
            ref={ref}
            type={type}
            value={value}
            onChange={(event) => {
              onChange(event.currentTarget.value);
            }}
            className={cx(
              classes.control,
              size === 'l' && classes.large,
              withLeading && classes.withLeading,
              withTrailing && classes.withTrailing,
              identifier === true && 'identifier',
            )}
          />
          {withTrailing && (
            <span className={cx(classes.trailing, typeof trailing === 'string' && classes.trailingStatic)}>
              {trailing}
            </span>
          )}
        </div>
      )}
    </FormField>
  );
}
