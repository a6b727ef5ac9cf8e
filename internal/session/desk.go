package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// DeskPerson is somebody with a live session on a shared computer.
type DeskPerson struct {
	UserID uuid.UUID
	Role   actor.Role
	HasPIN bool
}

const deskSessions = `from sessions s join memberships m on m.clinic_id = s.clinic_id and m.user_id = s.user_id
	where s.clinic_id = $1 and s.device_hash = $2 and s.revoked_at is null and s.expires_at > $3 and s.last_seen > $4
	and m.status = 'active'`

// Desk lists who has a live session of the clinic in the browser of the request,
// whoever asks among them.
func (s *Service) Desk(ctx context.Context) ([]DeskPerson, error) {
	device, now := deviceHash(ctx), s.clock.Now()
	if device == nil {
		return nil, nil
	}
	var all []DeskPerson
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var p DeskPerson
			err := r.Scan(&p.UserID, &p.Role, &p.HasPIN)
			all = append(all, p)
			return err
		}, `select distinct s.user_id, m.role, `+usablePIN+` `+deskSessions,
			actor.Clinic(ctx), device, now, now.Add(-IdleLimit))
		return nil
	})
	return all, err
}

// deskSeat is the session that somebody goes on with.
type deskSeat struct {
	id      uuid.UUID
	expires time.Time
}

// DeskSwitch hands the computer to somebody who has a live session of the clinic
// in its browser and knows her PIN: her session goes on under a new token, and
// that of whoever leaves is covered. 404 desk.not_found for anybody else, and with
// the fifth wrong PIN; see tryPIN for what else can be wrong with it.
func (s *Service) DeskSwitch(ctx context.Context, user uuid.UUID, pin, agent string) (Opened, error) {
	leaves := actor.Must(ctx)
	seat, err := s.deskSeat(ctx, user)
	if err != nil {
		return Opened{}, err
	}
	err = s.tryPIN(ctx, seatOfPIN{clinic: leaves.ClinicID, session: seat.id, user: user}, pin)
	if errs.Is(err, "auth.signed_out") {
		// What ended is the session of whoever was guessed at, not that of who asks.
		err = errs.New(errs.KindNotFound, "desk.not_found",
			"La sesión de esa persona se cerró en este equipo. Puede entrar con su correo y su contraseña.")
	}
	if err != nil {
		return Opened{}, err
	}
	o := Opened{ID: seat.id, ExpiresAt: seat.expires}
	if o.Token, err = s.signer.sign(user, o.ID, s.clock.Now(), o.ExpiresAt); err != nil {
		return Opened{}, errs.Internal("session: sign", err)
	}
	if err := s.handOver(ctx, leaves, user, o, agent); err != nil {
		return Opened{}, err
	}
	return o, nil
}

// handOver lets one go on and covers the session of whoever leaves, both or
// neither.
func (s *Service) handOver(ctx context.Context, leaves *actor.Actor, user uuid.UUID, o Opened, agent string) error {
	err := s.db.WithTx(actor.System(ctx, leaves.ClinicID, "desk"), func(ctx context.Context, t *db.Tx) error {
		if err := s.resume(ctx, t, user, o, agent); err != nil || o.ID == leaves.SessionID {
			return err
		}
		return s.lock(ctx, leaves, "person")
	})
	if err == nil {
		s.forget(o.ID)
		s.forget(leaves.SessionID)
	}
	return err
}

// deskSeat finds the newest live session of a person in the browser of the request.
func (s *Service) deskSeat(ctx context.Context, user uuid.UUID) (deskSeat, error) {
	var seat deskSeat
	var found bool
	device, now := deviceHash(ctx), s.clock.Now()
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&seat.id, &seat.expires}, `select s.id, s.expires_at `+deskSessions+`
			and s.user_id = $5 order by s.id desc limit 1`, actor.Clinic(ctx), device, now, now.Add(-IdleLimit), user)
		return nil
	})
	if err == nil && !found {
		err = errs.NotFound("desk")
	}
	return seat, err
}

// resume puts a session under a new token and uncovers it. A PIN did it, so that
// no proof of the person is fresh afterwards.
func (s *Service) resume(ctx context.Context, t *db.Tx, user uuid.UUID, o Opened, agent string) error {
	clinic, now := actor.Clinic(ctx), s.clock.Now()
	who := &actor.Actor{Kind: actor.KindUser, ClinicID: clinic, UserID: user, SessionID: o.ID}
	t.ExecOne(errs.NotFound("desk"), `update sessions set token_hash = $3, locked_at = null, pin_failures = 0, last_seen = $4,
		address = $5, agent = $6, proved_at = least(proved_at, $7) where clinic_id = $1 and id = $2 and revoked_at is null`, clinic, o.ID,
		vault.TokenHash(o.Token), now, actor.OriginOf(ctx).Address, trimAgent(agent), stale(now))
	return s.trail.Record(actor.With(ctx, who), audit.Event{Action: audit.SessionResumed, SubjectType: "session", SubjectID: o.ID})
}
