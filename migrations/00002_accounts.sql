-- +goose Up
-- Clinics, people, memberships and sessions.

-- clinics is a directory without personal data, so it stands outside the walls:
-- system jobs loop over it and the public address names a clinic by its slug.
create table clinics (
    id         uuid primary key,
    slug       text        not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) <= 80),
    status     text        not null default 'active' check (status in ('active', 'closed')),
    demo       boolean     not null default false,
    created_at timestamptz not null default now()
);
insert into clinics (id, slug) values ('00000000-0000-0000-0000-000000000000', 'plataforma');

-- users are people, over all clinics. Names, address and cédula are sealed
-- under the platform's key; the e-mail is found by a keyed hash.
create table users (
    id            uuid primary key,
    email_hash    bytea       not null unique,
    sealed        text        not null check (sealed like 'gAAAA%'),
    password_hash text        not null,
    licensed      boolean     not null default false,
    status        text        not null default 'active' check (status in ('active', 'closed')),
    -- auth_seq rises at each act that must end or change what a session may do.
    auth_seq      bigint      not null default 1,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);

create table clinic_profiles (
    clinic_id  uuid primary key references clinics (id),
    sealed     text        not null check (sealed like 'gAAAA%'),
    complete   boolean     not null default false,
    version    bigint      not null default 1,
    updated_at timestamptz not null
);

create table memberships (
    clinic_id  uuid        not null references clinics (id),
    id         uuid        not null,
    user_id    uuid        not null references users (id),
    role       text        not null check (role in ('owner', 'doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor')),
    status     text        not null default 'active' check (status in ('active', 'ended')),
    version    bigint      not null default 1,
    created_at timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, user_id)
);
create index memberships_by_user on memberships (user_id);

create table offices (
    clinic_id  uuid        not null references clinics (id),
    id         uuid        not null,
    sealed     text        not null check (sealed like 'gAAAA%'),
    time_zone  text        not null,
    status     text        not null default 'active' check (status in ('active', 'closed')),
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (clinic_id, id)
);

create table sessions (
    clinic_id  uuid        not null references clinics (id),
    id         uuid        not null,
    user_id    uuid        not null references users (id),
    token_hash bytea       not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_seen  timestamptz not null,
    proved_at  timestamptz not null, -- last proof of who it is, for acts that need a fresh one
    revoked_at timestamptz,
    address    text        not null default '',
    agent      text        not null default '',
    primary key (clinic_id, id)
);
create unique index sessions_by_token on sessions (token_hash, clinic_id);
create index sessions_by_user on sessions (clinic_id, user_id);

-- clinic_counters hold numbers that are never reused, such as record numbers.
create table clinic_counters (
    clinic_id uuid   not null references clinics (id),
    name      text   not null,
    value     bigint not null,
    primary key (clinic_id, name)
);

-- sign_in_failures counts by keyed hash of the account or of the address; it
-- outlives a restart and names nobody.
create table sign_in_failures (
    subject  bytea       not null,
    at       timestamptz not null,
    id       uuid        not null,
    primary key (subject, at, id)
);

select build_wall('clinic_profiles');
select build_wall('memberships');
select build_wall('offices');
select build_wall('sessions');
select build_wall('clinic_counters');
select find_by_token('sessions');

-- A person may see her own memberships and sessions over all clinics once she
-- has proved who she is (sign-in, switching clinics, the list of sessions).
create policy own_rows on memberships for select using
    (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));
create policy own_rows on sessions for select using
    (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid));

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert on clinics to %I', app_role());
    execute format('grant select, insert on users to %I', app_role());
    execute format('grant update (sealed, password_hash, email_hash, licensed, status, auth_seq, version, updated_at) on users to %I', app_role());
    execute format('grant select, insert, delete on sign_in_failures to %I', app_role());
end
$$;
-- +goose StatementEnd

-- auth_changed raises users.auth_seq, which closes the wall for every actor
-- that was read before.
-- +goose StatementBegin
create function auth_changed() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public as $$
begin
    update users set auth_seq = auth_seq + 1 where id = coalesce(new.user_id, old.user_id);
    return null;
end
$$;
-- +goose StatementEnd
create trigger session_ended after update of revoked_at on sessions
    for each row when (old.revoked_at is distinct from new.revoked_at)
    execute function auth_changed();
create trigger membership_changed after update of role, status on memberships
    for each row when (old.role is distinct from new.role or old.status is distinct from new.status)
    execute function auth_changed();
-- +goose StatementBegin
create function person_changed() returns trigger language plpgsql as $$
begin
    new.auth_seq := old.auth_seq + 1;
    return new;
end
$$;
-- +goose StatementEnd
create trigger person_changed before update of status, licensed on users
    for each row when (old.status is distinct from new.status or old.licensed is distinct from new.licensed)
    execute function person_changed();

-- +goose Down
drop table sign_in_failures, clinic_counters, sessions, offices, memberships, clinic_profiles, users, clinics;
drop function person_changed();
drop function auth_changed();
