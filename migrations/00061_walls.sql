-- +goose Up
-- A wall compares with the clinic of the transaction itself instead of a
-- sub-select of it: the sub-select was planned once but set up anew for every
-- statement, which was 7 % of what PostgreSQL does for a chart. As an index
-- condition the setting is read once for each scan.
-- +goose StatementBegin
create or replace function build_wall(target regclass, append_only boolean default false)
    returns void language plpgsql as $$
declare
    inside text := '(clinic_id = nullif(current_setting(''app.clinic_id'', true), '''')::uuid)';
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

-- audit_partition builds the wall of a month in its own words.
-- +goose StatementBegin
create or replace function audit_partition(day date) returns void language plpgsql
    security definer set search_path = pg_catalog, public set timezone = 'UTC' as $$
declare
    first  date := date_trunc('month', day)::date;
    next   date := (first + interval '1 month')::date;
    part   text := 'audit_events_' || to_char(first, 'YYYY_MM');
    inside text := '(clinic_id = nullif(current_setting(''app.clinic_id'', true), '''')::uuid)';
    upkeep text := '(current_setting(''app.maintenance'', true) = ''on'')';
begin
    if day not between date '2000-01-01' and date '2199-12-31' then
        raise exception 'no partition for a day so far away' using errcode = '22008';
    end if;
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('historias.audit_partition'));
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    execute format('create table public.%I (like public.audit_events including defaults including constraints)', part);
    execute format('alter table public.%I enable row level security', part);
    execute format('alter table public.%I force row level security', part);
    execute format('create policy clinic_wall on public.%I using %s with check %s', part, inside, inside);
    execute format('create policy maintenance on public.%I to %I using %s with check %s', part, current_user, upkeep, upkeep);
    -- The parent's row triggers come with the attaching; this one does not.
    execute format('create trigger append_only_all before truncate on public.%I
        for each statement execute function public.refuse_change()', part);
    execute format('alter table public.audit_events attach partition public.%I for values from (%L) to (%L)',
        part, first::timestamptz, next::timestamptz);
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
declare
    inside text := '(clinic_id = nullif(current_setting(''app.clinic_id'', true), '''')::uuid)';
    walled regclass;
begin
    for walled in select polrelid::regclass from pg_policy where polname = 'clinic_wall' loop
        execute format('alter policy clinic_wall on %s using %s with check %s', walled, inside, inside);
    end loop;
end
$$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
create or replace function build_wall(target regclass, append_only boolean default false)
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

-- +goose StatementBegin
create or replace function audit_partition(day date) returns void language plpgsql
    security definer set search_path = pg_catalog, public set timezone = 'UTC' as $$
declare
    first  date := date_trunc('month', day)::date;
    next   date := (first + interval '1 month')::date;
    part   text := 'audit_events_' || to_char(first, 'YYYY_MM');
    inside text := '(clinic_id = (select nullif(current_setting(''app.clinic_id'', true), '''')::uuid))';
    upkeep text := '(current_setting(''app.maintenance'', true) = ''on'')';
begin
    if day not between date '2000-01-01' and date '2199-12-31' then
        raise exception 'no partition for a day so far away' using errcode = '22008';
    end if;
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('historias.audit_partition'));
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    execute format('create table public.%I (like public.audit_events including defaults including constraints)', part);
    execute format('alter table public.%I enable row level security', part);
    execute format('alter table public.%I force row level security', part);
    execute format('create policy clinic_wall on public.%I using %s with check %s', part, inside, inside);
    execute format('create policy maintenance on public.%I to %I using %s with check %s', part, current_user, upkeep, upkeep);
    -- The parent's row triggers come with the attaching; this one does not.
    execute format('create trigger append_only_all before truncate on public.%I
        for each statement execute function public.refuse_change()', part);
    execute format('alter table public.audit_events attach partition public.%I for values from (%L) to (%L)',
        part, first::timestamptz, next::timestamptz);
end
$$;
-- +goose StatementEnd

-- +goose StatementBegin
do $$
declare
    inside text := '(clinic_id = (select nullif(current_setting(''app.clinic_id'', true), '''')::uuid))';
    walled regclass;
begin
    for walled in select polrelid::regclass from pg_policy where polname = 'clinic_wall' loop
        execute format('alter policy clinic_wall on %s using %s with check %s', walled, inside, inside);
    end loop;
end
$$;
-- +goose StatementEnd
