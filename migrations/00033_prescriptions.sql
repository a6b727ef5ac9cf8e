-- +goose Up
-- Prescriptions: what a prescriber indicates and signs, and the medicines that a
-- patient takes because of it.

-- What is indicated is sealed under the patient's key: sealed holds the draft,
-- document what was signed, with header, folio and alerts as they were.
create table prescriptions (
    clinic_id       uuid        not null references clinics (id),
    id              uuid        not null,
    patient_id      uuid        not null,
    consultation_id uuid        not null,
    author_id       uuid        not null references users (id),
    status          text        not null default 'draft' check (status in ('draft', 'discarded', 'signed', 'voided')),
    -- the voided prescription that this one replaces
    reissues        uuid,
    version         bigint      not null default 1,
    sealed          text        not null check (sealed like 'gAAAA%'),
    document        text        check (document like 'gAAAA%'),
    hash            bytea       check (length(hash) = 32),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    signed_at       timestamptz,
    voided_at       timestamptz,
    voided_by       uuid,
    void_reason     text        check (void_reason like 'gAAAA%'),
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, consultation_id) references consultations (clinic_id, id),
    foreign key (clinic_id, reissues) references prescriptions (clinic_id, id),
    check ((status in ('signed', 'voided')) = (signed_at is not null)),
    check ((signed_at is null) = (document is null) and (signed_at is null) = (hash is null)),
    check ((status = 'voided') = (voided_at is not null)),
    check ((voided_at is null) = (void_reason is null) and (voided_at is null) = (voided_by is null))
);
alter table prescriptions alter column sealed set storage external, alter column document set storage external;
create index prescriptions_by_age on prescriptions (clinic_id, created_at desc, id desc);
create index prescriptions_by_patient on prescriptions (clinic_id, patient_id, created_at desc, id desc)
    include (status, consultation_id);
create index prescriptions_by_consultation on prescriptions (clinic_id, consultation_id, created_at desc, id desc);
create index prescriptions_by_author on prescriptions (clinic_id, author_id, status, created_at desc, id desc);
-- A voided prescription is re-issued once; a discarded attempt does not count.
create unique index prescriptions_reissued on prescriptions (clinic_id, reissues)
    where reissues is not null and status <> 'discarded';

-- keep_prescription lets a draft change until it is signed or discarded. What was
-- signed can do one thing more, once: be voided. Nothing is deleted.
-- +goose StatementBegin
create function keep_prescription() returns trigger language plpgsql as $$
declare
    free text[] := array['status', 'version', 'updated_at', 'voided_at', 'voided_by', 'void_reason'];
begin
    if tg_op = 'UPDATE' and (new.clinic_id, new.id, new.patient_id, new.consultation_id, new.author_id, new.created_at)
        is not distinct from (old.clinic_id, old.id, old.patient_id, old.consultation_id, old.author_id, old.created_at) then
        if old.status = 'draft' and new.status in ('draft', 'discarded', 'signed') then
            return new;
        end if;
        if old.status = 'signed' and new.status = 'voided' and to_jsonb(new) - free = to_jsonb(old) - free then
            return new;
        end if;
    end if;
    raise exception 'a prescription that was signed does not change' using errcode = 'HS003';
end
$$;
-- +goose StatementEnd
create trigger keep_prescription before update or delete on prescriptions
    for each row execute function keep_prescription();
create trigger keep_prescriptions before truncate on prescriptions
    for each statement execute function refuse_change();
select build_wall('prescriptions');

-- medication_courses are the medicines in force: one row for each item of a
-- signed prescription. ends_on is null for continuous use and where the text of
-- the duration names no number of days.
create table medication_courses (
    clinic_id       uuid        not null,
    id              uuid        not null,
    patient_id      uuid        not null,
    prescription_id uuid        not null,
    item_id         uuid        not null,
    medication_id   uuid,
    starts_on       date        not null,
    ends_on         date,
    status          text        not null default 'active' check (status in ('active', 'stopped', 'replaced', 'voided')),
    sealed          text        not null check (sealed like 'gAAAA%'),
    ended_at        timestamptz,
    ended_by        uuid,
    -- the prescription that took its place
    replaced_by     uuid,
    end_reason      text        check (end_reason like 'gAAAA%'),
    created_at      timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, prescription_id, item_id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, prescription_id) references prescriptions (clinic_id, id),
    foreign key (clinic_id, replaced_by) references prescriptions (clinic_id, id),
    check (ends_on is null or ends_on >= starts_on),
    check ((status = 'active') = (ended_at is null)),
    check ((status = 'replaced') = (replaced_by is not null)),
    check ((status = 'stopped') = (end_reason is not null))
);
alter table medication_courses alter column sealed set storage external;
create index medication_courses_by_patient on medication_courses (clinic_id, patient_id, status, starts_on desc, id desc);
create index medication_courses_replaced on medication_courses (clinic_id, replaced_by) where replaced_by is not null;

-- keep_course lets a course end, and come back when the prescription that
-- replaced it is voided; what was indicated stays as it was.
-- +goose StatementBegin
create function keep_course() returns trigger language plpgsql as $$
declare
    free text[] := array['status', 'ended_at', 'ended_by', 'replaced_by', 'end_reason'];
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - free = to_jsonb(old) - free
        and old.status in ('active', 'replaced') then
        return new;
    end if;
    raise exception 'what was indicated does not change' using errcode = 'HS003';
end
$$;
-- +goose StatementEnd
create trigger keep_course before update or delete on medication_courses
    for each row execute function keep_course();
create trigger keep_courses before truncate on medication_courses
    for each statement execute function refuse_change();
select build_wall('medication_courses');

-- +goose Down
drop table medication_courses, prescriptions;
drop function keep_course();
drop function keep_prescription();
