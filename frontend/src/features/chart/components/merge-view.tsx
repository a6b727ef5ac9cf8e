import { IconGitCompare } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PatientValues } from '@/components/clinical/patient-form/values';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { merge, suggestedSide, type Difference, type Side } from '../merge';
import { t } from '../t';
import classes from './merge-view.module.css';

interface VersionProps {
  difference: Difference;
  side: Side;
  /** Given while choosing field by field. */
  choice?: { chosen: Side; onChoose: (side: Side) => void } | undefined;
}

function Version({ difference, side, choice }: VersionProps) {
  const { field, changedBy } = difference;
  const raw = difference[side];
  const changed = changedBy === 'both' || changedBy === side;
  const words = raw === '' ? <em>{t('merge.empty')}</em> : field.say(raw);
  const shown = changed ? <mark className={classes.changed}>{words}</mark> : words;
  if (!choice) return <span>{shown}</span>;
  return (
    <label className={classes.choice}>
      <input
        type="radio"
        name={`merge-${field.path}`}
        checked={choice.chosen === side}
        onChange={() => {
          choice.onChoose(side);
        }}
      />
      <span>{shown}</span>
    </label>
  );
}

interface RowProps {
  difference: Difference;
  choice?: VersionProps['choice'];
}

function Row({ difference, choice }: RowProps) {
  return (
    <tr>
      <th scope="row">
        {difference.field.label}
        {difference.changedBy === 'both' && <span className={classes.both}>{t('merge.both')}</span>}
      </th>
      <td data-label={t('merge.mine')}>
        <Version difference={difference} side="mine" choice={choice} />
      </td>
      <td data-label={t('merge.theirs')}>
        <Version difference={difference} side="theirs" choice={choice} />
      </td>
    </tr>
  );
}

interface MergeViewProps {
  mine: PatientValues;
  found: readonly Difference[];
  /** When the other version was saved, in words. */
  savedAt: string;
  isSaving: boolean;
  /** Saves these values over the other version. */
  onSave: (values: PatientValues) => void;
  onUseTheirs: () => void;
}

function Buttons({ onMine, onTheirs, onMerge, isSaving }: Record<'onMine' | 'onTheirs' | 'onMerge', () => void> & { isSaving: boolean }) {
  return (
    <>
      <Button variant="primary" loading={isSaving} onClick={onMine}>
        {t('merge.keepMine')}
      </Button>
      <Button onClick={onTheirs}>{t('merge.useTheirs')}</Button>
      <Button variant="ghost" onClick={onMerge}>
        {t('merge.merge')}
      </Button>
    </>
  );
}

/** Two versions of a record side by side, with their differences marked; nothing is lost. */
export function MergeView({ mine, found, savedAt, isSaving, onSave, onUseTheirs }: MergeViewProps) {
  const [choices, setChoices] = useState<Record<string, Side>>();
  const text = useRef<HTMLParagraphElement>(null);
  // Writing has just stopped: the focus comes here, where it is said why.
  useEffect(() => {
    text.current?.focus();
  }, []);
  const sideOf = (difference: Difference) => choices?.[difference.field.path] ?? suggestedSide(difference);
  return (
    <Card title={t('merge.title')} icon={<IconGitCompare stroke={1.7} aria-hidden />}>
      <p ref={text} tabIndex={-1} role="alert" className={classes.text}>
        {t('merge.text', { date: savedAt })} {choices && t('merge.chooseText')}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('merge.field')}</th>
            <th scope="col">{t('merge.mine')}</th>
            <th scope="col">{t('merge.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((difference) => (
            <Row
              key={difference.field.path}
              difference={difference}
              choice={
                choices && {
                  chosen: sideOf(difference),
                  onChoose: (side) => {
                    setChoices({ ...choices, [difference.field.path]: side });
                  },
                }
              }
            />
          ))}
        </tbody>
      </table>
      <div className={classes.actions}>
        {choices ? (
          <>
            <Button
              variant="primary"
              loading={isSaving}
              onClick={() => {
                onSave(merge(mine, found, sideOf));
              }}
            >
              {t('merge.saveMerged')}
            </Button>
            <Button
              variant="ghost"
              onClick={() => {
                setChoices(undefined);
              }}
            >
              {t('merge.back')}
            </Button>
          </>
        ) : (
          <Buttons
            isSaving={isSaving}
            onMine={() => {
              onSave(mine);
            }}
            onTheirs={onUseTheirs}
            onMerge={() => {
              setChoices({});
            }}
          />
        )}
      </div>
    </Card>
  );
}
