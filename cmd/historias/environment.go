package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"historias/internal/app"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/obs"
	"historias/internal/pgembed"
	"historias/internal/vault"
	"historias/internal/whatsapp/whatsapptest"
)

// environment is what every command stands on: the configuration, complete, and
// a database that answers.
type environment struct {
	cfg    *config.Config
	log    *slog.Logger
	server *pgembed.Server
	made   []string
}

// prepare reads the environment. Outside production it makes absent keys and,
// without DATABASE_URL, starts a PostgreSQL of our own under DATA_DIR.
func prepare(ctx context.Context) (*environment, error) {
	cfg := config.Load()
	cfg.AdoptDevelopment()
	e := &environment{cfg: cfg, log: obs.NewLog(os.Stderr, logLevel(cfg), cfg.Production())}
	faults := cfg.Faults()
	if given.file != nil {
		faults = slices.Concat(given.file.Faults(), faults)
	}
	if fatal := slices.DeleteFunc(faults, func(f config.Fault) bool { return !f.Fatal }); len(fatal) > 0 {
		return nil, faultf("No se puede empezar:\n%s", lines(fatal))
	}
	if cfg.Production() {
		return e, nil
	}
	if cfg.FrontendURL == "" {
		cfg.FrontendURL = "http://" + net.JoinHostPort(bindAddress(cfg), strconv.Itoa(cfg.Port))
	}
	var err error
	if e.made, err = cfg.DevKeys(vault.NewMaster, func() string { return vault.NewToken(32) }); err != nil {
		return nil, err
	}
	return e, e.ownDatabase(ctx)
}

// logLevel keeps a development terminal quiet unless LOG_LEVEL is given.
func logLevel(cfg *config.Config) string {
	if _, named := os.LookupEnv("LOG_LEVEL"); !named && !cfg.Production() {
		return "WARN"
	}
	return cfg.LogLevel
}

// lines are faults, one a line.
func lines(faults []config.Fault) string {
	var out []string
	for _, f := range faults {
		out = append(out, f.String())
	}
	return strings.Join(out, "\n")
}

func (e *environment) ownDatabase(ctx context.Context) error {
	if e.cfg.DatabaseURL != "" {
		return nil
	}
	server, err := pgembed.Start(ctx, pgembed.Options{DataDir: e.cfg.DataDir, BinDir: e.cfg.PostgresBinDir, Log: e.log})
	if err != nil {
		return fault{err.Error()}
	}
	e.server = server
	e.cfg.DatabaseURL = server.URL(pgembed.Database)
	return nil
}

const (
	stopTime    = 15 * time.Second
	webhookTime = 10 * time.Second
)

func (e *environment) close() {
	if e.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	if err := e.server.Stop(ctx); err != nil {
		e.log.Error("postgres", "cause", err.Error())
	}
}

// migrationURL is where migrations run, and the login that the program uses
// when that is another user.
func (e *environment) migrationURL() (address, login string) {
	if e.cfg.MigrationDatabaseURL == "" {
		return e.cfg.DatabaseURL, ""
	}
	if u, err := url.Parse(e.cfg.DatabaseURL); err == nil && u.User != nil {
		login = u.User.Username()
	}
	return e.cfg.MigrationDatabaseURL, login
}

// build makes the services.
func (e *environment) build(ctx context.Context) (*app.App, error) {
	a, err := app.Build(ctx, e.cfg, clock.System(), e.log)
	return a, e.unlocked(err)
}

// unlocked looks at an error of a start: when the keys do not open the database,
// key files that this start made are taken back, because the lost ones are what
// is needed.
func (e *environment) unlocked(err error) error {
	if errors.Is(err, vault.ErrWrongMaster) {
		for _, path := range e.made {
			_ = os.Remove(path)
		}
	}
	return err
}

// reach tells the simulator where its webhooks go.
func (e *environment) reach(a *app.App, address string) {
	if a.Simulator != nil {
		a.Simulator.Reach(whatsapptest.PostTo("http://"+address+"/api/webhooks/whatsapp", &http.Client{Timeout: webhookTime}))
	}
}
