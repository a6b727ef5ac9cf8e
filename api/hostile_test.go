package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// What is wrong on purpose gets a clear answer and changes nothing. Bodies are
// spoilt for every operation that the document gives a body, so that a new one
// is spoilt as well.

// writers are the operations that take a body of JSON. The webhook is not among
// them: it takes what Meta signs.
func writers(t testing.TB, a *apitest.API) []operation {
	t.Helper()
	all := slices.DeleteFunc(operations(t, a), func(o operation) bool {
		return o.doc.RequestBody == nil || strings.HasPrefix(o.path, "/api/webhooks/")
	})
	require.Greater(t, len(all), 10)
	return all
}

func (o operation) schema() *openapi3.Schema {
	return o.doc.RequestBody.Value.Content.Get("application/json").Schema.Value
}

// fields are the names of the body's fields, in order.
func (o operation) fields() []string { return slices.Sorted(maps.Keys(o.schema().Properties)) }

// example is the valid body as a value that can be spoilt.
func (o operation) example(t testing.TB) map[string]any {
	t.Helper()
	var out map[string]any
	require.NoError(t, json.Unmarshal([]byte(o.body().(string)), &out), o.name())
	return out
}

// firstText is the first field that takes a text.
func (o operation) firstText(t testing.TB) string {
	t.Helper()
	for _, name := range o.fields() {
		if p := o.schema().Properties[name].Value; p.Type.Is("string") && p.Format == "" && len(p.Enum) == 0 {
			return name
		}
	}
	for _, name := range o.fields() {
		if o.schema().Properties[name].Value.Type.Is("string") {
			return name
		}
	}
	return ""
}

func raw(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}

// spoilt is a body and what must be said of it.
type spoilt struct {
	body    string
	headers map[string]string
	status  int
	code    string
	fields  map[string]string // nil where no field is named
}

func badJSON(body string) spoilt {
	return spoilt{body: body, status: http.StatusBadRequest, code: "request.json"}
}

func badField(body, field, code string) spoilt {
	return spoilt{body: body, status: http.StatusBadRequest, code: "request.invalid", fields: map[string]string{field: code}}
}

