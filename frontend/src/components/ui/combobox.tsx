import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import { Combobox as MantineCombobox, useCombobox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { plain } from '@/lib/text';
import { t } from '@/lib/t';
import classes from './combobox.module.css';
import control from './control.module.css';
import { cx } from './cx';
import { FormField, type FieldProps } from './form-field';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Shown at the right: a code, a state. */
  code?: string;
}

interface ComboboxProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly ComboboxOption[];
  /** The words of the chosen value, when it may not be among the options (server search). */
  selectedLabel?: string;
  /** Given, the list comes from a search elsewhere; left out, the options are filtered here. */
  onSearch?: (text: string) => void;
  searching?: boolean;
  placeholder?: string;
  onBlur?: () => void;
  onFocus?: () => void;
}

function matches(option: ComboboxOption, text: string): boolean {
  const words = plain(text).split(/\s+/);
  const target = plain(`${option.label} ${option.code ?? ''}`);
  return words.every((word) => target.includes(word));
}

function resultCount(count: number, searching: boolean): string {
  if (searching) return t('form.searching');
  return count === 0 ? t('form.noResults') : t('form.results', { count });
}

/**
 * A field with a list that narrows while one types (ARIA 1.2 combobox with list autocomplete). The
 * number of results is announced. For a few fixed choices use SelectField.
 */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, options, selectedLabel, onSearch, searching = false, placeholder, ...rest } = props;
  const { onBlur, onFocus, ...fieldProps } = rest;
  const [text, setText] = useState<string>();
  const store = useCombobox({
    onDropdownClose: () => {
      store.resetSelectedOption();
    },
  });
  const chosen = options.find((option) => option.value === value)?.label ?? selectedLabel ?? '';
  const shown = onSearch || text === undefined ? options : options.filter((option) => matches(option, text));

  // What a search brings comes after the key: the first of it is what Intro takes.
  const found = shown.map((option) => option.value).join('|');
  const followSearch = useEffectEvent(() => {
    if (onSearch && text !== undefined && store.dropdownOpened) store.selectFirstOption();
  });
  useEffect(() => {
    followSearch();
  }, [found]);

  const choose = (next: string) => {
    onChange(next);
    setText(undefined);
    store.closeDropdown();
  };
  const type = (next: string) => {
    setText(next);
    onSearch?.(next);
    store.openDropdown();
    store.selectFirstOption();
    if (next === '') onChange('');
  };

  return (
    <FormField {...fieldProps}>
      {(attributes) => (
        <MantineCombobox
          store={store}
          onOptionSubmit={choose}
          offset={4}
          // In a sheet that rises from the lower edge of a phone the field passes for hidden, and the list with it.
          hideDetached={false}
          transitionProps={{ duration: 120, transition: 'fade' }}
          classNames={{ dropdown: classes.dropdown, option: classes.option }}
        >
          <MantineCombobox.Target>
            <div className={control.box}>
              <MantineCombobox.EventsTarget withExpandedAttribute>
                <input
                  {...attributes}
                  role="combobox"
                  aria-autocomplete="list"
                  className={cx(control.control, control.select)}
                  value={text ?? chosen}
                  placeholder={placeholder}
                  onChange={(event) => {
                    type(event.currentTarget.value);
                  }}
                  onClick={() => {
                    store.openDropdown();
                  }}
                  onFocus={() => onFocus?.()}
                  onBlur={() => {
                    setText(undefined);
                    store.closeDropdown();
                    onBlur?.();
                  }}
                />
              </MantineCombobox.EventsTarget>
              <span className={cx(control.trailing, control.trailingStatic)}>
                <IconChevronDown aria-hidden />
              </span>
              <span role="status" className="visually-hidden">
                {store.dropdownOpened ? resultCount(shown.length, searching) : ''}
              </span>
            </div>
          </MantineCombobox.Target>
          <MantineCombobox.Dropdown>
            <MantineCombobox.Options aria-label={fieldProps.label} className={classes.options}>
              {shown.map((option) => (
                <MantineCombobox.Option key={option.value} value={option.value} active={option.value === value}>
                  <span className={classes.optionLabel}>{option.label}</span>
                  {option.code !== undefined && <span className={classes.code}>{option.code}</span>}
                </MantineCombobox.Option>
              ))}
            </MantineCombobox.Options>
            {shown.length === 0 && <div className={classes.empty}>{resultCount(0, searching)}</div>}
          </MantineCombobox.Dropdown>
        </MantineCombobox>
      )}
    </FormField>
  );
}
