package docs

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/stretchr/testify/require"

	"historias/openapi"
)

var (
	call   = regexp.MustCompile(`curl (?:[^\n\\']|\\\n|\\.|'[^']*')+`)
	target = regexp.MustCompile(`\$BASE(/[^\s"|]*)`)
	method = regexp.MustCompile(`-X ([A-Z]+)`)
	sent   = regexp.MustCompile(`-d '(\{[^']*\})'`)
	named  = regexp.MustCompile("`([a-z_]+\\.[a-z_]+)`")
)

// The examples of the guide ask for what the document of the API has, with
// bodies that it takes; the codes that the guide names are codes.
func TestTheGuideAsksForWhatExists(t *testing.T) {
	t.Parallel()
	page := read(t, "api-guide.md")
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON)
	require.NoError(t, err)
	router, err := legacy.NewRouter(doc)
	require.NoError(t, err)
	calls := call.FindAllString(strings.Join(blocks(page), "\n"), -1)
	require.Greater(t, len(calls), 8)
	for _, c := range calls {
		asks(t, router, c)
	}
	codes := map[string]bool{}
	for _, code := range doc.Components.Schemas["Problem"].Value.Properties["code"].Value.Enum {
		codes[code.(string)] = true
	}
	for _, m := range named.FindAllStringSubmatch(page, -1) {
		require.True(t, codes[m[1]], "%s is no code", m[1])
	}
}

// blocks are the examples to run.
func blocks(page string) []string {
	var out []string
	for _, m := range fence.FindAllStringSubmatch(page, -1) {
		if strings.HasPrefix(m[0], "```sh") {
			out = append(out, m[1])
		}
	}
	return out
}

// asks holds one call against the document.
func asks(t *testing.T, router routers.Router, command string) {
	t.Helper()
	path := target.FindStringSubmatch(command)
	require.NotNil(t, path, command)
	verb, body := http.MethodGet, ""
	if m := method.FindStringSubmatch(command); m != nil {
		verb = m[1]
	}
	if m := sent.FindStringSubmatch(command); m != nil {
		body = m[1]
	}
	address := strings.ReplaceAll(path[1], "$ID", "01999999-0000-7000-8000-000000000000")
	r, err := http.NewRequestWithContext(t.Context(), verb, address, strings.NewReader(body))
	require.NoError(t, err)
	route, params, err := router.FindRoute(r)
	require.NoError(t, err, "%s %s", verb, address)
	if body == "" {
		return
	}
	known(t, body, route.Operation.RequestBody.Value.Content["application/json"].Schema.Value)
	r.Header.Set("Content-Type", "application/json")
	require.NoError(t, openapi3filter.ValidateRequestBody(t.Context(), &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
	}, route.Operation.RequestBody.Value), "%s %s", verb, address)
}

// known refuses a key that the document does not name, as the program does.
func known(t *testing.T, body string, schema *openapi3.Schema) {
	t.Helper()
	var keys map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(body), &keys))
	for key := range keys {
		require.Contains(t, schema.Properties, key)
	}
}
