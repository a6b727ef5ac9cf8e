// Package demo makes a fictional clinic with some weeks of life, so that whoever
// starts the program for the first time sees it at work. It walks the same
// services as everybody, with a clock that it moves; no message leaves.
package demo

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/clinic"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/mx"
)

// How the demonstration clinic is entered. Both are printed at the start and
// exist only in a database that the program made for itself outside production.
const (
	Email    = "sofia.nunez@jacarandas.example"
	Password = "jacaranda morada 2026"
)

// openedDaysAgo is when the clinic began: long enough ago for five hundred notes
// of one patient.
const openedDaysAgo = 1300

// Exists tells whether the database has a demonstration clinic, and whether it
// has any clinic at all.
func Exists(ctx context.Context, d *db.DB) (demo, clinics bool, err error) {
	err = d.Read(actor.System(ctx, actor.Platform, "demo"), func(q *db.Reader) error {
		q.One([]any{&demo, &clinics}, `select coalesce(bool_or(demo), false), count(*) > 0 from clinics where id <> $1`, actor.Platform)
		return nil
	})
	return demo, clinics, err
}

// Seed makes the clinic in the database of a configuration, as of now.
func Seed(ctx context.Context, cfg *config.Config, now time.Time, log *slog.Logger) error {
	c := clock.NewFake(now)
	a, err := app.BuildStory(ctx, cfg, c, log)
	if err != nil {
		return err
	}
	defer a.Close()
	s := &seeder{app: a, clock: c, now: now}
	all, err := people()
	if err != nil {
		return err
	}
	if s.told, err = readLives(); err != nil {
		return err
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	if err := s.hire(ctx); err != nil {
		return err
	}
	if err := s.tell(s.plan(all)); err != nil {
		return err
	}
	return s.await()
}

type seeder struct {
	app   *app.App
	clock *clock.Fake
	now   time.Time
	told  library
	ctx   context.Context //nolint:containedctx // the doctor who does everything
}

// open registers the doctor and completes her clinic.
func (s *seeder) open(ctx context.Context) error {
	s.clock.Set(s.now.AddDate(0, 0, -openedDaysAgo))
	entry, err := s.app.Accounts.Register(ctx, account.Registration{
		Person: account.Person{
			FullName: "Sofía Núñez Alcaraz", Email: Email, Phone: "5555550100", Profession: "medico_cirujano",
			LicenseNumber: "00123456", TitleInstitution: "Universidad Nacional Autónoma de México", Specialty: "Medicina interna",
		},
		Password: Password, ClinicName: "Clínica Jacarandas", AcceptTerms: true, Demo: true,
	}, "demo")
	if err != nil {
		return err
	}
	who, err := s.app.Sessions.Authenticate(ctx, entry.Ticket.Token)
	if err != nil {
		return err
	}
	s.ctx = actor.WithOrigin(actor.With(ctx, who), actor.Origin{RequestID: uuid.NewString(), Address: "127.0.0.1"})
	return s.complete()
}

func (s *seeder) complete() error {
	address := mx.Address{
		Street: "Avenida de las Jacarandas", ExteriorNumber: "120", InteriorNumber: "3", Neighborhood: "Centro",
		Municipality: "Puebla", State: "21", PostalCode: "72000", Country: "MEX",
	}
	_, err := s.app.Clinics.Update(s.ctx, 1, func() (clinic.Update, error) {
		return clinic.Update{
			LegalName: "Clínica Jacarandas, S.C.", TradeName: "Clínica Jacarandas", Address: address,
			PrivacyContact: clinic.Contact{Name: "Carmen Arrieta Solano", Email: "privacidad@jacarandas.example", Phone: "5555550199"},
		}, nil
	})
	if err == nil {
		_, err = s.app.Clinics.CreateOffice(s.ctx, clinic.OfficeData{
			Name: "Consultorio Centro", Address: address, TimeZone: "America/Mexico_City", Phone: "5555550198",
		})
	}
	return err
}

// question tells the story of a patient's consent.
func (s *seeder) question(ctx context.Context, patient uuid.UUID, p person) error {
	if p.consent == "none" {
		return nil
	}
	if err := s.ask(ctx, patient, p); err != nil {
		return err
	}
	if p.consent == "asked_twice" {
		s.pass(20 * time.Hour)
		return s.ask(ctx, patient, p)
	}
	return nil
}

func (s *seeder) pass(d time.Duration) {
	if next := s.clock.Now().Add(d); next.Before(s.now) {
		s.clock.Set(next)
	}
}

func (s *seeder) drain(ctx context.Context) error {
	_, err := s.app.Queue.Drain(ctx, s.clock.Now())
	return err
}

// ask sends the question and lets the phone answer as far as the story goes.
func (s *seeder) ask(ctx context.Context, patient uuid.UUID, p person) error {
	// The approved message names the purposes of care only.
	purposes := []consent.Purpose{"care"}
	if _, err := s.app.Consents.Request(ctx, consent.Asking{PatientID: patient, Channel: consent.WhatsApp, Purposes: purposes}); err != nil {
		return err
	}
	s.pass(2 * time.Second)
	if err := s.drain(ctx); err != nil {
		return err
	}
	sent := s.app.Simulator.Messages()
	if len(sent) == 0 {
		return fmt.Errorf("the question was not sent")
	}
	return s.answer(ctx, patient, sent[len(sent)-1].ID, p.consent)
}
