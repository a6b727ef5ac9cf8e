-- +goose Up
-- What the program says of itself to whoever watches over it: counts over all
-- clinics, no row of any.

create index messages_by_age on messages (created_at);
create index messages_under_way on messages (created_at) where state in ('queued', 'submitted');
create index webhook_bodies_waiting on webhook_bodies (received_at) where processed_at is null;

-- service_gauges counts over all clinics what an operator must know of. It
-- reaches past the walls and gives numbers only: a name, a label out of a fixed
-- set of states, and a count or an age in seconds. Messages are those of the
-- last 24 hours. An event of the trail that waits for its seal for more than two
-- days counts as two days old, so that old months are never read.
-- +goose StatementBegin
create function service_gauges(moment timestamptz)
    returns table (gauge text, label text, value double precision) language plpgsql volatile
    security definer set search_path = pg_catalog, public as $$
declare
    here bigint := cluster_id(); -- it reads a file each time it is asked
begin
    perform set_config('app.maintenance', 'on', true);
    -- Materialized, or the last seal would be looked up for each event.
    return query with sealed as materialized (
        select c.id, coalesce((select a.through_txid from audit_seals a
            where a.clinic_id = c.id and a.cluster = here
            order by a.through_txid desc limit 1), -9223372036854775808) as through
        from clinics c
    ), unsealed as (
        select count(*) as n, min(e.at) as oldest from sealed s join audit_events e
            on e.clinic_id = s.id and e.cluster = here and e.txid >= s.through and e.at > moment - interval '2 days'
    ), under_way as (
        select min(created_at) as oldest from messages
        where state in ('queued', 'submitted') and created_at > moment - interval '2 days'
    ), webhooks as (
        select count(*) as n, min(received_at) as oldest from webhook_bodies where processed_at is null
    )
    select 'messages', state, count(*)::float8 from messages
        where created_at > moment - interval '1 day' group by state
    union all select 'message_failures', error_class, count(*) from messages
        where created_at > moment - interval '1 day' and state = 'failed' group by error_class
    union all select 'messages_to_call', '', count(*) from messages where needs_call
    union all select 'message_oldest', '', coalesce(extract(epoch from moment - oldest), 0) from under_way
    union all select 'webhooks_waiting', '', n from webhooks
    union all select 'webhook_oldest', '', coalesce(extract(epoch from moment - oldest), 0) from webhooks
    union all select 'audit_unsealed', '', n from unsealed
    union all select 'audit_oldest', '', coalesce(extract(epoch from moment - oldest), 0) from unsealed
    union all select 'sessions', '', count(*) from sessions where revoked_at is null and expires_at > moment;
    perform set_config('app.maintenance', '', true);
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
begin
    revoke all on function service_gauges(timestamptz) from public;
    execute format('grant execute on function service_gauges(timestamptz) to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function service_gauges(timestamptz);
drop index webhook_bodies_waiting;
drop index messages_under_way;
drop index messages_by_age;
