import { hasContent, type NoteContent, type NoteSection, type Omission } from './note';

/** How a part of the note stands, as the server judges it. */
export type ItemState = 'complete' | 'answered' | 'in_progress' | 'missing' | 'optional';

export interface CompletenessItem {
  key: string;
  title: string;
  numeral?: string | undefined;
  required: boolean;
  state: ItemState;
  answer?: Omission | undefined;
  why?: string | undefined;
}

/** An item as it stands with what is being typed. */
export interface LiveItem extends CompletenessItem {
  /** Of diagnoses, how many there are. */
  count?: number | undefined;
}

function liveState(item: CompletenessItem, section: NoteSection, content: NoteContent): ItemState {
  if (content.omissions[item.key] !== undefined && !hasContent(content, section)) return 'answered';
  if (!hasContent(content, section)) return item.required ? 'missing' : 'optional';
  // Whether something suffices is the server's to say; until it does, what was empty is begun.
  return item.state === 'missing' || item.state === 'optional' || item.state === 'answered' ? 'in_progress' : item.state;
}

/**
 * The server's list with what was typed since it answered: what is empty or answered is seen at
 * once, and whether a text suffices comes with the next saving.
 */
export function liveItems(
  items: readonly CompletenessItem[],
  sections: readonly NoteSection[],
  content: NoteContent,
): LiveItem[] {
  return items.map((item) => {
    const section = sections.find(({ key }) => key === item.key);
    if (!section) return item;
    const count = section.kind === 'diagnoses' ? content.diagnoses.length : undefined;
    const state = liveState(item, section, content);
    // What the server said of another state is no longer so.
    const why = state === item.state ? item.why : undefined;
    return { ...item, state, why, answer: content.omissions[item.key], count };
  });
}

/** Whether the note cannot be signed because of an item. */
export function isPending({ state }: CompletenessItem): boolean {
  return state === 'missing' || state === 'in_progress';
}

/** How many of the required parts are done, and of how many. */
export function progressOf(items: readonly LiveItem[]): { done: number; total: number } {
  const required = items.filter((item) => item.required);
  return { done: required.filter((item) => !isPending(item)).length, total: required.length };
}

/** The pending part that comes after (or before) a place, going round at the end. */
export function nextPending(items: readonly LiveItem[], from: string | undefined, step: 1 | -1): string | undefined {
  const start = items.findIndex(({ key }) => key === from);
  const origin = start < 0 && step < 0 ? items.length : start;
  for (let moved = 1; moved <= items.length; moved += 1) {
    const item = items[(origin + step * moved + 2 * items.length) % items.length];
    if (item && isPending(item)) return item.key;
  }
  return undefined;
}
