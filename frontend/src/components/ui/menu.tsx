import { lazy, Suspense, type ReactElement, type ReactNode } from 'react';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
  /** Destroys or revokes. */
  danger?: boolean;
  /** Makes the entry one of a group of which one is chosen. */
  checked?: boolean;
  /** Keeps the menu open, for choices tried one after another. */
  stays?: boolean;
}

export interface MenuGroup {
  key: string;
  label?: string;
  entries: readonly MenuEntry[];
}

export interface MenuProps {
  /** The button that opens it; it receives the aria of a menu button. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  position?: 'bottom-end' | 'bottom-start' | 'top-start' | 'top-end';
  width?: number;
}

// What places a menu beside its button weighs more than the rest of the shell. The button is there
// at once; its menu follows while nobody can have pressed it yet.
const MenuPopover = lazy(async () => ({ default: (await import('./menu-popover')).MenuPopover }));

/** A menu of acts under a button, with arrows, Escape and first letters. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <MenuPopover {...props} />
    </Suspense>
  );
}
