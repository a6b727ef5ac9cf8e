package main

import (
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	problemType = "application/problem+json"
	jsonType    = "application/json"
)

// repair says what Swagger 2.0 cannot: the bearer scheme, either of two schemes,
// the type of problems, nullable fields, and the answers that every operation
// of its kind can give.
func repair(doc *openapi3.T, codes []string) {
	doc.OpenAPI = "3.0.3"
	doc.Servers = openapi3.Servers{{URL: "/"}}
	doc.Components.SecuritySchemes = openapi3.SecuritySchemes{
		"Bearer":  {Value: openapi3.NewJWTSecurityScheme()},
		"Session": {Value: &openapi3.SecurityScheme{Type: "apiKey", In: "cookie", Name: "historias_session"}},
	}
	for _, schema := range doc.Components.Schemas {
		nullable(schema)
	}
	if problem := doc.Components.Schemas["Problem"]; problem != nil {
		problem.Value.Required = []string{"type", "title", "status", "detail", "code", "request_id"}
		if code := problem.Value.Properties["code"]; code != nil {
			code.Value.Enum = toAny(codes)
		}
	}
	for _, path := range doc.Paths.Map() {
		for method, op := range path.Operations() {
			operation(method, op)
		}
	}
}

func toAny(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

func nullable(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	if ref.Extensions["x-nullable"] == true || ref.Value.Extensions["x-nullable"] == true {
		ref.Value.Nullable = true
		delete(ref.Value.Extensions, "x-nullable")
	}
	for _, p := range ref.Value.Properties {
		nullable(p)
	}
	nullable(ref.Value.Items)
}

func operation(method string, op *openapi3.Operation) {
	signed := op.Security != nil && len(*op.Security) > 0
	if signed {
		op.Security = &openapi3.SecurityRequirements{{"Session": []string{}}, {"Bearer": []string{}}}
		always(op, 401, "auth.required, auth.expired, auth.invalid_token, auth.signed_out")
		always(op, 403, "auth.forbidden, auth.cross_site")
		if method == "POST" {
			always(op, 400, "idempotency.key")
			always(op, 409, "idempotency.in_flight")
			always(op, 413, "request.too_large") // the body is read for its hash
			always(op, 422, "idempotency.mismatch")
		}
	}
	if op.RequestBody != nil {
		always(op, 400, "request.invalid")
		always(op, 413, "request.too_large")
		always(op, 415, "request.content_type, request.content_encoding")
	}
	always(op, 429, "rate.exceeded")
	always(op, 500, "internal.error")
	always(op, 503, "database.away, database.busy")
	for status, response := range op.Responses.Map() {
		problemBody(status, response.Value)
	}
}

// always adds an answer, or its codes to one that the handler describes.
func always(op *openapi3.Operation, status int, codes string) {
	if known := op.Responses.Status(status); known != nil {
		for _, code := range strings.Split(codes, ", ") {
			if !strings.Contains(*known.Value.Description, code) {
				text := strings.TrimPrefix(*known.Value.Description+", "+code, ", ")
				known.Value.Description = &text
			}
		}
		return
	}
	op.Responses.Set(strconv.Itoa(status), &openapi3.ResponseRef{Value: openapi3.NewResponse().
		WithDescription(codes).
		WithContent(openapi3.NewContentWithSchemaRef(openapi3.NewSchemaRef("#/components/schemas/Problem", nil), []string{problemType}))})
}

func problemBody(status string, r *openapi3.Response) {
	if r == nil {
		return
	}
	if r.Description == nil || *r.Description == "" {
		text := "Respuesta " + status
		r.Description = &text
	}
	if status < "400" {
		return
	}
	for kind, media := range r.Content {
		if kind != problemType {
			delete(r.Content, kind)
			r.Content[problemType] = media
		}
	}
}
