-- +goose Up
-- Wrong PINs of a person, over all her sessions: guesses that are spread over
-- several of them are as many as guesses at one. failures counts since her last
-- good proof, in the row of the PIN, so that tries at one moment take turns.
alter table user_pins add column failures integer not null default 0 check (failures >= 0);

-- +goose StatementBegin
do $$
begin
    execute format('grant update (failures) on user_pins to %I', app_role());
end
$$;
-- +goose StatementEnd

-- +goose Down
alter table user_pins drop column failures;
