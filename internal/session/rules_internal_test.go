package session

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/errs"
)

// A PIN has four to eight digits that nobody would try first.
func TestWhichPINsAreTaken(t *testing.T) {
	t.Parallel()
	for pin, code := range map[string]string{
		"": "format", "491": "format", "491722335": "format", "49a7": "format", "4 17": "format", "٤٩١٧": "format",
		"1111": "trivial", "00000000": "trivial", "1212": "trivial", "123123": "trivial", "49174917": "trivial",
		"1234": "trivial", "7890": "trivial", "4321": "trivial", "87654321": "trivial", "1984": "trivial", "2026": "trivial",
		"2580": "trivial", "0852": "trivial", "1357": "trivial", "2468": "trivial", "0007": "trivial",
		"4917": "", "49172233": "", "86420135": "", "90210": "", "49174": "", "121213": "", "19845": "", "20261": "",
	} {
		got, message := pinFault(pin)
		require.Equal(t, code, got, pin)
		require.Equal(t, code == "", message == "", pin)
	}
}

// sworn is a token of ours with some claims changed.
func sworn(t *testing.T, secret string, change func(*claims)) string {
	t.Helper()
	now := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	c := claims{RegisteredClaims: jwt.RegisteredClaims{
		Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: uuid.NewString(), ID: "abc",
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour)),
	}, SessionID: uuid.NewString()}
	change(&c)
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString([]byte(secret))
	require.NoError(t, err)
	return token
}

// A token is ours only when every claim is there and one of the secrets made it;
// one whose time is over says so.
func TestWhichTokensAreOurs(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 18, 30, 0, 0, time.UTC)
	s := newSigner([]string{"the newest secret", "the one before"}, func() time.Time { return now })
	same := func(*claims) {}
	require.NoError(t, s.check(sworn(t, "the newest secret", same)))
	require.NoError(t, s.check(sworn(t, "the one before", same)))
	made, err := s.sign(uuid.New(), uuid.New(), now, now.Add(time.Hour))
	require.NoError(t, err)
	require.NoError(t, newSigner([]string{"the newest secret"}, func() time.Time { return now }).check(made), "the first one signs")
	for name, token := range map[string]string{
		"another secret": sworn(t, "a guessed secret", same),
		"no session":     sworn(t, "the newest secret", func(c *claims) { c.SessionID = "" }),
		"no person":      sworn(t, "the newest secret", func(c *claims) { c.Subject = "" }),
		"no name":        sworn(t, "the newest secret", func(c *claims) { c.ID = "" }),
		"another issuer": sworn(t, "the newest secret", func(c *claims) { c.Issuer = "otro" }),
		"another API":    sworn(t, "the newest secret", func(c *claims) { c.Audience = jwt.ClaimStrings{"otra"} }),
		"no end":         sworn(t, "the newest secret", func(c *claims) { c.ExpiresAt = nil }),
		"of tomorrow":    sworn(t, "the newest secret", func(c *claims) { c.IssuedAt = jwt.NewNumericDate(now.Add(24 * time.Hour)) }),
		"another head":   "eyJhbGciOiJub25lIn0" + made[strings.Index(made, "."):],
		"nothing":        "",
	} {
		require.True(t, errs.Is(s.check(token), "auth.invalid_token"), name)
	}
	over := sworn(t, "the newest secret", func(c *claims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(-time.Second)) })
	require.True(t, errs.Is(s.check(over), "auth.expired"))
	require.True(t, errs.Is(newSigner(nil, time.Now).check(made), "auth.invalid_token"), "without a secret nothing is ours")
}

// The memory of sessions is bounded, and holds the newest whatever happens.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	s := &Service{known: map[[32]byte]*remembered{}}
	hash := func(i int) (h [32]byte) {
		h[0], h[1], h[2] = byte(i), byte(i>>8), byte(i>>16)
		return h
	}
	for i := range maxRemembered {
		s.keep(hash(i), &remembered{})
	}
	require.Len(t, s.known, maxRemembered)
	s.keep(hash(maxRemembered), &remembered{})
	require.Len(t, s.known, 1)
	s.drop(hash(maxRemembered))
	require.Empty(t, s.known)
}

// When a session was used last is told in favour of its person: what is written
// may be a minute old, and what this process saw counts if it is newer.
func TestWhenASessionWasUsedLast(t *testing.T) {
	t.Parallel()
	s := &Service{known: map[[32]byte]*remembered{}}
	now := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	var hash [32]byte
	require.Equal(t, now.Add(-9*time.Minute), s.lastUse(hash, now.Add(-10*time.Minute), now))
	require.Equal(t, now, s.lastUse(hash, now.Add(-time.Second), now), "never in the future")
	s.known[hash] = &remembered{used: now.Add(-5 * time.Minute)}
	require.Equal(t, now.Add(-5*time.Minute), s.lastUse(hash, now.Add(-10*time.Minute), now))
	require.Equal(t, now.Add(-time.Minute), s.lastUse(hash, now.Add(-time.Minute), now))
}

// What a program says of itself is cut where no letter is split.
func TestWhatAProgramSaysOfItself(t *testing.T) {
	t.Parallel()
	full := strings.Repeat("a", longestAgent)
	require.Equal(t, full, trimAgent(full))
	require.Equal(t, full, trimAgent(full+"b"))
	require.Equal(t, full[1:], trimAgent(full[1:]+"ñ"))
	require.Equal(t, "ab", trimAgent("a\xffb"))
}

// The trail says what of a clinic's security changed, and only that.
func TestWhatOfTheSecurityChanged(t *testing.T) {
	t.Parallel()
	before := Security{LockMinutes: 15}
	require.Empty(t, changes(before, before))
	require.Equal(t, "lock_minutes 15>30", changes(before, Security{LockMinutes: 30}))
	require.Equal(t, "factor_required false>true", changes(before, Security{LockMinutes: 15, FactorRequired: true}))
	require.Equal(t, "lock_minutes 15>1, factor_required false>true", changes(before, Security{LockMinutes: 1, FactorRequired: true}))
}
