import { useState, type KeyboardEvent, type PointerEvent } from 'react';

interface Dragged {
  id: string;
  /** The place it would have if it were let go now, the first being 0. */
  to: number;
}

const STEPS: Partial<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

/** Gives the focus back to what had it, once the page shows the new order: moving an element takes it away. */
function keepFocus(): void {
  const focused = document.activeElement;
  setTimeout(() => {
    if (focused instanceof HTMLElement) focused.focus();
  });
}

/**
 * Changes the order of a list by dragging an item's handle, by the arrows on the handle, or by Alt and
 * the arrows anywhere within the item. `ids` are the items in their order; nothing moves until it is let go.
 */
export function useReorder(ids: readonly string[], move: (id: string, to: number) => void) {
  const [dragged, setDragged] = useState<Dragged>();

  /** Above how many of the others the pointer is not: the place that the item would have. */
  const placeAt = (handle: HTMLElement, id: string, y: number): number => {
    const others = [...(handle.closest('ol')?.children ?? [])].filter((_, index) => ids[index] !== id);
    const above = others.filter((card) => {
      const { top, height } = card.getBoundingClientRect();
      return y > top + height / 2;
    });
    // What the pointer nears comes into sight, so that a long list can be crossed.
    others[above.length]?.scrollIntoView({ block: 'nearest' });
    return above.length;
  };

  const step = (id: string, event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    keepFocus();
    move(id, ids.indexOf(id) + by);
  };

  return {
    /** Where an item stands while another is over it, and whether it is the one that is moved. */
    markOf: (id: string): 'moved' | 'before' | 'after' | undefined => {
      if (dragged === undefined) return undefined;
      if (dragged.id === id) return 'moved';
      if (ids.indexOf(dragged.id) === dragged.to) return undefined;
      const others = ids.filter((one) => one !== dragged.id);
      if (others[dragged.to] === id) return 'before';
      return dragged.to === others.length && others.at(-1) === id ? 'after' : undefined;
    },
    /** For the item as a whole. A list of the platform keeps its own Alt and arrow. */
    keysOf: (id: string) => ({
      onKeyDownCapture: (event: KeyboardEvent) => {
        if (event.altKey && !(event.target instanceof HTMLSelectElement)) step(id, event);
      },
    }),
    handleOf: (id: string) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged({ id, to: ids.indexOf(id) });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (dragged?.id !== id) return;
        const to = placeAt(event.currentTarget, id, event.clientY);
        if (to !== dragged.to) setDragged({ id, to });
      },
      onPointerUp: () => {
        if (dragged?.id !== id) return;
        setDragged(undefined);
        keepFocus();
        move(id, dragged.to);
      },
      onPointerCancel: () => {
        setDragged(undefined);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') setDragged(undefined);
        else step(id, event);
      },
    }),
  };
}

export type Reorder = ReturnType<typeof useReorder>;
