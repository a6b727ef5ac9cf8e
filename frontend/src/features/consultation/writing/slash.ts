import { plain } from '@/lib/text';

/** A command being typed: from its slash to the caret. */
export interface Slash {
  start: number;
  end: number;
  /** What stands after the slash. */
  query: string;
}

const LONGEST = 40;
const BEFORE_CARET = /(?:^|[\s(¿«])\/([^\n/]*)$/;

/**
 * The command at the caret; undefined where there is none. A slash inside a word is none: «120/80»
 * and «y/o» are only text.
 */
export function slashAt(text: string, caret: number): Slash | undefined {
  const match = BEFORE_CARET.exec(text.slice(Math.max(0, caret - LONGEST), caret));
  const query = match?.[1];
  if (query === undefined || /^\s/.test(query) || /\s{2}/.test(query)) return undefined;
  return { start: caret - query.length - 1, end: caret, query };
}

/** Whether a name answers what was typed: each typed word begins a word of the name, in order. */
export function answersTo(name: string, query: string): boolean {
  const words = plain(name).split(/\s+/);
  let from = 0;
  for (const typed of plain(query).split(/\s+/).filter(Boolean)) {
    const at = words.findIndex((word, index) => index >= from && word.startsWith(typed));
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** A place of the text, from `start` to before `end`. */
export interface Span {
  start: number;
  end: number;
}

/** A phrase with its fields marked by braces, ready to be put somewhere. */
export interface ReadyPhrase {
  text: string;
  /** Where its fields are, from the beginning of the phrase. */
  fields: Span[];
}

/** Takes the braces of «Pies con pulsos {presentes}.» away and remembers where the fields are. */
export function readPhrase(source: string): ReadyPhrase {
  const fields: Span[] = [];
  let text = '';
  for (const part of source.split(/(\{[^}]*\})/)) {
    const isField = part.startsWith('{') && part.endsWith('}');
    const words = isField ? part.slice(1, -1) : part;
    if (isField) fields.push({ start: text.length, end: text.length + words.length });
    text += words;
  }
  return { text, fields };
}

export interface Insertion {
  text: string;
  /** What is selected afterwards: the first field, else the place behind the phrase. */
  selection: Span;
  /** The fields of the phrase where they now stand. */
  fields: Span[];
}

/** Puts a phrase in the place of a command (or of any other part of the text). */
export function insertPhrase(text: string, { start, end }: Span, phrase: ReadyPhrase): Insertion {
  const fields = phrase.fields.map((field) => ({ start: field.start + start, end: field.end + start }));
  const behind = start + phrase.text.length;
  return {
    text: text.slice(0, start) + phrase.text + text.slice(end),
    selection: fields[0] ?? { start: behind, end: behind },
    fields,
  };
}

/** Puts a phrase at the end of a text, as a sentence of its own. */
export function appendPhrase(text: string, phrase: ReadyPhrase): Insertion {
  const gap = text === '' || /\s$/.test(text) ? '' : ' ';
  const place = text + gap;
  return insertPhrase(place, { start: place.length, end: place.length }, phrase);
}

/** How long two texts agree from their beginning. */
function commonStart(before: string, after: string): number {
  let length = 0;
  while (length < before.length && length < after.length && before[length] === after[length]) length += 1;
  return length;
}

/**
 * Moves the fields along with what was typed. A field that was typed into grows with it; one whose
 * edge was crossed is a field no more.
 */
export function moveFields(fields: readonly Span[], before: string, after: string, caret: number): Span[] {
  const grown = after.length - before.length;
  // The change ends at the caret, so it begins at the latest where the shorter of both texts says.
  const from = Math.min(commonStart(before, after), grown >= 0 ? caret - grown : caret);
  const until = Math.max(from, caret - grown);
  return fields.flatMap((field) => {
    if (until < field.start || (until === field.start && from < field.start)) {
      return [{ start: field.start + grown, end: field.end + grown }];
    }
    if (from > field.end) return [field];
    if (from >= field.start && until <= field.end) return [{ start: field.start, end: field.end + grown }];
    return [];
  });
}

/** The field that Tab leads to: the first one behind what is selected. */
export function nextField(fields: readonly Span[], selection: Span): Span | undefined {
  return fields.find((field) => field.start > selection.start && field.start >= selection.end);
}
