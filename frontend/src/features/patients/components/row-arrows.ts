import type { KeyboardEvent } from 'react';

const ROW = '[data-row]';

const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, last) => last,
};

/** Moves the focus through the rows inside the element that listens; each row is a link with `data-row`. */
export function moveThroughRows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>(ROW));
  const index = rows.findIndex((row) => row === document.activeElement);
  if (!step || index < 0) return;
  event.preventDefault();
  rows[step(index, rows.length - 1)]?.focus();
}

/** From the search box down into the list. */
export function enterRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown') return;
  event.preventDefault();
  document.querySelector<HTMLElement>(ROW)?.focus();
}
