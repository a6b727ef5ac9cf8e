import { useEffect, useRef, type ReactNode } from 'react';
import { takeHeadingFocus } from '@/lib/focus';
import { t } from '@/lib/t';
import classes from './page-header.module.css';
import { cx } from './cx';

interface PageHeaderProps {
  title: string;
  /** For the browser's tab; must hold no personal data. Left out, it is the title. */
  documentTitle?: string;
  subtitle?: ReactNode;
  /** Above the title: the `BackLink` to the page this one belongs to. */
  back?: ReactNode;
  /** Buttons at the right; the primary one last. */
  actions?: ReactNode;
  /** On phones the top bar already says it: the h1 stays for screen readers only. */
  titleInTopBar?: boolean;
}

/** Sets «… · Historias» in the browser's tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title]);
}

/** The h1 of a page: it names the tab and takes focus after a change of page. */
export function PageTitle({ title, documentTitle, className }: PageHeaderProps & { className?: string | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(documentTitle ?? title);
  useEffect(() => {
    takeHeadingFocus(heading.current);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {title}
    </h1>
  );
}

export function PageHeader(props: PageHeaderProps) {
  const { subtitle, back, actions, titleInTopBar } = props;
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back}
        <PageTitle {...props} className={cx(titleInTopBar === true && classes.inTopBar)} />
        {subtitle !== undefined && <p className={classes.subtitle}>{subtitle}</p>}
      </div>
      {Boolean(actions) && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
