package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/pgembed"
	"historias/internal/vault"
)

// world is a database with one large clinic, and the two servers over it.
type world struct {
	dir      string
	cfg      *config.Config
	postgres *pgembed.Server
	master   int
	token    string
	clinic   string
	ids      []string
	loaded   time.Duration
	server   *part
	floor    *part
	profile  string
	socket   bool
	// profileTime is the length of the round that a profile is taken of.
	profileTime time.Duration
}

const (
	appSecret = "bench-app-secret"
	password  = "jacaranda morada en marzo"
)

func newWorld(ctx context.Context, o options, patients int) (*world, error) {
	dir, err := os.MkdirTemp("", "historias-bench-")
	if err != nil {
		return nil, err
	}
	w := &world{dir: dir, profile: o.profile, profileTime: o.profileTime, socket: o.socket}
	for _, step := range []func(context.Context) error{
		w.startPostgres,
		func(ctx context.Context) error { return w.fill(ctx, patients) },
		w.fillFloor,
		w.startParts,
	} {
		if err := step(ctx); err != nil {
			w.close()
			return nil, err
		}
	}
	return w, nil
}

func (w *world) close() {
	for _, p := range []*part{w.server, w.floor} {
		if p != nil {
			p.stop()
		}
	}
	if w.postgres != nil {
		_ = w.postgres.Stop(context.Background())
	}
	_ = os.RemoveAll(w.dir)
}

// startPostgres runs a durable server: fsync on, as in production.
func (w *world) startPostgres(ctx context.Context) error {
	options := pgembed.Options{DataDir: w.dir, BinDir: os.Getenv("PG_BIN_DIR")}
	var err error
	if !w.socket {
		if options.Port, err = freePort(ctx); err != nil {
			return err
		}
	}
	if w.postgres, err = pgembed.Start(ctx, options); err != nil {
		return err
	}
	address, err := w.databaseURL(ctx, options.Port)
	if err != nil {
		return err
	}
	w.cfg = &config.Config{
		Environment: "test", DataDir: w.dir, DatabaseURL: address, DatabasePooler: "none",
		MedicalEncryptionKey: vault.NewMaster(), JWTSecretKey: vault.NewToken(32), JWTExpirationHours: 24,
		CookieHTTPOnly: true, CookieSameSite: "lax",
		Meta: config.Meta{AppSecrets: []string{appSecret}, VerifyToken: "bench", APIVersion: "v26.0", GraphURL: "https://graph.facebook.com"},
	}
	w.master = postmaster(w.dir)
	return nil
}

// databaseURL is how both sides reach PostgreSQL: as in production over TCP and
// with a password (scram), or over the socket.
func (w *world) databaseURL(ctx context.Context, port int) (string, error) {
	if port == 0 {
		return w.postgres.URL(pgembed.Database), nil
	}
	admin, err := pgx.Connect(ctx, w.postgres.AdminURL(pgembed.Database))
	if err != nil {
		return "", err
	}
	defer func() { _ = admin.Close(ctx) }()
	password := vault.NewToken(16)
	if _, err := admin.Exec(ctx, fmt.Sprintf("alter role %s password '%s'", pgembed.Role, password)); err != nil {
		return "", err
	}
	return fmt.Sprintf("postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable", pgembed.Role, password, port, pgembed.Database), nil
}

// freePort asks the system for a port that nobody uses.
func freePort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

func postmaster(dir string) int {
	files, _ := filepath.Glob(filepath.Join(dir, "pg*", "postmaster.pid"))
	if len(files) == 0 {
		files, _ = filepath.Glob(filepath.Join(dir, "*", "*", "postmaster.pid"))
	}
	for _, f := range files {
		raw, _ := os.ReadFile(f) //nolint:gosec // a file of our own folder
		line, _, _ := strings.Cut(string(raw), "\n")
		if pid, err := strconv.Atoi(line); err == nil {
			return realPID(pid)
		}
	}
	return 0
}

// realPID is the pid as this process sees it; a server in another namespace
// writes its own view.
func realPID(pid int) int {
	if _, err := os.Stat(fmt.Sprintf("/proc/%d", pid)); err == nil {
		return pid
	}
	return 0
}

