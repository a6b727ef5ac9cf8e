import { IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useCan } from '@/lib/permissions';
import { showToast } from '@/lib/toast';
import { useRetryMessage, type MessageItem } from '../api';
import { canRetry, isUnsettled, personName } from '../describe';
import { t } from '../t';
import classes from './message-acts.module.css';

const ResolveDialog = lazy(async () => ({ default: (await import('./resolve-dialog')).ResolveDialog }));

interface ActsProps {
  message: MessageItem;
  /** The row is about to leave: whoever holds the list moves the focus. */
  onSettled?: (() => void) | undefined;
}

function RetryButton({ message, onSettled }: ActsProps) {
  const name = personName(message);
  const retry = useRetryMessage();
  const { key, renew } = useIdempotencyKey();
  const once = useOneAtATime();
  const send = () => {
    once(async () => {
      await retry.mutateAsync({ id: message.id, key }).finally(renew);
      showToast({ tone: 'success', message: t('act.retried', { name }) });
      onSettled?.();
    });
  };
  return (
    <Button
      size="s"
      icon={<IconRefresh aria-hidden />}
      aria-label={t('act.retryOf', { name })}
      loading={retry.isPending}
      onClick={send}
    >
      {t('act.retry')}
    </Button>
  );
}

function ResolveButton({ message, onSettled }: ActsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
  };
  return (
    <>
      <Button
        size="s"
        variant="ghost"
        aria-label={t('act.resolveOf', { name: personName(message) })}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {t('act.resolve')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ResolveDialog message={message} onClose={close} onResolved={() => onSettled?.()} />
        </Suspense>
      )}
    </>
  );
}

/** What can be done about a message that did not arrive. */
export function MessageActs({ message, onSettled }: ActsProps) {
  const can = useCan();
  if (!can('message:write') || !isUnsettled(message)) return null;
  return (
    <div className={classes.acts}>
      {canRetry(message) && <RetryButton message={message} onSettled={onSettled} />}
      {message.needs_call && <ResolveButton message={message} onSettled={onSettled} />}
    </div>
  );
}
