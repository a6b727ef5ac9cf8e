package db

import (
	"context"
	"crypto/x509"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Server is what can be known of a database before the program works with it.
type Server struct {
	// Version is the server's, as 150004 for 15.4.
	Version     int
	Name, Login string
	// Superuser and BypassRLS say what the login could do beyond the walls.
	Superuser, BypassRLS bool
	// TLS says that this connection is encrypted.
	TLS bool
	// ReadOnly says that nothing can be written: a standby, or so configured.
	ReadOnly bool
	// Now is the server's clock at the moment of Asked, ours.
	Now, Asked time.Time
	// Applied are the migrations that ran; empty for a database without any.
	Applied []int64
	// Role is the walled role, empty where nothing was migrated; Assumable says
	// that the login may take it, OwnsTables that the tables are the login's.
	Role                  string
	Assumable, OwnsTables bool
	// Zones says that the server knows the time zones of Mexico.
	Zones bool
}

// Reason says why a server cannot be spoken with.
type Reason string

// The reasons.
const (
	ReasonAddress  Reason = "address"  // the address cannot be read
	ReasonAway     Reason = "away"     // nobody answers there
	ReasonPassword Reason = "password" // the user or the password is refused
	ReasonDatabase Reason = "database" // there is no such database
	ReasonTLS      Reason = "tls"      // encryption is asked for and not offered, or its certificate is not trusted
	ReasonFull     Reason = "full"     // no connection is free, or there is no room
	ReasonOther    Reason = "other"
)

// Unreachable is the error of Examine. It repeats nothing of the address.
type Unreachable struct{ Reason Reason }

// Error names the reason.
func (u *Unreachable) Error() string { return "db: unreachable: " + string(u.Reason) }

// Examine asks a server about itself, with one connection and no walls. now is
// our clock. The error is an *Unreachable.
func Examine(ctx context.Context, url string, now func() time.Time) (Server, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return Server{}, &Unreachable{ReasonAddress}
	}
	// A pooler in transaction mode keeps no prepared statement.
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = dialTime
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return Server{}, &Unreachable{reasonOf(err)}
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	s, err := examine(ctx, conn, now)
	if err != nil {
		return s, &Unreachable{reasonOf(err)}
	}
	return s, nil
}

func examine(ctx context.Context, conn *pgx.Conn, now func() time.Time) (Server, error) {
	var s Server
	var migrated, files bool
	before := now()
	err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int, current_database(), session_user::text,
		r.rolsuper, r.rolbypassrls, coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
		pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on', clock_timestamp(),
		to_regclass('public.schema_info') is not null, to_regclass('public.goose_db_version') is not null,
		exists (select from pg_timezone_names where name = 'America/Mexico_City')
		from pg_roles r where r.rolname = session_user`).Scan(&s.Version, &s.Name, &s.Login, &s.Superuser, &s.BypassRLS,
		&s.TLS, &s.ReadOnly, &s.Now, &migrated, &files, &s.Zones)
	if err != nil {
		return s, err
	}
	s.Asked = before.Add(now().Sub(before) / 2)
	if files {
		if s.Applied, err = applied(ctx, conn); err != nil {
			return s, err
		}
	}
	if !migrated {
		return s, nil
	}
	err = conn.QueryRow(ctx, `select app_role, pg_has_role(session_user, app_role, 'member'),
		(select pg_get_userbyid(relowner) = session_user from pg_class where oid = 'public.schema_info'::regclass)
		from schema_info`).Scan(&s.Role, &s.Assumable, &s.OwnsTables)
	return s, err
}

// applied lists the migrations that ran.
func applied(ctx context.Context, conn *pgx.Conn) ([]int64, error) {
	rows, err := conn.Query(ctx, `select version_id from goose_db_version where is_applied and version_id > 0 order by 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// reasonOf reads why a connection was not made or broke.
func reasonOf(err error) Reason {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch {
		case strings.HasPrefix(pg.Code, "28"), pg.Code == "42501":
			return ReasonPassword
		case pg.Code == "3D000":
			return ReasonDatabase
		case strings.HasPrefix(pg.Code, "53"):
			return ReasonFull
		case strings.HasPrefix(pg.Code, "57"), strings.HasPrefix(pg.Code, "08"):
			return ReasonAway
		}
		return ReasonOther
	}
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid) || strings.Contains(strings.ToLower(err.Error()), "tls") {
		return ReasonTLS
	}
	return ReasonAway
}

// CanWrite proves that the database takes writes, by one that changes nothing
// and is committed: a full disk or a standby shows in no other way.
func (d *DB) CanWrite(ctx context.Context) error {
	return d.WithTx(ctx, func(_ context.Context, t *Tx) error {
		t.Exec(`update master_keys set retired_at = retired_at where id = (select min(id) from master_keys)`)
		return nil
	})
}
