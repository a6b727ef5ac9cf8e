package api_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api"
	"historias/api/apitest"
	"historias/internal/actor"
)

// The tests of this file are made of the route table and of the OpenAPI
// document: a new route is in them without anybody remembering, and one whose
// ids they cannot place fails them.

// pages are read by people, so they stand in no document.
var pages = []string{
	"GET /aviso-privacidad", "GET /cookies", "GET /privacy", "GET /privacy-notice", "GET /privacy-notice/{slug}", "GET /privacy-notice/{slug}/v/{version}",
	"GET /terminos", "GET /verificar", "GET /verificar/{code}", "POST /verificar",
}

// open are the routes that ask for no session. Each is here for a reason:
// somebody who cannot have one yet, a machine that proves itself otherwise, or
// a text that the law wants public.
var open = []string{
	"GET /api/docs", "GET /api/invitations/{token}", "GET /api/openapi.json", "GET /api/public/clinics/{slug}/privacy-notice", "GET /api/public/verify/{code}",
	"GET /api/webhooks/whatsapp", "GET /health", "GET /ready",
	"POST /api/auth/factor/lost", "POST /api/auth/factor/lost/cancel", "POST /api/auth/login", "POST /api/auth/login/passkey/begin", "POST /api/auth/login/passkey/finish", "POST /api/auth/password/forgot", "POST /api/auth/password/reset", "POST /api/auth/register",
	"POST /api/invitations/{token}/accept", "POST /api/webhooks/whatsapp",
}

// operation is a route with what the document says of it.
type operation struct {
	method, path string
	permission   actor.Permission
	doc          *openapi3.Operation
}

func (o operation) name() string { return o.method + " " + o.path }

