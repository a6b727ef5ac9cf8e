import { useQuery } from '@tanstack/react-query';
import { IconShieldLock } from '@tabler/icons-react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { StatusChip } from '@/components/ui/chip';
import { ErrorState } from '@/components/ui/error-state';
import { RowList } from '@/components/ui/row-list';
import { SkeletonRows } from '@/components/ui/skeleton';
import { dateOf, formatDate, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useMe } from '@/lib/session';
import { showToast } from '@/lib/toast';
import { guardsQuery, useKeepFactor, useSetUpTotp, type Guards } from '../api';
import { t } from '../t';
import classes from './account.module.css';
import { ActButton } from './act-button';
import type { Opened } from './dialogs';
import { Row } from './row';

interface PartProps {
  guards: Guards;
  onOpen: (opened: Opened) => void;
}

function AppRow({ guards: { totp }, onOpen }: PartProps) {
  const zone = useZone();
  const setUp = useSetUpTotp();
  const enable = async () => {
    onOpen({ what: 'totp', setup: await setUp.mutateAsync() });
  };
  const disable = () => {
    onOpen({ what: 'disable' });
    return Promise.resolve();
  };
  if (!totp.enabled) {
    const act = (
      <ActButton label={t('factor.enable')} of={t('factor.ofApp')} loading={setUp.isPending} onAct={enable} />
    );
    return (
      <Row name={t('factor.app')} acts={act}>
        {t('factor.appOff')}
      </Row>
    );
  }
  const date = totp.enabled_at === undefined ? '' : formatDate(dateOf(totp.enabled_at, zone));
  return (
    <Row
      name={t('factor.app')}
      chip={<StatusChip family="green">{t('factor.on')}</StatusChip>}
      acts={<ActButton variant="ghost" label={t('factor.disable')} of={t('factor.ofApp')} onAct={disable} />}
    >
      {t('factor.appOn', { date })}
    </Row>
  );
}

function CodesRow({ guards, onOpen }: PartProps) {
  if (!guards.totp.enabled && guards.passkeys.length === 0) return null;
  const renew = () => {
    onOpen({ what: 'renew' });
    return Promise.resolve();
  };
  return (
    <Row
      name={t('factor.codes')}
      acts={<ActButton label={t('factor.newCodes')} of={t('factor.ofCodes')} onAct={renew} />}
    >
      {t('factor.codesLeft', { count: guards.recovery_codes_left })}
    </Row>
  );
}

/** That somebody at the door said that the factor was lost, while it can be stopped. */
function RemovalNotice({ due }: { due: string }) {
  const zone = useZone();
  const keep = useKeepFactor();
  const stop = () => {
    keep.mutate(undefined, {
      onSuccess: () => {
        showToast({ tone: 'success', message: t('factor.kept') });
      },
    });
  };
  const action = (
    <Button size="s" loading={keep.isPending} onClick={stop}>
      {t('factor.keep')}
    </Button>
  );
  return (
    <Banner family="red" title={t('factor.removal', { date: formatInstant(due, zone) })} action={action}>
      {t('factor.removalText')}
    </Banner>
  );
}

function Content({ guards, onOpen }: PartProps) {
  const zone = useZone();
  const { factor } = useMe();
  const due = factor.due_at;
  const words = [t('factor.text')];
  if (factor.required && !factor.enrolled) {
    words.push(
      due === undefined || factor.overdue
        ? t('factor.requiredNow')
        : t('factor.required', { date: formatDate(dateOf(due, zone)) }),
    );
  }
  return (
    <>
      {guards.removal_due_at !== undefined && <RemovalNotice due={guards.removal_due_at} />}
      <p className={classes.lead}>{words.join(' ')}</p>
      <RowList>
        <AppRow guards={guards} onOpen={onOpen} />
        <CodesRow guards={guards} onOpen={onOpen} />
      </RowList>
    </>
  );
}

/** The second factor: authenticator app and recovery codes. */
export function FactorCard({ onOpen }: { onOpen: (opened: Opened) => void }) {
  const guards = useQuery(guardsQuery);
  return (
    <Card divided padding="none" title={t('factor.title')} icon={<IconShieldLock stroke={1.7} aria-hidden />}>
      {guards.isPending && <SkeletonRows rows={2} />}
      {guards.isError && (
        <ErrorState level={3} error={guards.error} title={t('factor.load')} onRetry={() => void guards.refetch()} />
      )}
      {guards.data && <Content guards={guards.data} onOpen={onOpen} />}
    </Card>
  );
}
