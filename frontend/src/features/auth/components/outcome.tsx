import { useEffect, useRef, type ReactNode } from 'react';
import pageClasses from '../pages/auth-pages.module.css';
import classes from './outcome.module.css';

interface OutcomeProps {
  title: string;
  /** One paragraph each. */
  texts: readonly string[];
  /** What to do next. */
  children?: ReactNode;
}

/** What came of an act, in place of its form; its title takes the focus, so that it is read. */
export function Outcome({ title, texts, children }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={pageClasses.title}>
        {title}
      </h1>
      {texts.map((text) => (
        <p key={text} className={classes.text}>
          {text}
        </p>
      ))}
      {children !== undefined && <div className={classes.action}>{children}</div>}
    </>
  );
}
