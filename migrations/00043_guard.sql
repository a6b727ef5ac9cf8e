-- +goose Up
-- The browsers in which people have signed in.

-- known_devices says that a person has signed in with a browser, by keyed hash
-- of both: failures there are counted apart from those of strangers.
create table known_devices (
    subject bytea       primary key,
    at      timestamptz not null
);

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert, update, delete on known_devices to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table known_devices;
