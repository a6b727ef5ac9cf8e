package account_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mail"
	"historias/internal/session"
	"historias/internal/testkit"
)

const fresh = "un colibrí sobre la bugambilia"

// house is a program with one doctor.
type house struct {
	*testkit.Kit
	t      testing.TB
	ctx    context.Context // the doctor, signed in
	person account.Person
}

func newHouse(t *testing.T) house {
	t.Helper()
	kit := testkit.NewWith(t, func(c *config.Config) { c.FrontendURL = "https://historias.example" })
	h := house{Kit: kit, t: t, ctx: kit.Doctor(t)}
	var err error
	h.person, err = kit.Accounts.Person(h.ctx, actor.Must(h.ctx).UserID)
	require.NoError(t, err)
	return h
}

// stranger is a request from nowhere in particular.
func (h house) stranger(address string) context.Context {
	return actor.WithOrigin(h.t.Context(), actor.Origin{RequestID: uuid.NewString(), Address: address})
}

func (h house) forgot(email string) {
	h.t.Helper()
	require.NoError(h.t, h.Accounts.Forgot(h.stranger("192.0.2.9"), email))
	h.work()
}

func (h house) work() {
	h.t.Helper()
	_, err := h.Queue.Drain(h.t.Context(), h.Fake.Now())
	require.NoError(h.t, err)
}

// secrets are the links of a kind that a person got, the newest first.
func (h house) secrets(kind mail.Kind) []string {
	h.t.Helper()
	h.work()
	all, err := h.Mail.Latest(h.t.Context())
	require.NoError(h.t, err)
	var out []string
	for _, l := range all {
		if l.Kind != kind {
			continue
		}
		link, err := url.Parse(l.Link)
		require.NoError(h.t, err)
		out = append(out, link.Fragment)
	}
	return out
}

func (h house) login(password string) (account.Entry, error) {
	return h.Accounts.Login(h.stranger("192.0.2.10"), account.Credentials{Email: h.person.Email, Password: password, Agent: "test"})
}

func (h house) open(password string, clinic uuid.UUID) string {
	h.t.Helper()
	e, err := h.Accounts.Login(h.stranger("192.0.2.10"), account.Credentials{
		Email: h.person.Email, Password: password, ClinicID: clinic, Agent: "test",
	})
	require.NoError(h.t, err)
	return e.Ticket.Token
}

func (h house) alive(token string) bool {
	h.t.Helper()
	_, err := h.Sessions.Refresh(h.t.Context(), token, session.Visit{})
	return err == nil
}

func (h house) reset(secret, password string) error {
	return h.Accounts.ResetPassword(h.stranger("192.0.2.11"), secret, password)
}

func code(err error) string {
	if e, ok := errs.As(err); ok {
		return e.Code
	}
	return ""
}

// alsoIn makes the doctor a colleague of another clinic.
func (h house) alsoIn() uuid.UUID {
	h.t.Helper()
	other := actor.Clinic(h.Doctor(h.t))
	h.Database.Exec(h.t, `insert into memberships (clinic_id, id, user_id, role, created_at) values ($1, $2, $3, 'doctor', now())`,
		other, uuid.New(), h.person.ID)
	return other
}

// A link by mail gives its owner a new password, once. All her sessions end, in
// every clinic; she is not signed in by it, her address is proved, and she is
// told.
func TestALinkGivesANewPassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.open(testkit.Password, uuid.Nil), h.open(testkit.Password, h.alsoIn())
	h.forgot(strings.ToUpper(h.person.Email))
	secret := h.secrets(mail.ResetPassword)[0]
	require.NoError(t, h.reset("  "+secret[:10]+"\n"+secret[10:]+" ", fresh))

	require.False(t, h.alive(here))
	require.False(t, h.alive(there))
	_, err := h.login(testkit.Password)
	require.Equal(t, "auth.invalid_credentials", code(err))
	_, err = h.login(fresh)
	require.NoError(t, err)
	person, err := h.Accounts.Person(actor.System(t.Context(), actor.Platform, "test"), h.person.ID)
	require.NoError(t, err)
	require.True(t, person.EmailVerified)
	require.Len(t, h.secrets(mail.PasswordChanged), 1)

	require.Equal(t, "auth.reset_invalid", code(h.reset(secret, "otra frase larga distinta")))
	_, err = h.login(fresh)
	require.NoError(t, err)
}

