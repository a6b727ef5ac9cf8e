import { createLink } from '@tanstack/react-router';
import { useEffect, useRef, type AnchorHTMLAttributes, type ReactNode, type Ref } from 'react';
import classes from './tab-nav.module.css';

interface TabNavProps {
  /** What the tabs divide: «Secciones del expediente». */
  label: string;
  children: ReactNode;
}

/** Tabs that are links to child routes. Children are {@link TabLink}. */
export function TabNav({ label, children }: TabNavProps) {
  const list = useRef<HTMLElement>(null);
  // On a narrow screen the active tab may stand outside; bring it in after each change.
  useEffect(() => {
    const active = list.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (active && list.current) list.current.scrollLeft = active.offsetLeft - 16;
  });
  return (
    <nav ref={list} aria-label={label} className={classes.nav}>
      {children}
    </nav>
  );
}

interface TabAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  count?: number | undefined;
  ref?: Ref<HTMLAnchorElement>;
}

function TabAnchor({ count, children, ...rest }: TabAnchorProps) {
  return (
    <a {...rest} className={classes.tab}>
      {children}
      {count !== undefined && <span className={classes.count}>{count}</span>}
    </a>
  );
}

/** One tab; pass `activeOptions={{ exact: true }}` on the tab whose address begins the others'. */
export const TabLink = createLink(TabAnchor);
