import { Avatar } from '@/components/ui/avatar';
import { cx } from '@/components/ui/cx';
import { RowLink, Table, type Column } from '@/components/ui/table';
import { paths } from '@/config/paths';
import { formatInstantExact, initials } from '@/lib/format';
import { useZone } from '@/lib/office';
import texts from '@/locales/es-MX/audit.json';
import { actionLook } from '../actions';
import type { AuditEvent } from '../api';
import { isOneDay, type AuditSearch } from '../search';
import { t } from '../t';
import classes from './events-table.module.css';

type SubjectKey = keyof typeof texts.subjects;

function isSubject(key: string | undefined): key is SubjectKey {
  return key !== undefined && key in texts.subjects;
}

/** Who acted: a person, a channel such as WhatsApp, or somebody without a session. */
export function actorName(event: AuditEvent): string {
  return event.actor_name ?? t('nobody');
}

function Actor({ event }: { event: AuditEvent }) {
  const name = actorName(event);
  return (
    <span className={classes.actor}>
      <Avatar size="s" initials={initials(name)} seed={event.actor_id ?? event.role} />
      <span className={classes.cut}>{name}</span>
    </span>
  );
}

interface ActionLinkProps {
  event: AuditEvent;
  search: AuditSearch;
}

function ActionLink({ event, search }: ActionLinkProps) {
  const { icon, tone } = actionLook(event);
  return (
    <span className={classes.action} data-tone={tone}>
      {icon}
      <RowLink
        data-row
        data-event={event.id}
        to={paths.audit}
        search={{ ...search, evento: event.id }}
        replace
        className={classes.link}
      >
        {event.action_text}
      </RowLink>
    </span>
  );
}

/** What the act was about: the record, else the kind of thing. */
function subjectOf(event: AuditEvent): string {
  if (event.patient) return event.patient.record_number;
  return isSubject(event.subject_type) ? t(`subjects.${event.subject_type}`) : '';
}

/** The patient by name for who may know it, how many were shown, or the reason given. */
export function detailOf(event: AuditEvent): string {
  if (event.patient?.names) return event.patient.names;
  if (event.patients_shown) return t('shown', { count: event.patients_shown });
  return event.outcome === 'success' ? (event.reason ?? '') : t(`outcomes.${event.outcome}`);
}

/** «10:24:07», or with the date when the list spans several days. */
function timeOf(event: AuditEvent, zone: string, oneDay: boolean): string {
  const exact = formatInstantExact(event.at, zone);
  return oneDay ? (exact.split(', ')[1] ?? exact) : exact;
}

function useColumns(search: AuditSearch): Column<AuditEvent>[] {
  const zone = useZone();
  const oneDay = isOneDay(search);
  return [
    {
      key: 'time',
      header: oneDay ? t('columns.time') : t('columns.moment'),
      width: oneDay ? '88px' : '172px',
      cell: (event) => (
        <time dateTime={event.at} className={cx('figures', classes.time)}>
          {timeOf(event, zone, oneDay)}
        </time>
      ),
    },
    { key: 'who', header: t('columns.who'), cell: (event) => <Actor event={event} /> },
    { key: 'action', header: t('columns.action'), cell: (event) => <ActionLink event={event} search={search} /> },
    {
      key: 'subject',
      header: t('columns.subject'),
      cell: (event) => <span className={cx(event.patient && 'identifier')}>{subjectOf(event)}</span>,
    },
    {
      key: 'detail',
      header: t('columns.detail'),
      cell: (event) => <span className={classes.detail}>{detailOf(event)}</span>,
    },
  ];
}

function PhoneItem({ event, search }: ActionLinkProps) {
  const zone = useZone();
  const second = [actorName(event), subjectOf(event), detailOf(event)].filter(Boolean).join(' · ');
  return (
    <div className={classes.item}>
      <div className={classes.itemHead}>
        <ActionLink event={event} search={search} />
        <time dateTime={event.at} className={cx('figures', classes.time)}>
          {timeOf(event, zone, isOneDay(search))}
        </time>
      </div>
      <div className={classes.second}>{second}</div>
    </div>
  );
}

interface EventsTableProps {
  events: readonly AuditEvent[];
  search: AuditSearch;
}

/** One page of the trail; each row opens its event beside the list. */
export function EventsTable({ events, search }: EventsTableProps) {
  return (
    <Table
      dense
      caption={t('caption')}
      columns={useColumns(search)}
      rows={events}
      rowKey={(event) => event.id}
      isSelected={(event) => event.id === search.evento}
      listItem={(event) => <PhoneItem event={event} search={search} />}
    />
  );
}
