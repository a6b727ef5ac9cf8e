// Command openapi makes openapi/openapi.json (OpenAPI 3.0.3) of the comments of
// the handlers. swag reads them as Swagger 2.0; what that form cannot say is
// put right here.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/swaggo/swag"
)

const target = "openapi/openapi.json"

func main() {
	if err := generate(); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func generate() error {
	v2, err := parse()
	if err != nil {
		return err
	}
	doc, err := openapi2conv.ToV3(v2)
	if err != nil {
		return fmt.Errorf("convert: %w", err)
	}
	codes, err := errorCodes("api", "internal")
	if err != nil {
		return err
	}
	repair(doc, codes)
	raw, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return err
	}
	raw = rename(raw)
	if err := check(raw); err != nil {
		return err
	}
	return os.WriteFile(target, append(raw, '\n'), 0o644) //nolint:gosec // a document for everybody
}

var (
	listName = regexp.MustCompile(`api\.listDTO-(?:api_|\w+_)?(\w+)`)
	goName   = regexp.MustCompile(`("|/schemas/)(?:api|mx)\.(\w+)`)
)

// rename gives schemas the names of the field instead of those of Go.
func rename(raw []byte) []byte {
	raw = listName.ReplaceAll(raw, []byte("${1}List"))
	return goName.ReplaceAll(raw, []byte("${1}${2}"))
}

// check reads the document back as others will.
func check(raw []byte) error {
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	if err := doc.Validate(context.Background(), openapi3.DisableExamplesValidation()); err != nil {
		return fmt.Errorf("validate: %w", err)
	}
	return nil
}

func parse() (*openapi2.T, error) {
	p := swag.New(swag.SetDebugger(log.New(io.Discard, "", 0)), swag.SetStrict(true))
	p.ParseInternal = true
	p.RequiredByDefault = true // what may be absent says omitempty
	if err := p.ParseAPIMultiSearchDir([]string{"api", "internal/mx"}, "doc.go", 1); err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	raw, err := json.Marshal(p.GetSwagger())
	if err != nil {
		return nil, err
	}
	var v2 openapi2.T
	return &v2, json.Unmarshal(raw, &v2)
}