// fill registers a doctor with a clinic of the wanted size.
func (w *world) fill(ctx context.Context, patients int) error {
	if _, err := schema.Migrate(ctx, w.cfg.DatabaseURL, ""); err != nil {
		return err
	}
	a, err := app.Build(ctx, w.cfg, clock.System(), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	entry, err := a.Accounts.Register(ctx, account.Registration{
		Person: account.Person{
			FullName: "Sofía Núñez Alcaraz", Email: "sofia.nunez@jacarandas.example", Profession: "medico_cirujano",
			LicenseNumber: "00123456", TitleInstitution: "Universidad ficticia", Phone: "5555550100",
		},
		Password: password, ClinicName: "Clínica Jacarandas", AcceptTerms: true,
	}, "bench")
	if err != nil {
		return err
	}
	w.token, w.clinic = entry.Ticket.Token, entry.ClinicID.String()
	start := time.Now()
	if err := a.Patients.Load(actor.System(ctx, entry.ClinicID, "bench"), patients, person); err != nil {
		return err
	}
	w.loaded = time.Since(start)
	return w.pickIDs(ctx)
}

const sampleSize = 5000

// pickIDs reads some patients to ask for, and leaves the planner statistics.
func (w *world) pickIDs(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, w.postgres.AdminURL(pgembed.Database))
	if err != nil {
		return err
	}
	defer pool.Close()
	rows, err := pool.Query(ctx, `select id::text from patients order by md5(id::text) limit $1`, sampleSize)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		w.ids = append(w.ids, id)
	}
	_, err = pool.Exec(ctx, `vacuum analyze`)
	return err
}

func (w *world) startParts(ctx context.Context) (err error) {
	if w.server, err = startPart(ctx, "server", "DATABASE_URL="+w.cfg.DatabaseURL, "DATA_DIR="+w.dir, "ENVIRONMENT=test",
		"MEDICAL_ENCRYPTION_KEY="+w.cfg.MedicalEncryptionKey, "JWT_SECRET_KEY="+w.cfg.JWTSecretKey,
		"META_WHATSAPP_APP_SECRET="+appSecret, "RATE_LIMIT_ENABLED=false"); err != nil {
		return err
	}
	w.floor, err = startPart(ctx, "floor", "DATABASE_URL="+w.cfg.DatabaseURL)
	return err
}

// round drives one side and takes the processor time of both processes.
func (w *world) round(ctx context.Context, p *part, request func(i int) []byte, conns int, length time.Duration) (round, error) {
	if err := settle(ctx); err != nil {
		return round{}, err
	}
	server, postgres := processorTime(p.cmd.Process.Pid), postgresTime(w.master)
	r, err := drive(ctx, p.address, request, conns, length)
	r.server = processorTime(p.cmd.Process.Pid) - server
	r.postgres = postgresTime(w.master) - postgres
	if err == nil && r.failures > r.requests/100 {
		err = fmt.Errorf("%d of %d requests failed", r.failures, r.requests)
	}
	return r, err
}

const settleTime = 50 * time.Millisecond

func settle(ctx context.Context) error {
	select {
	case <-time.After(settleTime):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// profileServer runs one more round of a scenario, which counts for nothing, and
// keeps the processor profile of it.
func (w *world) profileServer(ctx context.Context, s scenario, conns int) error {
	if w.profile == "" {
		return nil
	}
	if err := os.MkdirAll(w.profile, 0o750); err != nil {
		return err
	}
	if _, err := ask(w.server.address + profileStart); err != nil {
		return err
	}
	if _, err := w.round(ctx, w.server, s.ours(w), conns, w.profileTime); err != nil {
		return err
	}
	raw, err := ask(w.server.address + profileStop)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d.pprof", strings.ReplaceAll(s.name, " ", "-"), conns)
	return os.WriteFile(filepath.Join(w.profile, name), raw, 0o600)
}

func ask(address string) ([]byte, error) {
	res, err := http.Get("http://" + address) //nolint:noctx // a local process of ours
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	return io.ReadAll(res.Body)
}
