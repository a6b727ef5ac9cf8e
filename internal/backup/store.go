package backup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"historias/internal/vault"
)

// source is a connection as the owner of the database or a superuser, apart from
// the doors of package db: a copy holds every clinic.
type source struct {
	*pgx.Conn
	server int
}

// connect reaches a database as its owner, under the maintenance policy.
func connect(ctx context.Context, address string) (*source, error) {
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, fault("bad_address", "La dirección de la base de datos no se entiende; escríbala como postgresql://usuario:clave@equipo:5432/base.")
	}
	cfg.RuntimeParams["application_name"] = "historias backup"
	cfg.RuntimeParams["timezone"] = "UTC"
	// The transaction of the snapshot is idle while pg_dump reads, for as long as it takes,
	// whatever limits the login has.
	for _, limit := range []string{"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"} {
		cfg.RuntimeParams[limit] = "0"
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, faultOf(err, "no_database", "No se pudo llegar a la base de datos. Revise su dirección y que PostgreSQL esté en marcha.")
	}
	s := &source{Conn: conn}
	err = conn.QueryRow(ctx, `select set_config('app.maintenance', 'on', false) is null,
		current_setting('server_version_num')::int / 10000`).Scan(new(bool), &s.server)
	return s, err
}

func (s *source) end(ctx context.Context) { _ = s.Close(context.WithoutCancel(ctx)) }

// lockName is what two copies at once compete for.
const lockName = "historias.backup"

// lock keeps another copy of the same database away until the connection ends.
func (s *source) lock(ctx context.Context) error {
	var free bool
	err := s.QueryRow(ctx, `select pg_try_advisory_lock(hashtextextended($1, 0))`, lockName).Scan(&free)
	if err == nil && !free {
		return fault("busy", "Ya se está haciendo otro respaldo de esta base. Espere a que termine.")
	}
	return err
}

// begin notes that something begins; the id is for end.
func (s *source) begin(ctx context.Context, kind Kind, archive, place string, at time.Time) (uuid.UUID, error) {
	id := vault.NewID()
	_, err := s.Exec(ctx, `insert into backup_runs (id, kind, archive, started_at, place) values ($1, $2, $3, $4, $5)`,
		id, string(kind), archive, at, place)
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == "42P01" {
		return id, fault("not_migrated", "La base de datos no tiene el esquema de esta versión. Ejecute «historias migrate» y vuelva a intentar.")
	}
	return id, err
}

// finish notes how it ended.
func (s *source) finish(ctx context.Context, id uuid.UUID, at time.Time, bytes int64, failure error) error {
	outcome := Done
	if failure != nil {
		outcome = Failed
	}
	_, err := s.Exec(ctx, `update backup_runs set finished_at = $2, outcome = $3, bytes = $4, detail = $5 where id = $1`,
		id, at, string(outcome), bytes, codeOf(failure))
	return err
}

// snapshot opens the one transaction that counts and dump are taken in, and gives
// its name.
func (s *source) snapshot(ctx context.Context) (string, error) {
	if _, err := s.Exec(ctx, `begin isolation level repeatable read read only`); err != nil {
		return "", err
	}
	var name string
	return name, s.QueryRow(ctx, `select pg_export_snapshot()`).Scan(&name)
}

// describe fills what a manifest says about the database as the transaction sees it.
func (s *source) describe(ctx context.Context, m *Manifest) (err error) {
	m.Server = s.server
	err = s.QueryRow(ctx, `select (select max(version_id) from goose_db_version where is_applied), app_role from schema_info`).Scan(&m.Schema, &m.AppRole)
	if err != nil {
		return err
	}
	if m.Tables, err = s.counts(ctx); err != nil {
		return err
	}
	m.Heads, err = s.heads(ctx)
	return err
}

// counts counts the rows of every table of ours; a partition counts for itself.
func (s *source) counts(ctx context.Context) (map[string]int64, error) {
	rows, err := s.Query(ctx, `select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind = 'r' and n.nspname in ('public', 'river') order by 1, 2`)
	if err != nil {
		return nil, err
	}
	names, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (pgx.Identifier, error) {
		var schema, table string
		err := row.Scan(&schema, &table)
		return pgx.Identifier{schema, table}, err
	})
	if err != nil {
		return nil, err
	}
	out := make(map[string]int64, len(names))
	for _, name := range names {
		var n int64
		if err := s.QueryRow(ctx, `select count(*) from `+name.Sanitize()).Scan(&n); err != nil {
			return nil, fmt.Errorf("backup: count %s: %w", strings.Join(name, "."), err)
		}
		out[strings.Join(name, ".")] = n
	}
	return out, nil
}

// heads are the last seals of every chain.
func (s *source) heads(ctx context.Context) ([]Head, error) {
	rows, err := s.Query(ctx, `select distinct on (clinic_id) clinic_id, seq, hash from audit_seals order by clinic_id, seq desc`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Head, error) {
		var h Head
		err := row.Scan((*[16]byte)(&h.Clinic), &h.Seq, &h.Hash)
		return h, err
	})
}

// erasures are the records that were erased.
func (s *source) erasures(ctx context.Context) ([]Erasure, error) {
	rows, err := s.Query(ctx, `select clinic_id, patient_id, erased_at from erasures order by erased_at, patient_id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Erasure, error) {
		var e Erasure
		err := row.Scan((*[16]byte)(&e.Clinic), (*[16]byte)(&e.Patient), &e.At)
		return e, err
	})
}