// Asking does the same whether the address has an account: no error, one request
// kept, no address in it. A letter leaves only for one that has.
func TestAskingTellsNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, email := range []string{"nadie@ninguna.example", "esto no es un correo", strings.Repeat("a", 400), h.person.Email} {
		require.NoError(t, h.Accounts.Forgot(h.stranger("192.0.2.9"), email))
	}
	var kept int
	require.NoError(t, h.DB.Read(actor.System(t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
		q.One([]any{&kept}, `select count(*) from recovery_requests where length(email_hash) = 32`)
		return nil
	}))
	require.Equal(t, 4, kept)
	require.Len(t, h.secrets(mail.ResetPassword), 1)
}

// Only the newest link serves, and for an hour.
func TestOnlyTheNewestLinkServes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	first := h.secrets(mail.ResetPassword)[0]
	h.Fake.Advance(time.Minute)
	h.forgot(h.person.Email)
	second := h.secrets(mail.ResetPassword)[0]
	require.Equal(t, "auth.reset_invalid", code(h.reset(first, fresh)))
	h.Fake.Advance(time.Hour + time.Second)
	require.Equal(t, "auth.reset_invalid", code(h.reset(second, fresh)))
	_, err := h.login(testkit.Password)
	require.NoError(t, err)
}

// A password that will not do leaves the link as it is.
func TestABadPasswordLeavesTheLink(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	secret := h.secrets(mail.ResetPassword)[0]
	for password, want := range map[string]string{
		"corta": "too_short", "sofia nunez alcaraz": "personal", "contraseña123456": "common", strings.Repeat("ab c", 1250): "too_long",
	} {
		e, ok := errs.As(h.reset(secret, password))
		require.True(t, ok)
		require.Equal(t, "request.invalid", e.Code)
		require.Equal(t, "password", e.Fields[0].Field)
		require.Equal(t, want, e.Fields[0].Code)
	}
	require.NoError(t, h.reset(secret, fresh))
}

// Somebody who keeps asking for another's account fills neither her mailbox nor
// takes the link from her that she got.
func TestNobodysMailboxIsFilled(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 8 {
		h.forgot(h.person.Email)
		h.Fake.Advance(time.Minute)
	}
	got := h.secrets(mail.ResetPassword)
	require.Len(t, got, 3)
	require.NoError(t, h.reset(got[0], fresh))

	// The same when they all arrive before the first is looked at.
	other := newHouse(t)
	for range 8 {
		require.NoError(t, other.Accounts.Forgot(other.stranger("192.0.2.9"), other.person.Email))
	}
	require.Len(t, other.secrets(mail.ResetPassword), 3)
}

// From one address people may ask thirty times in a quarter of an hour.
func TestOneAddressMayAskSoOften(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 30 {
		require.NoError(t, h.Accounts.Forgot(h.stranger("198.51.100.1"), uuid.NewString()+"@nadie.example"))
	}
	e, ok := errs.As(h.Accounts.Forgot(h.stranger("198.51.100.1"), h.person.Email))
	require.True(t, ok)
	require.Equal(t, "auth.too_many_failures", e.Code)
	require.Equal(t, 15*time.Minute, e.RetryAfter)
	require.NoError(t, h.Accounts.Forgot(h.stranger("198.51.100.2"), h.person.Email))
	h.Fake.Advance(15 * time.Minute)
	require.NoError(t, h.Accounts.Forgot(h.stranger("198.51.100.1"), h.person.Email))
}

// A job that is done twice writes one letter, and its link serves.
func TestARequestWorkedTwiceWritesOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	h.Database.Exec(t, `update river.river_job set state = 'available', finalized_at = null, attempt = 0 where kind = 'recover_account'`)
	got := h.secrets(mail.ResetPassword)
	require.Len(t, got, 1)
	require.NoError(t, h.reset(got[0], fresh))
}

// Of many who open a link at the same moment one gets the account.
func TestALinkServesOneOfMany(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	secret := h.secrets(mail.ResetPassword)[0]
	var group sync.WaitGroup
	codes := make([]string, 6)
	for i := range codes {
		group.Go(func() {
			codes[i] = "ok"
			if err := h.reset(secret, fresh); err != nil {
				codes[i] = code(err)
			}
		})
	}
	group.Wait()
	won := 0
	for _, c := range codes {
		if c == "ok" {
			won++
			continue
		}
		require.Equal(t, "auth.reset_invalid", c)
	}
	require.Equal(t, 1, won)
}

