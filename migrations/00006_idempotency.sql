-- +goose Up
-- One row per POST that carried an Idempotency-Key. The key and the body stand
-- as HMACs; the answer is sealed under the clinic's key.
create table idempotency_keys (
    clinic_id  uuid        not null references clinics (id),
    key_hash   bytea       not null, -- over caller, method, path and key
    body_hash  bytea       not null,
    status     integer     not null,
    answer     text        not null check (answer like 'gAAAA%'),
    created_at timestamptz not null,
    primary key (clinic_id, key_hash)
);
create index idempotency_keys_by_age on idempotency_keys (clinic_id, created_at);
select build_wall('idempotency_keys');

-- claim_key makes sure that one request works under a key at a time; the lock
-- ends with the transaction.
-- +goose StatementBegin
create function claim_key(key_hash bytea) returns void language plpgsql volatile as $$
begin
    if not pg_try_advisory_xact_lock(('x' || encode(substr(key_hash, 1, 8), 'hex'))::bit(64)::bigint) then
        raise exception 'the key is in flight' using errcode = 'HS002';
    end if;
end
$$;
-- +goose StatementEnd

-- +goose Down
drop function claim_key(bytea);
drop table idempotency_keys;
