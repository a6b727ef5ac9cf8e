-- +goose Up
-- Proof of the e-mail address and recovery of an account. These are people's
-- own things and stand beside users, outside the walls of the clinics.

alter table users add column email_verified_at timestamptz;

-- account_tokens are the links that a person gets by mail, by the hash of their
-- secret.
create table account_tokens (
    token_hash bytea       primary key check (length(token_hash) = 32),
    user_id    uuid        not null references users (id),
    purpose    text        not null check (purpose in ('reset_password', 'verify_email')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index account_tokens_by_user on account_tokens (user_id, purpose, created_at);

-- recovery_requests are one row for each "I forgot my password", whether the
-- address has an account or not: the request does the same work for both, and a
-- job looks at it afterwards. The address stands as its keyed hash.
create table recovery_requests (
    id           uuid        primary key,
    email_hash   bytea       not null,
    address_hash bytea       not null,
    at           timestamptz not null,
    done         boolean     not null default false
);
create index recovery_requests_by_email on recovery_requests (email_hash, at);
create index recovery_requests_by_address on recovery_requests (address_hash, at);
create index recovery_requests_by_age on recovery_requests (at);

-- end_sessions ends a person's sessions in all her clinics at once, all but one.
-- It reaches past the walls, because a new password must hold everywhere or not
-- at all; it changes nothing but revoked_at of that person's own sessions.
-- +goose StatementBegin
create function end_sessions(person uuid, keep uuid, moment timestamptz) returns bigint language plpgsql volatile
    security definer set search_path = pg_catalog, public as $$
declare
    ended bigint;
begin
    perform set_config('app.maintenance', 'on', true);
    update sessions set revoked_at = moment
        where user_id = person and id is distinct from keep and revoked_at is null;
    get diagnostics ended = row_count;
    perform set_config('app.maintenance', '', true);
    return ended;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
begin
    execute format('grant update (email_verified_at) on users to %I', app_role());
    execute format('grant select, insert, delete on account_tokens to %I', app_role());
    execute format('grant update (used_at) on account_tokens to %I', app_role());
    execute format('grant select, insert, delete on recovery_requests to %I', app_role());
    execute format('grant update (done) on recovery_requests to %I', app_role());
    revoke all on function end_sessions(uuid, uuid, timestamptz) from public;
    execute format('grant execute on function end_sessions(uuid, uuid, timestamptz) to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function end_sessions(uuid, uuid, timestamptz);
drop table recovery_requests, account_tokens;
alter table users drop column email_verified_at;
