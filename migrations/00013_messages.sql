-- +goose Up
-- WhatsApp messages, what became of them, and the webhooks that said so.

-- messages are one row for each message that was or will be sent, and one for
-- each that a person wrote and that could be given to a clinic. A message that
-- is sent again is a new row: states never go back.
create table messages (
    clinic_id       uuid        not null references clinics (id),
    id              uuid        not null,
    patient_id      uuid, -- none for what the platform answers to a stranger
    direction       text        not null check (direction in ('out', 'in')),
    kind            text        not null check (kind in ('consent_request', 'consent_receipt', 'consent_help',
        'unrouted_help', 'tap', 'text', 'other')),
    -- which number sends: the platform's own, or the simulated one
    sender          text        not null check (sender in ('platform', 'simulator')),
    template        text        not null default '',
    -- what the message serves; it must still be allowed when it leaves
    purpose         text        not null default '' check (purpose in ('', 'care', 'reminders', 'sharing', 'research', 'marketing', 'ai')),
    subject_id      uuid, -- what it is about: the consent request
    business_key    text        not null,
    retry_of        uuid,
    state           text        not null check (state in ('queued', 'submitted', 'sent', 'failed', 'delivered', 'read', 'received')),
    sealed          text        not null check (sealed like 'gAAAA%'),  -- recipient, values, text
    receipt         text        check (receipt like 'gAAAA%'),          -- what WhatsApp calls it and the recipient
    user_hash       bytea,      -- the recipient's business-scoped id, once a status told it
    error_code      integer     not null default 0,
    error_class     text        not null default '',
    attempts        integer     not null default 0,
    -- set while an attempt is under way; left set, nobody knows its outcome
    trying_since    timestamptz,
    next_attempt_at timestamptz,
    needs_call      boolean     not null default false,
    resolution      text        not null default '' check (resolution in ('', 'handled', 'retried')),
    resolution_note text        check (resolution_note like 'gAAAA%'),
    resolved_at     timestamptz,
    resolved_by     uuid,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    submitted_at    timestamptz,
    sent_at         timestamptz,
    delivered_at    timestamptz,
    read_at         timestamptz,
    failed_at       timestamptz,
    primary key (clinic_id, id),
    unique (clinic_id, business_key),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, retry_of) references messages (clinic_id, id),
    check ((direction = 'in') = (state = 'received')),
    check ((resolution = '') = (resolved_at is null))
);
alter table messages alter column sealed set storage external, alter column receipt set storage external;
create index messages_by_time on messages (clinic_id, created_at desc, id desc);
create index messages_by_patient on messages (clinic_id, patient_id, created_at desc, id desc);
create index messages_by_state on messages (clinic_id, state, created_at desc, id desc);
create index messages_to_call on messages (clinic_id, created_at desc, id desc) where needs_call;
create index messages_by_subject on messages (clinic_id, subject_id, created_at desc) where subject_id is not null;
select build_wall('messages');

-- message_status_events keep every status as it came, each once.
create table message_status_events (
    clinic_id   uuid        not null,
    id          uuid        not null,
    message_id  uuid        not null,
    status      text        not null,
    at          timestamptz not null,
    received_at timestamptz not null,
    error_code  integer     not null default 0,
    primary key (clinic_id, id),
    unique (clinic_id, message_id, status),
    foreign key (clinic_id, message_id) references messages (clinic_id, id)
);
select build_wall('message_status_events', true);

-- message_handles find a message before its clinic is known, by a keyed hash:
-- of what WhatsApp calls it (wamid), or of the person it went to (peer).
create table message_handles (
    clinic_id  uuid        not null,
    token_hash bytea       not null,
    message_id uuid        not null,
    kind       text        not null check (kind in ('wamid', 'peer')),
    at         timestamptz not null,
    primary key (clinic_id, token_hash, message_id),
    foreign key (clinic_id, message_id) references messages (clinic_id, id)
);
create index message_handles_by_token on message_handles (token_hash, at desc);
select build_wall('message_handles', true);
select find_by_token('message_handles');

-- webhook_bodies keep what Meta delivered, byte by byte, for 30 days. They
-- belong to the platform: one delivery may speak of several clinics.
create table webhook_bodies (
    clinic_id    uuid        not null references clinics (id),
    id           uuid        not null,
    body_hash    bytea       not null check (length(body_hash) = 32),
    sealed       text        not null check (sealed like 'gAAAA%'),
    received_at  timestamptz not null,
    processed_at timestamptz,
    runs         integer     not null default 0,
    -- what became of each item, in the order of the delivery
    results      text[]      not null default '{}',
    primary key (clinic_id, id),
    unique (clinic_id, body_hash)
);
alter table webhook_bodies alter column sealed set storage external;
create index webhook_bodies_by_age on webhook_bodies (clinic_id, received_at);
select build_wall('webhook_bodies');

-- +goose Down
drop table webhook_bodies, message_handles, message_status_events, messages;
