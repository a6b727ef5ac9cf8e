-- +goose Up
-- Consent: what was asked of a patient, and the chain of what happened. Who
-- consents to what is derived from the chain; nothing overwrites it.

-- consent_requests are the questions. A request is found by the unguessable
-- text of its button or link before the clinic is known.
create table consent_requests (
    clinic_id      uuid        not null references clinics (id),
    id             uuid        not null,
    patient_id     uuid        not null,
    channel        text        not null check (channel in ('whatsapp', 'link', 'tablet')),
    purposes       text[]      not null check (cardinality(purposes) > 0
        and purposes <@ array['care', 'reminders', 'sharing', 'research', 'marketing', 'ai']),
    notice_id      uuid        not null,
    notice_version integer     not null,
    notice_hash    bytea       not null check (length(notice_hash) = 32),
    token_hash     bytea       not null,
    -- the telephone that was asked; no other may answer
    phone_hash     bytea       not null check (length(phone_hash) = 32),
    status         text        not null default 'open'
        check (status in ('open', 'accepted', 'refused', 'superseded', 'withdrawn', 'expired')),
    created_at     timestamptz not null,
    created_by     uuid,
    expires_at     timestamptz not null,
    closed_at      timestamptz,
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, notice_id) references privacy_notices (clinic_id, id),
    check ((status = 'open') = (closed_at is null))
);
create unique index consent_requests_by_token on consent_requests (token_hash, clinic_id);
create index consent_requests_open on consent_requests (clinic_id, patient_id) where status = 'open';
select build_wall('consent_requests');
select find_by_token('consent_requests');

-- consent_heads is the end of each patient's chain: the lock that numbers
-- events one after the other, and the proof that the last ones are there.
create table consent_heads (
    clinic_id  uuid   not null,
    patient_id uuid   not null,
    seq        bigint not null,
    hash       bytea  not null check (length(hash) = 32),
    primary key (clinic_id, patient_id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
select build_wall('consent_heads');

-- consent_events only grow. Each hash covers the event and the hash before.
-- at is when it happened, which for a late status is before events of lower
-- seq; recorded_at is when we heard of it.
create table consent_events (
    clinic_id      uuid        not null,
    id             uuid        not null,
    patient_id     uuid        not null,
    request_id     uuid,
    message_id     uuid,
    seq            bigint      not null,
    type           text        not null check (type in ('requested', 'queued', 'sent', 'delivered', 'read', 'failed',
        'accepted', 'refused', 'revoked', 'expired')),
    purposes       text[]      not null check (cardinality(purposes) > 0
        and purposes <@ array['care', 'reminders', 'sharing', 'research', 'marketing', 'ai']),
    at             timestamptz not null,
    recorded_at    timestamptz not null,
    channel        text        not null check (channel in ('whatsapp', 'link', 'tablet', 'desk')),
    notice_id      uuid,
    notice_version integer,
    notice_hash    bytea       check (length(notice_hash) = 32),
    evidence       text        not null check (evidence like 'gAAAA%'),
    prev_hash      bytea       not null check (length(prev_hash) = 32),
    hash           bytea       not null check (length(hash) = 32),
    primary key (clinic_id, id),
    unique (clinic_id, patient_id, seq),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, request_id) references consent_requests (clinic_id, id)
);
alter table consent_events alter column evidence set storage external;
-- A status counts once, and a request is accepted once: the first wins.
create unique index consent_events_once on consent_events (clinic_id, message_id, type) where message_id is not null;
create unique index consent_events_accepted on consent_events (clinic_id, request_id) where type = 'accepted';
select build_wall('consent_events', true);

-- +goose Down
drop table consent_events, consent_heads, consent_requests;
