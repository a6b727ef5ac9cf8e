-- +goose Up
-- What was erased, so that a copy that is older than an erasure cannot undo it.

-- erasures are the records whose key was destroyed. Each backup carries the list
-- beside it; a restore erases again what came later than its copy. Ids only.
create table erasures (
    clinic_id  uuid        not null,
    patient_id uuid        not null,
    erased_at  timestamptz not null,
    primary key (clinic_id, patient_id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
select build_wall('erasures', true);

-- +goose Down
drop table erasures;
