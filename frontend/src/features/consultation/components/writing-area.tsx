import { useId, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { KeyHint } from '@/components/ui/key-hint';
import { t } from '../t';
import { phrasesFor } from '../writing/phrases';
import { answersTo, readPhrase, type ReadyPhrase } from '../writing/slash';
import { usePhrases } from './use-phrases';
import { useWriting } from './use-writing';
import classes from './writing-area.module.css';

/** An order given with the slash that does something instead of writing. */
export interface Command {
  name: string;
  words: string;
  run: () => void;
}

export interface WritingHandle {
  /** Puts a phrase behind what is written and selects its first field. */
  append: (phrase: ReadyPhrase) => void;
}

interface WritingAreaProps {
  /** The name of the section, for who cannot see its heading. */
  labelledBy: string;
  describedBy?: string | undefined;
  /** Which phrases are offered. */
  section: string;
  commands: readonly Command[];
  value: string;
  onChange: (text: string) => void;
  onBlur: () => void;
  placeholder?: string | undefined;
  short?: boolean;
  ref?: Ref<WritingHandle>;
}

interface Choice {
  key: string;
  name: string;
  words: string;
  choose: () => void;
}

/** Browsers that do not size fields by their content get it done here. */
function fit(area: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  area.style.height = 'auto';
  area.style.height = `${String(area.scrollHeight + 2)}px`;
}

function Menu({ id, choices, active }: { id: string; choices: readonly Choice[]; active: number }) {
  return (
    <div className={classes.menu}>
      <div role="listbox" id={id} aria-label={t('slash.label')} className={classes.options}>
        {choices.map((choice, index) => (
          <div
            key={choice.key}
            id={`${id}-${String(index)}`}
            role="option"
            aria-selected={index === active}
            className={classes.option}
            // The area keeps the focus; a press is a choice all the same.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={choice.choose}
          >
            <span className={classes.name}>{`/${choice.name}`}</span>
            <span className={classes.words}>{choice.words}</span>
          </div>
        ))}
      </div>
      <div aria-hidden className={classes.keys}>
        <KeyHint>{t('slash.enter')}</KeyHint> {t('slash.insert')} <span>·</span> <KeyHint>{t('slash.tab')}</KeyHint>{' '}
        {t('slash.next')}
      </div>
    </div>
  );
}

/** A text that grows as it is written, with quick phrases and orders after a slash. */
export function WritingArea(props: WritingAreaProps) {
  const { labelledBy, describedBy, section, commands, value, onChange, onBlur, placeholder, short, ref } = props;
  const menuId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const phrases = usePhrases();
  const writing = useWriting({ area, value, onChange });
  const [active, setActive] = useState(0);
  useLayoutEffect(() => {
    if (area.current) fit(area.current);
  }, [value]);
  useImperativeHandle(ref, () => ({ append: writing.append }), [writing.append]);

  const { slash } = writing;
  const choices: Choice[] = slash
    ? [
        ...phrasesFor(phrases, section, slash.query).map((phrase) => ({
          key: `phrase-${phrase.name}`,
          name: phrase.name,
          words: readPhrase(phrase.text).text,
          choose: () => {
            writing.insert(readPhrase(phrase.text));
          },
        })),
        ...commands
          .filter(({ name }) => answersTo(name, slash.query))
          .map((command) => ({
            key: `command-${command.name}`,
            name: command.name,
            words: command.words,
            choose: () => {
              writing.take();
              command.run();
            },
          })),
      ]
    : [];
  const isOpen = choices.length > 0;
  const selected = Math.min(active, choices.length - 1);

  const move = (by: number) => {
    setActive((selected + by + choices.length) % choices.length);
  };

  const inMenu = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!isOpen || !isPlain || event.nativeEvent.isComposing) return false;
    const act = {
      ArrowDown: () => {
        move(1);
      },
      ArrowUp: () => {
        move(-1);
      },
      Enter: () => choices[selected]?.choose(),
      Escape: writing.close,
    }[event.key];
    act?.();
    return act !== undefined;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isTab = event.key === 'Tab' && !event.shiftKey;
    if (inMenu(event) || (isTab && writing.toNextField(event))) event.preventDefault();
  };

  return (
    <div className={classes.frame}>
      <textarea
        ref={area}
        className={classes.area}
        data-lines={short === true ? 1 : undefined}
        rows={short === true ? 1 : 3}
        value={value}
        placeholder={placeholder}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-autocomplete="list"
        aria-controls={isOpen ? menuId : undefined}
        aria-activedescendant={isOpen ? `${menuId}-${String(selected)}` : undefined}
        onChange={(event) => {
          setActive(0);
          writing.type(event);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          writing.close();
          onBlur();
        }}
      />
      {isOpen && <Menu id={menuId} choices={choices} active={selected} />}
      <span role="status" className="visually-hidden">
        {isOpen ? t('slash.results', { count: choices.length }) : ''}
      </span>
    </div>
  );
}
