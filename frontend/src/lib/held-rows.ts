import { useState } from 'react';

interface Row {
  id: string;
}

interface Held<T> {
  /** The question whose answer is held. */
  asked: string;
  fresh: readonly T[];
  rows: readonly T[];
}

/** What becomes of a row that is no longer in the answer: a page keeps it, a worklist drops it. */
type Gone = 'keep' | 'drop';

function merge<T extends Row>(rows: readonly T[], fresh: readonly T[], gone: Gone): readonly T[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const kept = rows.flatMap((row) => byId.get(row.id) ?? (gone === 'keep' ? [row] : []));
  // With nothing on show there is nothing to keep still.
  return kept.length === 0 ? fresh : kept;
}

interface HeldRows<T> {
  rows: readonly T[];
  /** How many rows wait to be shown. */
  news: number;
  show: () => void;
}

/**
 * Holds the rows of a live list where they are: what changed in a row is shown at once, and what is
 * new waits until somebody asks for it («2 nuevos»). A change of the question (`asked`) begins again.
 */
export function useHeldRows<T extends Row>(asked: string, fresh: readonly T[] | undefined, gone: Gone): HeldRows<T> {
  const [held, setHeld] = useState<Held<T>>();
  let current = held?.asked === asked ? held : undefined;
  if (fresh !== undefined && current?.fresh !== fresh) {
    current = { asked, fresh, rows: current ? merge(current.rows, fresh, gone) : fresh };
    setHeld(current);
  }
  const rows = current?.rows ?? [];
  const shown = new Set(rows.map((row) => row.id));
  return {
    rows,
    news: current?.fresh.filter((row) => !shown.has(row.id)).length ?? 0,
    show: () => {
      setHeld((before) => before && { ...before, rows: before.fresh });
    },
  };
}
