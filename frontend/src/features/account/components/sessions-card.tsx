import { useQuery } from '@tanstack/react-query';
import { IconDevices } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import { formatRecent } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { showToast } from '@/lib/toast';
import { sessionsQuery, useEndSessions, type OpenSession } from '../api';
import { t } from '../t';
import { ActButton } from './act-button';
import { Row } from './row';

function SessionRow({ session }: { session: OpenSession }) {
  const zone = useZone();
  const today = useToday();
  const end = useEndSessions();
  const { device, address, clinic, current, last_seen_at: seen } = session;
  const act = async () => {
    await end.mutateAsync(session.id);
    showToast({ tone: 'success', message: t('sessions.ended') });
  };
  const when = formatRecent(seen, zone, today).toLocaleLowerCase('es-MX');
  const acts = current ? undefined : (
    <ActButton
      variant="ghost"
      label={t('sessions.end')}
      of={t('sessions.of', { device })}
      loading={end.isPending}
      onAct={act}
    />
  );
  return (
    <Row
      name={device}
      chip={current ? <StatusChip family="teal">{t('sessions.current')}</StatusChip> : undefined}
      acts={acts}
    >
      {[clinic.name, address, t('sessions.seen', { when })].filter(Boolean).join(' · ')}
    </Row>
  );
}

/** Where one is signed in, and how to end what one does not recognise. */
export function SessionsCard() {
  const sessions = useQuery(sessionsQuery);
  const end = useEndSessions();
  const items = sessions.data?.items ?? [];
  const all = async () => {
    await end.mutateAsync(undefined);
    showToast({ tone: 'success', message: t('sessions.endedOthers') });
  };
  const action =
    items.length > 1 ? (
      <ActButton label={t('sessions.endOthers')} loading={end.isPending} onAct={all} />
    ) : undefined;
  return (
    <Card
      divided
      padding="none"
      title={t('sessions.title')}
      icon={<IconDevices stroke={1.7} aria-hidden />}
      action={action}
    >
      {sessions.isPending && <SkeletonRows rows={2} />}
      {sessions.isError && (
        <ErrorState
          level={3}
          error={sessions.error}
          title={t('sessions.load')}
          onRetry={() => void sessions.refetch()}
        />
      )}
      <RowList>
        {items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </RowList>
    </Card>
  );
}
