-- +goose Up
-- vault_keys holds every key that is not a patient's: data keys of clinics and
-- of the platform, index keys, the audit MAC key, signing keys. Each is random
-- and stands wrapped by a master key; none is derived from it, so rotating the
-- master key neither kills the search nor the seals.
create table vault_keys (
    clinic_id  uuid        not null references clinics (id),
    purpose    text        not null,
    key_no     integer     not null default 1,
    wrapped    text        not null check (wrapped like 'gAAAA%'),
    master_id  text        not null,
    created_at timestamptz not null,
    primary key (clinic_id, purpose, key_no)
);
select build_wall('vault_keys');

-- +goose Down
drop table vault_keys;
