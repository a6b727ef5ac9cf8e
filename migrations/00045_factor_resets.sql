-- +goose Up
-- Lost second factors: taken away by two persons of the clinic, or after a day's
-- notice where there is nobody else.

-- factor_resets are asked for by one person and approved by others of the clinic.
-- approvals_needed is 2 where the person who lost the factor asks herself.
create table factor_resets (
    clinic_id        uuid        not null references clinics (id),
    id               uuid        not null,
    membership_id    uuid        not null,
    user_id          uuid        not null references users (id),
    requested_by     uuid        not null references users (id),
    approvals_needed smallint    not null check (approvals_needed in (1, 2)),
    status           text        not null default 'pending' check (status in ('pending', 'scheduled', 'done', 'cancelled')),
    requested_at     timestamptz not null,
    expires_at       timestamptz not null,
    due_at           timestamptz,
    closed_at        timestamptz,
    primary key (clinic_id, id),
    foreign key (clinic_id, membership_id) references memberships (clinic_id, id)
);
create unique index factor_resets_open on factor_resets (clinic_id, membership_id) where status = 'pending';
select build_wall('factor_resets');

create table factor_reset_approvals (
    clinic_id   uuid        not null references clinics (id),
    id          uuid        not null,
    reset_id    uuid        not null,
    approved_by uuid        not null references users (id),
    approved_at timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, reset_id, approved_by),
    foreign key (clinic_id, reset_id) references factor_resets (clinic_id, id)
);
select build_wall('factor_reset_approvals', true);

-- factor_removals are notices: at due_at the person's factors are taken away,
-- unless she opens the link that stops it.
create table factor_removals (
    id           uuid        primary key,
    user_id      uuid        not null references users (id),
    token_hash   bytea       not null unique check (length(token_hash) = 32),
    status       text        not null default 'pending' check (status in ('pending', 'done', 'cancelled')),
    requested_at timestamptz not null,
    due_at       timestamptz not null,
    closed_at    timestamptz
);
create unique index factor_removals_open on factor_removals (user_id) where status = 'pending';
create index factor_removals_due on factor_removals (due_at) where status = 'pending';

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert on factor_removals to %I', app_role());
    execute format('grant update (status, closed_at) on factor_removals to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table factor_removals, factor_reset_approvals, factor_resets;
