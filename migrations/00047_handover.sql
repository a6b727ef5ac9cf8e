-- +goose Up
-- Drafts of somebody who no longer writes notes in the clinic pass to somebody who
-- does. What was signed keeps its author; patient and visit never change.

-- may_pass says whether a draft may change its author: from one who is no longer
-- an active owner or doctor of the clinic to one who is.
-- +goose StatementBegin
create function may_pass(clinic uuid, from_user uuid, to_user uuid) returns boolean language sql stable as $$
    select not exists (select from memberships where clinic_id = clinic and user_id = from_user
            and status = 'active' and role in ('owner', 'doctor'))
        and exists (select from memberships where clinic_id = clinic and user_id = to_user
            and status = 'active' and role in ('owner', 'doctor'))
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create or replace function keep_consultation() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'a consultation is never deleted' using errcode = 'HS003';
    end if;
    if old.status <> 'draft' then
        raise exception 'the consultation is closed' using errcode = 'HS003';
    end if;
    if (new.clinic_id, new.id, new.patient_id, new.opened_at)
        is distinct from (old.clinic_id, old.id, old.patient_id, old.opened_at) then
        raise exception 'a consultation keeps its patient' using errcode = 'HS003';
    end if;
    if new.author_id <> old.author_id
        and (new.status <> 'draft' or not may_pass(old.clinic_id, old.author_id, new.author_id)) then
        raise exception 'a consultation keeps its author' using errcode = 'HS003';
    end if;
    return new;
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create or replace function keep_prescription() returns trigger language plpgsql as $$
declare
    free text[] := array['status', 'version', 'updated_at', 'voided_at', 'voided_by', 'void_reason'];
begin
    if tg_op = 'UPDATE' and (new.clinic_id, new.id, new.patient_id, new.consultation_id, new.created_at)
        is not distinct from (old.clinic_id, old.id, old.patient_id, old.consultation_id, old.created_at) then
        if old.status = 'draft' and new.status in ('draft', 'discarded', 'signed') and (new.author_id = old.author_id
            or new.status = 'draft' and may_pass(old.clinic_id, old.author_id, new.author_id)) then
            return new;
        end if;
        if old.status = 'signed' and new.status = 'voided' and to_jsonb(new) - free = to_jsonb(old) - free then
            return new;
        end if;
    end if;
    raise exception 'a prescription that was signed does not change' using errcode = 'HS003';
end
$$;
-- +goose StatementEnd

-- +goose Down
-- The functions go with their tables, in the migrations that made them.
drop function may_pass(uuid, uuid, uuid);