// spoil gives the ways in which a body can be wrong before it says anything.
func (o operation) spoil(t testing.TB) map[string]spoilt {
	t.Helper()
	good := raw(t, o.example(t))
	first, text := o.fields()[0], o.firstText(t)
	with := func(key string, value any) string { return raw(t, changed(o.example(t), key, value)) }
	twice := func(key string) string { return `{"` + key + `":` + raw(t, o.example(t)[first]) + "," + good[1:] }
	sent := func(headers map[string]string) spoilt {
		return spoilt{body: good, headers: headers, status: http.StatusUnsupportedMediaType}
	}
	all := map[string]spoilt{
		"an unknown field":        badField(with("unknown_field", 1), "unknown_field", "unknown"),
		"a field of the program":  badField(with("clinic_id_", uuid.NewString()), "clinic_id_", "unknown"),
		"a prototype":             badField(with("__proto__", map[string]any{"admin": true}), "__proto__", "unknown"),
		"a key in capitals":       badField(twice(strings.ToUpper(first)), strings.ToUpper(first), "unknown"),
		"a key with a long s":     badField(`{"ſ":1,`+good[1:], "ſ", "unknown"),
		"a key twice":             badField(twice(first), first, "repeated"),
		"NUL":                     badField(with(text, "a\x00b"), text, "format"),
		"NUL as it is":            badJSON(strings.Replace(good, ":", ":\x00", 1)),
		"bytes that are no UTF-8": {body: strings.Replace(with(text, "@@"), "@@", "\xff\xfe", 1), status: http.StatusBadRequest, code: "request.encoding"},
		"half a letter":           {body: strings.Replace(with(text, "@@"), "@@", "\xc3", 1), status: http.StatusBadRequest, code: "request.encoding"},
		"half a character":        {body: strings.Replace(with(text, "@@"), "@@", `a\ud800b`, 1), status: http.StatusBadRequest, code: "request.encoding"},
		"its other half alone":    {body: strings.Replace(with(text, "@@"), "@@", `a\udc00`, 1), status: http.StatusBadRequest, code: "request.encoding"},
		"a second document":       {body: good + good, status: http.StatusBadRequest, code: "request.trailing"},
		"words after the end":     {body: good + " y más", status: http.StatusBadRequest, code: "request.trailing"},
		"a deep nest":             {body: strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200), status: http.StatusBadRequest, code: "request.depth"},
		"a deep list":             {body: `{"a":` + strings.Repeat("[", 500_000), status: http.StatusBadRequest, code: "request.depth"},
		"blanks":                  {body: " \r\n\t", status: http.StatusBadRequest, code: "request.empty"},
		"a list":                  badJSON("[]"),
		"a text":                  badJSON(`"hola"`),
		"a number":                badJSON("7"),
		"null":                    badJSON("null"),
		"broken off":              badJSON(good[:len(good)-1]),
		"single quotes":           badJSON(strings.ReplaceAll(good, `"`, `'`)),
		"a comma too many":        badJSON(good[:len(good)-1] + ",}"),
		"a comment":               badJSON(good[:len(good)-1] + "/* */}"),
		"NaN":                     badJSON(`{"` + first + `":NaN}`),
		"a raw line break":        badJSON(strings.Replace(with(text, "@@"), "@@", "\n", 1)),
		"a byte order mark":       badJSON("\ufeff" + good),
		"2 MB":                    {body: with(text, strings.Repeat("a", 2<<20)), status: http.StatusRequestEntityTooLarge, code: "request.too_large"},
		"2 MB of blanks":          {body: strings.Repeat(" ", 2<<20), status: http.StatusRequestEntityTooLarge, code: "request.too_large"},
		"a form":                  sent(map[string]string{"Content-Type": "application/x-www-form-urlencoded"}),
		"text":                    sent(map[string]string{"Content-Type": "text/plain"}),
		"another JSON":            sent(map[string]string{"Content-Type": "application/merge-patch+json"}),
		"no type":                 sent(map[string]string{"Content-Type": ""}),
		"a type that is none":     sent(map[string]string{"Content-Type": "application/json, text/plain; ;"}),
		"gzip":                    sent(map[string]string{"Content-Encoding": "gzip"}),
	}
	if o.doc.RequestBody.Value.Required {
		all["nothing"] = spoilt{body: "", status: http.StatusBadRequest, code: "request.empty"}
	}
	for name, p := range o.schema().Properties {
		if p.Value.MaxLength != nil {
			all["too long a "+name] = badField(with(name, strings.Repeat("ñ", int(*p.Value.MaxLength)+1)), name, "too_long")
		}
		if name == "credential" {
			continue // it is the browser's own form, judged with its challenge
		}
		for kind, value := range wrongTypes(p.Value) {
			all["a "+kind+" as "+name] = badField(with(name, value), name, "type")
		}
	}
	return all
}

// wrongTypes gives values that a field cannot take.
func wrongTypes(s *openapi3.Schema) map[string]any {
	all := map[string]any{"text": "x", "number": 1.5, "truth": true, "list": []any{map[string]any{}}, "thing": map[string]any{}}
	for kind, is := range map[string]bool{
		"text": s.Type.Is("string"), "number": s.Type.Is("number"), "truth": s.Type.Is("boolean"), "list": s.Type.Is("array"), "thing": s.Type.Is("object") || len(s.AllOf) > 0,
	} {
		if is {
			delete(all, kind)
		}
	}
	if s.Format == "date-time" || s.Format == "uuid" {
		return nil // they are read by their own form, and say so
	}
	return all
}

func TestSpoiltBodiesAreRefusedAndChangeNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	before, people := n.Fingerprint(t, n.ClinicID, "audit_events"), apitest.Scalar[int](t, o.API, "select count(*)::int from users")
	for _, op := range writers(t, o.API) {
		if op.firstText(t) == "" {
			continue // one truth, or nothing but lists: nothing of what follows can be written into it
		}
		version := n.current(op)
		for name, s := range op.spoil(t) {
			headers := maps.Clone(version)
			maps.Copy(headers, s.headers)
			as := op.name() + ": " + name
			r := n.Do(t, apitest.Call{Method: op.method, Path: n.at(op, n.of(op)), Token: n.Token, Body: s.body, Headers: headers, Undocumented: true})
			require.Equal(t, s.status, r.Status, "%s: %s", as, r.Body)
			if s.code != "" {
				require.Equal(t, s.code, r.Code(), "%s: %s", as, r.Body)
			}
			if s.fields != nil {
				require.Equal(t, s.fields, r.Fields(), as)
			}
			require.Equal(t, r.Header.Get("X-Request-Id"), r.JSON()["request_id"], as)
		}
	}
	require.Equal(t, before, n.Fingerprint(t, n.ClinicID, "audit_events"))
	require.Equal(t, people, apitest.Scalar[int](t, o.API, "select count(*)::int from users"))
}

