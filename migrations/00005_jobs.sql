-- +goose Up
-- The schema of the job queue; its tables are made by the queue's own
-- migrations right after these. They hold ids only and stand outside the walls.
create schema if not exists river;
-- +goose StatementBegin
do $$
begin
    execute format('grant usage on schema river to %I', app_role());
    execute format('alter default privileges in schema river grant select, insert, update, delete on tables to %I', app_role());
    execute format('alter default privileges in schema river grant usage, select on sequences to %I', app_role());
    execute format('alter default privileges in schema river grant execute on functions to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop schema river cascade;
