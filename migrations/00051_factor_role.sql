-- +goose Up
-- The days of grace for a second factor are given once in a clinic: a role that
-- is changed away and back does not begin them again.

-- factor_role_since is when the person first had a role that must have a second
-- factor (owner, privacy_officer); empty where she never had one.
alter table memberships add column factor_role_since timestamptz;

-- +goose StatementBegin
create function keep_factor_role() returns trigger language plpgsql as $$
declare
    demanding text[] := array['owner', 'privacy_officer'];
begin
    if tg_op = 'UPDATE' then
        new.factor_role_since := old.factor_role_since;
        if new.factor_role_since is null and old.role = any (demanding) then
            new.factor_role_since := coalesce(old.role_since, old.created_at);
        end if;
    end if;
    if new.factor_role_since is null and new.role = any (demanding) then
        new.factor_role_since := coalesce(new.role_since, new.created_at);
    end if;
    return new;
end
$$;
-- +goose StatementEnd
create trigger keep_factor_role before insert or update of role on memberships
    for each row execute function keep_factor_role();

-- factor_terms_since is from when the days of grace count in a place: a demanding
-- role from when such a role was first held, any other from when she came.
-- +goose StatementBegin
create function factor_terms_since(m memberships) returns timestamptz language sql immutable as $$
    select case when m.role in ('owner', 'privacy_officer')
        then coalesce(m.factor_role_since, m.role_since, m.created_at) else m.created_at end
$$;
-- +goose StatementEnd

-- +goose Down
drop trigger keep_factor_role on memberships;
drop function keep_factor_role();
drop function factor_terms_since(memberships);
alter table memberships drop column factor_role_since;
