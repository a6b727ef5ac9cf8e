-- +goose Up
-- Sessions that lock, the browsers they stand in, PINs, and what a clinic asks
-- of its sessions.

-- device_hash is the SHA-256 of the name of the browser, so that a shared
-- computer finds the sessions of its people. locked_at covers the session until
-- its person proves who she is; pin_failures counts wrong PINs since the last
-- good proof. All of it acts on the next request, as the end of a session does.
alter table sessions
    add column device_hash  bytea check (length(device_hash) = 32),
    add column locked_at    timestamptz,
    add column pin_failures integer not null default 0;
create index sessions_by_device on sessions (clinic_id, device_hash) where revoked_at is null;
-- A person sees her own sessions over all clinics.
create index sessions_of_person on sessions (user_id, id);

create trigger session_locked after update of locked_at on sessions
    for each row when ((old.locked_at is null) <> (new.locked_at is null))
    execute function auth_changed();
-- A session that goes on under another token must not go on under the old one.
create trigger session_rekeyed after update of token_hash on sessions
    for each row when (old.token_hash is distinct from new.token_hash)
    execute function auth_changed();

-- user_pins uncover a locked session. A PIN has too few values for a hash to
-- protect it, so it is kept by a keyed one; it opens nothing by itself.
create table user_pins (
    user_id uuid        primary key references users (id),
    mac     bytea       not null check (length(mac) = 32),
    set_at  timestamptz not null
);

-- clinic_security is what a clinic asks of its sessions; one without a row asks
-- what the columns say.
create table clinic_security (
    clinic_id       uuid        primary key references clinics (id),
    lock_minutes    integer     not null default 15 check (lock_minutes between 1 and 120),
    factor_required boolean     not null default false,
    -- factor_since is when the clinic began to ask a second factor of everybody.
    factor_since    timestamptz,
    version         bigint      not null default 1,
    updated_at      timestamptz not null,
    check (factor_required = (factor_since is not null))
);
select build_wall('clinic_security');

-- security_changed makes what a clinic asks act on the next request of everybody.
-- +goose StatementBegin
create function security_changed() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public as $$
begin
    update users set auth_seq = auth_seq + 1
        where id in (select user_id from memberships where clinic_id = new.clinic_id and status = 'active');
    return null;
end
$$;
-- +goose StatementEnd
create trigger security_changed after insert or update on clinic_security
    for each row execute function security_changed();

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert, delete on user_pins to %I', app_role());
    execute format('grant update (mac, set_at) on user_pins to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table clinic_security, user_pins;
drop function security_changed();
drop trigger session_rekeyed on sessions;
drop trigger session_locked on sessions;
drop index sessions_by_device, sessions_of_person;
alter table sessions drop column device_hash, drop column locked_at, drop column pin_failures;
