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
    -- id is a UUIDv7 made from at, so that the primary key finds an id by itself.
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
    subjects     uuid[]      check (array_position(subjects, null) is null),
    outcome      text        not null check (outcome in ('success', 'denied', 'failure')),
    reason       text        not null default '',
    request_id   text        not null default '',
    address      text        not null default '',
    mac          bytea       not null,
    primary key (clinic_id, at, id)
) partition by range (at);
create index audit_events_by_patient on audit_events (clinic_id, patient_id, at, id) where patient_id is not null;
create index audit_events_by_txid on audit_events (clinic_id, cluster, txid);
select build_wall('audit_events', true);

-- audit_partition makes the partition of the month of a day (UTC), walled like
-- its parent. It is the only thing the program may create. The table is made
-- apart and then attached, which does not stop those who are writing events.
-- +goose StatementBegin
create function audit_partition(day date) returns void language plpgsql
    security definer set search_path = pg_catalog, public set timezone = 'UTC' as $$
declare
    first  date := date_trunc('month', day)::date;
    next   date := (first + interval '1 month')::date;
    part   text := 'audit_events_' || to_char(first, 'YYYY_MM');
    inside text := '(clinic_id = (select nullif(current_setting(''app.clinic_id'', true), '''')::uuid))';
    upkeep text := '(current_setting(''app.maintenance'', true) = ''on'')';
begin
    if day not between date '2000-01-01' and date '2199-12-31' then
        raise exception 'no partition for a day so far away' using errcode = '22008';
    end if;
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('historias.audit_partition'));
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    execute format('create table public.%I (like public.audit_events including defaults including constraints)', part);
    execute format('alter table public.%I enable row level security', part);
    execute format('alter table public.%I force row level security', part);
    execute format('create policy clinic_wall on public.%I using %s with check %s', part, inside, inside);
    execute format('create policy maintenance on public.%I to %I using %s with check %s', part, current_user, upkeep, upkeep);
    -- The parent's row triggers come with the attaching; this one does not.
    execute format('create trigger append_only_all before truncate on public.%I
        for each statement execute function public.refuse_change()', part);
    execute format('alter table public.audit_events attach partition public.%I for values from (%L) to (%L)',
        part, first::timestamptz, next::timestamptz);
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
    -- note is what a recovery says: why, and which heads were lost (JSON).
    note         text        not null default '',
    -- total counts the events of the chain up to here.
    total        bigint      not null,
    event_ids    uuid[]      not null check (array_position(event_ids, null) is null),
    hashes       bytea       not null check (length(hashes) = 32 * cardinality(event_ids)),
    root         bytea       not null check (length(root) = 32),
    prev         bytea       not null check (length(prev) = 32),
    hash         bytea       not null check (length(hash) = 32),
    signature    bytea       not null,
    primary key (clinic_id, seq)
);
create index audit_seals_by_txid on audit_seals (clinic_id, cluster, through_txid);
create index audit_seals_recoveries on audit_seals (clinic_id, seq) where kind = 'recovery';
select build_wall('audit_seals', true);

-- +goose StatementBegin
do $$
begin
    revoke all on function audit_partition(date), cluster_id() from public;
    execute format('grant execute on function audit_partition(date), cluster_id() to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table audit_seals, audit_event_subjects, audit_events;
drop function audit_partition(date);
drop function cluster_id();
