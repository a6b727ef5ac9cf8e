package session

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/guard"
	"historias/internal/vault"
)

// MaxPINFailures is how many wrong PINs in a row end a session. As many over all
// sessions of a person make her PIN good for nothing until she proves otherwise
// that it is she.
const MaxPINFailures = 5

// usablePIN is whether the person of a session s has a PIN that is good for
// something; 5 is MaxPINFailures.
const usablePIN = `exists (select from user_pins p where p.user_id = s.user_id and p.failures < 5)`

const (
	shortestPIN = 4
	longestPIN  = 8
)

// SetPIN keeps the PIN with which whoever asks uncovers her sessions. 400 for one
// that is not 4 to 8 digits or that anybody would try first.
func (s *Service) SetPIN(ctx context.Context, pin string) error {
	if code, message := pinFault(pin); code != "" {
		return errs.Invalid(errs.Field{Field: "pin", Code: code, Message: message})
	}
	who := actor.Must(ctx)
	mac, err := s.pinMAC(ctx, who.UserID, pin)
	if err != nil {
		return err
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`insert into user_pins (user_id, mac, set_at) values ($1, $2, $3)
			on conflict (user_id) do update set mac = excluded.mac, set_at = excluded.set_at, failures = 0`, who.UserID, mac, s.clock.Now())
		return s.trail.Record(ctx, audit.Event{Action: audit.PINSet, SubjectType: "user", SubjectID: who.UserID})
	})
}

// RemovePIN forgets it; her password uncovers her sessions from then on.
func (s *Service) RemovePIN(ctx context.Context) error {
	who := actor.Must(ctx)
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		n, err := t.Affected(`delete from user_pins where user_id = $1`, who.UserID)
		if err != nil || n == 0 {
			return err
		}
		return s.trail.Record(ctx, audit.Event{Action: audit.PINRemoved, SubjectType: "user", SubjectID: who.UserID})
	})
}

// pinFault says what is wrong with a new PIN, empty when nothing is.
func pinFault(pin string) (code, message string) {
	switch {
	case len(pin) < shortestPIN || len(pin) > longestPIN || strings.Trim(pin, "0123456789") != "":
		return "format", "Use de 4 a 8 cifras."
	case trivialPIN(pin):
		return "trivial", "Ese PIN es muy fácil de adivinar. Elija cifras que no se repitan ni vayan en orden, y que no sean un año."
	}
	return "", ""
}

// trivialPIN tells what is tried first: repetitions (1111, 1212), runs (1234,
// 9876), years, and keys in a line (2580).
func trivialPIN(pin string) bool {
	return repeats(pin) || runs(pin) || year(pin) || slices.Contains([]string{"2580", "0852", "1357", "2468", "0007"}, pin)
}

func repeats(pin string) bool {
	for n := 1; n <= len(pin)/2; n++ {
		if len(pin)%n == 0 && strings.Repeat(pin[:n], len(pin)/n) == pin {
			return true
		}
	}
	return false
}

func runs(pin string) bool {
	return strings.Contains("01234567890", pin) || strings.Contains("09876543210", pin)
}

func year(pin string) bool { return len(pin) == 4 && (pin[:2] == "19" || pin[:2] == "20") }

func (s *Service) pinMAC(ctx context.Context, user uuid.UUID, pin string) ([]byte, error) {
	key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	if err != nil {
		return nil, err
	}
	return key.MAC("session.pin", user.String()+pin), nil
}

// seatOfPIN is the session that a PIN is tried on.
type seatOfPIN struct{ clinic, session, user uuid.UUID }

