package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/errs"
	"historias/internal/page"
)

// bind reads the JSON body into T: shape only (types, required, length,
// format). Path and query never mix with it. Unknown and repeated keys, NUL and
// invalid UTF-8 are refused, and all faults of fields come back at once.
func bind[T any](c echo.Context) (T, error) {
	var v T
	raw, err := body(c)
	if err != nil {
		return v, err
	}
	if err := scan(raw); err != nil {
		return v, err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, decodeFault(raw, err)
	}
	return v, validate(v)
}

func body(c echo.Context) ([]byte, error) {
	r := c.Request()
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, errs.New(errs.KindUnsupported, "request.content_type", "Envíe los datos como application/json.")
	}
	if r.Header.Get("Content-Encoding") != "" {
		return nil, errs.New(errs.KindUnsupported, "request.content_encoding", "Envíe los datos sin comprimir.")
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, bodyFault(err)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, malformed("request.empty", "El cuerpo de la solicitud está vacío.")
	}
	return raw, nil
}

func bodyFault(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return errs.New(errs.KindTooLarge, "request.too_large", "Lo que envió es demasiado grande. Divídalo o quítele lo que no haga falta.")
	}
	return malformed("request.incomplete", "La solicitud llegó incompleta. Intente de nuevo.")
}

func malformed(code, message string) *errs.Error { return errs.New(errs.KindMalformed, code, message) }

func field(name, code, message string) error {
	return errs.Invalid(errs.Field{Field: name, Code: code, Message: message})
}

// scan walks the tokens once: encoding/json would take the last of repeated
// keys, match keys in any case and accept a second document.
func scan(raw []byte) error {
	if !utf8.Valid(raw) {
		return malformed("request.encoding", "El texto no está en UTF-8.")
	}
	if loneSurrogate(raw) {
		return malformed("request.encoding", "El texto trae un carácter incompleto.")
	}
	if !bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n"), []byte("{")) {
		return malformed("request.json", "La solicitud debe ser un objeto JSON.")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := scanValue(dec, ""); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return malformed("request.trailing", "La solicitud trae más de un documento JSON.")
	}
	return nil
}

const maxDepth = 32

func scanValue(dec *json.Decoder, at string) error {
	if strings.Count(at, ".")+strings.Count(at, "[") > maxDepth {
		return malformed("request.depth", "La solicitud está demasiado anidada.")
	}
	tok, err := dec.Token()
	if err != nil {
		return malformed("request.json", "La solicitud no es JSON válido.")
	}
	switch v := tok.(type) {
	case string:
		if strings.ContainsRune(v, 0) {
			return field(strings.TrimPrefix(at, "."), "format", "Contiene un carácter que no se puede guardar.")
		}
	case json.Delim:
		if v == '{' {
			return scanObject(dec, at)
		}
		for n := 0; dec.More(); n++ {
			if err := scanValue(dec, fmt.Sprintf("%s[%d]", at, n)); err != nil {
				return err
			}
		}
		_, err = dec.Token()
	}
	return jsonFault(err)
}

func scanObject(dec *json.Decoder, at string) error {
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return jsonFault(err)
		}
		key, _ := tok.(string)
		name := strings.TrimPrefix(at+"."+key, ".")
		if !plainKey(key) && !foreign(at) {
			return field(name, "unknown", "Este dato no existe.")
		}
		if seen[key] {
			return field(name, "repeated", "Este dato viene repetido.")
		}
		seen[key] = true
		if err := scanValue(dec, at+"."+key); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return jsonFault(err)
}

