import { IconChevronDown } from '@tabler/icons-react';
import type { SelectHTMLAttributes } from 'react';
import { t } from '@/lib/t';
import classes from './control.module.css';
import { cx } from './cx';
import { FormField, type FieldProps } from './form-field';

export interface SelectOption {
  value: string;
  label: string;
}

type NativeProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'value' | 'defaultValue' | 'onChange' | 'size' | 'name'>;

interface SelectFieldProps extends FieldProps, NativeProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly SelectOption[];
  /** The text of the empty choice; `null` leaves it out. */
  placeholder?: string | null;
  size?: 'm' | 'l';
}

/** The platform's own list: the right one for up to some forty fixed choices, and on phones. */
export function SelectField(props: SelectFieldProps) {
  const { label, name, optional, optionalNote, error, warning, success, hint, tinted, className, ...control } = props;
  const { value, onChange, options, placeholder, size, ...native } = control;
  const field = { label, name, optional, optionalNote, error, warning, success, hint, tinted, className };
  return (
    <FormField {...field}>
      {(attributes) => (
        <div className={classes.box}>
          <select
            {...native}
            {...attributes}
            value={value}
            onChange={(event) => {
              onChange(event.currentTarget.value);
            }}
            className={cx(classes.control, classes.select, size === 'l' && classes.large)}
          >
            {placeholder !== null && <option value="">{placeholder ?? t('form.choose')}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <span className={cx(classes.trailing, classes.trailingStatic)}>
            <IconChevronDown aria-hidden />
          </span>
        </div>
      )}
    </FormField>
  );
}
