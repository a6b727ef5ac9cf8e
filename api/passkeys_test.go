package api_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/config"
	"historias/internal/testkit"
)

// site is where the passkeys of these tests belong.
var site = virtualwebauthn.RelyingParty{Name: "Historias", ID: "historias.example", Origin: "https://historias.example"}

func withSite(t testing.TB) *apitest.API {
	t.Helper()
	return apitest.NewWith(t, func(c *config.Config) { c.FrontendURL = site.Origin })
}

// phone is an authenticator with one passkey.
type phone struct {
	party virtualwebauthn.RelyingParty
	auth  virtualwebauthn.Authenticator
	key   virtualwebauthn.Credential
}

func newPhone(p apitest.Person) *phone {
	id := uuid.MustParse(p.UserID)
	return &phone{
		party: site, key: virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2),
		auth: virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: id[:]}),
	}
}

func optionsOf(t testing.TB, r apitest.Reply) (id, options string) {
	t.Helper()
	out := r.Want(http.StatusOK).JSON()
	raw, err := json.Marshal(out["options"])
	require.NoError(t, err)
	return out["challenge_id"].(string), string(raw)
}

// made answers the question to make a passkey.
func (p *phone) made(t testing.TB, r apitest.Reply, name string) map[string]any {
	t.Helper()
	id, raw := optionsOf(t, r)
	options, err := virtualwebauthn.ParseAttestationOptions(raw)
	require.NoError(t, err)
	return answered(id, virtualwebauthn.CreateAttestationResponse(p.party, p.auth, p.key, *options), map[string]any{"name": name})
}

// used answers the question to use it.
func (p *phone) used(t testing.TB, r apitest.Reply) map[string]any {
	t.Helper()
	id, raw := optionsOf(t, r)
	options, err := virtualwebauthn.ParseAssertionOptions(raw)
	require.NoError(t, err)
	return answered(id, virtualwebauthn.CreateAssertionResponse(p.party, p.auth, p.key, *options), map[string]any{})
}

func answered(id, credential string, body map[string]any) map[string]any {
	body["challenge_id"], body["credential"] = id, json.RawMessage(credential)
	return body
}

func ask(t testing.TB, a *apitest.API) apitest.Reply {
	t.Helper()
	return post(t, a, "", "/api/auth/login/passkey/begin", map[string]any{})
}

func enterBy(t testing.TB, a *apitest.API, body map[string]any) apitest.Reply {
	t.Helper()
	return post(t, a, "", "/api/auth/login/passkey/finish", body)
}

// addPasskey gives a person a passkey.
func addPasskey(t testing.TB, a *apitest.API, p apitest.Person) (*phone, map[string]any) {
	t.Helper()
	ph := newPhone(p)
	kept := post(t, a, p.Token, "/api/auth/passkeys", ph.made(t, post(t, a, p.Token, "/api/auth/passkeys/begin", nil), "Teléfono"))
	return ph, kept.Want(http.StatusCreated).JSON()
}

func TestAPasskeyOpensWithoutAPassword(t *testing.T) {
	t.Parallel()
	a := withSite(t)
	p := a.Doctor(t)
	ph, kept := addPasskey(t, a, p)
	require.Len(t, kept["recovery_codes"], 10, "the first factor comes with a way back")
	require.Equal(t, "Teléfono", kept["name"])
	asked := newDoor(t, a).enter(p, nil).Want(http.StatusUnauthorized)
	require.Equal(t, []any{"passkey", "recovery_code"}, asked.JSON()["methods"])

	in := enterBy(t, a, ph.used(t, ask(t, a))).Want(http.StatusOK).JSON()
	require.Equal(t, p.UserID, in["user"].(map[string]any)["id"])
	items := get(t, a, p.Token, "/api/auth/passkeys")["items"].([]any)
	require.Len(t, items, 1)
	require.NotEmpty(t, items[0].(map[string]any)["last_used_at"])

	a.Fake.Advance(6 * time.Minute)
	post(t, a, p.Token, "/api/auth/passkeys/begin", nil).Want(http.StatusForbidden)
	post(t, a, p.Token, "/api/auth/reauthenticate", map[string]any{"passkey": ph.used(t, ask(t, a))}).Want(http.StatusOK)
	post(t, a, p.Token, "/api/auth/passkeys/begin", nil).Want(http.StatusOK)
}

