package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"historias/internal/account"
	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/guard"
	"historias/internal/mail"
	"historias/internal/testkit"
)

// enrol gives the doctor an authenticator; her session is read anew for it.
func (h *house) enrol() {
	h.t.Helper()
	setup, err := h.Factors.SetUp(h.ctx)
	require.NoError(h.t, err)
	now, err := totp.GenerateCode(setup.Secret, h.Fake.Now())
	require.NoError(h.t, err)
	_, err = h.Factors.Enable(h.ctx, now)
	require.NoError(h.t, err)
}

// again is the doctor's session after what changed for it.
func (h *house) again() context.Context {
	who := *actor.Must(h.ctx)
	who.AuthSeq = int64(h.count(`select auth_seq from users where id = $1`, h.person.ID))
	return actor.With(h.ctx, &who)
}

func (h *house) count(sql string, args ...any) (n int) {
	h.t.Helper()
	require.NoError(h.t, h.DB.Read(actor.System(h.t.Context(), actor.Platform, "test"), func(q *db.Reader) error {
		q.One([]any{&n}, sql, args...)
		return nil
	}))
	return n
}

// Somebody opened an account under another person's address, with a second factor
// of his own. When she takes it by the link of her mailbox, nothing of his is left:
// not even that a shorter password will do.
func TestWhoFirstProvesAnAddressFindsNobodyElsesFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.enrol()
	h.forgot(h.person.Email)
	link := h.secrets(mail.ResetPassword)[0]
	require.Equal(t, "request.invalid", code(h.reset(link, "Zk8#vT2!qW")))
	require.NoError(t, h.reset(link, fresh))
	_, err := h.login(fresh)
	require.NoError(t, err)
	require.Zero(t, h.count(`select (select count(*) from totp_factors) + (select count(*) from recovery_codes)`))
	require.Equal(t, 1, h.count(`select count(*) from audit_events where action = 'factor.removed' and subject_id = $1`, h.person.ID))

	// Without a factor there is nothing to tell her of.
	plain := newHouse(t)
	plain.forgot(plain.person.Email)
	require.NoError(t, plain.reset(plain.secrets(mail.ResetPassword)[0], fresh))
	require.Empty(t, plain.secrets(mail.FactorChanged))
}

// Whoever said that her factor is lost knew her password. A new one, however she
// gives it, stops what he began.
func TestANewPasswordStopsARemovalOfFactors(t *testing.T) {
	t.Parallel()
	for says, renew := range map[string]func(*house) error{
		"by a link": func(h *house) error {
			h.forgot(h.person.Email)
			return h.reset(h.secrets(mail.ResetPassword)[0], fresh)
		},
		"in her session": func(h *house) error {
			return h.Accounts.ChangePassword(h.again(), testkit.Password, fresh)
		},
	} {
		t.Run(says, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			require.NoError(t, h.Accounts.VerifyEmail(h.ctx, h.secrets(mail.VerifyEmail)[0]))
			h.enrol()
			require.NoError(t, h.Accounts.LostFactor(h.stranger("192.0.2.66"), h.person.Email, testkit.Password))
			require.NoError(t, renew(&h))
			h.Fake.Advance(25 * time.Hour)
			h.work()
			_, err := h.Accounts.Login(h.stranger("192.0.2.10"), account.Credentials{Email: h.person.Email, Password: fresh, Agent: "test"})
			require.Equal(t, "auth.totp_required", code(err))
		})
	}
}

// Guessed links of somebody signed in count as hers, not as those of everybody
// behind her address.
func TestGuessedLinksOfASessionAreItsPersons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for range guard.ByAccount {
		require.Equal(t, "auth.verification_invalid", code(h.Accounts.VerifyEmail(h.ctx, "cualquier cosa")))
	}
	require.Equal(t, "auth.too_many_failures", code(h.Accounts.VerifyEmail(h.ctx, "cualquier cosa")))
	require.Equal(t, "auth.verification_invalid", code(h.Accounts.VerifyEmail(h.Doctor(t), "cualquier cosa")))
}