// What the document shows as an example is taken as it stands.
func TestExamplesOfTheDocumentAreTaken(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	n.ids["{code}"] = "I10"
	for _, op := range writers(t, o.API) {
		body := op.example(t)
		if op.name() == "POST /api/auth/login" {
			body = map[string]any{"email": n.Email, "password": testkit.Password}
		}
		for name, p := range op.schema().Properties {
			if p.Value.Format == "uuid" || slices.Contains(serverKeys, name) {
				delete(body, name) // of the server; an example cannot know them
			}
		}
		if _, proves := body["password"]; proves {
			delete(body, "totp_code") // one proof is enough
			delete(body, "passkey")
		}
		if strings.Contains(op.path, "/problems") {
			delete(body, "resolved_on") // the example's problem is active
		}
		if strings.HasPrefix(op.path, "/api/patients/{") {
			n.ids["patients"] = n.register(canaryPatient())["id"].(string)
			n.conditions(n.made)
		}
		if draftOnly[op.name()] {
			n.draft()
		}
		if op.name() == "POST /api/patients/{id}/consultations" {
			body["office_id"] = n.ids["offices"] // of several, one must be chosen
		}
		if slices.Contains(proofs, op.name()) || strings.HasPrefix(op.path, "/api/invitations/") {
			continue // an example knows no secret; the doors have tests of their own
		}
		if strings.Contains(op.path, "prescriptions") || strings.Contains(op.path, "{course_id}") {
			continue // an example knows no medicine of the catalog; recetas have tests of their own
		}
		r := n.Do(t, apitest.Call{Method: op.method, Path: n.at(op, n.of(op)), Token: n.Token, Body: body, Headers: n.current(op)})
		require.Less(t, r.Status, http.StatusMultipleChoices, "%s: %s", op.name(), r.Body)
	}
}

// proofs are the operations that ask for something that only a person, her
// telephone or a letter knows, or that end the session.
var proofs = []string{
	"POST /api/auth/reauthenticate", "POST /api/auth/unlock", "POST /api/auth/desk/switch", "POST /api/auth/switch-clinic", "POST /api/auth/lock",
	"POST /api/auth/password/reset", "PUT /api/auth/password", "POST /api/auth/email/verify", "POST /api/auth/factor/lost/cancel",
	"POST /api/staff/leave", "POST /api/staff/transfer-ownership", "POST /api/confidentiality-letter/accept",
	"POST /api/factor-resets", "POST /api/auth/login/passkey/finish", "POST /api/auth/passkeys", "POST /api/auth/passkeys/finish", "POST /api/auth/totp/enable",
}

// serverKeys are fields of a PUT whose values only the server knows.
var serverKeys = []string{
	"record_number", "age", "age_text", "minor", "status", "archive", "consent", "version", "created_at", "updated_at",
	"author", "opened_at", "type_version", "type_label", "missing",
}

// current are the headers of an operation with the version that stands now.
func (n neighbour) current(o operation) map[string]string {
	n.t.Helper()
	headers := o.headers()
	if headers["If-Match"] != "" {
		headers["If-Match"] = n.send(http.MethodGet, n.at(o, n.of(o)), nil).Want(http.StatusOK).Header.Get("ETag")
	}
	return headers
}

