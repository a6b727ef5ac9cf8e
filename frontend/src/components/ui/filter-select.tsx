import { IconChevronDown } from '@tabler/icons-react';
import { useId } from 'react';
import classes from './filter-select.module.css';

export interface FilterOption {
  value: string;
  label: string;
}

export interface FilterGroup {
  label: string;
  options: readonly FilterOption[];
}

interface FilterSelectProps {
  /** What is filtered: «Fecha». */
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly FilterOption[];
  /** More choices under headings, after `options`. */
  groups?: readonly FilterGroup[];
}

function Options({ options }: { options: readonly FilterOption[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
}

/** A filter above a list: its name and its choice in one small control. The list is the platform's own. */
export function FilterSelect({ label, value, onChange, options, groups = [] }: FilterSelectProps) {
  const id = useId();
  return (
    <div className={classes.filter}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <select
        id={id}
        className={classes.select}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      >
        <Options options={options} />
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            <Options options={group.options} />
          </optgroup>
        ))}
      </select>
      <IconChevronDown size={16} stroke={1.8} className={classes.arrow} aria-hidden />
    </div>
  );
}
