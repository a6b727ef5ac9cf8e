-- +goose Up
-- Staff: invitations, the offer of a clinic's ownership, and who accepted which
-- letter of confidentiality.

-- role_since is when the person got the role that she has; empty where she has
-- it since she came. ended_at is when her access ended.
alter table memberships add column role_since timestamptz, add column ended_at timestamptz;

-- invitations are places that wait for somebody: id is the membership's, before
-- and after it exists. The link holds a token of which only the hash stays here;
-- name and address are sealed under the clinic's key, and email_hash is the
-- keyed hash under which an account would be found.
create table invitations (
    clinic_id   uuid        not null references clinics (id),
    id          uuid        not null,
    email_hash  bytea       not null,
    sealed      text        not null check (sealed like 'gAAAA%'),
    role        text        not null check (role in ('owner', 'doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor')),
    status      text        not null default 'open' check (status in ('open', 'accepted', 'cancelled')),
    token_hash  bytea       not null,
    invited_by  uuid        not null references users (id),
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    accepted_by uuid        references users (id),
    accepted_at timestamptz,
    version     bigint      not null default 1,
    primary key (clinic_id, id),
    check ((status = 'accepted') = (accepted_at is not null and accepted_by is not null))
);
create unique index invitations_by_address on invitations (clinic_id, email_hash) where status = 'open';
create unique index invitations_by_token on invitations (token_hash, clinic_id);
select build_wall('invitations');
select find_by_token('invitations');

-- ownership_offers are clinics that change hands when the other side accepts.
create table ownership_offers (
    clinic_id   uuid        not null references clinics (id),
    id          uuid        not null,
    from_id     uuid        not null,
    to_id       uuid        not null,
    former_role text        not null check (former_role in ('doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor')),
    status      text        not null default 'open' check (status in ('open', 'accepted', 'cancelled')),
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    closed_at   timestamptz,
    primary key (clinic_id, id),
    foreign key (clinic_id, from_id) references memberships (clinic_id, id),
    foreign key (clinic_id, to_id) references memberships (clinic_id, id),
    check (from_id <> to_id),
    check ((status = 'open') = (closed_at is null))
);
create unique index ownership_offers_open on ownership_offers (clinic_id) where status = 'open';
select build_wall('ownership_offers');

-- confidentiality_acceptances say who accepted which edition of the letter; hash
-- is SHA-256 over the text that she saw.
create table confidentiality_acceptances (
    clinic_id   uuid        not null references clinics (id),
    id          uuid        not null,
    user_id     uuid        not null references users (id),
    edition     integer     not null check (edition > 0),
    hash        bytea       not null check (length(hash) = 32),
    accepted_at timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, user_id, edition)
);
select build_wall('confidentiality_acceptances', true);

-- keep_owner lets no clinic be left without an owner, however many leave at once:
-- they take turns, and each sees what the one before did.
-- +goose StatementBegin
create function keep_owner() returns trigger language plpgsql as $$
begin
    if old.role = 'owner' and old.status = 'active' and (new.role <> 'owner' or new.status <> 'active') then
        perform pg_advisory_xact_lock(hashtextextended('historias.owner ' || old.clinic_id::text, 0));
        if not exists (select from memberships m where m.clinic_id = old.clinic_id and m.id <> old.id
            and m.role = 'owner' and m.status = 'active') then
            raise exception 'a clinic keeps an owner' using errcode = 'HS004';
        end if;
    end if;
    return new;
end
$$;
-- +goose StatementEnd
create trigger keep_owner before update of role, status on memberships
    for each row execute function keep_owner();

-- +goose Down
drop trigger keep_owner on memberships;
drop function keep_owner();
drop table confidentiality_acceptances, ownership_offers, invitations;
alter table memberships drop column role_since, drop column ended_at;
