import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type ButtonHTMLAttributes,
  type ReactElement,
  type ReactNode,
} from 'react';
import { patiently } from '@/lib/patiently';

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
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  groups: readonly MenuGroup[];
  position?: 'bottom-end' | 'bottom-start' | 'top-start' | 'top-end';
  width?: number;
}

// What places a menu beside its button weighs more than the rest of the shell. The button is there
// at once; its menu follows, and a press that came before it is not lost.
const MenuPopover = lazy(async () => ({ default: (await patiently(() => import('./menu-popover'))).MenuPopover }));

/** A menu of acts under a button, with arrows, Escape and first letters. */
export function Menu(props: MenuProps) {
  const [pressed, setPressed] = useState(false);
  const early = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => {
      setPressed(true);
    },
  });
  return (
    <Suspense fallback={early}>
      <MenuPopover {...props} openAtOnce={pressed} />
    </Suspense>
  );
}
