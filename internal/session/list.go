package session

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
)

// Seat is one live session of a person as she sees it.
type Seat struct {
	ID, ClinicID                   uuid.UUID
	Device, Address                string
	CreatedAt, LastSeen, ExpiresAt time.Time
	// Current is the session that asks.
	Current bool
}

const selectSeats = `select id, clinic_id, agent, address, created_at, last_seen, expires_at from sessions
	where user_id = $1 and revoked_at is null and expires_at > $2 and last_seen > $3`

// Seats lists the live sessions of whoever asks, over all her clinics, the newest
// first.
func (s *Service) Seats(ctx context.Context, p page.Request) (page.List[Seat], error) {
	last := uuid.Max
	if err := page.Decode(p.Cursor, &last); err != nil {
		return page.List[Seat]{}, err
	}
	who, now := actor.Must(ctx), s.clock.Now()
	var all []Seat
	err := s.db.Read(db.WithPerson(ctx, who.UserID), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			seat, err := seatOf(r, who.SessionID)
			all = append(all, seat)
			return err
		}, selectSeats+` and id < $4 order by id desc limit $5`, who.UserID, now, now.Add(-IdleLimit), last, p.Size()+1)
		return nil
	})
	return page.Cut(all, p.Size(), func(seat Seat) any { return seat.ID }), err
}

func seatOf(r db.Row, current uuid.UUID) (Seat, error) {
	var seat Seat
	var agent string
	err := r.Scan(&seat.ID, &seat.ClinicID, &agent, &seat.Address, &seat.CreatedAt, &seat.LastSeen, &seat.ExpiresAt)
	seat.Device, seat.Current = Device(agent), seat.ID == current
	return seat, err
}

// End ends one session of whoever asks, in any of her clinics, on its next
// request. 404 session.not_found for one that is not hers or has ended.
func (s *Service) End(ctx context.Context, id uuid.UUID) error {
	seats, err := s.seats(ctx)
	if err != nil {
		return err
	}
	for _, seat := range seats {
		if seat.ID == id {
			return s.end(ctx, seat)
		}
	}
	return errs.NotFound("session")
}

// EndOthers ends every session of whoever asks but the one that asks, in all her
// clinics and all of them or none. The clinic of the one that asks keeps the
// events: no transaction writes into the trails of several.
func (s *Service) EndOthers(ctx context.Context) error {
	seats, err := s.seats(ctx)
	if err != nil {
		return err
	}
	who := actor.Must(ctx)
	seats = slices.DeleteFunc(seats, func(seat Seat) bool { return seat.Current })
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`select end_sessions($1, $2, $3)`, who.UserID, who.SessionID, s.clock.Now())
		for _, seat := range seats {
			err := s.trail.Record(ctx, audit.Event{Action: audit.SessionEnded, SubjectType: "session", SubjectID: seat.ID})
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, seat := range seats {
		s.forget(seat.ID)
	}
	return err
}

// seats are all live sessions of whoever asks.
func (s *Service) seats(ctx context.Context) ([]Seat, error) {
	who, now := actor.Must(ctx), s.clock.Now()
	var all []Seat
	err := s.db.Read(db.WithPerson(db.Apart(ctx), who.UserID), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			seat, err := seatOf(r, who.SessionID)
			all = append(all, seat)
			return err
		}, selectSeats, who.UserID, now, now.Add(-IdleLimit))
		return nil
	})
	return all, err
}

// end ends a session of the person inside the wall of its clinic, and records it.
func (s *Service) end(ctx context.Context, seat Seat) error {
	who := *actor.Must(ctx)
	who.ClinicID = seat.ClinicID
	err := s.db.WithTx(actor.System(db.Apart(ctx), seat.ClinicID, "session"), func(ctx context.Context, t *db.Tx) error {
		t.Exec(`update sessions set revoked_at = $3 where clinic_id = $1 and id = $2 and revoked_at is null`,
			seat.ClinicID, seat.ID, s.clock.Now())
		return s.trail.Record(actor.With(ctx, &who), audit.Event{Action: audit.SessionEnded, SubjectType: "session", SubjectID: seat.ID})
	})
	if err == nil {
		s.forget(seat.ID)
	}
	return err
}
