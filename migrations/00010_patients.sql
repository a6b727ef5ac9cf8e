-- +goose Up
-- Patients: who they are, how they are found, and every earlier state.

-- A patient's identity is sealed under a data key of her own, which stands in
-- her row, wrapped by the master key: destroying it erases the person. What
-- stays in clear means nothing alone (state, sex, year of birth).
create table patients (
    -- no foreign key to clinics: those who register at once would all lock the one
    -- row of their clinic; the wall admits only the clinic of the transaction, which
    -- is that of a member, and clinics are never deleted
    clinic_id       uuid        not null,
    id              uuid        not null,
    -- shown as H-000482; counted by clinic, never used twice, gaps are normal
    record_number   bigint      not null check (record_number > 0),
    status          text        not null default 'active' check (status in ('active', 'archived')),
    identity_status text        not null check (identity_status in ('verified', 'declared', 'provisional')),
    -- where the privacy consent stands; the consent feature keeps it
    consent_status  text        not null default 'none' check (consent_status in (
        'none', 'requested', 'queued', 'sent', 'delivered', 'read', 'failed',
        'accepted', 'refused', 'revoked', 'expired')),
    sex             text        not null check (sex in ('H', 'M', 'I')),
    birth_year      integer     check (birth_year between 1800 and 2400),
    data_key        text        not null check (data_key like 'gAAAA%'),
    data_key_master text        not null,
    -- the version of the index key that patient_tokens of this row were made with
    index_key_no    integer     not null default 1,
    sealed          text        not null check (sealed like 'gAAAA%'),
    -- the few facts a list shows, so that a page of twenty opens twenty small tokens
    card            text        not null check (card like 'gAAAA%'),
    archived_at     timestamptz,
    archived_by     uuid,
    archived_reason text        check (archived_reason like 'gAAAA%'),
    -- a merge is a link; nothing is moved
    merged_into     uuid,
    last_seen_at    timestamptz not null,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    created_by      uuid,
    updated_at      timestamptz not null,
    -- what a list sorts and filters by stands in the key, so that hits of a search
    -- are sorted without reading their rows
    primary key (clinic_id, id) include (last_seen_at, status, consent_status),
    unique (clinic_id, record_number),
    foreign key (clinic_id, merged_into) references patients (clinic_id, id),
    check ((status = 'archived') = (archived_at is not null)),
    check ((archived_at is null) = (archived_reason is null))
);
-- Fernet tokens do not compress, so trying is lost work.
alter table patients alter column sealed set storage external, alter column card set storage external;
create index patients_by_recency on patients (clinic_id, status, last_seen_at desc, id desc);
create index patients_by_consent on patients (clinic_id, consent_status, status, last_seen_at desc, id desc);

-- patient_tokens holds what a patient is found by, as 64 bits of an HMAC under
-- the clinic's index key: beginnings of the words of the names, beginnings of
-- two words together, CURP, phones, e-mail, birth date. Words of a search are combined by probing this key,
-- because row-level security keeps array operators away from any index. There
-- is no foreign key: it would be checked once for each token, and patients are
-- never deleted.
create table patient_tokens (
    clinic_id  uuid   not null,
    token      bigint not null,
    patient_id uuid   not null,
    primary key (clinic_id, token, patient_id)
);
create index patient_tokens_by_patient on patient_tokens (clinic_id, patient_id);

-- patient_versions keeps each state that a patient's data ever had, with who
-- made it and when, because NOM-024-SSA3-2012 asks that earlier states can be
-- rebuilt.
create table patient_versions (
    clinic_id  uuid        not null,
    patient_id uuid        not null,
    version    bigint      not null,
    id         uuid        not null, -- binds the token to this row
    at         timestamptz not null,
    actor_kind text        not null,
    actor_id   uuid,
    change     text        not null check (change in ('created', 'updated', 'archived', 'unarchived')),
    status     text        not null,
    sealed     text        not null check (sealed like 'gAAAA%'),
    primary key (clinic_id, patient_id, version),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
alter table patient_versions alter column sealed set storage external;

select build_wall('patients');
select build_wall('patient_tokens');
select build_wall('patient_versions', true);

-- +goose Down
drop table patient_versions, patient_tokens, patients;
