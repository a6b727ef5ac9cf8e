-- +goose Up
-- Second factors: codes by an authenticator, recovery codes, passkeys, and
-- browsers that need none for a while. They are people's own things and stand
-- beside users, outside the walls of the clinics; secrets are sealed under the
-- platform's key or kept as hashes.

-- has_factor says that the person has an authenticator or a passkey. A trigger
-- keeps it, so that every request knows it without asking. factor_duty_from
-- begins the days of grace of who was here before second factors were.
alter table users add column has_factor boolean not null default false;
alter table users add column factor_duty_from timestamptz default now();
alter table users alter column factor_duty_from drop default;

-- last_step is the last step of 30 seconds whose code was used: each is good once.
create table totp_factors (
    user_id    uuid        primary key references users (id),
    sealed     text        not null check (sealed like 'gAAAA%'),
    last_step  bigint      not null,
    enabled_at timestamptz not null
);

-- totp_setups are secrets that were shown and not confirmed by a code yet.
create table totp_setups (
    user_id    uuid        primary key references users (id),
    sealed     text        not null check (sealed like 'gAAAA%'),
    created_at timestamptz not null
);

-- recovery_codes are used once and gone. They hold 120 random bits, so that a
-- plain hash keeps them.
create table recovery_codes (
    user_id    uuid        not null references users (id),
    code_hash  bytea       not null check (length(code_hash) = 32),
    created_at timestamptz not null,
    primary key (user_id, code_hash)
);

create table passkeys (
    id              uuid        primary key,
    user_id         uuid        not null references users (id),
    credential_hash bytea       not null unique check (length(credential_hash) = 32),
    sealed          text        not null check (sealed like 'gAAAA%'),
    created_at      timestamptz not null,
    last_used_at    timestamptz
);
create index passkeys_by_user on passkeys (user_id, id);

-- passkey_challenges are questions to a passkey, each answered once.
create table passkey_challenges (
    id         uuid        primary key,
    purpose    text        not null check (purpose in ('add', 'enter')),
    user_id    uuid        references users (id),
    sealed     text        not null check (sealed like 'gAAAA%'),
    expires_at timestamptz not null
);
create index passkey_challenges_by_age on passkey_challenges (expires_at);

-- trusted_devices are browsers that the person asked to remember: there her
-- password is enough until expires_at.
create table trusted_devices (
    id           uuid        primary key,
    user_id      uuid        not null references users (id),
    token_hash   bytea       not null unique check (length(token_hash) = 32),
    sealed       text        not null check (sealed like 'gAAAA%'),
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null
);
create index trusted_devices_by_user on trusted_devices (user_id, id);

-- factor_changed keeps users.has_factor, and raises auth_seq where it changes:
-- what a session may do can depend on it.
-- +goose StatementBegin
create function factor_changed() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public as $$
declare
    person uuid := coalesce(new.user_id, old.user_id);
    has    boolean := exists (select from totp_factors where user_id = person)
                   or exists (select from passkeys where user_id = person);
begin
    update users set has_factor = has, auth_seq = auth_seq + 1 where id = person and has_factor <> has;
    return null;
end
$$;
-- +goose StatementEnd
create trigger factor_changed after insert or delete on totp_factors for each row execute function factor_changed();
create trigger factor_changed after insert or delete on passkeys for each row execute function factor_changed();

-- A signature keeps how its person proved who she is.
alter table signatures drop constraint signatures_method_check,
    add constraint signatures_method_check check (method in ('password', 'totp', 'passkey', 'recovery_code'));

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert, delete on totp_factors, totp_setups, recovery_codes, passkeys,
        passkey_challenges, trusted_devices to %I', app_role());
    execute format('grant update (sealed, last_step, enabled_at) on totp_factors to %I', app_role());
    execute format('grant update (sealed, created_at) on totp_setups to %I', app_role());
    execute format('grant update (sealed, last_used_at) on passkeys to %I', app_role());
    execute format('grant update (last_used_at) on trusted_devices to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
alter table signatures drop constraint signatures_method_check,
    add constraint signatures_method_check check (method in ('password', 'totp', 'passkey'));
drop table trusted_devices, passkey_challenges, passkeys, recovery_codes, totp_setups, totp_factors;
drop function factor_changed();
alter table users drop column has_factor, drop column factor_duty_from;
