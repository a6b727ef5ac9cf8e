import type { ReactNode } from 'react';

interface RemoveScrollProps {
  children: ReactNode;
}

/**
 * Stands in for the package `react-remove-scroll`, which Mantine's dialogs bring along to hold the page
 * still (`vite.config.ts` puts it there). Our dialogs do not use it: only `<main>` scrolls, and what it
 * writes, an inline style, is refused by the content security policy. It weighs as much as a dialog.
 */
export function RemoveScroll({ children }: RemoveScrollProps) {
  return <div>{children}</div>;
}

/** Names that Mantine's frame of a page reads, which is not used either. */
RemoveScroll.classNames = { fullWidth: '', zeroRight: '' };
