-- +goose Up
-- The audit trail: partitioned by month, append-only by privilege and trigger,
-- each event with an HMAC; seals link the committed events of a clinic.

-- cluster_id is the server's identity: transaction numbers of another cluster
-- (a restored copy) say nothing about what is running here.
create function cluster_id() returns bigint
    language sql stable security definer
    set search_path = pg_catalog
    as 'select system_identifier from pg_control_system()';

create table audit_events (
    clinic_id    uuid        not null,
    id           uuid        not null,
    at           timestamptz not null,
    -- txid and cluster tell the sealer which events were committed before it looked.
    txid         bigint      not null default (pg_current_xact_id()::text)::bigint,
    cluster      bigint      not null,
    actor_kind   text        not null,
    actor_id     uuid,
    role         text        not null default '',
    action       text        not null,
    subject_type text        not null default '',
    subject_id   uuid,
    patient_id   uuid,
    -- subjects are the patients that one list or search showed.
    subjects     uuid[],
    outcome      text        not null check (outcome in ('success', 'denied', 'failure')),
    reason       text        not null default '',
    request_id   text        not null default '',
    address      text        not null default '',
    mac          bytea       not null,
    primary key (clinic_id, id, at)
) partition by range (at);
create index audit_events_by_time on audit_events (clinic_id, at desc, id desc);
create index audit_events_by_patient on audit_events (clinic_id, patient_id, at desc, id desc) where patient_id is not null;
create index audit_events_by_txid on audit_events (clinic_id, txid);
select build_wall('audit_events', true);

-- audit_partition makes the partition of the month of a day, walled like its
-- parent. It is the only thing the program may create.
-- +goose StatementBegin
create function audit_partition(day date) returns void language plpgsql
    security definer set search_path = pg_catalog, public as $$
declare
    first date := date_trunc('month', day)::date;
    name  text := 'audit_events_' || to_char(first, 'YYYY_MM');
begin
    perform pg_advisory_xact_lock(hashtext('historias.audit_partition'));
    if to_regclass('public.' || name) is not null then
        return;
    end if;
    execute format('create table public.%I partition of public.audit_events for values from (%L) to (%L)',
        name, first, (first + interval '1 month')::date);
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.%I force row level security', name);
    execute format('create policy clinic_wall on public.%I using (clinic_id = (select nullif(current_setting(''app.clinic_id'', true), '''')::uuid))', name);
    execute format('create policy maintenance on public.%I to %I using (current_setting(''app.maintenance'', true) = ''on'')', name, current_user);
end
$$;
-- +goose StatementEnd
select audit_partition((current_date + make_interval(months => m))::date) from generate_series(-1, 2) m;

-- audit_event_subjects unfolds the patients of a list or search, so that "who
-- saw my record" finds them. The sealer fills it.
create table audit_event_subjects (
    clinic_id  uuid        not null,
    patient_id uuid        not null,
    at         timestamptz not null,
    event_id   uuid        not null,
    primary key (clinic_id, patient_id, at, event_id)
);
select build_wall('audit_event_subjects', true);

-- audit_seals link the committed events of a clinic. A seal holds the ordered
-- ids and hashes of its events, the Merkle root over them, the hash of the seal
-- before and a signature over all of it.
create table audit_seals (
    clinic_id    uuid        not null,
    seq          bigint      not null,
    at           timestamptz not null,
    cluster      bigint      not null,
    -- through_txid: every event of this cluster below it is in this seal or before.
    through_txid bigint      not null,
    kind         text        not null default 'events' check (kind in ('events', 'recovery')),
    event_ids    uuid[]      not null,
    hashes       bytea       not null check (length(hashes) = 32 * coalesce(array_length(event_ids, 1), 0)),
    root         bytea       not null check (length(root) = 32),
    prev         bytea       not null,
    hash         bytea       not null check (length(hash) = 32),
    signature    bytea       not null,
    primary key (clinic_id, seq)
);
select build_wall('audit_seals', true);

-- +goose Down
drop table audit_seals, audit_event_subjects, audit_events;
drop function audit_partition(date);
drop function cluster_id();