// Guessing links is counted by address like any other guess.
func TestGuessedLinksAreCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var last error
	for range 101 {
		last = h.reset(uuid.NewString(), fresh)
	}
	require.Equal(t, "auth.too_many_failures", code(last))
}

// Whoever is signed in changes her password by proving the one she has. Her
// other sessions end, this one goes on.
func TestChangingOnesPassword(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	mine := h.open(testkit.Password, uuid.Nil)
	elsewhere := h.open(testkit.Password, h.alsoIn())
	who, err := h.Sessions.Authenticate(t.Context(), mine)
	require.NoError(t, err)
	ctx := actor.With(h.stranger("192.0.2.12"), who)

	e, ok := errs.As(h.Accounts.ChangePassword(ctx, "no es la mía", fresh))
	require.True(t, ok)
	require.Equal(t, "auth.wrong_password", e.Code)
	require.Equal(t, "current_password", e.Fields[0].Field)
	e, ok = errs.As(h.Accounts.ChangePassword(ctx, testkit.Password, "corta"))
	require.True(t, ok)
	require.Equal(t, "password", e.Fields[0].Field)
	require.True(t, h.alive(elsewhere))

	require.NoError(t, h.Accounts.ChangePassword(ctx, testkit.Password, fresh))
	require.True(t, h.alive(mine))
	require.False(t, h.alive(elsewhere))
	_, err = h.login(testkit.Password)
	require.Equal(t, "auth.invalid_credentials", code(err))
	require.Len(t, h.secrets(mail.PasswordChanged), 1)
}

// Wrong guesses at the password of a session count with those at the door.
func TestGuessesAtTheCurrentPasswordAreCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 10 {
		require.Equal(t, "auth.wrong_password", code(h.Accounts.ChangePassword(h.ctx, "no es la mía", fresh)))
	}
	require.Equal(t, "auth.too_many_failures", code(h.Accounts.ChangePassword(h.ctx, testkit.Password, fresh)))
	_, err := h.login(testkit.Password)
	require.Equal(t, "auth.too_many_failures", code(err))
}

// Registration writes to the address; its link proves it for the person of the
// session only, for three days, and opening it twice is no fault.
func TestTheLinkOfRegistrationProvesTheAddress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.False(t, h.person.EmailVerified)
	secret := h.secrets(mail.VerifyEmail)[0]
	require.Equal(t, "auth.verification_invalid", code(h.Accounts.VerifyEmail(h.Doctor(t), secret)))
	require.Equal(t, "auth.verification_invalid", code(h.Accounts.VerifyEmail(h.ctx, "cualquier cosa")))
	for range 2 {
		require.NoError(t, h.Accounts.VerifyEmail(h.ctx, " "+secret+"\n"))
	}
	person, err := h.Accounts.Person(h.ctx, h.person.ID)
	require.NoError(t, err)
	require.True(t, person.EmailVerified)

	late := newHouse(t)
	secret = late.secrets(mail.VerifyEmail)[0]
	late.Fake.Advance(72*time.Hour + time.Second)
	require.Equal(t, "auth.verification_invalid", code(late.Accounts.VerifyEmail(late.ctx, secret)))
}

// A reset link proves nothing at the other door, nor the other way about.
func TestALinkServesItsOwnPurpose(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	require.Equal(t, "auth.verification_invalid", code(h.Accounts.VerifyEmail(h.ctx, h.secrets(mail.ResetPassword)[0])))
	require.Equal(t, "auth.reset_invalid", code(h.reset(h.secrets(mail.VerifyEmail)[0], fresh)))
}

// The link can be sent again, not without end; a proved address gets none.
func TestTheLinkCanBeSentAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range 4 {
		require.NoError(t, h.Accounts.SendVerification(h.ctx))
	}
	e, ok := errs.As(h.Accounts.SendVerification(h.ctx))
	require.True(t, ok)
	require.Equal(t, "auth.too_many_letters", e.Code)
	require.Equal(t, time.Hour, e.RetryAfter)
	all := h.secrets(mail.VerifyEmail)
	require.Len(t, all, 5)
	require.NoError(t, h.Accounts.VerifyEmail(h.ctx, all[4]))
	h.Fake.Advance(2 * time.Hour)
	require.NoError(t, h.Accounts.SendVerification(h.ctx))
	require.Len(t, h.secrets(mail.VerifyEmail), 5)
}

