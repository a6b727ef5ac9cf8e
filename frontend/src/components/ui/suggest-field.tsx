import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Combobox.layer.css';
import { Combobox as MantineCombobox, useCombobox } from '@mantine/core';
import { plain } from '@/lib/text';
import classes from './combobox.module.css';
import control from './control.module.css';
import { FormField, type FieldProps } from './form-field';

interface SuggestFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  /** What is often written here; anything else may be, too. */
  suggestions: readonly string[];
  placeholder?: string;
  onBlur?: () => void;
}

/** A line of text with a list of what is often written in it. What is typed counts, listed or not. */
export function SuggestField({ value, onChange, suggestions, placeholder, onBlur, ...field }: SuggestFieldProps) {
  const store = useCombobox({
    onDropdownClose: () => {
      store.resetSelectedOption();
    },
  });
  const words = plain(value);
  const isWhole = suggestions.some((one) => plain(one) === words);
  const shown = isWhole ? suggestions : suggestions.filter((one) => plain(one).includes(words));
  return (
    <FormField {...field}>
      {(attributes) => (
        <MantineCombobox
          store={store}
          onOptionSubmit={(next) => {
            onChange(next);
            store.closeDropdown();
          }}
          offset={4}
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
                  autoComplete="off"
                  className={control.control}
                  value={value}
                  placeholder={placeholder}
                  onChange={(event) => {
                    onChange(event.currentTarget.value);
                    store.openDropdown();
                    store.resetSelectedOption();
                  }}
                  onClick={() => {
                    store.openDropdown();
                  }}
                  onBlur={() => {
                    store.closeDropdown();
                    onBlur?.();
                  }}
                />
              </MantineCombobox.EventsTarget>
            </div>
          </MantineCombobox.Target>
          <MantineCombobox.Dropdown hidden={shown.length === 0}>
            <MantineCombobox.Options aria-label={field.label} className={classes.options}>
              {shown.map((one) => (
                <MantineCombobox.Option key={one} value={one} active={one === value}>
                  <span className={classes.optionLabel}>{one}</span>
                </MantineCombobox.Option>
              ))}
            </MantineCombobox.Options>
          </MantineCombobox.Dropdown>
        </MantineCombobox>
      )}
    </FormField>
  );
}