// The version is judged before the body: what is stale is not read.
func TestTheVersionIsJudgedBeforeTheBody(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	before := n.Fingerprint(t, n.ClinicID, "audit_events")
	tried := 0
	for _, op := range writers(t, o.API) {
		if op.method != http.MethodPut || op.headers()["If-Match"] == "" {
			continue
		}
		for version, status := range map[string]int{
			"": http.StatusPreconditionRequired, `"0"`: http.StatusPreconditionFailed, `"99"`: http.StatusPreconditionFailed,
			`"-1"`: http.StatusPreconditionFailed, "*": http.StatusPreconditionFailed, `"1", "2"`: http.StatusPreconditionFailed,
			`"uno"`: http.StatusPreconditionFailed, `"99999999999999999999"`: http.StatusPreconditionFailed,
		} {
			for _, body := range []string{"no es JSON", "", op.body().(string)} {
				tried++
				r := n.Do(t, apitest.Call{
					Method: op.method, Path: n.at(op, n.of(op)), Token: n.Token, Body: body, Undocumented: true,
					Headers: map[string]string{"If-Match": version},
				})
				require.Equal(t, status, r.Status, "%s with %s: %s", op.name(), version, r.Body)
			}
		}
	}
	require.Positive(t, tried)
	require.Equal(t, before, n.Fingerprint(t, n.ClinicID, "audit_events"))
}

// Ids, cursors, limits and methods that nobody should send have an answer each.
func TestOddAddressesHaveAnAnswer(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	before := n.Fingerprint(t, n.ClinicID, "audit_events", "audit_event_subjects")
	for _, op := range guarded(t, o.API) {
		if strings.Contains(op.path, "{id}") {
			n.oddIDs(op)
		}
		if op.doc.Parameters.GetByInAndName("query", "limit") != nil {
			n.oddLimits(op)
		}
		if op.doc.Parameters.GetByInAndName("query", "cursor") != nil {
			n.oddCursors(op)
		}
		n.oddQueries(op)
	}
	require.Equal(t, before, n.Fingerprint(t, n.ClinicID, "audit_events", "audit_event_subjects"))
}

func (n neighbour) oddIDs(o operation) {
	n.t.Helper()
	good := n.of(o)
	for _, id := range []string{
		"zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", strings.Repeat("0", 36), strings.Repeat("-", 36), strings.Repeat("%20", 36),
		"{" + good + "}", "urn:uuid:" + good, strings.ReplaceAll(good, "-", ""), good + "0", good[:35], "0", "null", "%00", "%ff",
		"..%2f" + good, good + "%2f", good + "%00", "%2e%2e", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
	} {
		r := n.Do(n.t, apitest.Call{Method: o.method, Path: o.at(id), Token: n.Token, Body: o.body(), Headers: o.headers(), Undocumented: true})
		require.Equal(n.t, http.StatusNotFound, r.Status, "%s with %s: %s", o.name(), id, r.Body)
	}
}

func (n neighbour) oddLimits(o operation) {
	n.t.Helper()
	for _, limit := range []string{"0", "-1", "abc", "1.5", "1e2", "99999999999999999999", "%00", "%ff", "0x10", "١"} {
		r := n.Do(n.t, apitest.Call{Method: o.method, Path: n.at(o, n.of(o)) + "?limit=" + limit, Token: n.Token, Undocumented: true})
		require.Equal(n.t, http.StatusBadRequest, r.Status, "%s with limit %s", o.name(), limit)
		require.Equal(n.t, map[string]string{"limit": "range"}, r.Fields())
	}
	r := n.Do(n.t, apitest.Call{Method: o.method, Path: n.at(o, n.of(o)) + "?limit=101&q=a", Token: n.Token}).Want(http.StatusOK)
	require.LessOrEqual(n.t, len(list(r.JSON()["items"])), 100)
}

func (n neighbour) oddCursors(o operation) {
	n.t.Helper()
	for _, cursor := range []string{
		"!", "%00", "%ff", "a", "W10", "bnVsbA==", "eyJpIjo1fQ", "eyJJRCI6NX0", "InR4dCI", "NQ", strings.Repeat("A", 4000),
		"eyJzIjoiMjAyNi0wMi0zMFQwMDowMDowMFoifQ", url.QueryEscape("' or 1=1 --"), "eyJhIjoiMTAwMDAtMDEtMDFUMDA6MDA6MDBaIn0",
	} {
		r := n.Do(n.t, apitest.Call{Method: o.method, Path: n.at(o, n.of(o)) + "?cursor=" + cursor, Token: n.Token, Undocumented: true})
		require.Contains(n.t, []int{http.StatusOK, http.StatusBadRequest}, r.Status, "%s with cursor %s", o.name(), cursor)
		if cursor == "!" || cursor == "a" {
			require.Equal(n.t, map[string]string{"cursor": "format"}, r.Fields(), o.name())
		}
	}
}

