-- +goose Up
-- What proves who somebody is does not stay for ever: each kind of row has an end,
-- and one job drops what is past it, a bounded number at a time.

create index sessions_by_end on sessions (coalesce(revoked_at, expires_at));
create index account_tokens_by_end on account_tokens (expires_at);
create index sign_in_failures_by_age on sign_in_failures (at);
create index known_devices_by_age on known_devices (at);
create index trusted_devices_by_end on trusted_devices (expires_at);

-- drop_sessions drops some sessions of all clinics that ended before a moment. It
-- reaches past the walls as end_sessions does; what a session did stands in the
-- trail of its clinic, by its id.
-- +goose StatementBegin
create function drop_sessions(before timestamptz, most integer) returns bigint language plpgsql volatile
    security definer set search_path = pg_catalog, public as $$
declare
    dropped bigint;
begin
    perform set_config('app.maintenance', 'on', true);
    delete from sessions where (clinic_id, id) in (select clinic_id, id from sessions
        where coalesce(revoked_at, expires_at) < before order by coalesce(revoked_at, expires_at) limit most);
    get diagnostics dropped = row_count;
    perform set_config('app.maintenance', '', true);
    return dropped;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
begin
    revoke all on function drop_sessions(timestamptz, integer) from public;
    execute format('grant execute on function drop_sessions(timestamptz, integer) to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function drop_sessions(timestamptz, integer);
drop index trusted_devices_by_end, known_devices_by_age, sign_in_failures_by_age, account_tokens_by_end, sessions_by_end;
