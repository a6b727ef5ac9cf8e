import { plain } from '@/lib/text';
import { answersTo } from './slash';

/** A text that is written often. Its fields stand in braces with what they usually say. */
export interface Phrase {
  /** What is typed after the slash. */
  name: string;
  text: string;
  /** Only in these sections; left out, in all. */
  sections?: string[];
  /** The words of the button above its section, for the one that is used most. */
  button?: string;
}

const MOST = 6;

function fits(phrase: Phrase, section: string): boolean {
  return phrase.sections === undefined || phrase.sections.includes(section);
}

/** The phrases of a section that answer what was typed, the exact name first. */
export function phrasesFor(all: readonly Phrase[], section: string, query: string): Phrase[] {
  const found = all.filter((phrase) => fits(phrase, section) && answersTo(phrase.name, query));
  const exact = (phrase: Phrase) => (plain(phrase.name).startsWith(plain(query)) ? 0 : 1);
  return found.sort((a, b) => exact(a) - exact(b)).slice(0, MOST);
}

/** The phrase that has a button of its own above a section. */
export function usualPhrase(all: readonly Phrase[], section: string): Phrase | undefined {
  return all.find((phrase) => phrase.button !== undefined && fits(phrase, section));
}