// at gives the path with an id in its place, and something that nobody has in
// any other.
func (o operation) at(id string) string {
	path := strings.NewReplacer("{id}", id, "{kind}", "diagnoses").Replace(o.path)
	return placeholder.ReplaceAllLiteralString(path, "01999999-0000-7000-8000-00000000dead")
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// body is an example body, valid; nil for an operation without one.
func (o operation) body() any {
	if o.doc.RequestBody == nil {
		return nil
	}
	return api.Example(o.doc.RequestBody.Value.Content)
}

// headers are those that the operation cannot do without.
func (o operation) headers() map[string]string {
	out := map[string]string{}
	for _, p := range o.doc.Parameters {
		if p.Value.In == "header" && p.Value.Name == "If-Match" && p.Value.Required {
			out["If-Match"] = `"1"`
		}
	}
	return out
}

// documented gives a path of the router as the document writes it.
func documented(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if name, ok := strings.CutPrefix(p, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

// ending are the operations that change what the caller may do, or leave her
// without a session that works; they come last, the one that others could follow first.
var ending = []string{"PUT /api/auth/profile", "POST /api/auth/switch-clinic", "POST /api/auth/lock", "POST /api/auth/logout"}

// operations are the routes of the table, those that end the caller's session last.
func operations(t testing.TB, a *apitest.API) []operation {
	t.Helper()
	var all []operation
	for _, r := range a.Face.Routes() {
		o := operation{method: r.Method, path: documented(r.Path), permission: r.Permission}
		if strings.HasPrefix(o.path, "/dev/") || slices.Contains(pages, o.name()) {
			continue
		}
		item := a.Doc.Paths.Value(o.path)
		require.NotNil(t, item, "%s is not in the document", o.name())
		o.doc = item.GetOperation(o.method)
		require.NotNil(t, o.doc, "%s is not in the document", o.name())
		all = append(all, o)
	}
	require.Greater(t, len(all), 40)
	slices.SortStableFunc(all, func(x, y operation) int {
		return cmp.Compare(slices.Index(ending, x.name()), slices.Index(ending, y.name()))
	})
	return all
}

func guarded(t testing.TB, a *apitest.API) []operation {
	t.Helper()
	return slices.DeleteFunc(operations(t, a), func(o operation) bool { return o.permission == "" })
}

// The router, the route table and the document name the same operations, and
// the document and the table agree on which need a session.
func TestRouterTableAndDocumentAgree(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	names := func(rows []api.RouteRow) []string {
		var out []string
		for _, r := range rows {
			out = append(out, r.Method+" "+documented(r.Path))
		}
		slices.Sort(out)
		return out
	}
	table := names(a.Face.Routes())
	require.Equal(t, table, names(a.Face.Routed()), "the router and the table")
	require.Equal(t, table, slices.Compact(slices.Clone(table)), "a route stands twice")

	ours := slices.DeleteFunc(table, func(name string) bool {
		return strings.Contains(name, " /dev/") || slices.Contains(pages, name)
	})
	var written []string
	for path, item := range a.Doc.Paths.Map() {
		for method := range item.Operations() {
			written = append(written, method+" "+path)
		}
	}
	slices.Sort(written)
	require.Equal(t, ours, written, "the table and the document")
	for _, o := range operations(t, a) {
		secured := o.doc.Security != nil && len(*o.doc.Security) > 0
		require.Equal(t, o.permission != "", secured, "the document says otherwise of who may %s", o.name())
	}
}

func TestPublicRoutesAreFewAndKnown(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	var public []string
	for _, r := range a.Face.Routes() {
		if r.Permission == "" && !strings.HasPrefix(r.Path, "/dev/") {
			public = append(public, r.Method+" "+documented(r.Path))
		}
	}
	slices.Sort(public)
	want := slices.Concat(open, pages)
	slices.Sort(want)
	require.Equal(t, want, public)
}

// Without a session that is good now, no operation does or tells anything,
// whatever stands in for one.
func TestNoOperationWithoutAGoodSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	ended := a.Colleague(t, p, actor.RoleDoctor)
	a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/logout", Token: ended.Token}).Want(http.StatusNoContent)
	dismissed := a.Colleague(t, p, actor.RoleDoctor)
	a.Database.Exec(t, `update memberships set status = 'ended' where clinic_id = $1 and user_id = $2`, p.ClinicID, dismissed.UserID)
	secret, now := a.Config.JWTSecretKey, a.Fake.Now()
	bearer := func(token string) map[string]string { return map[string]string{"Authorization": "Bearer " + token} }
	forged := func(claims map[string]any) map[string]string { return bearer(a.Forge(t, "HS256", secret, claims)) }
	for name, c := range map[string]struct {
		headers map[string]string
		code    string
	}{
		"a guest":              {nil, "auth.required"},
		"another scheme":       {map[string]string{"Authorization": "Basic " + p.Token}, "auth.required"},
		"an empty bearer":      {map[string]string{"Authorization": "Bearer "}, "auth.required"},
		"an empty cookie":      {map[string]string{"Cookie": "historias_session="}, "auth.required"},
		"expired":              {forged(map[string]any{"exp": now.Unix() - 1}), "auth.expired"},
		"another audience":     {forged(map[string]any{"aud": []string{"historias-mobile"}}), "auth.invalid_token"},
		"no audience":          {forged(map[string]any{"aud": nil}), "auth.invalid_token"},
		"another issuer":       {forged(map[string]any{"iss": "otro"}), "auth.invalid_token"},
		"no expiry":            {forged(map[string]any{"exp": nil}), "auth.invalid_token"},
		"issued tomorrow":      {forged(map[string]any{"iat": now.Unix() + 86400, "exp": now.Unix() + 90000}), "auth.invalid_token"},
		"no session":           {forged(map[string]any{"sid": ""}), "auth.invalid_token"},
		"of a session unknown": {forged(nil), "auth.signed_out"},
		"of her, made by us":   {forged(map[string]any{"sub": p.UserID}), "auth.signed_out"},
		"alg none":             {bearer(a.Forge(t, "none", "", nil)), "auth.invalid_token"},
		"another algorithm":    {bearer(a.Forge(t, "HS512", secret, nil)), "auth.invalid_token"},
		"another key":          {bearer(a.Forge(t, "HS256", secret+"x", nil)), "auth.invalid_token"},
		"no key":               {bearer(a.Forge(t, "HS256", "", nil)), "auth.invalid_token"},
		"signed out":           {bearer(ended.Token), "auth.signed_out"},
		"dismissed":            {bearer(dismissed.Token), "auth.signed_out"},
	} {
		for _, o := range guarded(t, a) {
			headers := o.headers()
			maps.Copy(headers, c.headers)
			r := a.Do(t, apitest.Call{Method: o.method, Path: o.at(uuid.NewString()) + "?access_token=" + p.Token, Body: o.body(), Headers: headers, Undocumented: true})
			require.Equal(t, http.StatusUnauthorized, r.Status, "%s: %s", name, o.name())
			require.Equal(t, c.code, r.Code(), "%s: %s", name, o.name())
			require.Contains(t, r.Header.Get("WWW-Authenticate"), "Bearer", o.name())
			require.NotContains(t, r.JSON(), "permission", "a guest learns nothing of who may")
		}
	}
	require.Equal(t, http.StatusOK, a.Do(t, apitest.Call{Method: http.MethodGet, Path: "/api/auth/me", Token: p.Token}).Status)
}

// roles are everybody who may work in a clinic. An owner with a cédula may do
// what a doctor may.
var roles = []struct {
	role     actor.Role
	licensed bool
}{
	{actor.RoleOwner, true},
	{actor.RoleOwner, false},
	{actor.RoleDoctor, true},
	{actor.RoleNurse, false},
	{actor.RoleReceptionist, false},
	{actor.RolePrivacyOfficer, false},
	{actor.RoleAuditor, false},
}

// Each role may do exactly what the permission of a route says; a refusal names
// the permission that is missing and is in the trail.
func TestEachRoleMayDoWhatItsPermissionsSay(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	owner := a.ReadyDoctor(t)
	known := apitest.Scalar[string](t, a, `select pg_get_constraintdef(oid) from pg_constraint where conname = 'memberships_role_check'`)
	require.Equal(t, strings.Count(known, "::text"), len(roles)-1, "a role is missing in this test: %s", known)
	denied := 0
	for _, who := range roles {
		caller := owner
		if !(who.role == actor.RoleOwner && who.licensed) {
			caller = a.Colleague(t, owner, who.role)
		}
		may := actor.Grants(who.role, who.licensed)
		for _, o := range guarded(t, a) {
			if o.name() == "POST /api/staff/leave" {
				continue // everybody may leave, once: nothing could be asked after it
			}
			r := a.Do(t, apitest.Call{Method: o.method, Path: o.at(uuid.NewString()), Token: caller.Token, Body: o.body(), Headers: o.headers()})
			as := fmt.Sprintf("%s (cédula: %t): %s", who.role, who.licensed, o.name())
			if may.Has(o.permission) {
				require.Less(t, r.Status, http.StatusInternalServerError, as)
				require.NotContains(t, []int{http.StatusUnauthorized, http.StatusForbidden}, r.Status, as)
				continue
			}
			denied++
			require.Equal(t, http.StatusForbidden, r.Status, as)
			require.Equal(t, "auth.forbidden", r.Code(), as)
			require.Equal(t, string(o.permission), r.JSON()["permission"], as)
		}
	}
	require.Equal(t, denied, apitest.Scalar[int](t, a, `select count(*)::int from audit_events where clinic_id = $1 and action = 'access.denied' and outcome = 'denied'`, uuid.MustParse(owner.ClinicID)))
}

// What nobody should change without meaning to: the auditor reads the trail and
// nothing of anybody, and the desk never reads a chart.
func TestTheNarrowRoles(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	allowed := func(role actor.Role) []string {
		var out []string
		for _, o := range guarded(t, a) {
			ofEverybody := o.permission == actor.CatalogRead || o.permission == actor.Signed || o.permission == actor.PermissionRead
			if actor.Grants(role, false).Has(o.permission) && !ofEverybody {
				out = append(out, o.name())
			}
		}
		slices.Sort(out)
		return out
	}
	require.Equal(t, []string{
		"GET /api/audit-events", "GET /api/audit-events/{id}", "GET /api/audit/verification",
	}, allowed(actor.RoleAuditor))
	for _, role := range []actor.Role{actor.RoleReceptionist, actor.RolePrivacyOfficer, actor.RoleOwner} {
		for _, name := range allowed(role) {
			require.NotRegexp(t, `summary|consultations|prescriptions|medications|vital-signs|allergies|problems`, name, role)
		}
	}
	for _, name := range allowed(actor.RoleNurse) {
		require.NotRegexp(t, `^(PUT|POST) .*(consultations|prescriptions|medications)`, name, "a nurse writes no note and no receta")
	}
	for _, role := range []actor.Role{actor.RoleDoctor, actor.RoleNurse, actor.RoleReceptionist} {
		require.NotContains(t, allowed(role), "GET /api/audit-events", role)
		require.NotContains(t, allowed(role), "PUT /api/clinic", role)
	}
}
