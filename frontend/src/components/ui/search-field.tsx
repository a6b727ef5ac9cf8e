import { IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import { t } from '@/lib/t';
import { IconButton } from './button';
import control from './control.module.css';
import { cx } from './cx';
import classes from './search-field.module.css';

interface SearchFieldProps {
  /** What is searched, for who cannot see the magnifier. */
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  ref?: Ref<HTMLInputElement>;
}

/** A search box above a list. What is typed stays in memory, never in the address. */
export function SearchField({ label, placeholder, value, onChange, onKeyDown, ref }: SearchFieldProps) {
  return (
    <div role="search" className={cx(control.box, classes.search)}>
      <span className={control.leading}>
        <IconSearch stroke={1.8} aria-hidden />
      </span>
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        className={cx(control.control, control.withLeading, value !== '' && control.withTrailing, classes.input)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      {value !== '' && (
        <span className={control.trailing}>
          <IconButton
            label={t('search.clear')}
            icon={<IconX aria-hidden />}
            onClick={() => {
              onChange('');
            }}
          />
        </span>
      )}
    </div>
  );
}
