-- +goose Up
-- The catalogs: what every clinic picks from. They hold nobody's data, so they
-- have no clinic and no wall, and every role may read them. Their rows are
-- loaded from migrations/data after the schema (internal/catalog, Load). A row
-- that a newer version lacks stays with active = false, because records refer
-- to it; nothing here is ever deleted but the words of the search.

create table catalog_versions (
    name      text primary key,
    version   text        not null,
    rows      integer     not null,
    checksum  text        not null, -- SHA-256 of the file, in hex
    loaded_at timestamptz not null default now()
);

-- Absent facts are empty texts. folded is the label in lower case without
-- accents; it orders the answers of a search.

-- diagnoses is CIE-10. bare is the code without its dot; sex (H hombre, M mujer)
-- is there only where the category belongs to one sex by definition.
create table diagnoses (
    code    text    primary key,
    label   text    not null,
    parent  text    not null,
    sex     text    not null check (sex in ('', 'H', 'M')),
    folded  text    collate "C" not null,
    bare    text    collate "C" not null generated always as (replace(code, '.', '')) stored,
    version text    not null,
    active  boolean not null default true
);
create index diagnoses_by_bare on diagnoses (bare);

-- diagnosis_synonyms leads from what people say to a code; one expression may
-- lead to several.
create table diagnosis_synonyms (
    expression text    not null,
    code       text    not null references diagnoses (code),
    folded     text    collate "C" not null,
    version    text    not null,
    active     boolean not null default true,
    primary key (expression, code)
);
create index diagnosis_synonyms_by_code on diagnosis_synonyms (code);

-- medications has one row a product. fraction is that of LGS 226; what is not
-- known is IV, which asks for a prescription.
create table medications (
    id            uuid    primary key,
    generic_name  text    not null,
    form          text    not null,
    concentration text    not null,
    route         text    not null,
    atc           text    not null,
    antibiotic    boolean not null,
    fraction      text    not null check (fraction in ('I', 'II', 'III', 'IV', 'V', 'VI')),
    folded        text    collate "C" not null,
    version       text    not null,
    active        boolean not null default true
);

create table studies (
    code        text    primary key,
    name        text    not null,
    study_group text    not null,
    kind        text    not null check (kind in ('laboratorio', 'gabinete')),
    specimen    text    not null,
    preparation text    not null,
    folded      text    collate "C" not null,
    version     text    not null,
    active      boolean not null default true
);

-- states has the codes of INEGI and, beside them, those of the CURP.
create table states (
    code      text    primary key check (code ~ '^(0[1-9]|[12][0-9]|3[0-2])$'),
    name      text    not null,
    curp_code text    not null unique,
    folded    text    collate "C" not null,
    version   text    not null,
    active    boolean not null default true
);

-- countries has the three-letter codes of ISO 3166-1.
create table countries (
    code    text    primary key check (code ~ '^[A-Z]{3}$'),
    name    text    not null,
    folded  text    collate "C" not null,
    version text    not null,
    active  boolean not null default true
);

create table specialties (
    code       text    primary key,
    name       text    not null,
    profession text    not null,
    folded     text    collate "C" not null,
    version    text    not null,
    active     boolean not null default true
);

-- catalog_words is the index of every search: the words of each row, folded.
-- The beginning of a word is a range of this key, so the collation is bytewise.
create table catalog_words (
    catalog text not null,
    word    text collate "C" not null,
    ref     text not null, -- the key of the row, as text
    primary key (catalog, word, ref)
);

grant select on catalog_versions, diagnoses, diagnosis_synonyms, medications, studies,
    states, countries, specialties, catalog_words to public;

-- +goose Down
drop table catalog_words, specialties, countries, states, studies, medications,
    diagnosis_synonyms, diagnoses, catalog_versions;
