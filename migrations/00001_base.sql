-- +goose Up
-- The walls: one group role that every transaction assumes, and the functions
-- with which later migrations put a table behind the wall of its clinic.

-- schema_info says which role the program assumes. A copy of the database keeps
-- the role of its original, so the name is read, not computed.
create table schema_info (
    only_row boolean primary key default true check (only_row),
    app_role name    not null
);

-- +goose StatementBegin
do $$
declare
    app name := left(current_database(), 59) || '_app';
begin
    perform pg_advisory_xact_lock(hashtext('historias.app_role'));
    if not exists (select from pg_roles where rolname = app) then
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole nobypassrls', app);
    end if;
    execute format('grant %I to current_user', app);
    insert into schema_info (app_role) values (app);
    execute format('grant usage on schema public to %I', app);
    execute format('grant select on schema_info to %I', app);
end
$$;
-- +goose StatementEnd

create function app_role() returns name
    language sql stable
    set search_path = pg_catalog, public
    as 'select app_role from public.schema_info';

-- wall_closed stops a transaction whose session changed since it was read.
-- +goose StatementBegin
create function wall_closed() returns text language plpgsql volatile as $$
begin
    raise exception 'the session changed' using errcode = 'HS001';
end
$$;
-- +goose StatementEnd

-- build_wall puts a table behind its clinic: reads and writes see only rows
-- whose clinic_id is the transaction's. FORCE binds the owner too, who reaches
-- all rows only after setting app.maintenance. A table that only grows gives
-- the program neither UPDATE nor DELETE.
-- +goose StatementBegin
create function build_wall(target regclass, append_only boolean default false)
    returns void language plpgsql as $$
declare
    inside text := '(clinic_id = (select nullif(current_setting(''app.clinic_id'', true), '''')::uuid))';
    upkeep text := '(current_setting(''app.maintenance'', true) = ''on'')';
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy clinic_wall on %s using %s with check %s', target, inside, inside);
    execute format('create policy maintenance on %s to %I using %s with check %s',
        target, current_user, upkeep, upkeep);
    execute format('grant select, insert%s on %s to %I',
        case when append_only then '' else ', update, delete' end, target, app_role());
    if append_only then
        execute format('create trigger append_only before update or delete on %s
            for each row execute function refuse_change()', target);
        execute format('create trigger append_only_all before truncate on %s
            for each statement execute function refuse_change()', target);
    end if;
end
$$;
-- +goose StatementEnd

-- refuse_change keeps append-only rows as they are, for the owner as well.
-- +goose StatementBegin
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'HS003';
end
$$;
-- +goose StatementEnd

-- find_by_token lets the holder of a secret find its row before the clinic is
-- known. The tables that have it are listed and tested in internal/db.
-- +goose StatementBegin
create function find_by_token(target regclass) returns void language plpgsql as $$
begin
    execute format('create policy holder on %s for select using
        (token_hash = decode(nullif(current_setting(''app.token_hash'', true), ''''), ''hex''))', target);
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function find_by_token(regclass);
drop function refuse_change();
drop function build_wall(regclass, boolean);
drop function wall_closed();
drop function app_role();
drop table schema_info;
