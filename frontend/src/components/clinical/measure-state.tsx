import { IconArrowDown, IconArrowUp, IconCheck } from '@tabler/icons-react';
import type { components } from '@/lib/api/schema';
import classes from './measure-state.module.css';

type MeasureState = components['schemas']['MeasureState'];

interface MeasureStateProps {
  state: MeasureState;
  /** In a table only what is out of range is said; the word stays for who cannot see the icon. */
  iconOnly?: boolean;
}

/** What a value means at the patient's age, in icon and word: in range, above, below. */
export function MeasureStateWord({ state: { state, label }, iconOnly }: MeasureStateProps) {
  const Icon = { low: IconArrowDown, normal: IconCheck, elevated: IconArrowUp, high: IconArrowUp }[state];
  return (
    <span className={classes.state} data-tone={state === 'normal' ? 'green' : 'amber'} title={iconOnly ? label : undefined}>
      <Icon stroke={2} aria-hidden />
      <span className={iconOnly ? 'visually-hidden' : undefined}>{label}</span>
    </span>
  );
}
