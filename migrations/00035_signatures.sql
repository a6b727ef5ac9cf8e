-- +goose Up
-- Signatures: who signed which document, when, how she proved who she is, and
-- the clinic's Ed25519 signature over all of that (FS-04).

-- signature_heads is the end of each patient's chain of signatures: the lock
-- that numbers them and the proof that the last ones are there.
create table signature_heads (
    clinic_id  uuid   not null,
    patient_id uuid   not null,
    seq        bigint not null,
    hash       bytea  not null check (length(hash) = 32),
    primary key (clinic_id, patient_id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
select build_wall('signature_heads');

-- signatures only grow. hash is that of what was signed; record_hash covers the
-- whole record and the one before it.
create table signatures (
    clinic_id    uuid        not null,
    id           uuid        not null,
    patient_id   uuid        not null,
    seq          bigint      not null check (seq > 0),
    subject_type text        not null,
    subject_id   uuid        not null,
    user_id      uuid        not null references users (id),
    session_id   uuid        not null,
    method       text        not null check (method in ('password', 'totp', 'passkey')),
    signed_at    timestamptz not null,
    hash         bytea       not null check (length(hash) = 32),
    prev_hash    bytea       not null check (length(prev_hash) = 32),
    record_hash  bytea       not null check (length(record_hash) = 32),
    public_key   bytea       not null check (length(public_key) = 32),
    signature    bytea       not null check (length(signature) = 64),
    -- detail names the signer as she was: name, profession, cédula
    detail       text        not null check (detail like 'gAAAA%'),
    primary key (clinic_id, id),
    unique (clinic_id, subject_type, subject_id),
    unique (clinic_id, patient_id, seq),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id)
);
select build_wall('signatures', true);

-- +goose Down
drop table signatures, signature_heads;
