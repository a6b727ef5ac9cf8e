package backup

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"
)

const scratchPrefix = "historias_drill_"

// scratch makes an empty database on the same server and gives its address. drop
// removes it.
func (s *Service) scratch(ctx context.Context) (address string, drop func() error, err error) {
	db, err := connect(ctx, s.o.DatabaseURL)
	if err != nil {
		return "", nil, err
	}
	defer db.end(ctx)
	name := scratchPrefix + strings.ToLower(s.o.Clock.Now().UTC().Format(nameTime))
	db.dropOld(ctx)
	if _, err := db.Exec(ctx, `create database `+pgx.Identifier{name}.Sanitize()+` template template0`); err != nil {
		return "", nil, faultOf(err, "no_scratch", "No se pudo crear la base del ensayo. Dé permiso al usuario de la base (alter role … createdb) "+
			"o cree una vacía y póngala en BACKUP_DRILL_DATABASE_URL.")
	}
	u, err := url.Parse(s.o.DatabaseURL)
	if err != nil {
		return "", nil, fmt.Errorf("backup: scratch: %w", err)
	}
	u.Path = "/" + name
	return u.String(), func() error { return s.dropScratch(context.WithoutCancel(ctx), name) }, nil
}

func (s *Service) dropScratch(ctx context.Context, name string) error {
	db, err := connect(ctx, s.o.DatabaseURL)
	if err != nil {
		return err
	}
	defer db.end(ctx)
	_, err = db.Exec(ctx, `drop database `+pgx.Identifier{name}.Sanitize()+` with (force)`)
	return err
}

// dropOld removes what drills that were killed left behind; what belongs to
// somebody else, or is in use, stays.
func (s *source) dropOld(ctx context.Context) {
	rows, err := s.Query(ctx, `select datname from pg_database d where starts_with(datname, $1)
		and not exists (select from pg_stat_activity a where a.datname = d.datname)`, scratchPrefix)
	if err != nil {
		return
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return
	}
	for _, name := range names {
		_, _ = s.Exec(ctx, `drop database if exists `+pgx.Identifier{name}.Sanitize())
	}
}

// clear makes a database empty again that was empty before a drill.
func (s *Service) clear(ctx context.Context, address string) error {
	db, err := connect(ctx, address)
	if err != nil {
		return err
	}
	defer db.end(ctx)
	_, err = db.Exec(ctx, `drop schema if exists river cascade; drop schema public cascade; create schema public; grant usage on schema public to public`)
	return errors.Join(err, db.Open(ctx))
}
