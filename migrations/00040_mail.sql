-- +goose Up
-- Letters by mail and what became of them.

-- mail_outbox is one row for each letter. What it says and to whom is sealed,
-- and erased once the letter left or cannot leave: it carries links that open
-- an account. Letters to somebody of no clinic are the platform's.
create table mail_outbox (
    clinic_id       uuid        not null references clinics (id),
    id              uuid        not null,
    kind            text        not null check (kind ~ '^[a-z_]{3,40}$'),
    -- what makes the letter one: ids and moments, never an address or a name
    business_key    text        not null,
    sealed          text        check (sealed like 'gAAAA%'),
    state           text        not null default 'queued' check (state in ('queued', 'sent', 'failed')),
    attempts        integer     not null default 0,
    -- set while an attempt is under way; left set, nobody knows its outcome
    trying_since    timestamptz,
    next_attempt_at timestamptz,
    -- how often the outcome of an attempt was unknown
    unknown_count   integer     not null default 0,
    reason          text        not null default '',
    code            integer     not null default 0,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, kind, business_key)
);
create index mail_outbox_by_age on mail_outbox (clinic_id, created_at);
select build_wall('mail_outbox');

-- +goose Down
drop table mail_outbox;
