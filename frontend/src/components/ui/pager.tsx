import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '@/lib/t';
import { Button } from './button';
import classes from './pager.module.css';

interface PagerProps {
  /** Left out when there is no page before. */
  onPrevious?: (() => void) | undefined;
  /** Left out when there is no page after. */
  onNext?: (() => void) | undefined;
  /** «Mostrando 12 por página». */
  children?: ReactNode;
}

/** Moves through a list that is read page by page with cursors. */
export function Pager({ onPrevious, onNext, children }: PagerProps) {
  return (
    <nav className={classes.pager} aria-label={t('table.pages')}>
      <span className={classes.note}>{children}</span>
      <Button size="s" blocked={!onPrevious} icon={<IconChevronLeft aria-hidden />} onClick={onPrevious}>
        {t('actions.previousPage')}
      </Button>
      <Button size="s" blocked={!onNext} iconRight={<IconChevronRight aria-hidden />} onClick={onNext}>
        {t('actions.nextPage')}
      </Button>
    </nav>
  );
}
