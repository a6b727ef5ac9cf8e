-- +goose Up
-- What a person says about the start of an installation, where no program can
-- see for itself: that the staff was trained, that the notice was read by a
-- lawyer. One row for each time somebody says so; the newest of a box holds.

-- Who says it is a person, so the name stands sealed under the platform's key.
create table go_live_confirmations (
    id     uuid        primary key,
    box    text        not null check (box ~ '^[a-z-]{1,40}$'),
    at     timestamptz not null,
    sealed text        not null check (sealed like 'gAAAA%')
);
create index go_live_confirmations_by_box on go_live_confirmations (box, at);
create trigger append_only before update or delete on go_live_confirmations
    for each row execute function refuse_change();
create trigger append_only_all before truncate on go_live_confirmations
    for each statement execute function refuse_change();

-- +goose StatementBegin
do $$
begin
    execute format('grant select, insert on go_live_confirmations to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
drop table go_live_confirmations;
