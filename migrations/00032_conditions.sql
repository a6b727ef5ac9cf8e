-- +goose Up
-- Conditions: allergies and problems of patients, and what a person picks often
-- from the catalogs.

-- What a condition is stands in sealed, under the patient's key. same is a keyed
-- hash of it under that key, so that one condition is not listed twice and
-- nothing shows who else has it. Nothing is deleted: what was entered by mistake
-- has the status error.
create table conditions (
    clinic_id  uuid        not null references clinics (id),
    id         uuid        not null,
    patient_id uuid        not null,
    kind       text        not null check (kind in ('allergy', 'problem')),
    status     text        not null check (status in ('active', 'inactive', 'resolved', 'error')),
    same       bytea       not null check (length(same) = 32),
    sealed     text        not null check (sealed like 'gAAAA%'),
    version    bigint      not null default 1,
    created_at timestamptz not null,
    created_by uuid        not null references users (id),
    updated_at timestamptz not null,
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
create index conditions_by_patient on conditions (clinic_id, patient_id, kind, status, created_at, id);
create unique index conditions_once on conditions (clinic_id, patient_id, kind, same) where status = 'active';
select build_wall('conditions');

-- condition_versions keeps each state that a condition ever had, with who made
-- it and when (NOM-024-SSA3-2012 asks that earlier states can be rebuilt).
create table condition_versions (
    clinic_id    uuid        not null,
    condition_id uuid        not null,
    version      bigint      not null,
    id           uuid        not null, -- binds the token to this row
    at           timestamptz not null,
    by           uuid        not null references users (id),
    status       text        not null,
    sealed       text        not null check (sealed like 'gAAAA%'),
    primary key (clinic_id, condition_id, version),
    foreign key (clinic_id, condition_id) references conditions (clinic_id, id)
);
select build_wall('condition_versions', true);

-- allergy_denials are the answers of patients who were asked and know of no
-- allergy. One counts while no allergy was recorded after it.
create table allergy_denials (
    clinic_id  uuid        not null,
    id         uuid        not null,
    patient_id uuid        not null,
    at         timestamptz not null,
    by         uuid        not null references users (id),
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
create index allergy_denials_by_patient on allergy_denials (clinic_id, patient_id, at desc);
select build_wall('allergy_denials', true);

-- favourites are what somebody picks from the catalogs: how often, when last,
-- and what she pinned. A code stands there for itself, of no patient.
create table favourites (
    clinic_id    uuid        not null references clinics (id),
    user_id      uuid        not null references users (id),
    kind         text        not null check (kind in ('diagnoses', 'medications')),
    code         text        not null check (length(code) between 1 and 60),
    uses         bigint      not null default 0 check (uses >= 0),
    last_used_at timestamptz,
    pinned       boolean     not null default false,
    primary key (clinic_id, user_id, kind, code)
);
select build_wall('favourites');

-- +goose Down
drop table favourites, allergy_denials, condition_versions, conditions;
