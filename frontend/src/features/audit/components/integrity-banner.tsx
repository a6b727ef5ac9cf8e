import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { paths } from '@/config/paths';
import { describeError } from '@/lib/errors';
import { dateOf, formatInstant, formatTime } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useToday } from '@/lib/today';
import { useVerifyNow, verificationQuery, type AuditVerification } from '../api';
import { t } from '../t';
import classes from './integrity-banner.module.css';

type Fault = NonNullable<AuditVerification['first_fault']>;

/** «hoy a las 06:00», «el 22 nov 2026, 06:00» */
function useMoment(): (instant: string) => string {
  const zone = useZone();
  const today = useToday();
  return (instant) =>
    dateOf(instant, zone) === today
      ? t('banner.today', { time: formatTime(instant, zone) })
      : t('banner.onDate', { date: formatInstant(instant, zone) });
}

function IntactText({ verification }: { verification: AuditVerification }) {
  const moment = useMoment();
  const { events, seals, verified_at: at, checkpoint_at: checkpoint, open } = verification;
  const parts = [
    t('banner.intactText', {
      events: t('banner.events', { count: events }),
      seals: t('banner.seals', { count: seals }),
      when: at ? moment(at) : '',
    }),
    checkpoint && t('banner.checkpoint', { when: moment(checkpoint) }),
    open > 0 && t('banner.open', { count: open }),
  ];
  return <>{parts.filter(Boolean).join(' ')}</>;
}

function FaultText({ fault, count }: { fault: Fault; count: number }) {
  return (
    <>
      {fault.text} {t('banner.more', { count })}{' '}
      {fault.event_id && (
        <Link to={paths.audit} search={{ fecha: 'todas', evento: fault.event_id }} className={classes.link}>
          {t('banner.see')}
        </Link>
      )}
    </>
  );
}

function Recoveries({ recoveries }: Pick<AuditVerification, 'recoveries'>) {
  const zone = useZone();
  if (recoveries.length === 0) return null;
  return (
    <ul className={classes.recoveries}>
      {recoveries.map(({ seal, at, reason }) => (
        <li key={seal}>{t('banner.recovery', { seal, date: formatInstant(at, zone), reason })}</li>
      ))}
    </ul>
  );
}

function Verdict({ verification, action }: { verification: AuditVerification; action: ReactNode }) {
  if (verification.state === 'broken') {
    return (
      <Banner live family="red" icon={<IconShieldX aria-hidden />} title={t('banner.broken')} action={action}>
        {verification.first_fault && (
          <FaultText fault={verification.first_fault} count={verification.fault_count} />
        )}
        <Recoveries recoveries={verification.recoveries} />
      </Banner>
    );
  }
  if (verification.state === 'unverified') {
    return (
      <Banner live family="amber" icon={<IconShieldQuestion aria-hidden />} title={t('banner.unverified')} action={action}>
        {t('banner.unverifiedText')}
      </Banner>
    );
  }
  return (
    <Banner live family="green" icon={<IconShieldCheck aria-hidden />} title={t('banner.intact')} action={action}>
      <IntactText verification={verification} />
      <Recoveries recoveries={verification.recoveries} />
    </Banner>
  );
}

/** Whether anything of the trail was altered, and when that was last checked. */
export function IntegrityBanner() {
  const query = useQuery(verificationQuery);
  const verify = useVerifyNow();
  const verification = query.data;
  const isRunning = verify.isPending || verification?.running === true;
  const isBroken = verification?.state === 'broken';
  const run = () => {
    verify.mutate();
  };
  const idle = isBroken ? t('banner.again') : t('banner.verify');
  const action = (
    <Button size="s" loading={isRunning} onClick={run}>
      {isRunning ? t('banner.verifying') : idle}
    </Button>
  );
  const error = verify.error ?? query.error;
  return (
    <div className={classes.place}>
      {verification && <Verdict verification={verification} action={action} />}
      {error && (
        <Banner
          live
          family="amber"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('banner.failed')}
          action={!verification && action}
        >
          {describeError(error).message}
        </Banner>
      )}
    </div>
  );
}
