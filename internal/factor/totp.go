package factor

import (
	"context"
	"encoding/base32"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/pdf"
	"historias/internal/vault"
)

// The parameters that every authenticator application knows (RFC 6238): SHA-1,
// six digits, steps of 30 seconds.
const (
	stepSeconds = 30
	secretBytes = 20 // RFC 4226, 4: 160 bits
	issuer      = "Historias"
	// skew is how many steps early or late a code may be. RFC 6238, 5.2 allows one
	// for what travels; OWASP ASVS 5.0 would have none, but phones and servers are
	// off by some seconds.
	skew = 1
	// setupLife is how long a secret that was shown waits for its first code.
	setupLife = time.Hour
)

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// Setup is a new secret, shown once.
type Setup struct {
	Secret string // base32
	URL    string // otpauth://, what the QR code says
	QR     string // SVG
}

type sealedSecret struct {
	Secret string `json:"secret"`
}

// SetUp makes a secret for an authenticator. It counts for nothing until Enable
// got a code of it; one that is in use stays good until then.
func (s *Service) SetUp(ctx context.Context) (Setup, error) {
	user := actor.Must(ctx).UserID
	to, err := s.people.Contact(ctx, user)
	if err != nil {
		return Setup{}, err
	}
	made := Setup{Secret: secretText.EncodeToString(vault.RandomBytes(secretBytes))}
	made.URL = otpauth(to.Email, made.Secret)
	if made.QR, err = pdf.QRSVG(made.URL); err != nil {
		return Setup{}, err
	}
	sealed, err := seal(ctx, s, at(purposeSecret, user), sealedSecret{made.Secret})
	if err != nil {
		return Setup{}, err
	}
	return made, s.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`insert into totp_setups (user_id, sealed, created_at) values ($1, $2, $3)
			on conflict (user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at`,
			user, sealed, s.clock.Now())
		return nil
	})
}

// otpauth is the address that authenticators read from a QR code.
func otpauth(account, secret string) string {
	query := url.Values{
		"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"},
	}
	u := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + account, RawQuery: query.Encode()}
	return u.String()
}

// Enable takes the first code of a secret that was set up: from now on a code is
// asked. It gives ten recovery codes, shown once; former ones are good for
// nothing. 422 auth.invalid_code for a wrong code, which is counted;
// 422 auth.totp_setup_missing without a secret, or when an hour has passed.
func (s *Service) Enable(ctx context.Context, code string) ([]string, error) {
	user := actor.Must(ctx).UserID
	try, err := s.guard.Person(ctx, user)
	if err != nil {
		return nil, err
	}
	var first firstCode
	err = s.guard.Judge(ctx, &try, func() (wrong, err error) {
		first, wrong, err = s.judgeFirst(ctx, user, code)
		return wrong, err
	})
	if err != nil {
		return nil, err
	}
	return s.turnOn(ctx, user, first)
}

// firstCode is the first code of a secret, found to be right.
type firstCode struct {
	sealed string
	step   int64
}

func (s *Service) judgeFirst(ctx context.Context, user uuid.UUID, code string) (c firstCode, wrong, err error) {
	secret, sealed, err := s.setupOf(ctx, user)
	if err != nil {
		return c, nil, err
	}
	step, good := matching(secret, code, s.clock.Now(), 0)
	if !good {
		wrong = errInvalidCode()
	}
	return firstCode{sealed, step}, wrong, nil
}

// turnOn makes a secret whose code was right the one that is asked.
func (s *Service) turnOn(ctx context.Context, user uuid.UUID, c firstCode) (codes []string, err error) {
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		hold(t, user)
		// The first of several at the same moment takes the secret; the others find none.
		t.ExecOne(errSetupMissing(), `delete from totp_setups where user_id = $1 and sealed = $2`, user, c.sealed)
		t.Exec(`insert into totp_factors (user_id, sealed, last_step, enabled_at) values ($1, $2, $3, $4)
			on conflict (user_id) do update set sealed = excluded.sealed, last_step = excluded.last_step, enabled_at = excluded.enabled_at`,
			user, c.sealed, c.step, s.clock.Now())
		codes = s.renew(t, user)
		return s.changed(ctx, t, user, audit.TOTPEnabled, mail.TOTPEnabled)
	})
	return codes, err
}

