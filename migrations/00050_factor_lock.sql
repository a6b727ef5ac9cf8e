-- +goose Up
-- Two factors of one person that go at the same moment: each act saw the other's
-- factor still there, and users.has_factor stayed true with none left. Whoever
-- changes factors now waits for whoever does so already, and counts after that.

-- +goose StatementBegin
create or replace function factor_changed() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public as $$
declare
    person uuid := coalesce(new.user_id, old.user_id);
    has    boolean;
begin
    -- The weaker lock keeps rows that refer to the person from waiting.
    perform from users where id = person for no key update;
    has := exists (select from totp_factors where user_id = person)
        or exists (select from passkeys where user_id = person);
    update users set has_factor = has, auth_seq = auth_seq + 1 where id = person and has_factor <> has;
    return null;
end
$$;
-- +goose StatementEnd

-- What was counted wrongly until now.
update users u set has_factor = not has_factor, auth_seq = auth_seq + 1
    where has_factor <> (exists (select from totp_factors f where f.user_id = u.id)
                      or exists (select from passkeys p where p.user_id = u.id));

-- +goose Down
-- +goose StatementBegin
create or replace function factor_changed() returns trigger language plpgsql
    security definer set search_path = pg_catalog, public as $$
declare
    person uuid := coalesce(new.user_id, old.user_id);
    has    boolean := exists (select from totp_factors where user_id = person)
                   or exists (select from passkeys where user_id = person);
begin
    update users set has_factor = has, auth_seq = auth_seq + 1 where id = person and has_factor <> has;
    return null;
end
$$;
-- +goose StatementEnd
