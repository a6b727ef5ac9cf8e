import { createLink } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import type { AnchorHTMLAttributes, Ref } from 'react';
import classes from './back-link.module.css';

interface BackAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>;
}

function BackAnchor({ children, ...rest }: BackAnchorProps) {
  return (
    <a {...rest} className={classes.back}>
      <IconArrowLeft size={18} stroke={1.8} aria-hidden />
      {children}
    </a>
  );
}

/** Above the title of a page that belongs to another: leads there. */
export const BackLink = createLink(BackAnchor);
