import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { describeError } from '@/lib/errors';
import { t } from '@/lib/t';
import { Button } from './button';
import classes from './state.module.css';

interface ErrorStateProps {
  error: unknown;
  /** «No pudimos abrir el expediente». */
  title?: string;
  onRetry?: () => void;
  /** Other ways out, beside Reintentar. */
  actions?: ReactNode;
  level?: 2 | 3;
}

/** What happened, the number to quote, and a way to try again. */
export function ErrorState({ error, title, onRetry, actions, level = 2 }: ErrorStateProps) {
  const { message, requestId } = describeError(error);
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-tone="red">
        <IconCloudOff stroke={1.7} aria-hidden />
      </span>
      <Heading className={classes.title}>{title ?? t('errors.title')}</Heading>
      <p className={classes.text}>{message}</p>
      {requestId !== undefined && (
        <p className={classes.request}>
          <span className="visually-hidden">{t('errors.requestId')} </span>
          {requestId}
        </p>
      )}
      <div className={classes.actions}>
        {onRetry && (
          <Button variant="primary" icon={<IconRefresh aria-hidden />} onClick={onRetry}>
            {t('errors.retry')}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}