// oddQueries puts texts that no field can hold into each condition.
func (n neighbour) oddQueries(o operation) {
	n.t.Helper()
	if o.path == "/api/events" {
		return
	}
	for _, p := range o.doc.Parameters {
		if p.Value.In != "query" {
			continue
		}
		for _, value := range []string{
			"%00", "a%00b", "%ff%fe", "%c3", "%ed%a0%80", "%25", url.QueryEscape(`'";--\`), url.QueryEscape("(a|b)*$"), "%F0%9F%A9%BA",
			strings.Repeat("a", 3000), strings.Repeat("a+", 1500), "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-1", "%0d%0aX-Evil:1",
			strings.ReplaceAll(n.ids["patients"], "-", ""), "00000000-0000-0000-0000-000000000000",
		} {
			r := n.Do(n.t, apitest.Call{Method: o.method, Path: fmt.Sprintf("%s?%s=%s", n.at(o, n.of(o)), p.Value.Name, value), Token: n.Token, Headers: o.headers(), Undocumented: true})
			require.Contains(n.t, []int{http.StatusOK, http.StatusBadRequest}, r.Status, "%s?%s=%s: %s", o.name(), p.Value.Name, value, r.Body)
			require.Empty(n.t, r.Header.Get("X-Evil"))
			if p.Value.Schema.Value.Format == "uuid" {
				require.Equal(n.t, http.StatusBadRequest, r.Status, "%s?%s=%s", o.name(), p.Value.Name, value)
			}
		}
	}
}

// Every address answers methods that it has not with 405 and says which it has.
func TestMethodsThatAreNot(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	has := map[string][]string{}
	for _, r := range a.Face.Routes() {
		has[documented(r.Path)] = append(has[documented(r.Path)], r.Method)
	}
	for path, methods := range has {
		for _, method := range []string{"HEAD", "POST", "PATCH", "DELETE", "TRACE", "FOO"} {
			if slices.Contains(methods, method) {
				continue
			}
			at := strings.NewReplacer("{id}", uuid.NewString(), "{slug}", p.Slug, "{version}", "1").Replace(path)
			if isAnothers(has, path, method) {
				continue // the name stands where another address takes an id
			}
			r := a.Do(t, apitest.Call{Method: method, Path: at, Token: p.Token, Undocumented: true})
			require.Equal(t, http.StatusMethodNotAllowed, r.Status, "%s %s", method, at)
			for _, m := range methods {
				require.Contains(t, r.Header.Get("Allow"), m, "%s %s", method, at)
			}
		}
	}
}

// isAnothers tells whether a method of an address is that of another one, whose
// placeholder the last part of this one fills.
func isAnothers(has map[string][]string, path, method string) bool {
	at := strings.LastIndex(path, "/")
	return !strings.Contains(path[at:], "{") && slices.Contains(has[path[:at]+"/{id}"], method)
}

// Addresses written otherwise than they are lead to nothing without a session.
func TestPathsInDisguise(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	n := newNeighbour(t, o)
	id := n.ids["patients"]
	for _, path := range []string{
		"/api/patients/..%2f..%2fhealth", "/api%2fpatients", "/api%2fpatients%2f" + id, "//api/patients", "/api//patients/" + id,
		"/api/./patients/" + id, "/api/x/../patients/" + id, "/api/patients/" + id + "/", "/api/patients/" + id + "%2fsummary",
		"/API/patients/" + id, "/%61pi/patients/" + id, "/api/patients/" + id + ";x=1", "/api/patients/" + id + "%20",
		"/api/", "/api", "/api/nada", "/metrics", "/.env", "/.git/config", "/debug/pprof/", "/api/patients%00", "/privacy-notice/%2e%2e%2f",
	} {
		for _, token := range []string{"", n.Token} {
			r := n.Do(t, apitest.Call{Method: http.MethodGet, Path: path, Token: token, Undocumented: true})
			require.Less(t, r.Status, http.StatusInternalServerError, path)
			require.NotEqual(t, http.StatusOK, r.Status, "%s: %s", path, r.Body)
			require.NotContains(t, string(r.Body), "Xiadani", path)
		}
	}
}
