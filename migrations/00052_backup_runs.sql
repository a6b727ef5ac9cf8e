-- +goose Up
-- What was done about backups, so that the program can say how old the newest is.

-- backup_runs is one row for each copy, check, restore and drill. It holds no
-- data of a clinic: times, sizes and codes. The commands write it as the owner;
-- the program reads it. outcome stays «running» where a process was killed.
create table backup_runs (
    id          uuid        primary key,
    kind        text        not null check (kind in ('create', 'verify', 'restore', 'drill')),
    archive     text        not null default '' check (archive ~ '^[A-Za-z0-9_.-]{0,120}$'),
    started_at  timestamptz not null,
    finished_at timestamptz,
    outcome     text        not null default 'running' check (outcome in ('running', 'done', 'failed')),
    bytes       bigint      not null default 0 check (bytes >= 0),
    place       text        not null default '' check (place in ('', 'directory', 's3', 'both')),
    detail      text        not null default '' check (detail ~ '^[a-z_.]{0,60}$'),
    check ((outcome = 'running') = (finished_at is null))
);
create index backup_runs_by_kind on backup_runs (kind, started_at);

-- +goose StatementBegin
do $$
begin
    execute format('grant select on backup_runs to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table backup_runs;
