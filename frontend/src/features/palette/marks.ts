import { plain } from '@/lib/text';

export interface Segment {
  text: string;
  marked: boolean;
}

/** How many letters of `word` answer one of the typed beginnings. */
function markedLength(word: string, beginnings: readonly string[]): number {
  const target = plain(word);
  const best = beginnings.filter((beginning) => target.startsWith(beginning)).map((beginning) => beginning.length);
  return Math.max(0, ...best);
}

/** Splits a name so that the beginnings that were typed, in any order and without accents, stand out. */
export function markMatches(name: string, query: string): Segment[] {
  const beginnings = plain(query).split(/\s+/).filter(Boolean);
  return name.split(/(\s+)/).flatMap((word) => {
    const length = markedLength(word, beginnings);
    const segments = [
      { text: word.slice(0, length), marked: true },
      { text: word.slice(length), marked: false },
    ];
    return segments.filter((segment) => segment.text !== '');
  });
}
