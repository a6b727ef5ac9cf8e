/** One's own version, the other one, or the words of both. */
export type Side = 'mine' | 'theirs' | 'both';

/** A part of a text that is compared and chosen as a whole: a section, the diagnoses. */
export interface Part<T> {
  key: string;
  title: string;
  /** How it is shown and compared. */
  say: (content: T) => string;
  /** `into` with this part of `from`. */
  take: (into: T, from: T) => T;
  /** `into` with the words of both, where that makes sense. */
  join?: (into: T, mine: T, theirs: T) => T;
}

/** A part in which two versions do not agree. */
export interface Difference<T> {
  part: Part<T>;
  mine: string;
  theirs: string;
  /** Who moved away from what both began with. */
  changedBy: 'mine' | 'theirs' | 'both';
}

/** The parts in which two versions disagree, in the order of the page. */
export function differences<T>(parts: readonly Part<T>[], base: T, mine: T, theirs: T): Difference<T>[] {
  return parts.flatMap((part) => {
    const [was, own, other] = [part.say(base), part.say(mine), part.say(theirs)];
    if (own === other) return [];
    const changedBy = own === was ? 'theirs' : other === was ? 'mine' : 'both';
    return [{ part, mine: own, theirs: other, changedBy }];
  });
}

/** What one side changed alone is taken; where both did, the words of both, else one's own. */
export function suggestedSide<T>({ changedBy, part }: Difference<T>): Side {
  if (changedBy !== 'both') return changedBy;
  return part.join ? 'both' : 'mine';
}

/** One's own version with the chosen parts of the other. */
export function mergeParts<T>(
  mine: T,
  theirs: T,
  found: readonly Difference<T>[],
  sideOf: (difference: Difference<T>) => Side,
): T {
  return found.reduce((merged, difference) => {
    const { part } = difference;
    const side = sideOf(difference);
    if (side === 'both' && part.join) return part.join(merged, mine, theirs);
    return side === 'theirs' ? part.take(merged, theirs) : merged;
  }, mine);
}
