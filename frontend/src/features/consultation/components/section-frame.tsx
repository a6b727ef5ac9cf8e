import type { ReactNode } from 'react';
import { t } from '../t';
import type { NoteSection } from '../note';
import classes from './section-frame.module.css';

export function sectionId(key: string): string {
  return `seccion-${key}`;
}

export function titleId(key: string): string {
  return `seccion-${key}-titulo`;
}

/** Leads to what is written in a section, or to the first thing that can be done in it. */
export function focusSection(key: string): void {
  const section = document.getElementById(sectionId(key));
  const target =
    section?.querySelector<HTMLElement>('textarea, input') ?? section?.querySelector<HTMLElement>('button');
  section?.scrollIntoView({ block: 'nearest' });
  target?.focus();
}

/** The section in which the focus is. */
export function focusedSection(keys: readonly string[]): string | undefined {
  return keys.find((key) => document.getElementById(sectionId(key))?.contains(document.activeElement) === true);
}

interface SectionFrameProps {
  section: NoteSection;
  /** At the right of the title. */
  side?: ReactNode;
  children: ReactNode;
}

/** A section of the note: its title, its numeral, and what is written in it. */
export function SectionFrame({ section, side, children }: SectionFrameProps) {
  const { key, title, numeral, required } = section;
  return (
    <section id={sectionId(key)} aria-labelledby={titleId(key)} className={classes.section}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          <span id={titleId(key)}>{title}</span>
          {numeral !== undefined && numeral !== '' && <span className={classes.numeral}>{numeral}</span>}
          {!required && <span className={classes.optional}>{t('section.optional')}</span>}
        </h2>
        {side !== undefined && <div className={classes.side}>{side}</div>}
      </div>
      {children}
    </section>
  );
}
