import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconBan, IconLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { formatInstantExact } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import { isRole, roleInSentence } from '@/lib/roles';
import { auditEventQuery, type AuditEventDetail } from '../api';
import type { AuditSearch } from '../search';
import { t } from '../t';
import { useShow } from './audit-filters';
import { ChainPlace } from './chain-place';
import classes from './event-detail.module.css';
import { actorName } from './events-table';

function whoText(event: AuditEventDetail): string {
  const name = actorName(event);
  return isRole(event.role) ? t('detail.whoRole', { name, role: roleInSentence(event.role) }) : name;
}

function recordText({ patient }: AuditEventDetail): string | undefined {
  return patient && [patient.record_number, patient.names].filter(Boolean).join(', ');
}

/** «0192f3c8-7e11…»: the beginning is enough to recognise it; copying gives the whole. */
function shortRequest(id: string): string {
  return id.length > 16 ? `${id.slice(0, 13)}…` : id;
}

function Facts({ event }: { event: AuditEventDetail }) {
  const zone = useZone();
  const { request_id: request } = event;
  const facts: [string, ReactNode][] = [
    [t('detail.when'), <span className="figures">{formatInstantExact(event.at, zone)}</span>],
    [t('detail.who'), whoText(event)],
    [t('detail.record'), recordText(event)],
    [t('detail.shown'), event.patients_shown && t('shown', { count: event.patients_shown })],
    [t('detail.reason'), event.reason],
    [t('detail.from'), event.address && <span className="figures">{event.address}</span>],
    [
      t('detail.request'),
      request && (
        <span className={classes.code}>
          {shortRequest(request)}
          <CopyButton value={request} what={t('detail.copyRequest')} />
        </span>
      ),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '' && value !== 0)
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function OutcomeChip({ outcome }: Pick<AuditEventDetail, 'outcome'>) {
  if (outcome === 'success') return null;
  const icon = outcome === 'denied' ? <IconBan aria-hidden /> : <IconAlertTriangle aria-hidden />;
  return (
    <div className={classes.chip}>
      <StatusChip family="red" icon={icon}>
        {t(`outcomes.${outcome}`)}
      </StatusChip>
    </div>
  );
}

function Ways({ event, search }: { event: AuditEventDetail; search: AuditSearch }) {
  const can = useCan();
  const show = useShow(search);
  const { actor_id: actor, patient_id: patient } = event;
  return (
    <div className={classes.ways}>
      {actor && search.quien !== actor && (
        <Button
          size="s"
          onClick={() => {
            show({ quien: actor });
          }}
        >
          {t('detail.onlyPerson')}
        </Button>
      )}
      {patient && search.paciente !== patient && (
        <Button
          size="s"
          onClick={() => {
            show({ paciente: patient });
          }}
        >
          {t('detail.onlyRecord')}
        </Button>
      )}
      {patient && can('patient:read') && (
        <ButtonLink size="s" to={paths.patient} params={{ patientId: patient }}>
          {t('detail.openRecord')}
        </ButtonLink>
      )}
    </div>
  );
}

interface EventDetailProps {
  id: string;
  search: AuditSearch;
}

/** One event: who, when, from where, and its place in the chain. */
export function EventDetail({ id, search }: EventDetailProps) {
  const query = useQuery(auditEventQuery(id));
  if (query.isPending) return <SkeletonRows rows={4} />;
  if (query.isError) {
    return (
      <ErrorState level={3} error={query.error} title={t('detail.load')} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <>
      <OutcomeChip outcome={query.data.outcome} />
      <Facts event={query.data} />
      <h3 className={classes.chainTitle}>
        <IconLink size={16} stroke={1.8} aria-hidden />
        {t('detail.chain')}
      </h3>
      <ChainPlace chain={query.data.chain} />
      <Ways event={query.data} search={search} />
    </>
  );
}