func (s *Service) setupOf(ctx context.Context, user uuid.UUID) (secret, sealed string, err error) {
	var found bool
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.Maybe(&found, []any{&sealed}, `select sealed from totp_setups where user_id = $1 and created_at > $2`,
			user, s.clock.Now().Add(-setupLife))
		return nil
	})
	if err == nil && !found {
		err = errSetupMissing()
	}
	if err != nil {
		return "", "", err
	}
	v, err := open[sealedSecret](ctx, s, at(purposeSecret, user), sealed)
	return v.Secret, sealed, err
}

func errSetupMissing() error {
	return errs.Rule("auth.totp_setup_missing", "Ese código QR ya no sirve. Pida uno nuevo y léalo con su aplicación.")
}

// Disable takes the authenticator away. 422 auth.factor_required where the
// person's role needs a factor and she would have none left; 404 without one.
func (s *Service) Disable(ctx context.Context) error {
	user := actor.Must(ctx).UserID
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		hold(t, user)
		n, err := t.Affected(`delete from totp_factors where user_id = $1`, user)
		if err != nil {
			return err
		}
		if n == 0 {
			return errs.NotFound("totp")
		}
		if err := s.mayGo(ctx, t, user); err != nil {
			return err
		}
		return s.changed(ctx, t, user, audit.TOTPDisabled, mail.TOTPDisabled)
	})
}

// mayGo is asked after a factor was taken away within the transaction: the last
// one stays where one is required, and takes the recovery codes and the remembered
// browsers with it elsewhere.
func (s *Service) mayGo(ctx context.Context, t *db.Tx, user uuid.UUID) error {
	var left bool
	if err := t.One([]any{&left}, `select has_factor from users where id = $1`, user); err != nil || left {
		return err
	}
	required, err := s.required(ctx, user)
	if err != nil {
		return err
	}
	if required {
		return errs.Rule("auth.factor_required",
			"Su función en la clínica necesita verificación en dos pasos. Agregue otra forma antes de quitar ésta.")
	}
	t.Exec(`delete from recovery_codes where user_id = $1`, user)
	t.Exec(`delete from trusted_devices where user_id = $1`, user)
	return nil
}

// checkTOTP takes a code; each step of 30 seconds is good once, and later ones
// only.
func (s *Service) checkTOTP(ctx context.Context, user uuid.UUID, code string) (bool, error) {
	var sealed string
	var last int64
	var found bool
	err := s.db.Read(platform(ctx), func(q *db.Reader) error {
		q.Maybe(&found, []any{&sealed, &last}, `select sealed, last_step from totp_factors where user_id = $1`, user)
		return nil
	})
	if err != nil || !found {
		return false, err
	}
	v, err := open[sealedSecret](ctx, s, at(purposeSecret, user), sealed)
	if err != nil {
		return false, err
	}
	step, good := matching(v.Secret, code, s.clock.Now(), last)
	if !good {
		return false, nil
	}
	var n int64
	err = s.db.WithTx(platform(ctx), func(_ context.Context, t *db.Tx) error {
		n, err = t.Affected(`update totp_factors set last_step = $2 where user_id = $1 and last_step < $2`, user, step)
		return err
	})
	return n == 1, err
}

// matching finds the step whose code this is, among those near now that come
// after the last one used.
func matching(secret, code string, now time.Time, after int64) (step int64, good bool) {
	opts := hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	present := now.Unix() / stepSeconds
	for s := present - skew; s <= present+skew; s++ {
		right, err := hotp.ValidateCustom(code, uint64(s), secret, opts) //nolint:gosec // steps are positive
		if err == nil && right && s > after {
			step, good = s, true
		}
	}
	return step, good
}

// typed cleans what was typed or pasted: spaces and hyphens mean nothing.
func typed(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '–' || r == '—' || unicode.IsSpace(r):
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, code)
}
