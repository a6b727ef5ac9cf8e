-- +goose Up
-- How the installation stands with WhatsApp. Both tables belong to the platform:
-- one number serves every clinic.

-- whatsapp_templates are where templates stand at Meta, by webhook or because
-- the program asked. Without a row nobody knows yet, and a message is tried.
create table whatsapp_templates (
    clinic_id uuid        not null references clinics (id),
    id        uuid        not null,
    sender    text        not null check (sender in ('platform', 'simulator')),
    name      text        not null check (name ~ '^[a-z0-9_]{1,200}$'),
    language  text        not null check (language ~ '^[a-zA-Z_]{2,10}$'),
    status    text        not null check (status ~ '^[A-Z_]{1,40}$'),
    category  text        not null default '' check (category ~ '^[A-Z_]{0,40}$'),
    reason    text        not null default '' check (reason ~ '^[A-Z_]{0,60}$'),
    -- whether the text at Meta is the one that is kept as what a person saw
    faithful  boolean     not null default true,
    heard_at  timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, sender, name, language)
);
select build_wall('whatsapp_templates');

-- whatsapp_reports are the newest look at each number. What Meta said is sealed:
-- the name of a number is often that of a doctor.
create table whatsapp_reports (
    clinic_id uuid        not null references clinics (id),
    id        uuid        not null,
    sender    text        not null check (sender in ('platform', 'simulator')),
    asked_at  timestamptz not null, -- by a person, who waits a while before she asks again
    at        timestamptz,          -- of what is sealed
    sealed    text        check (sealed like 'gAAAA%'),
    primary key (clinic_id, id),
    unique (clinic_id, sender),
    check ((at is null) = (sealed is null))
);
alter table whatsapp_reports alter column sealed set storage external;
select build_wall('whatsapp_reports');

-- +goose Down
drop table whatsapp_reports, whatsapp_templates;
