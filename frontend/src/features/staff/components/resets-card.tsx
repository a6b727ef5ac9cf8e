import { useQuery } from '@tanstack/react-query';
import { IconShieldX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { StatusChip, type Family } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { RowList } from '@/components/ui/row-list';
import { formatDate, formatRecent } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useToday } from '@/lib/today';
import { showToast } from '@/lib/toast';
import { resetsQuery, useCancelReset, type FactorReset } from '../api';
import { t } from '../t';
import classes from './staff.module.css';

const ApproveResetDialog = lazy(async () => ({ default: (await import('./reset-dialogs')).ApproveResetDialog }));

const FAMILIES: Record<FactorReset['status'], Family> = {
  pending: 'amber',
  scheduled: 'blue',
  done: 'green',
  cancelled: 'grey',
  expired: 'grey',
};

function Acts({ reset, onApprove }: { reset: FactorReset; onApprove: () => void }) {
  const cancel = useCancelReset();
  const once = useOneAtATime();
  const of = <span className="visually-hidden">{t('resets.of', { name: reset.full_name })}</span>;
  const withdraw = async () => {
    await cancel.mutateAsync(reset.id);
    showToast({ tone: 'success', message: t('resets.cancelled') });
  };
  return (
    <div className={classes.acts}>
      <Button
        size="s"
        variant="ghost"
        loading={cancel.isPending}
        onClick={() => {
          once(withdraw);
        }}
      >
        {t('resets.cancel')} {of}
      </Button>
      {reset.may_approve && (
        <Button size="s" onClick={onApprove}>
          {t('resets.approve')} {of}
        </Button>
      )}
    </div>
  );
}

function ResetRow({ reset, onApprove }: { reset: FactorReset; onApprove: () => void }) {
  const zone = useZone();
  const today = useToday();
  const { status, requested_by: by, requested_at: at, due_at: due, may_approve: mayApprove } = reset;
  const when = formatRecent(at, zone, today).toLocaleLowerCase('es-MX');
  const isOpen = status === 'pending' || status === 'scheduled';
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>{reset.full_name}</div>
        <div className={classes.detail}>
          {t('resets.line', { name: by.name, when })}{' '}
          {status === 'pending' && !mayApprove && t('resets.waits')}
          {status === 'scheduled' && due !== undefined && t('resets.due', { date: formatDate(due.slice(0, 10)) })}
        </div>
      </div>
      <StatusChip family={FAMILIES[status]}>{t(`resets.status.${status}`)}</StatusChip>
      {isOpen && <Acts reset={reset} onApprove={onApprove} />}
    </li>
  );
}

/** Lost second factors of colleagues: who asked, and what waits for a second person. */
export function ResetsCard() {
  const resets = useQuery(resetsQuery);
  const [approved, setApproved] = useState<FactorReset>();
  if (resets.isError) {
    return <ErrorState error={resets.error} title={t('resets.load')} onRetry={() => void resets.refetch()} />;
  }
  const items = resets.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card divided padding="none" title={t('resets.title')} icon={<IconShieldX stroke={1.7} aria-hidden />}>
      <RowList>
        {items.map((reset) => (
          <ResetRow
            key={reset.id}
            reset={reset}
            onApprove={() => {
              setApproved(reset);
            }}
          />
        ))}
      </RowList>
      {approved && (
        <Suspense fallback={null}>
          <ApproveResetDialog
            reset={approved}
            onClose={() => {
              setApproved(undefined);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
