package clinic

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/page"
	"historias/internal/vault"
)

// Office is a place where the clinic sees patients, with its own time zone.
type Office struct {
	ID       uuid.UUID
	Name     string
	Address  mx.Address
	TimeZone string
	Phone    string
	Version  int64
}

// OfficeData is the editable part of an office.
type OfficeData struct {
	Name     string     `json:"name"`
	Address  mx.Address `json:"address"`
	TimeZone string     `json:"-"`
	Phone    string     `json:"phone,omitempty"`
}

// Clean normalises and lists every fault (400).
func (o OfficeData) Clean() (OfficeData, error) {
	f := &faults{}
	o.Name = f.text("name", o.Name, true)
	o.Address = o.Address.Trim()
	f.address("address", o.Address)
	if o.Phone != "" {
		phone, err := mx.ParsePhone(o.Phone)
		f.mx("phone", err)
		o.Phone = phone.String()
	}
	if o.TimeZone == "" {
		f.add("time_zone", "required", "Elija el huso horario del consultorio.")
	} else if _, err := time.LoadLocation(o.TimeZone); err != nil || o.TimeZone == "Local" {
		f.add("time_zone", "format", "Ese huso horario no existe. Elija uno de la lista, por ejemplo America/Mexico_City.")
	}
	return o, errs.Invalid(f.list...)
}

// CreateOffice adds an office. Faults of the form are 400.
func (s *Service) CreateOffice(ctx context.Context, data OfficeData) (Office, error) {
	data, err := data.Clean()
	if err != nil {
		return Office{}, err
	}
	id, now := vault.NewID(), s.clock.Now()
	token, err := s.sealOffice(ctx, id, data)
	if err != nil {
		return Office{}, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`insert into offices (clinic_id, id, sealed, time_zone, created_at, updated_at)
			values ($1, $2, $3, $4, $5, $5)`, actor.Clinic(ctx), id, token, data.TimeZone, now)
		return s.trail.Record(ctx, audit.Event{Action: audit.OfficeCreated, SubjectType: "office", SubjectID: id})
	})
	return officeOf(id, data, 1), err
}

// UpdateOffice replaces an office's data; 412 when version is not the current
// one, which is judged before the body is read.
func (s *Service) UpdateOffice(ctx context.Context, id uuid.UUID, version int64, body func() (OfficeData, error)) (Office, error) {
	current, err := s.Office(ctx, id)
	if err != nil {
		return Office{}, err
	}
	if current.Version != version {
		return Office{}, errs.Stale("office")
	}
	data, err := body()
	if err != nil {
		return Office{}, err
	}
	if data, err = data.Clean(); err != nil {
		return Office{}, err
	}
	token, err := s.sealOffice(ctx, id, data)
	if err != nil {
		return Office{}, err
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errs.Stale("office"), `update offices set sealed = $3, time_zone = $4, version = version + 1, updated_at = $5
			where clinic_id = $1 and id = $2 and version = $6`, actor.Clinic(ctx), id, token, data.TimeZone, s.clock.Now(), version)
		return s.trail.Record(ctx, audit.Event{Action: audit.OfficeUpdated, SubjectType: "office", SubjectID: id})
	})
	return officeOf(id, data, version+1), err
}

// Office reads one office.
func (s *Service) Office(ctx context.Context, id uuid.UUID) (Office, error) {
	key, err := s.vault.Key(ctx, actor.Clinic(ctx), vault.PurposeData)
	if err != nil {
		return Office{}, err
	}
	var row officeRow
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.One(row.dest(), officeColumns+` where clinic_id = $1 and id = $2`, actor.Clinic(ctx), id)
		return nil
	})
	if err != nil {
		return Office{}, db.Missing(err, "office")
	}
	return row.open(key, actor.Clinic(ctx))
}

// Offices lists the clinic's offices, the oldest first.
func (s *Service) Offices(ctx context.Context, p page.Request) (page.List[Office], error) {
	var after struct{ ID uuid.UUID }
	if err := page.Decode(p.Cursor, &after); err != nil {
		return page.List[Office]{}, err
	}
	key, err := s.vault.Key(ctx, actor.Clinic(ctx), vault.PurposeData)
	if err != nil {
		return page.List[Office]{}, err
	}
	var list []Office
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var row officeRow
			if err := r.Scan(row.dest()...); err != nil {
				return err
			}
			o, err := row.open(key, actor.Clinic(ctx))
			list = append(list, o)
			return err
		}, officeColumns+` where clinic_id = $1 and id > $2 order by id limit $3`, actor.Clinic(ctx), after.ID, p.Size()+1)
		return nil
	})
	return page.Cut(list, p.Size(), func(o Office) any { return struct{ ID uuid.UUID }{o.ID} }), err
}

const officeColumns = `select id, sealed, time_zone, version from offices`

type officeRow struct {
	id      uuid.UUID
	sealed  string
	zone    string
	version int64
}

func (r *officeRow) dest() []any { return []any{&r.id, &r.sealed, &r.zone, &r.version} }

func (r *officeRow) open(key vault.Key, clinic uuid.UUID) (Office, error) {
	data, err := vault.Sealed[OfficeData](r.sealed).Open(key, vault.Place{Clinic: clinic, Purpose: purposeOffice, Row: r.id})
	data.TimeZone = r.zone
	return officeOf(r.id, data, r.version), err
}

func officeOf(id uuid.UUID, d OfficeData, version int64) Office {
	return Office{ID: id, Name: d.Name, Address: d.Address, TimeZone: d.TimeZone, Phone: d.Phone, Version: version}
}

func (s *Service) sealOffice(ctx context.Context, id uuid.UUID, data OfficeData) (string, error) {
	clinic := actor.Clinic(ctx)
	key, err := s.vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return "", err
	}
	token, err := vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeOffice, Row: id}, data)
	return string(token), err
}

// Zone gives the time zone of the clinic's first office, nil while it has none.
func (s *Service) Zone(ctx context.Context) (*time.Location, error) {
	var name string
	var found bool
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&name}, `select time_zone from offices where clinic_id = $1 and status = 'active'
			order by id limit 1`, actor.Clinic(ctx))
		return nil
	})
	if err != nil || !found {
		return nil, err
	}
	return time.LoadLocation(name)
}
