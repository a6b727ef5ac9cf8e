package patient

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/live"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB    *db.DB
	Vault *vault.Vault
	Trail *audit.Trail
	Clock clock.Clock
	Live  *live.Hub
	Zones Zones
}

// Service holds the use cases of the register. Each one is split by use case in
// a file of its name.
type Service struct {
	db      *db.DB
	vault   *vault.Vault
	trail   *audit.Trail
	clock   clock.Clock
	live    *live.Hub
	zones   *zoneMemory
	recency *recency
	numbers *numbers
}

// New makes the service and starts the writer of "last seen". Close it when no
// request is left.
func New(d Deps) (*Service, error) {
	home, err := time.LoadLocation(defaultZone)
	if err != nil {
		return nil, errs.Internal("patient: time zones", err)
	}
	return &Service{
		db: d.DB, vault: d.Vault, trail: d.Trail, clock: d.Clock, live: d.Live,
		zones: newZoneMemory(d.Zones, d.Clock, home), recency: startRecency(d.DB), numbers: newNumbers(d.DB),
	}, nil
}

// Close writes what is waiting and stops.
func (s *Service) Close() { s.recency.stop() }

// today is the day it is where the clinic is.
func (s *Service) today(ctx context.Context) (mx.Date, error) {
	zone, err := s.zones.of(ctx)
	if err != nil {
		return mx.Date{}, errs.Internal("patient: zone", err)
	}
	return mx.DateOf(s.clock.Now().In(zone)), nil
}

// index is the key under which the clinic's patients are found.
func (s *Service) index(ctx context.Context) (vault.Key, error) {
	key, err := s.vault.Key(ctx, actor.Clinic(ctx), vault.PurposeIndex)
	return key, errs.Internal("patient: index key", err)
}

// event is an act on one patient.
func event(action audit.Action, id uuid.UUID) audit.Event {
	return audit.Event{Action: action, SubjectType: "patient", SubjectID: id, PatientID: id}
}

// announce tells the open pages of the clinic that a record changed.
func (s *Service) announce(t *db.Tx, clinic, id uuid.UUID) {
	s.live.Publish(t, live.Change{Clinic: clinic, Topic: live.Patient, PatientID: id})
}
