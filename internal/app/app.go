// Package app is the composition root: it builds every service once and joins
// the features that need each other. It knows no HTTP.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"historias/internal/account"
	"historias/internal/audit"
	"historias/internal/catalog"
	"historias/internal/chart"
	"historias/internal/clinic"
	"historias/internal/clock"
	"historias/internal/conditions"
	"historias/internal/config"
	"historias/internal/connection"
	"historias/internal/consent"
	"historias/internal/consultation"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/factor"
	"historias/internal/idempotency"
	"historias/internal/jobs"
	"historias/internal/live"
	"historias/internal/mail"
	"historias/internal/messaging"
	"historias/internal/notice"
	"historias/internal/patient"
	"historias/internal/pdf"
	"historias/internal/prescription"
	"historias/internal/session"
	"historias/internal/signature"
	"historias/internal/staff"
	"historias/internal/vault"
	"historias/internal/vitals"
)

// App is every service of the program.
type App struct {
	Config   *config.Config
	Log      *slog.Logger
	Clock    clock.Clock
	DB       *db.DB
	Vault    *vault.Vault
	Trail    *audit.Trail
	Sessions *session.Service
	Accounts *account.Service
	// Factors are the second factors of people.
	Factors    *factor.Service
	Clinics    *clinic.Service
	Patients   *patient.Service
	Charts     *chart.Service
	Catalogs   *catalog.Service
	Vitals     *vitals.Service
	Conditions *conditions.Service
	Keys       *idempotency.Service
	Queue      *jobs.Queue
	// Mail takes letters; see mail.Outbox.
	Mail     *mail.Outbox
	Live     *live.Hub
	Notices  *notice.Service
	Consents *consent.Service
	// Documents keeps the signed papers and verifies their codes.
	Documents *document.Service
	// Press draws them, one at a time for each processor.
	Press         *pdf.Press
	Signatures    *signature.Signer
	Consultations *consultation.Service
	Prescriptions *prescription.Service
	Messages      *messaging.Service
	// Connection is how the program stands with Meta.
	Connection *connection.Service
	// Staff is who works in a clinic.
	Staff *staff.Service
	// Simulator plays Meta outside production; nil in production.
	Simulator *Simulator
	// story marks an application that tells a story of the past.
	story bool
	// Report hears of what went wrong in the background; it may be nil.
	Report func(ctx context.Context, err error)
}

// Build connects to the database of the configuration and makes the services.
// vault.ErrWrongMaster and db.ErrNotMigrated must stop the start.
func Build(ctx context.Context, c *config.Config, ck clock.Clock, log *slog.Logger) (*App, error) {
	return buildApp(ctx, c, &App{Config: c, Log: log, Clock: ck})
}

// BuildStory makes the services for telling a story of the past: they live by a
// clock that is moved, and their messages leave for phones that answer only
// when they are told to.
func BuildStory(ctx context.Context, c *config.Config, ck *clock.Fake, log *slog.Logger) (*App, error) {
	return buildApp(ctx, c, &App{Config: c, Log: log, Clock: ck, story: true})
}

func buildApp(ctx context.Context, c *config.Config, a *App) (*App, error) {
	d, err := db.Open(ctx, db.Options{
		URL: c.DatabaseURL, TransactionPooler: c.DatabasePooler == "transaction", MaxConns: c.DatabaseMaxConns,
	})
	if err != nil {
		return nil, err
	}
	a.DB = d
	if err := a.build(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) build(ctx context.Context) error {
	ring, err := vault.ParseKeys(a.Config.MedicalEncryptionKey)
	if err != nil {
		return err
	}
	a.Vault = vault.New(ring, a.DB, a.Clock)
	if err := a.Vault.Prepare(ctx); err != nil {
		return err
	}
	a.Trail, err = audit.New(ctx, a.DB, a.Vault, a.Clock,
		audit.WithCheckpoints(a.Config.Checkpoints()), audit.WithLog(a.Log))
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	life := time.Duration(a.Config.JWTExpirationHours) * time.Hour
	a.Sessions = session.New(session.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Herald: heraldForSessions{a},
		Secrets: a.Config.JWTSecrets(), Life: life,
	})
	a.Clinics = clinic.New(a.DB, a.Vault, a.Trail, a.Clock, noticesForClinics{a})
	if err := a.buildMail(); err != nil {
		return err
	}
	if err := a.buildFactors(); err != nil {
		return err
	}
	a.Accounts = account.New(account.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue, Letters: a.Mail,
		Clinics: clinicsForAccounts{a}, Sessions: sessionsForAccounts{a}, Factors: factorsForAccounts{a},
		Step: factorsForAccounts{a}, Passkeys: factorsForAccounts{a},
	})
	a.Keys = idempotency.New(a.DB, a.Vault, a.Clock)
	a.Catalogs = catalog.New(a.DB)
	a.Live = live.New(live.Options{DB: a.DB, ListenURL: a.listenURL(), Log: a.Log})
	a.Patients, err = patient.New(patient.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Live: a.Live, Zones: zonesForPatients{a},
	})
	if err != nil {
		return err
	}
	a.Press = pdf.NewPress(runtime.GOMAXPROCS(0))
	a.Signatures = signature.New(a.Vault)
	a.buildDocuments()
	return a.buildCircle()
}

// Close ends what runs, the trail before the database.
func (a *App) Close() {
	if a.Simulator != nil {
		a.Simulator.Close()
	}
	if a.Live != nil {
		a.Live.Close()
	}
	if a.Patients != nil {
		a.Patients.Close()
	}
	if a.Trail != nil {
		a.Trail.Close()
	}
	a.DB.Close()
}

// Start begins what runs beside the requests: sealing, and, when work is set,
// the jobs. The returned function stops it all and waits.
func (a *App) Start(ctx context.Context, work bool) (stop func(), err error) {
	if work {
		if err := a.Queue.Start(ctx); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { _ = a.Trail.Run(ctx) })
	holder := a.Vault.Announce(ctx)
	running.Go(func() { holder.Run(ctx) })
	return func() {
		if err := a.Queue.Stop(context.WithoutCancel(ctx)); err != nil {
			a.Log.Error("jobs", "cause", err.Error())
		}
		cancel()
		running.Wait()
	}, nil
}
