// Package openapi holds the document of the API, made of the handlers' comments
// by scripts/openapi and committed.
package openapi

import _ "embed"

// JSON is the document (OpenAPI 3.0.3).
//
//go:embed openapi.json
var JSON []byte
