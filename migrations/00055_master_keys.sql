-- +goose Up
-- The master keys that this installation has used, by their ids, which tell
-- nothing of a key. A key is retired once nothing is wrapped by it any more.
-- The program refuses to start without a key that is not retired, and nothing
-- may be wrapped by one that is: a process that was started before a rotation
-- would otherwise wrap a patient's key by a key that nobody keeps.
create table master_keys (
    id            text        primary key check (id ~ '^[0-9a-f]{8}$'),
    first_used_at timestamptz not null,
    retired_at    timestamptz
);

-- Which master keys each running process has, its own first; it says so again
-- and again while it runs. No key is changed while a process lacks the new one.
create table key_holders (
    id      uuid        primary key,
    masters text[]      not null,
    seen_at timestamptz not null
);

-- +goose StatementBegin
do $$
begin
    perform set_config('app.maintenance', 'on', true);
    insert into master_keys (id, first_used_at)
    select id, min(at) from (
        select master_id as id, min(created_at) as at from vault_keys group by master_id
        union all
        select data_key_master, min(created_at) from patients group by data_key_master
    ) used
    where id ~ '^[0-9a-f]{8}$'
    group by id;
    perform set_config('app.maintenance', 'off', true);
    execute format('grant select, insert, update (retired_at) on master_keys to %I', app_role());
    execute format('grant select, insert, update, delete on key_holders to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function master_retired(master text) returns boolean language plpgsql stable as $$
begin
    return exists (select from master_keys where id = master and retired_at is not null);
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function refuse_retired() returns trigger language plpgsql as $$
begin
    raise exception 'the master key is retired' using errcode = 'HS005';
end
$$;
-- +goose StatementEnd
create trigger refuse_retired before insert or update of master_id on vault_keys
    for each row when (master_retired(new.master_id)) execute function refuse_retired();
create trigger refuse_retired before insert or update of data_key_master on patients
    for each row when (master_retired(new.data_key_master)) execute function refuse_retired();

-- +goose Down
drop trigger refuse_retired on patients;
drop trigger refuse_retired on vault_keys;
drop function refuse_retired();
drop function master_retired(text);
drop table key_holders, master_keys;
