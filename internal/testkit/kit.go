// Package testkit gives tests a whole program on a database of their own, with
// a clock that stands still, and persons and clinics that are valid by default.
package testkit

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/clinic"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/mx"
	"historias/internal/testkit/dbtest"
	"historias/internal/vault"
)

// Noon is where the clock of a kit stands.
var Noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// Password is every fictional person's.
const Password = "jacaranda morada en marzo"

// Kit is a program under test.
type Kit struct {
	*app.App
	Fake     *clock.Fake
	Database *dbtest.Database
}

// New builds the program on its own database.
func New(t testing.TB) *Kit {
	t.Helper()
	return NewWith(t, func(*config.Config) {})
}

// NewWith lets a test change the configuration first.
func NewWith(t testing.TB, change func(*config.Config)) *Kit {
	t.Helper()
	return NewLogged(t, slog.New(slog.NewTextHandler(io.Discard, nil)), change)
}

// NewLogged lets a test read what the program logs as well.
func NewLogged(t testing.TB, log *slog.Logger, change func(*config.Config)) *Kit {
	t.Helper()
	database := dbtest.New(t)
	cfg := &config.Config{
		Environment: "test", DatabaseURL: database.URL, DatabasePooler: "none", DataDir: t.TempDir(),
		MedicalEncryptionKey: vault.NewMaster(), JWTSecretKey: vault.NewToken(32), JWTExpirationHours: 24,
		CookieHTTPOnly: true, CookieSameSite: "lax",
		Meta: config.Meta{AppSecrets: []string{"test-app-secret"}, VerifyToken: "test-verify-token", APIVersion: "v26.0"},
	}
	change(cfg)
	fake := clock.NewFake(Noon)
	a, err := app.Build(t.Context(), cfg, fake, log)
	if err != nil {
		t.Fatalf("build: %v", err)
	}
	t.Cleanup(a.Close)
	return &Kit{App: a, Fake: fake, Database: database}
}

var serial atomic.Int64

// Doctor registers a fictional doctor with a clinic and gives her context: the
// owner of a clinic whose profile is not complete yet.
func (k *Kit) Doctor(t testing.TB) context.Context {
	t.Helper()
	n := serial.Add(1)
	e, err := k.Accounts.Register(t.Context(), Registration(n), "test")
	if err != nil {
		t.Fatalf("register: %v", err)
	}
	who, err := k.Sessions.Authenticate(t.Context(), e.Ticket.Token)
	if err != nil {
		t.Fatalf("authenticate: %v", err)
	}
	ctx := actor.WithOrigin(t.Context(), actor.Origin{RequestID: uuid.NewString(), Address: "192.0.2.41"})
	return actor.With(ctx, who)
}

// Ready is a Doctor whose clinic is complete, with one office.
func (k *Kit) Ready(t testing.TB) context.Context {
	t.Helper()
	ctx := k.Doctor(t)
	_, err := k.Clinics.Update(ctx, 1, func() (clinic.Update, error) {
		return clinic.Update{
			LegalName: "Clínica Jacarandas, S.C.", TradeName: "Clínica Jacarandas", Address: Address(),
			PrivacyContact: clinic.Contact{Name: "Carmen Arrieta", Email: "privacidad@jacarandas.example", Phone: "5555550101"},
		}, nil
	})
	if err == nil {
		_, err = k.Clinics.CreateOffice(ctx, clinic.OfficeData{
			Name: "Consultorio Centro", Address: Address(), TimeZone: "America/Mexico_City", Phone: "5555550102",
		})
	}
	if err != nil {
		t.Fatalf("complete the clinic: %v", err)
	}
	return ctx
}

// Registration is a valid one; n makes its address unique.
func Registration(n int64) account.Registration {
	return account.Registration{
		Person: account.Person{
			FullName: "Sofía Núñez Alcaraz", Email: fmt.Sprintf("sofia.nunez.%d@jacarandas.example", n),
			Profession: "medico_cirujano", LicenseNumber: "00123456", Phone: "5555550100",
			TitleInstitution: "Universidad Nacional Autónoma de México",
		},
		Password: Password, ClinicName: "Clínica Jacarandas", AcceptTerms: true,
	}
}

// Address is a fictional address in Puebla.
func Address() mx.Address {
	return mx.Address{
		Street: "Calle Ficticia", ExteriorNumber: "48", Neighborhood: "Centro", Municipality: "Puebla",
		State: "21", PostalCode: "72000", Country: "MEX",
	}
}
