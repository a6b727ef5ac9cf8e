-- +goose Up
-- The hashes of a patient are found by themselves: a change computes those of the
-- version before and deletes what no longer holds. This index was written 32 times
-- for each registration and read only by changes.
drop index patient_tokens_by_patient;

-- +goose Down
create index patient_tokens_by_patient on patient_tokens (clinic_id, patient_id);
