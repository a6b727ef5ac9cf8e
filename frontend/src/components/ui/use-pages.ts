import { useState } from 'react';

/**
 * Goes forward and back through pages read with cursors. A change of the question (`asked`) begins
 * again at the first page.
 */
export function usePages(asked: string) {
  const [state, setState] = useState<{ asked: string; cursors: readonly string[] }>({ asked, cursors: [] });
  const cursors = state.asked === asked ? state.cursors : [];
  const go = (next: readonly string[]) => {
    setState({ asked, cursors: next });
    document.getElementById('main')?.scrollTo({ top: 0 });
  };
  return {
    cursor: cursors.at(-1),
    onPrevious:
      cursors.length === 0
        ? undefined
        : () => {
            go(cursors.slice(0, -1));
          },
    onNext: (next: string | null | undefined) =>
      next
        ? () => {
            go([...cursors, next]);
          }
        : undefined,
  };
}
