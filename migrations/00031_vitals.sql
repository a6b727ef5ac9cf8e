-- +goose Up
-- Vital signs: what was measured of a patient, when and by whom. The numbers
-- stand in clear, because they say nothing without the person, who is sealed.

-- What is null was not measured. A row of origin record was entered by itself
-- and never changes; one of origin note belongs to a draft and changes with it.
-- A wrong row is not deleted: void_kind says why it does not count.
create table vital_signs (
    clinic_id             uuid             not null references clinics (id),
    id                    uuid             not null,
    patient_id            uuid             not null,
    -- the note that they are part of; one note has one row that counts
    consultation_id       uuid,
    origin                text             not null check (origin in ('record', 'note')),
    measured_at           timestamptz      not null,
    taken_by              uuid             not null references users (id),
    systolic              double precision check (systolic between 1 and 500),               -- mmHg
    diastolic             double precision check (diastolic between 1 and 500),              -- mmHg
    heart_rate            double precision check (heart_rate between 1 and 500),             -- beats a minute
    respiratory_rate      double precision check (respiratory_rate between 1 and 500),       -- breaths a minute
    temperature           double precision check (temperature between 20 and 50),            -- degrees Celsius
    oxygen_saturation     double precision check (oxygen_saturation between 1 and 100),      -- per cent
    weight_kg             double precision check (weight_kg between 0.1 and 1000),
    height_cm             double precision check (height_cm between 10 and 300),
    waist_cm              double precision check (waist_cm between 10 and 400),
    glucose               double precision check (glucose between 1 and 3000),               -- mg/dL
    head_circumference_cm double precision check (head_circumference_cm between 10 and 150),
    voided_at             timestamptz,
    voided_by             uuid,
    -- error: entered by mistake; replaced: corrected in a note; withdrawn: taken
    -- out of a draft, or the draft was discarded
    void_kind             text             check (void_kind in ('error', 'replaced', 'withdrawn')),
    void_reason           text             check (void_reason like 'gAAAA%'),
    replaced_by           uuid,
    created_at            timestamptz      not null,
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, consultation_id) references consultations (clinic_id, id),
    foreign key (clinic_id, replaced_by) references vital_signs (clinic_id, id) deferrable initially deferred,
    check ((voided_at is null) = (void_kind is null)),
    check ((void_kind = 'error') = (void_reason is not null) or void_kind is null and void_reason is null),
    check ((void_kind = 'replaced') = (replaced_by is not null) or void_kind is null and replaced_by is null),
    check (num_nonnulls(systolic, diastolic, heart_rate, respiratory_rate, temperature, oxygen_saturation, weight_kg,
        height_cm, waist_cm, glucose, head_circumference_cm) > 0)
);
create index vital_signs_by_patient on vital_signs (clinic_id, patient_id, measured_at desc, id desc);
create unique index vital_signs_by_consultation on vital_signs (clinic_id, consultation_id)
    where consultation_id is not null and voided_at is null;
select build_wall('vital_signs');

-- keep_vital_signs freezes what a signed note holds and what is void, keeps the
-- numbers of a row that was entered by itself, and lets no row stand in the note
-- of another patient. It waits for a signature that is under way.
-- +goose StatementBegin
create function keep_vital_signs() returns trigger language plpgsql as $$
declare
    about uuid;
    state text;
    free  text[] := array['consultation_id', 'voided_at', 'voided_by', 'void_kind', 'void_reason', 'replaced_by'];
begin
    if tg_op = 'DELETE' then
        raise exception 'a measurement is never deleted' using errcode = 'HS003';
    end if;
    if new.consultation_id is not null then
        select patient_id into about from consultations where clinic_id = new.clinic_id and id = new.consultation_id;
        if about is distinct from new.patient_id then
            raise exception 'the note is of another patient' using errcode = 'HS003';
        end if;
    end if;
    if tg_op = 'INSERT' then
        return new;
    end if;
    if old.consultation_id is not null then
        select status into state from consultations
            where clinic_id = old.clinic_id and id = old.consultation_id for share;
    end if;
    if old.voided_at is not null or state = 'signed' then
        raise exception 'the measurement is closed' using errcode = 'HS003';
    end if;
    if old.origin = 'record' and to_jsonb(new) - free is distinct from to_jsonb(old) - free
        or (new.clinic_id, new.id, new.patient_id, new.origin, new.created_at)
        is distinct from (old.clinic_id, old.id, old.patient_id, old.origin, old.created_at) then
        raise exception 'a measurement keeps its numbers and its patient' using errcode = 'HS003';
    end if;
    return new;
end
$$;
-- +goose StatementEnd
create trigger keep_vital_signs before insert or update or delete on vital_signs
    for each row execute function keep_vital_signs();
create trigger keep_vital_signs_all before truncate on vital_signs
    for each statement execute function refuse_change();

-- A discarded draft gives back what was measured before it, and takes away what
-- was only written in it: it may have been opened for the wrong patient.
-- +goose StatementBegin
create function release_vital_signs() returns trigger language plpgsql as $$
begin
    update vital_signs set consultation_id = null
        where clinic_id = new.clinic_id and consultation_id = new.id and voided_at is null and origin = 'record';
    update vital_signs set voided_at = new.updated_at, voided_by = new.author_id, void_kind = 'withdrawn'
        where clinic_id = new.clinic_id and consultation_id = new.id and voided_at is null and origin = 'note';
    return null;
end
$$;
-- +goose StatementEnd
create trigger release_vital_signs after update of status on consultations
    for each row when (new.status = 'discarded') execute function release_vital_signs();

-- +goose Down
drop trigger release_vital_signs on consultations;
drop function release_vital_signs();
drop table vital_signs;
drop function keep_vital_signs();
