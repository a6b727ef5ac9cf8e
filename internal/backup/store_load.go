package backup

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"historias/internal/db"
)

// mustBeEmpty refuses a database that holds anything of ours or of others.
func (s *source) mustBeEmpty(ctx context.Context) error {
	var full bool
	err := s.QueryRow(ctx, `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
		or exists (select from pg_namespace where nspname = 'river')`).Scan(&full)
	if err == nil && full {
		return fault("not_empty", "La base de datos no está vacía. Un respaldo sólo se restaura en una base vacía: cree otra (createdb) y póngala en DATABASE_URL y MIGRATION_DATABASE_URL; ésta no se tocó.")
	}
	return err
}

// ensureRole makes the walled role that the grants of a dump name, and lets the
// present user assume it.
func (s *source) ensureRole(ctx context.Context, role string) error {
	name := pgx.Identifier{role}.Sanitize()
	var exists, member bool
	err := s.QueryRow(ctx, `select count(*) > 0, coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false)
		from pg_roles where rolname = $1`, role).Scan(&exists, &member)
	if err == nil && !exists {
		_, err = s.Exec(ctx, `create role `+name+` nologin nosuperuser nocreatedb nocreaterole nobypassrls`)
	}
	if err == nil && !member {
		_, err = s.Exec(ctx, `grant `+name+` to current_user`)
	}
	if err != nil {
		return faultOf(err, "no_role", fmt.Sprintf("No se pudo crear el rol %s o pertenecer a él. Como administrador de PostgreSQL: create role %s nologin; grant %s to el usuario que restaura.", role, name, name))
	}
	return nil
}

// mark keeps every program away from the database until Open.
func (s *source) mark(ctx context.Context) error {
	return s.comment(ctx, `'`+db.RestoringMark+`'`)
}

// Open lets programs serve the database again.
func (s *source) Open(ctx context.Context) error { return s.comment(ctx, `null`) }

// comment sets the comment of the database, which only its owner may.
func (s *source) comment(ctx context.Context, text string) error {
	var name string
	if err := s.QueryRow(ctx, `select current_database()`).Scan(&name); err != nil {
		return err
	}
	if _, err := s.Exec(ctx, `comment on database `+pgx.Identifier{name}.Sanitize()+` is `+text); err != nil {
		return faultOf(err, "not_owner", "El usuario que restaura debe ser el dueño de la base de datos: alter database … owner to ese usuario.")
	}
	return nil
}

// adopt makes for the present owner what the dump made for its own: the policy of
// maintenance of every walled table, and the rights on what the queue will make.
func (s *source) adopt(ctx context.Context, role string) error {
	app := pgx.Identifier{role}.Sanitize()
	_, err := s.Exec(ctx, `do $$
declare t regclass;
begin
    for t in select c.oid::regclass from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace loop
        execute format('create policy maintenance on %s to %I using (current_setting(''app.maintenance'', true) = ''on'')
            with check (current_setting(''app.maintenance'', true) = ''on'')', t, current_user);
    end loop;
end
$$;
alter default privileges in schema river grant select, insert, update, delete on tables to `+app+`;
alter default privileges in schema river grant usage, select on sequences to `+app+`;
alter default privileges in schema river grant execute on functions to `+app)
	if err != nil {
		return fmt.Errorf("backup: adopt: %w", err)
	}
	return nil
}

// compare holds the restored database against the manifest.
func (s *source) compare(ctx context.Context, m Manifest) error {
	tables, err := s.counts(ctx)
	if err != nil {
		return err
	}
	heads, err := s.heads(ctx)
	if err != nil {
		return err
	}
	same := slices.EqualFunc(heads, m.Heads, func(a, b Head) bool {
		return a.Clinic == b.Clinic && a.Seq == b.Seq && bytes.Equal(a.Hash, b.Hash)
	})
	if !same || !maps.Equal(tables, m.Tables) {
		return fault("not_same", "Lo restaurado no coincide con el manifiesto: faltan o sobran filas. No lo use; cree otra base vacía y restaure otro respaldo.")
	}
	// Statistics do not travel, and without them plans are guesses.
	_, err = s.Exec(ctx, `analyze`)
	return err
}
