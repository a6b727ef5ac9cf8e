import type { TextareaHTMLAttributes } from 'react';
import classes from './control.module.css';
import { cx } from './cx';
import { FormField, type FieldProps } from './form-field';

type NativeProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'defaultValue' | 'onChange' | 'name'>;

interface TextAreaFieldProps extends FieldProps, NativeProps {
  value: string;
  onChange: (value: string) => void;
}

/** Several lines of text, such as a reason. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { label, name, optional, optionalNote, error, warning, success, hint, tinted, className, ...control } = props;
  const { value, onChange, ...native } = control;
  const field = { label, name, optional, optionalNote, error, warning, success, hint, tinted, className };
  return (
    <FormField {...field}>
      {(attributes) => (
        <textarea
          {...native}
          {...attributes}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
          className={cx(classes.control, classes.area)}
        />
      )}
    </FormField>
  );
}
