-- +goose Up
-- Consultations: one visit and its note. A note is a draft until it is signed;
-- from then on the database refuses any change of it, for everybody.
-- Sources: NOM-004-SSA3-2012 5.10 and 5.11, read through the reference (EX-09, EX-11).

create table consultations (
    clinic_id    uuid        not null,
    id           uuid        not null,
    patient_id   uuid        not null,
    author_id    uuid        not null references users (id),
    office_id    uuid,
    -- which form the note has, and which edition of that form
    type         text        not null,
    type_version integer     not null check (type_version > 0),
    status       text        not null default 'draft' check (status in ('draft', 'signed', 'discarded')),
    version      bigint      not null default 1,
    -- missing counts what the norm still asks of a draft, for lists
    missing      integer     not null default 0 check (missing >= 0),
    opened_at    timestamptz not null,
    updated_at   timestamptz not null,
    signed_at    timestamptz,
    -- hash is SHA-256 over the canonical form of the signed note
    hash         bytea       check (length(hash) = 32),
    -- sealed is the text of a draft or, once signed, the whole signed note;
    -- card is the little that a list shows of it
    sealed       text        not null check (sealed like 'gAAAA%'),
    card         text        not null check (card like 'gAAAA%'),
    primary key (clinic_id, id),
    foreign key (clinic_id, patient_id) references patients (clinic_id, id),
    foreign key (clinic_id, office_id) references offices (clinic_id, id),
    check ((status = 'signed') = (signed_at is not null and hash is not null))
);
alter table consultations alter column sealed set storage external;
create index consultations_by_patient on consultations (clinic_id, patient_id, opened_at desc, id desc);
create index consultations_by_author on consultations (clinic_id, author_id, status, opened_at desc, id desc);
create index consultations_signed on consultations (clinic_id, patient_id, type) where status = 'signed';
select build_wall('consultations');

-- keep_consultation lets only a draft change, and never whose it is: a note can
-- neither move to another patient nor be taken over by somebody else.
-- +goose StatementBegin
create function keep_consultation() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'a consultation is never deleted' using errcode = 'HS003';
    end if;
    if old.status <> 'draft' then
        raise exception 'the consultation is closed' using errcode = 'HS003';
    end if;
    if (new.clinic_id, new.id, new.patient_id, new.author_id, new.opened_at)
        is distinct from (old.clinic_id, old.id, old.patient_id, old.author_id, old.opened_at) then
        raise exception 'a consultation keeps its patient and its author' using errcode = 'HS003';
    end if;
    return new;
end
$$;
-- +goose StatementEnd
create trigger keep_consultation before update or delete on consultations
    for each row execute function keep_consultation();
create trigger keep_consultation_all before truncate on consultations
    for each statement execute function keep_consultation();

-- consultation_copies are texts of a draft that lost against another version of
-- it: nothing that was written is lost.
create table consultation_copies (
    clinic_id       uuid        not null,
    id              uuid        not null,
    consultation_id uuid        not null,
    author_id       uuid        not null references users (id),
    at              timestamptz not null,
    sealed          text        not null check (sealed like 'gAAAA%'),
    primary key (clinic_id, id),
    foreign key (clinic_id, consultation_id) references consultations (clinic_id, id)
);
alter table consultation_copies alter column sealed set storage external;
create index consultation_copies_of on consultation_copies (clinic_id, consultation_id, at);
select build_wall('consultation_copies', true);

-- consultation_addenda are texts appended to a signed note, each signed itself.
create table consultation_addenda (
    clinic_id       uuid        not null,
    id              uuid        not null,
    consultation_id uuid        not null,
    author_id       uuid        not null references users (id),
    seq             integer     not null check (seq > 0),
    signed_at       timestamptz not null,
    hash            bytea       not null check (length(hash) = 32),
    sealed          text        not null check (sealed like 'gAAAA%'),
    card            text        not null check (card like 'gAAAA%'),
    primary key (clinic_id, id),
    unique (clinic_id, consultation_id, seq),
    foreign key (clinic_id, consultation_id) references consultations (clinic_id, id)
);
alter table consultation_addenda alter column sealed set storage external;
select build_wall('consultation_addenda', true);

-- +goose Down
drop table consultation_addenda, consultation_copies, consultations;
drop function keep_consultation();
