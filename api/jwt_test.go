package api_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"hash"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/account"
	"historias/internal/app"
	"historias/internal/session"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// forger makes tokens by hand, apart from the program's signer. It knows a good
// token of a living session, as whoever copied one would, and where a case says so
// even the secret.
type forger struct {
	t      testing.TB
	secret []byte
	good   string
	head   map[string]any
	body   map[string]any
}

func newForger(t testing.TB, a *apitest.API, good string) forger {
	t.Helper()
	f := forger{t: t, secret: []byte(a.Config.JWTSecretKey), good: good}
	parts := strings.Split(good, ".")
	for i, into := range []*map[string]any{&f.head, &f.body} {
		raw, err := base64.RawURLEncoding.DecodeString(parts[i])
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(raw, into))
	}
	return f
}

func part(t testing.TB, v any) string {
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// with gives a copy of claims or of a header with other values; nil takes one away.
func with(m map[string]any, pairs ...any) map[string]any {
	out := maps.Clone(m)
	for i := 0; i < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		if out[name] = pairs[i+1]; pairs[i+1] == nil {
			delete(out, name)
		}
	}
	return out
}

func mac(h func() hash.Hash, key []byte, text string) string {
	m := hmac.New(h, key)
	m.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// signed signs header and claims with the program's own secret.
func (f forger) signed(head, body any) string {
	return mac(sha256.New, f.secret, part(f.t, head)+"."+part(f.t, body))
}

func (f forger) claims(pairs ...any) string  { return f.signed(f.head, with(f.body, pairs...)) }
func (f forger) headers(pairs ...any) string { return f.signed(with(f.head, pairs...), f.body) }

// asymmetric signs with a key of the attacker's, which the token brings along.
func (f forger) asymmetric() map[string]string {
	text := func(alg string) string { return part(f.t, with(f.head, "alg", alg)) + "." + part(f.t, f.body) }
	sum := func(s string) []byte { h := sha256.Sum256([]byte(s)); return h[:] }
	sig := func(s string, raw []byte, err error) string {
		require.NoError(f.t, err)
		return s + "." + base64.RawURLEncoding.EncodeToString(raw)
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(f.t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(f.t, err)
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(f.t, err)
	rs, rsErr := rsa.SignPKCS1v15(rand.Reader, rsaKey, crypto.SHA256, sum(text("RS256")))
	ps, psErr := rsa.SignPSS(rand.Reader, rsaKey, crypto.SHA256, sum(text("PS256")), nil)
	es, esErr := ecdsa.SignASN1(rand.Reader, ecKey, sum(text("ES256")))
	return map[string]string{
		"RS256 with a key of one's own": sig(text("RS256"), rs, rsErr),
		"PS256 with a key of one's own": sig(text("PS256"), ps, psErr),
		"ES256 with a key of one's own": sig(text("ES256"), es, esErr),
		"EdDSA with a key of one's own": sig(text("EdDSA"), ed25519.Sign(edKey, []byte(text("EdDSA"))), nil),
	}
}

// algorithms are tokens that ask for another algorithm, or none.
func (f forger) algorithms() map[string]string {
	body := part(f.t, f.body)
	bare := func(alg any) string { return part(f.t, with(f.head, "alg", alg)) + "." + body }
	out := f.asymmetric()
	for _, alg := range []string{"none", "None", "NONE", "nOnE", "", "none ", "HS256\x00none"} {
		out["alg "+alg+", no signature"] = bare(alg) + "."
		out["alg "+alg+", the old signature"] = bare(alg) + "." + strings.Split(f.good, ".")[2]
	}
	maps.Copy(out, map[string]string{
		"no alg": f.headers("alg", nil), "alg in small letters": f.headers("alg", "hs256"), "alg a list": f.headers("alg", []string{"HS256"}),
		"HS512 with the secret":          mac(sha512.New, f.secret, bare("HS512")),
		"HS384 with the secret":          mac(sha512.New384, f.secret, bare("HS384")),
		"RS256 said, HS256 done":         mac(sha256.New, f.secret, bare("RS256")),
		"an unknown algorithm":           mac(sha256.New, f.secret, bare("XX256")),
		"HS256 said, HS512 done":         mac(sha512.New, f.secret, bare("HS256")),
		"signed with nothing":            mac(sha256.New, nil, bare("HS256")),
		"signed with one zero":           mac(sha256.New, []byte{0}, bare("HS256")),
		"signed with «secret»":           mac(sha256.New, []byte("secret"), bare("HS256")),
		"signed with half of the secret": mac(sha256.New, f.secret[:len(f.secret)/2], bare("HS256")),
		"signed with the secret decoded": mac(sha256.New, decoded(f.t, f.secret), bare("HS256")),
	})
	return out
}

func decoded(t testing.TB, secret []byte) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(string(secret))
	require.NoError(t, err)
	return raw
}

// keysBrought are tokens that say themselves by which key they are to be checked.
func (f forger) keysBrought() map[string]string {
	jwk := map[string]any{"kty": "oct", "k": base64.RawURLEncoding.EncodeToString([]byte("mine"))}
	mine := func(pairs ...any) string {
		return mac(sha256.New, []byte("mine"), part(f.t, with(f.head, pairs...))+"."+part(f.t, f.body))
	}
	return map[string]string{
		"jwk": mine("jwk", jwk), "jku": mine("jku", "https://atacante.example/jwks.json"), "x5u": mine("x5u", "https://atacante.example/c.pem"),
		"x5c": mine("x5c", []string{"MIIB"}), "kid a path": mine("kid", "../../../../dev/null"), "kid a query": mine("kid", "x' union select 'mine"),
		"kid, signed with nothing": mac(sha256.New, nil, part(f.t, with(f.head, "kid", "/dev/null"))+"."+part(f.t, f.body)),
		"crit, by our secret":      f.headers("crit", []string{"b64"}, "b64", false), "another type, by our secret": f.headers("typ", "at+jwt"),
		"a nested token, by our secret": f.headers("cty", "JWT"), "zip, by our secret": f.headers("zip", "DEF"),
	}
}

// claimsOfOthers are tokens of somebody who has the secret, but not the session.
func (f forger) claimsOfOthers(now time.Time) map[string]string {
	return map[string]string{
		"another person": f.claims("sub", uuid.NewString()), "another session": f.claims("sid", uuid.NewString()), "a new id": f.claims("jti", "otra"),
		"more claims": f.claims("role", "owner", "permissions", []string{"*"}), "another clinic": f.claims("clinic_id", uuid.NewString()),
		"longer life": f.claims("exp", now.Add(1000*time.Hour).Unix()),
	}
}

// claimsWrong are tokens, by our secret, that no token of ours could be.
func (f forger) claimsWrong(now time.Time) map[string]string {
	return map[string]string{
		"no expiry": f.claims("exp", nil), "expiry a text": f.claims("exp", "mañana"), "expiry zero": f.claims("exp", 0),
		"expiry negative": f.claims("exp", -1), "expired": f.claims("exp", now.Add(-time.Second).Unix()),
		"not yet": f.claims("nbf", now.Add(time.Hour).Unix()), "issued in the future": f.claims("iat", now.Add(time.Hour).Unix()),
		"issued as text": f.claims("iat", "ayer"), "another issuer": f.claims("iss", "historias2"), "no issuer": f.claims("iss", nil),
		"issuer a list": f.claims("iss", []string{"historias"}), "another audience": f.claims("aud", "historias-web"),
		"no audience": f.claims("aud", nil), "an empty audience": f.claims("aud", []string{}), "audience a number": f.claims("aud", 1),
		"no person": f.claims("sub", nil), "no session": f.claims("sid", nil), "no id": f.claims("jti", nil), "person a number": f.claims("sub", 7),
		"claims a list": f.signed(f.head, []any{f.body}), "claims a text": f.signed(f.head, "hola"), "claims null": f.signed(f.head, nil),
	}
}

// misshapen are texts that are almost the good token.
func (f forger) misshapen() map[string]string {
	p := strings.Split(f.good, ".")
	flipped := []byte(p[2])
	flipped[5] ^= 1
	// The last letter of 32 bytes in base64 carries two bits that mean nothing.
	last := p[2][:len(p[2])-1] + string(p[2][len(p[2])-1]+1)
	return map[string]string{
		"no signature": p[0] + "." + p[1] + ".", "two parts": p[0] + "." + p[1], "four parts": f.good + ".x", "five parts": f.good + ".x.y",
		"a changed signature": p[0] + "." + p[1] + "." + string(flipped), "another last letter": p[0] + "." + p[1] + "." + last,
		"a cut signature": f.good[:len(f.good)-4], "parts turned round": p[1] + "." + p[0] + "." + p[2],
		"padding": p[0] + "." + p[1] + "." + p[2] + "=", "letters of another alphabet": p[0] + "." + p[1] + "." + strings.NewReplacer("-", "+", "_", "/").Replace(p[2]) + "+",
		"a space inside": p[0] + ". " + p[1] + "." + p[2], "a line inside": p[0] + ".\t" + p[1] + "." + p[2],
		"dots only": "..", "rubbish": "abc.def.ghi", "very long": p[0] + "." + strings.Repeat("A", 6000) + "." + p[2],
		"the hash of the token": vault.TokenHashHex(f.good), "twice": f.good + f.good,
	}
}

// Whatever stands in for the token of a session that lives is refused, whoever
// made it: also somebody who has the secret cannot make a session.
func TestTokensOfAttackers(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	f := newForger(t, a, p.Token)
	me := func(headers map[string]string) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Headers: headers, Undocumented: true})
	}
	cases := 0
	for _, set := range []struct {
		tokens map[string]string
		codes  []string
	}{
		{f.algorithms(), []string{"auth.invalid_token"}},
		{f.keysBrought(), []string{"auth.invalid_token"}},
		{f.claimsWrong(a.Fake.Now()), []string{"auth.invalid_token", "auth.expired"}},
		{f.claimsOfOthers(a.Fake.Now()), []string{"auth.signed_out"}},
		{f.misshapen(), []string{"auth.invalid_token", "auth.required"}},
	} {
		for name, token := range set.tokens {
			cases++
			for way, headers := range map[string]map[string]string{
				"bearer": {"Authorization": "Bearer " + token}, "cookie": {"Cookie": "historias_session=" + token},
			} {
				r := me(headers)
				require.Equal(t, http.StatusUnauthorized, r.Status, "%s by %s: %s", name, way, r.Body)
				require.Contains(t, append(set.codes, cutShort(token, way)...), r.Code(), "%s by %s", name, way)
				require.NotContains(t, string(r.Body), p.Email)
			}
		}
	}
	require.GreaterOrEqual(t, cases, 60)
	me(map[string]string{"Authorization": "bearer   " + p.Token + " "}).Want(http.StatusOK)
	require.Equal(t, f.good, f.signed(orderedHead, orderedBody(t, f)), "the forger knows how to sign")
}

