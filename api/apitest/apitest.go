// Package apitest boots the whole API on a test database and talks to it over
// HTTP. Every request and answer is held against the OpenAPI document.
package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/stretchr/testify/require"

	"historias/api"
	"historias/cmd/historias/httpd"
	"historias/internal/config"
	"historias/internal/testkit"
	"historias/openapi"
)

// API is a running server with its own database.
type API struct {
	*testkit.Kit
	URL string
	// Face is the server as it was assembled.
	Face *api.Server
	// Doc is the OpenAPI document that every call is held against.
	Doc    *openapi3.T
	router routers.Router
}

// New boots the API.
func New(t testing.TB) *API {
	t.Helper()
	return NewWith(t, func(*config.Config) {})
}

// NewWith boots it with a changed configuration.
func NewWith(t testing.TB, change func(*config.Config)) *API {
	t.Helper()
	return serve(t, testkit.NewWith(t, change))
}

// NewLogged boots it with a log that the test reads.
func NewLogged(t testing.TB, log *slog.Logger, change func(*config.Config)) *API {
	t.Helper()
	return serve(t, testkit.NewLogged(t, log, change))
}

// serve starts the server as the command does, with its timeouts and limits.
func serve(t testing.TB, kit *testkit.Kit) *API {
	t.Helper()
	face, err := httpd.New(kit.App, httpd.Release{Version: "test"})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(nil)
	server.Config = face.HTTP("")
	server.Start()
	t.Cleanup(server.Close)
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON)
	require.NoError(t, err)
	doc.Servers = openapi3.Servers{{URL: server.URL}}
	router, err := legacy.NewRouter(doc)
	require.NoError(t, err)
	return &API{Kit: kit, URL: server.URL, Face: face, Doc: doc, router: router}
}

// Call is one request. Body is sent as JSON unless it is a string or bytes,
// which go as they are.
type Call struct {
	Method  string
	Path    string
	Token   string
	Body    any
	Headers map[string]string
	// Undocumented skips the comparison with the document, for requests that are
	// wrong on purpose.
	Undocumented bool
	// Broken says that the test broke the program, so that a 500 is right.
	Broken bool
}

// Reply is an answer.
type Reply struct {
	Status  int
	Header  http.Header
	Body    []byte
	testing testing.TB
}

// Do sends a call and holds both sides against the document.
func (a *API) Do(t testing.TB, c Call) Reply {
	t.Helper()
	req := a.request(t, c)
	route, params, routeErr := a.router.FindRoute(req)
	input := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true},
	}
	if !c.Undocumented {
		require.NoError(t, routeErr, "%s %s is not in the document", c.Method, c.Path)
		require.NoError(t, openapi3filter.ValidateRequest(t.Context(), input), "request %s %s", c.Method, c.Path)
		req = a.request(t, c)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	inspect(t, c, res)
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
		return Reply{Status: res.StatusCode, Header: res.Header, testing: t} // it has no end to wait for
	}
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	if routeErr == nil {
		err = openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: input, Status: res.StatusCode, Header: res.Header,
			Body: io.NopCloser(bytes.NewReader(body)), Options: input.Options,
		})
		require.NoError(t, err, "answer %d of %s %s: %s", res.StatusCode, c.Method, c.Path, body)
	}
	return Reply{Status: res.StatusCode, Header: res.Header, Body: body, testing: t}
}

func (a *API) request(t testing.TB, c Call) *http.Request {
	t.Helper()
	var body io.Reader
	switch b := c.Body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	case []byte:
		body = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		require.NoError(t, err)
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(t.Context(), c.Method, a.URL+c.Path, body)
	require.NoError(t, err)
	if c.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for name, value := range c.Headers {
		req.Header.Set(name, value)
	}
	return req
}

// JSON decodes the body.
func (r Reply) JSON() map[string]any {
	r.testing.Helper()
	var out map[string]any
	require.NoError(r.testing, json.Unmarshal(r.Body, &out), "%s", r.Body)
	return out
}

// Want fails unless the status is this one.
func (r Reply) Want(status int) Reply {
	r.testing.Helper()
	require.Equal(r.testing, status, r.Status, "%s", r.Body)
	return r
}

// Code is the stable code of a problem.
func (r Reply) Code() string {
	r.testing.Helper()
	code, _ := r.JSON()["code"].(string)
	return code
}

// Fields gives the codes of a problem's faults by field.
func (r Reply) Fields() map[string]string {
	r.testing.Helper()
	out := map[string]string{}
	list, _ := r.JSON()["errors"].([]any)
	for _, item := range list {
		f, _ := item.(map[string]any)
		name, _ := f["field"].(string)
		code, _ := f["code"].(string)
		out[name] = code
	}
	return out
}