func TestAPasskeyThatIsNotOursOpensNothing(t *testing.T) {
	t.Parallel()
	a := withSite(t)
	p, other := a.Doctor(t), a.Doctor(t)
	ph, _ := addPasskey(t, a, p)
	refused := func(says string, body map[string]any) {
		t.Helper()
		require.Equal(t, "auth.passkey_refused", enterBy(t, a, body).Want(http.StatusUnauthorized).Code(), says)
	}
	changed := func(change func(*phone)) *phone {
		c := *ph
		change(&c)
		return &c
	}
	refused("of another origin", changed(func(c *phone) { c.party.Origin = "https://otro.example" }).used(t, ask(t, a)))
	refused("of another site", changed(func(c *phone) { c.party.ID = "otro.example" }).used(t, ask(t, a)))
	refused("without the person", changed(func(c *phone) { c.auth.Options.UserNotVerified = true }).used(t, ask(t, a)))
	refused("with another key", changed(func(c *phone) { c.key.Key = virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2).Key }).used(t, ask(t, a)))
	refused("never seen", newPhone(p).used(t, ask(t, a)))
	a.Database.Exec(t, `update users set status = 'closed' where id = $1`, uuid.MustParse(p.UserID))
	refused("of an account that is closed", ph.used(t, ask(t, a)))
	a.Database.Exec(t, `update users set status = 'active' where id = $1`, uuid.MustParse(p.UserID))
	stranger := uuid.MustParse(other.UserID)
	refused("in another's name", changed(func(c *phone) { c.auth.Options.UserHandle = stranger[:] }).used(t, ask(t, a)))
	refused("no answer at all", answered(ph.used(t, ask(t, a))["challenge_id"].(string), `{"id":"x"}`, map[string]any{}))

	old := ph.used(t, ask(t, a))
	enterBy(t, a, old).Want(http.StatusOK)
	require.Equal(t, "auth.challenge_expired", enterBy(t, a, old).Want(http.StatusUnprocessableEntity).Code(), "a question is answered once")
	late := ph.used(t, ask(t, a))
	a.Fake.Advance(5*time.Minute + time.Second)
	require.Equal(t, "auth.challenge_expired", enterBy(t, a, late).Want(http.StatusUnprocessableEntity).Code())

	a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/reauthenticate", Token: other.Token, Body: map[string]any{"password": testkit.Password}}).Want(http.StatusOK)
	addPasskey(t, a, other)
	proof := post(t, a, other.Token, "/api/auth/reauthenticate", map[string]any{"passkey": ph.used(t, ask(t, a))}).Want(http.StatusUnprocessableEntity)
	require.Equal(t, "auth.passkey_refused", proof.Code(), "another's passkey is no proof")
}

func TestAPasskeyThatMayBeACopyIsRefused(t *testing.T) {
	t.Parallel()
	a := withSite(t)
	p := a.Doctor(t)
	ph, _ := addPasskey(t, a, p)
	ph.key.Counter = 7
	enterBy(t, a, ph.used(t, ask(t, a))).Want(http.StatusOK)
	ph.key.Counter = 7
	require.Equal(t, "auth.passkey_refused", enterBy(t, a, ph.used(t, ask(t, a))).Want(http.StatusUnauthorized).Code())
	require.Contains(t, letters(t, a), "podría ser una copia")
	require.Equal(t, 1, apitest.Scalar[int](t, a, `select count(*)::int from audit_events where action = 'factor.passkey_refused'`))
	ph.key.Counter = 8
	enterBy(t, a, ph.used(t, ask(t, a))).Want(http.StatusOK)
}

func TestAPasskeyIsMadeForItsQuestionOnly(t *testing.T) {
	t.Parallel()
	a := withSite(t)
	p, other := a.Doctor(t), a.Doctor(t)
	begin := func(who apitest.Person) apitest.Reply { return post(t, a, who.Token, "/api/auth/passkeys/begin", nil) }
	keep := func(who apitest.Person, body map[string]any) apitest.Reply {
		return post(t, a, who.Token, "/api/auth/passkeys/finish", body)
	}
	ph := newPhone(p)
	require.Equal(t, "auth.challenge_expired", keep(other, ph.made(t, begin(p), "Teléfono")).Want(http.StatusUnprocessableEntity).Code())
	far := newPhone(p)
	far.party.Origin = "https://otro.example"
	require.Equal(t, "auth.passkey_invalid", keep(p, far.made(t, begin(p), "Teléfono")).Want(http.StatusUnprocessableEntity).Code())
	unlocked := newPhone(p)
	unlocked.auth.Options.UserNotVerified = true
	require.Equal(t, "auth.passkey_invalid", keep(p, unlocked.made(t, begin(p), "Teléfono")).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "required", keep(p, ph.made(t, begin(p), "  ")).Want(http.StatusBadRequest).Fields()["name"])
	keep(p, ph.made(t, begin(p), "Teléfono")).Want(http.StatusCreated)
	twice := ph.made(t, begin(p), "Teléfono")
	require.Equal(t, "auth.passkey_known", keep(p, twice).Want(http.StatusConflict).Code())

	id := get(t, a, p.Token, "/api/auth/passkeys")["items"].([]any)[0].(map[string]any)["id"].(string)
	remove := func(who apitest.Person) apitest.Reply {
		return a.Do(t, apitest.Call{Method: http.MethodDelete, Path: "/api/auth/passkeys/" + id, Token: who.Token})
	}
	remove(other).Want(http.StatusNotFound)
	require.Equal(t, "auth.factor_required", remove(p).Want(http.StatusUnprocessableEntity).Code())
	enrol(t, a, p)
	remove(p).Want(http.StatusNoContent)
	require.Equal(t, "auth.passkey_refused", enterBy(t, a, ph.used(t, ask(t, a))).Want(http.StatusUnauthorized).Code())
}

func TestANumberHasNoPasskeys(t *testing.T) {
	t.Parallel()
	a := apitest.NewWith(t, func(c *config.Config) { c.FrontendURL = "http://192.0.2.10:8000" })
	p := a.Doctor(t)
	require.Equal(t, "auth.passkeys_unavailable", post(t, a, p.Token, "/api/auth/passkeys/begin", nil).Want(http.StatusUnprocessableEntity).Code())
	require.Equal(t, "auth.passkeys_unavailable", ask(t, a).Want(http.StatusUnprocessableEntity).Code())
}