// cutShort is the answer to a text that does not survive the way as a cookie.
func cutShort(token, way string) []string {
	if way == "cookie" && strings.ContainsAny(token, " \t\x00") {
		return []string{"auth.required", "auth.invalid_token"}
	}
	return nil
}

// orderedHead and orderedBody keep the order in which the program writes, so that
// the forger's own token can be compared with a good one.
var orderedHead = json.RawMessage(`{"alg":"HS256","typ":"JWT"}`)

func orderedBody(t testing.TB, f forger) json.RawMessage {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(f.good, ".")[1])
	require.NoError(t, err)
	return raw
}

// A new secret takes over without ending a session: put before the old one, it
// signs, and both check; taken away, the old one's tokens are worth nothing.
func TestSecretsOfTokensOverlap(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	old, fresh := a.Config.JWTSecretKey, vault.NewToken(32)
	with := func(secrets ...string) *session.Service {
		return session.New(session.Deps{DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Secrets: secrets, Life: time.Hour})
	}
	before := a.Doctor(t)
	both := with(fresh, old)
	who, err := both.Authenticate(t.Context(), before.Token)
	require.NoError(t, err)
	require.Equal(t, before.UserID, who.UserID.String())

	c := *a.Config
	c.JWTSecretKey = " " + fresh + " , " + old + ","
	require.Equal(t, []string{fresh, old}, c.JWTSecrets())

	renewed, err := app.Build(t.Context(), &c, a.Fake, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(renewed.Close)
	in, err := renewed.Accounts.Login(t.Context(), account.Credentials{Email: before.Email, Password: testkit.Password})
	require.NoError(t, err)
	_, err = with(fresh).Authenticate(t.Context(), in.Ticket.Token)
	require.NoError(t, err, "the newest signs")
	_, err = with(old).Authenticate(t.Context(), in.Ticket.Token)
	require.ErrorContains(t, err, "auth.invalid_token")
	_, err = with(fresh).Authenticate(t.Context(), before.Token)
	require.ErrorContains(t, err, "auth.invalid_token")
	_, err = with().Authenticate(t.Context(), before.Token)
	require.ErrorContains(t, err, "auth.invalid_token")
}