// tryPIN judges a PIN. Wrong ones count as failures of the account: 429
// auth.too_many_failures. 422 auth.wrong_pin, auth.no_pin; the fifth wrong one in
// a row ends the session, 401 auth.signed_out. From the fifth one over all sessions
// of the person her PIN is not judged any more, 422 auth.pin_spent.
//
// The try is counted before it is judged, so that of many guesses at the same
// moment, in however many sessions, no more than five are answered.
func (s *Service) tryPIN(ctx context.Context, at seatOfPIN, pin string) error {
	ctx = db.Apart(ctx)
	try, err := s.guard.Person(ctx, at.user)
	if err == nil {
		err = s.guard.May(ctx, &try)
	}
	if err != nil {
		return err
	}
	taken, err := s.takeTry(ctx, at)
	if err == nil {
		err = taken.refusal()
	}
	if err != nil {
		return err
	}
	mac, err := s.pinMAC(ctx, at.user, pin)
	if err != nil {
		return err
	}
	if vault.Equal(mac, taken.mac) {
		return s.db.WithTx(actor.System(ctx, at.clinic, "session"), func(_ context.Context, t *db.Tx) error {
			queueGoodProof(t, at.user)
			return nil
		})
	}
	return s.wrongPIN(ctx, at, try, taken.last())
}

// takenTry is a try that was counted: what its PIN is compared with, nil for
// somebody without one, and how many it makes in a row, in its session and of its person.
type takenTry struct {
	mac             []byte
	session, person int
}

func (t takenTry) refusal() error {
	switch {
	case t.mac == nil:
		return errs.Rule("auth.no_pin", "Aún no tiene PIN. Desbloquee con su contraseña.",
			errs.Field{Field: "pin", Code: "not_set", Message: "Use su contraseña."})
	case t.session == 0, t.session > MaxPINFailures: // it ended meanwhile
		return errs.Unauthorized("auth.signed_out")
	case t.person > MaxPINFailures:
		return errs.Rule("auth.pin_spent", "Hubo cinco intentos con un PIN equivocado. Por su seguridad, use su contraseña; después su PIN volverá a servir.",
			errs.Field{Field: "pin", Code: "spent", Message: "Use su contraseña."})
	}
	return nil
}

// last tells whether a wrong PIN is the last one that is borne.
func (t takenTry) last() bool { return max(t.session, t.person) >= MaxPINFailures }

// takeTry counts a try. Those of one person take turns in the row of her PIN.
func (s *Service) takeTry(ctx context.Context, at seatOfPIN) (taken takenTry, err error) {
	err = s.db.WithTx(actor.System(ctx, at.clinic, "session"), func(_ context.Context, t *db.Tx) error {
		err := t.All(func(r db.Row) error { return r.Scan(&taken.mac, &taken.person) },
			`update user_pins set failures = failures + 1 where user_id = $1 returning mac, failures`, at.user)
		if err != nil || taken.mac == nil {
			return err
		}
		return t.All(func(r db.Row) error { return r.Scan(&taken.session) }, `update sessions set pin_failures = pin_failures + 1
			where clinic_id = $1 and id = $2 and revoked_at is null returning pin_failures`, at.clinic, at.session)
	})
	return taken, err
}

// queueGoodProof queues that a person proved who she is: her PIN is good again.
func queueGoodProof(t *db.Tx, user uuid.UUID) {
	t.Exec(`update user_pins set failures = 0 where user_id = $1 and failures > 0`, user)
}

// wrongPIN counts a failure of the account, and ends the session with the last one.
func (s *Service) wrongPIN(ctx context.Context, at seatOfPIN, try guard.Try, last bool) error {
	err := s.db.WithTx(actor.System(ctx, at.clinic, "session"), func(ctx context.Context, t *db.Tx) error {
		s.guard.QueueFailure(t, try)
		if last {
			t.Exec(`update sessions set revoked_at = $3 where clinic_id = $1 and id = $2 and revoked_at is null`,
				at.clinic, at.session, s.clock.Now())
		}
		who := &actor.Actor{Kind: actor.KindUser, ClinicID: at.clinic, UserID: at.user, SessionID: at.session}
		return s.trail.Record(actor.With(ctx, who), audit.Event{
			Action: audit.PINRefused, SubjectType: "session", SubjectID: at.session, Outcome: audit.Failure,
		})
	})
	switch {
	case err != nil:
		return err
	case last:
		s.forget(at.session)
		return errs.Unauthorized("auth.signed_out")
	}
	return errs.Rule("auth.wrong_pin", "El PIN no es correcto. Después de cinco intentos seguidos la sesión se cierra.",
		errs.Field{Field: "pin", Code: "wrong", Message: "El PIN no es correcto."})
}
