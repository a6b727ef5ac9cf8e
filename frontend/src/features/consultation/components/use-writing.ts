import { useLayoutEffect, useRef, useState, type ChangeEvent, type KeyboardEvent, type RefObject } from 'react';
import {
  appendPhrase,
  insertPhrase,
  moveFields,
  nextField,
  slashAt,
  type Insertion,
  type ReadyPhrase,
  type Slash,
  type Span,
} from '../writing/slash';

interface WritingOptions {
  area: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (text: string) => void;
}

/** What is typed in an area: the command at the caret, and the fields of the last phrase. */
export function useWriting({ area, value, onChange }: WritingOptions) {
  const [slash, setSlash] = useState<Slash>();
  /** The beginning of a command that Escape has closed. */
  const closed = useRef<number>(undefined);
  const fields = useRef<Span[]>([]);
  /** What is selected once the text with the phrase is on the page. */
  const pending = useRef<Span>(undefined);

  useLayoutEffect(() => {
    const span = pending.current;
    if (!span || !area.current) return;
    pending.current = undefined;
    area.current.focus();
    area.current.setSelectionRange(span.start, span.end);
  });

  const findSlash = (text: string, caret: number) => {
    const found = slashAt(text, caret);
    if (found?.start !== closed.current) closed.current = undefined;
    setSlash(found && found.start !== closed.current ? found : undefined);
  };

  const type = (event: ChangeEvent<HTMLTextAreaElement>) => {
    const { value: text, selectionEnd } = event.currentTarget;
    fields.current = moveFields(fields.current, value, text, selectionEnd);
    findSlash(text, selectionEnd);
    onChange(text);
  };

  const put = (insertion: Insertion) => {
    fields.current = insertion.fields;
    pending.current = insertion.selection;
    setSlash(undefined);
    onChange(insertion.text);
  };

  return {
    slash,
    type,
    /** Puts a phrase in the place of the command. */
    insert: (phrase: ReadyPhrase) => {
      if (slash) put(insertPhrase(value, slash, phrase));
    },
    /** Puts a phrase behind what is written. */
    append: (phrase: ReadyPhrase) => {
      put(appendPhrase(value, phrase));
    },
    /** Takes the command away, when it was one that acts. */
    take: () => {
      if (slash) put(insertPhrase(value, slash, { text: '', fields: [] }));
    },
    close: () => {
      closed.current = slash?.start;
      setSlash(undefined);
    },
    /** Tab leads to the next field of the phrase, if there is one. */
    toNextField: (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
      const { selectionStart, selectionEnd } = event.currentTarget;
      const next = nextField(fields.current, { start: selectionStart, end: selectionEnd });
      if (!next) return false;
      event.currentTarget.setSelectionRange(next.start, next.end);
      return true;
    },
  };
}
