import { IconCheck } from '@tabler/icons-react';
import { t } from '../t';
import classes from './stepper.module.css';

export type StepKey = 'legal' | 'office' | 'privacy';

export const STEPS: readonly StepKey[] = ['legal', 'office', 'privacy'];

interface StepperProps {
  current: StepKey;
  done: ReadonlySet<StepKey>;
  onPick: (step: StepKey) => void;
}

function stateOf(step: StepKey, current: StepKey, done: ReadonlySet<StepKey>): string {
  if (done.has(step)) return t('start.done');
  return step === current ? t('start.current') : t('start.pending');
}

/** The three steps, in any order: what is done, what is missing, where one is. */
export function Stepper({ current, done, onPick }: StepperProps) {
  return (
    <ol className={classes.steps} aria-label={t('start.steps')}>
      {STEPS.map((step, index) => (
        <li key={step}>
          <button
            type="button"
            className={classes.step}
            aria-current={step === current ? 'step' : undefined}
            onClick={() => {
              onPick(step);
            }}
          >
            <span aria-hidden className={classes.mark} data-done={done.has(step) ? true : undefined}>
              {done.has(step) ? <IconCheck size={15} stroke={2.4} /> : index + 1}
            </span>
            <span>
              <span className={classes.name}>{t(`start.${step}`)}</span>
              <span className={classes.state}>{stateOf(step, current, done)}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
