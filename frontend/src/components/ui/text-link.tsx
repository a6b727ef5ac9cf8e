import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import classes from './text-link.module.css';
import { cx } from './cx';

interface TextAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
}

/** The same, to a page that the server makes. */
export function TextAnchor({ className, children, ...rest }: TextAnchorProps) {
  return (
    <a {...rest} className={cx(classes.link, className)}>
      {children}
    </a>
  );
}

/** A link in running text or at the right of a card's title. */
export const TextLink = createLink(TextAnchor);
