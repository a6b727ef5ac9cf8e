-- +goose Up
-- Documents: the PDF of each signed note, addendum and prescription, and the
-- code by which anybody who holds the paper can ask whether it is genuine.

-- verification_codes are found by the code on the paper before the clinic is
-- known. The face is what anybody may read: issuer, cédula, establishment,
-- never the patient.
create table verification_codes (
    clinic_id  uuid        not null references clinics (id),
    id         uuid        not null,
    kind       text        not null check (kind in ('note', 'addendum', 'prescription')),
    subject_id uuid        not null,
    folio      text        not null check (folio ~ '^[A-Z]-[0-9]{4}-[0-9]{5,}$'),
    token_hash bytea       not null check (length(token_hash) = 32),
    face       text        not null check (face like 'gAAAA%'),
    issued_at  timestamptz not null,
    voided_at  timestamptz check (voided_at >= issued_at),
    primary key (clinic_id, id),
    unique (clinic_id, kind, subject_id),
    unique (clinic_id, folio)
);
create unique index verification_codes_by_token on verification_codes (token_hash, clinic_id);
select build_wall('verification_codes');
select find_by_token('verification_codes');

-- Nothing of a code changes but that it is voided, once, for the owner as well.
-- +goose StatementBegin
create function only_voiding() returns trigger language plpgsql as $$
declare
    before verification_codes;
begin
    if tg_op = 'UPDATE' and old.voided_at is null and new.voided_at is not null then
        before := new;
        before.voided_at := null;
        if before is not distinct from old then
            return new;
        end if;
    end if;
    raise exception '% can only be voided', tg_table_name using errcode = 'HS003';
end
$$;
-- +goose StatementEnd
create trigger only_voiding before update or delete on verification_codes for each row execute function only_voiding();
create trigger append_only_all before truncate on verification_codes for each statement execute function refuse_change();

-- documents are the papers themselves, sealed under the patient's key, in each
-- format. edition 1 was made when the document was signed, 2 when it was voided.
-- sha256 is of the PDF; it stands in clear so that a copy can be compared.
create table documents (
    clinic_id       uuid        not null,
    id              uuid        not null,
    patient_id      uuid        not null,
    verification_id uuid        not null,
    kind            text        not null check (kind in ('note', 'addendum', 'prescription')),
    subject_id      uuid        not null,
    edition         smallint    not null check (edition in (1, 2)),
    format          text        not null check (format in ('letter', 'half_letter', 'letter_large')),
    sha256          bytea       not null check (length(sha256) = 32),
    size            integer     not null check (size > 0),
    created_at      timestamptz not null,
    sealed          text        not null check (sealed like 'gAAAA%'),
    primary key (clinic_id, id),
    unique (clinic_id, kind, subject_id, edition, format),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, verification_id) references verification_codes (clinic_id, id)
);
-- Fernet tokens do not compress, so trying is lost work.
alter table documents alter column sealed set storage external;
create index documents_by_code on documents (clinic_id, verification_id);
select build_wall('documents', true);

-- +goose Down
drop table documents, verification_codes;
drop function only_voiding();
