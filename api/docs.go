package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's template
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"sort"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"historias/openapi"
)

// docsAPI serves the OpenAPI document and a reference page made of it, which
// reads without script.
type docsAPI struct {
	page []byte
	csp  string
}

//go:embed docs.html
var docsTemplate string

func newDocsAPI() (docsAPI, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON)
	if err != nil {
		return docsAPI{}, fmt.Errorf("api: docs: %w", err)
	}
	t, err := template.New("docs").Parse(docsTemplate)
	if err != nil {
		return docsAPI{}, fmt.Errorf("api: docs: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, referenceOf(doc)); err != nil {
		return docsAPI{}, fmt.Errorf("api: docs: %w", err)
	}
	return docsAPI{page: b.Bytes(), csp: pagePolicy(docsTemplate)}, nil
}

// pagePolicy allows the one style sheet of a page by its hash, and nothing else.
func pagePolicy(page string) string {
	_, rest, _ := strings.Cut(page, "<style>")
	style, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

func (h docsAPI) routes() []route {
	return []route{
		{http.MethodGet, "/api/openapi.json", public, h.document, routeOptions{}},
		{http.MethodGet, "/api/docs", public, h.reference, routeOptions{}},
	}
}

// document serves the OpenAPI document.
//
//	@Summary	Este documento, en OpenAPI 3.0.3
//	@Tags		Servicio
//	@Produce	json
//	@Success	200	{object}	object
//	@Router		/api/openapi.json [get]
func (h docsAPI) document(c echo.Context) error {
	return c.Blob(http.StatusOK, "application/json; charset=utf-8", openapi.JSON)
}

// reference serves the page for people.
//
//	@Summary	Referencia de la API para leer
//	@Tags		Servicio
//	@Produce	html
//	@Success	200	{string}	string
//	@Router		/api/docs [get]
func (h docsAPI) reference(c echo.Context) error {
	c.Response().Header().Set("Content-Security-Policy", h.csp)
	return c.HTMLBlob(http.StatusOK, h.page)
}

type reference struct {
	Title, Description string
	Groups             []referenceGroup
	Codes              []string
}

type referenceGroup struct {
	Name       string
	Operations []referenceOperation
}

type referenceOperation struct {
	Method, Path, Summary string
	Public                bool
	Parameters            []referenceParameter
	Body                  string
	Answers               []referenceAnswer
}

type referenceParameter struct {
	Name, In, Description string
	Required              bool
}

type referenceAnswer struct{ Status, Description, Body string }

func referenceOf(doc *openapi3.T) reference {
	groups := map[string]*referenceGroup{}
	paths := doc.Paths.InMatchingOrder()
	sort.Strings(paths)
	var order []string
	for _, path := range paths {
		for method, op := range doc.Paths.Find(path).Operations() {
			tag := "Servicio"
			if len(op.Tags) > 0 {
				tag = op.Tags[0]
			}
			if groups[tag] == nil {
				groups[tag] = &referenceGroup{Name: tag}
				order = append(order, tag)
			}
			groups[tag].Operations = append(groups[tag].Operations, operationOf(method, path, op))
		}
	}
	sort.Strings(order)
	r := reference{Title: doc.Info.Title, Description: doc.Info.Description}
	for _, tag := range order {
		g := groups[tag]
		sort.Slice(g.Operations, func(i, j int) bool {
			a, b := g.Operations[i], g.Operations[j]
			return a.Path < b.Path || a.Path == b.Path && a.Method < b.Method
		})
		r.Groups = append(r.Groups, *g)
	}
	for _, code := range doc.Components.Schemas["Problem"].Value.Properties["code"].Value.Enum {
		r.Codes = append(r.Codes, fmt.Sprint(code))
	}
	return r
}

func operationOf(method, path string, op *openapi3.Operation) referenceOperation {
	out := referenceOperation{
		Method: method, Path: path, Summary: op.Summary, Public: op.Security == nil || len(*op.Security) == 0,
	}
	for _, p := range op.Parameters {
		out.Parameters = append(out.Parameters, referenceParameter{p.Value.Name, p.Value.In, p.Value.Description, p.Value.Required})
	}
	if op.RequestBody != nil {
		out.Body = exampleOf(op.RequestBody.Value.Content)
	}
	for status, res := range op.Responses.Map() {
		answer := referenceAnswer{Status: status, Description: *res.Value.Description}
		if status < "400" {
			answer.Body = exampleOf(res.Value.Content)
		}
		out.Answers = append(out.Answers, answer)
	}
	sort.Slice(out.Answers, func(i, j int) bool { return out.Answers[i].Status < out.Answers[j].Status })
	return out
}

func exampleOf(content openapi3.Content) string {
	media := content.Get("application/json")
	if media == nil || media.Schema == nil {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(sample(media.Schema.Value, 0)); err != nil {
		return ""
	}
	return strings.TrimSpace(b.String())
}

const deepest = 6

// formats are examples of texts whose form the document names.
var formats = map[string]string{
	"uuid": "01999999-0000-7000-8000-000000000000", "date-time": "2026-11-23T18:00:00Z", "date": "1980-08-14",
}

// sample makes an example of a schema from the examples of its fields.
func sample(s *openapi3.Schema, depth int) any {
	switch {
	case s == nil || depth > deepest:
		return nil
	case s.Example != nil:
		return s.Example
	case len(s.AllOf) > 0:
		return sample(s.AllOf[0].Value, depth)
	case s.Type.Is("array"):
		return []any{sample(s.Items.Value, depth+1)}
	case s.Type.Is("object"):
		out := map[string]any{}
		for name, p := range s.Properties {
			out[name] = sample(p.Value, depth+1)
		}
		return out
	case len(s.Enum) > 0:
		return s.Enum[0]
	case formats[s.Format] != "":
		return formats[s.Format]
	case s.Type.Is("boolean"):
		return false
	case s.Type.Is("integer"), s.Type.Is("number"):
		return 0
	}
	return "texto"
}