// No secret and no address of a person stands in the clear anywhere in the
// database.
func TestNoSecretStandsInTheClear(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.forgot(h.person.Email)
	secret := h.secrets(mail.ResetPassword)[0]
	for _, table := range []string{
		"account_tokens", "recovery_requests", "mail_outbox", "users", "audit_events", "river.river_job", "sign_in_failures",
	} {
		h.Database.Exec(t, `do $$ begin
			if exists (select from `+table+` t where t::text ilike '%`+secret+`%' or t::text ilike '%`+h.person.Email+`%') then
				raise exception 'in the clear';
			end if; end $$`)
	}
}

// What a person says of herself changes by version; what she is not asked for
// stays; a cédula is not taken back, and one that comes gives its rights at once.
func TestOnesOwnData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p, err := h.Accounts.Profile(h.ctx)
	require.NoError(t, err)
	say := func(change func(*account.Person)) func() (account.Person, error) {
		said := p.Person
		change(&said)
		return func() (account.Person, error) { return said, nil }
	}
	now, err := h.Accounts.UpdateProfile(h.ctx, p.Version, say(func(s *account.Person) {
		s.FullName, s.Specialty, s.Email = "Sofía  Núñez de Alcaraz", "Medicina interna", "otra@persona.example"
	}))
	require.NoError(t, err)
	require.Equal(t, "Sofía Núñez de Alcaraz", now.FullName)
	require.Equal(t, h.person.Email, now.Email)
	read, err := h.Accounts.Profile(h.ctx)
	require.NoError(t, err)
	require.Equal(t, now, read)

	_, err = h.Accounts.UpdateProfile(h.ctx, p.Version, say(func(*account.Person) {}))
	require.Equal(t, "user.stale", code(err))
	_, err = h.Accounts.UpdateProfile(h.ctx, now.Version, say(func(s *account.Person) { s.LicenseNumber, s.FullName = "", "" }))
	e, ok := errs.As(err)
	require.True(t, ok)
	require.Len(t, e.Fields, 2)
}

// A password kept under other parameters is hashed anew when she signs in.
func TestAnOldHashIsRenewedAtTheDoor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	kept := func() (hash string) {
		require.NoError(t, h.DB.Read(actor.System(t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
			q.One([]any{&hash}, `select password_hash from users where id = $1`, h.person.ID)
			return nil
		}))
		return hash
	}
	h.Database.Exec(t, `update users set password_hash = $2 where id = $1`, h.person.ID, account.OldHash(testkit.Password))
	require.Contains(t, kept(), "m=8192")
	_, err := h.login(testkit.Password)
	require.NoError(t, err)
	require.Contains(t, kept(), "m=47104")
	_, err = h.login(testkit.Password)
	require.NoError(t, err)
}

// A link by mail is one factor: who has a second is still asked for it, also in
// the browsers that she had asked to remember. A shorter password will do for her.
func TestALinkNeverPassesTheSecondFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.NoError(t, h.Accounts.VerifyEmail(h.ctx, h.secrets(mail.VerifyEmail)[0]))
	h.enrol()
	h.Database.Exec(t, `insert into trusted_devices (id, user_id, token_hash, sealed, created_at, last_used_at, expires_at)
		values ($1, $2, sha256('equipo'), 'gAAAA', now(), now(), now() + interval '30 days')`, uuid.New(), h.person.ID)

	h.forgot(h.person.Email)
	require.NoError(t, h.reset(h.secrets(mail.ResetPassword)[0], "Zk8#vT2!qW"))
	_, err := h.login("Zk8#vT2!qW")
	require.Equal(t, "auth.totp_required", code(err))
	var trusted int
	require.NoError(t, h.DB.Read(actor.System(t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
		q.One([]any{&trusted}, `select count(*) from trusted_devices where user_id = $1`, h.person.ID)
		return nil
	}))
	require.Zero(t, trusted)
}