// plainKey tells the names of our fields from those that encoding/json would
// take for them: it folds cases, also of letters outside ASCII (ſ is an s).
func plainKey(key string) bool {
	return strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// foreign tells whether an object is the answer of a passkey, whose names are
// those of WebAuthn (Level 3, 5.1): it is handed on as it came and read strictly
// by its own library.
func foreign(at string) bool { return strings.Contains(at+".", ".credential.") }

func jsonFault(err error) error {
	if err == nil {
		return nil
	}
	return malformed("request.json", "La solicitud no es JSON válido.")
}

func decodeFault(raw []byte, err error) error {
	var typed *json.UnmarshalTypeError
	if errors.As(err, &typed) {
		return field(pathAt(raw, typed.Offset), "type", "Este dato no tiene el tipo que se espera.")
	}
	if _, rest, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return field(strings.Trim(rest, `"`), "unknown", "Este dato no existe.")
	}
	if e, ok := errs.As(err); ok {
		return e
	}
	return malformed("request.json", "Algún dato no tiene el formato que se espera.")
}

// jsonPath leaves the names of embedded types out of the path of a field: they
// are Go's, and JSON has no such level.
func jsonPath(path string) string {
	parts := slices.DeleteFunc(strings.Split(path, "."), func(part string) bool { return part != strings.ToLower(part) })
	return strings.Join(parts, ".")
}

var shape = newShape()

func newShape() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	return v
}

func validate(v any) error {
	if reflect.Indirect(reflect.ValueOf(v)).Kind() != reflect.Struct {
		return nil
	}
	err := shape.Struct(v)
	var faults validator.ValidationErrors
	if !errors.As(err, &faults) {
		return err
	}
	fields := make([]errs.Field, 0, len(faults))
	for _, f := range faults {
		_, name, _ := strings.Cut(f.Namespace(), ".")
		code, message := shapeMessage(f)
		fields = append(fields, errs.Field{Field: jsonPath(name), Code: code, Message: message})
	}
	return errs.Invalid(fields...)
}

func shapeMessage(f validator.FieldError) (code, message string) {
	switch f.Tag() {
	case "required", "required_with", "required_without":
		return "required", "Falta este dato."
	case "max", "lte":
		if f.Kind() == reflect.String {
			return "too_long", "Debe tener como máximo " + f.Param() + " caracteres."
		}
		return "range", "Debe ser como máximo " + f.Param() + "."
	case "min", "gte":
		if f.Kind() == reflect.String {
			return "too_short", "Debe tener al menos " + f.Param() + " caracteres."
		}
		return "range", "Debe ser al menos " + f.Param() + "."
	case "oneof":
		return "enum", "Elija una de las opciones."
	case "eq":
		return "required", "Es necesario aceptar para continuar."
	}
	return "format", "No tiene el formato que se espera."
}

// pathID reads an id of the path. What is not a UUID does not exist, and neither does
// the nil UUID, which a service could take for "any".
func pathID(c echo.Context, name, subject string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Param(name))
	if err != nil || len(c.Param(name)) != 36 || id == uuid.Nil {
		return uuid.Nil, errs.NotFound(subject)
	}
	return id, nil
}

// pageOf reads limit and cursor; package page bounds the limit.
func pageOf(c echo.Context) (page.Request, error) {
	p := page.Request{Cursor: c.QueryParam("cursor")}
	text := c.QueryParam("limit")
	if text == "" {
		return p, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return p, field("limit", "range", "Debe ser un número de 1 a 100.")
	}
	p.Limit = n
	return p, nil
}

// ifMatch reads the version that the caller last saw: 428 without one.
func ifMatch(c echo.Context) (int64, error) {
	text := strings.TrimPrefix(strings.TrimSpace(c.Request().Header.Get("If-Match")), "W/")
	if text == "" {
		return 0, errs.New(errs.KindPrecondition, "request.if_match",
			"Falta la versión que tiene a la vista (encabezado If-Match). Vuelva a abrir la página.")
	}
	n, err := strconv.ParseInt(strings.Trim(text, `"`), 10, 64)
	if err != nil || n < 1 { // versions begin at 1; 0 would sign whatever is there
		return 0, errs.Stale("request")
	}
	return n, nil
}
