import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import { compareTexts, type Piece } from '@/lib/drafts/diff';
import { differences, mergeParts, suggestedSide, type Difference, type Part, type Side } from '@/lib/drafts/merge';
import type { NoteContent } from '../note';
import { more } from '../more-t';
import classes from './conflict-view.module.css';

type NoteDifference = Difference<NoteContent>;

function Words({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.length === 0) return <p className={`${classes.words ?? ''} ${classes.empty ?? ''}`}>{more('conflict.empty')}</p>;
  return (
    <p className={classes.words}>
      {pieces.map((piece, index) =>
        piece.changed ? (
          <mark key={index} className={classes.changed}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

interface ChoiceProps {
  difference: NoteDifference;
  chosen: Side | undefined;
  onChoose: (side: Side) => void;
}

function Name({ side, difference, chosen, onChoose }: ChoiceProps & { side: Side }) {
  const words = { mine: more('conflict.mine'), theirs: more('conflict.theirs'), both: more('conflict.joined') }[side];
  if (chosen === undefined) return <p className={classes.name}>{words}</p>;
  return (
    <label className={classes.name}>
      <input
        type="radio"
        name={`conflict-${difference.part.key}`}
        checked={chosen === side}
        onChange={() => {
          onChoose(side);
        }}
      />
      <span>
        <span className="visually-hidden">{`${difference.part.title}: `}</span>
        {words}
      </span>
    </label>
  );
}

function Row(props: ChoiceProps) {
  const { difference, chosen } = props;
  const { part, mine, theirs, changedBy } = difference;
  const pieces = useMemo(() => compareTexts(mine, theirs), [mine, theirs]);
  return (
    <section aria-label={part.title} className={classes.row}>
      <div className={classes.title}>
        <h2>{part.title}</h2>
        {changedBy === 'both' && <StatusChip family="amber">{more('conflict.both')}</StatusChip>}
      </div>
      <div className={classes.sides}>
        <div className={classes.side}>
          <Name {...props} side="mine" />
          <Words pieces={pieces.one} />
        </div>
        <div className={classes.side}>
          <Name {...props} side="theirs" />
          <Words pieces={pieces.other} />
        </div>
      </div>
      {chosen !== undefined && part.join && (
        <div className={classes.joined}>
          <Name {...props} side="both" />
        </div>
      )}
    </section>
  );
}

interface ConflictViewProps {
  title: string;
  text: string;
  parts: readonly Part<NoteContent>[];
  /** What both versions began with. */
  base: NoteContent;
  mine: NoteContent;
  theirs: NoteContent;
  onKeepMine: () => void;
  onUseTheirs: () => void;
  onMerge: (merged: NoteContent) => void;
}

/** Two versions side by side, section by section, with their differences marked. Nothing is lost. */
export function ConflictView(props: ConflictViewProps) {
  const { title, text, parts, base, mine, theirs, onKeepMine, onUseTheirs, onMerge } = props;
  const heading = useRef<HTMLParagraphElement>(null);
  const [choices, setChoices] = useState<Record<string, Side>>();
  const found = useMemo(() => differences(parts, base, mine, theirs), [parts, base, mine, theirs]);
  // Writing has just stopped: the focus comes here, where it is said why.
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const sideOf = (difference: NoteDifference) => choices?.[difference.part.key] ?? suggestedSide(difference);
  return (
    <div className={classes.view}>
      <h2>{title}</h2>
      <p ref={heading} tabIndex={-1} role="alert" className={classes.text}>
        {text} {choices && more('conflict.chooseText')}
      </p>
      <div className={classes.rows}>
        {found.map((difference) => (
          <Row
            key={difference.part.key}
            difference={difference}
            chosen={choices && sideOf(difference)}
            onChoose={(side) => {
              setChoices({ ...choices, [difference.part.key]: side });
            }}
          />
        ))}
      </div>
      <div className={classes.actions}>
        {choices ? (
          <>
            <Button
              variant="primary"
              onClick={() => {
                onMerge(mergeParts(mine, theirs, found, sideOf));
              }}
            >
              {more('conflict.save')}
            </Button>
            <Button
              variant="ghost"
              onClick={() => {
                setChoices(undefined);
              }}
            >
              {more('conflict.back')}
            </Button>
          </>
        ) : (
          <>
            <Button variant="primary" onClick={onKeepMine}>
              {more('conflict.keepMine')}
            </Button>
            <Button onClick={onUseTheirs}>{more('conflict.useTheirs')}</Button>
            <Button
              variant="ghost"
              onClick={() => {
                setChoices({});
              }}
            >
              {more('conflict.merge')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
