// Package errs is the one error type of the program. Every layer returns it,
// only package api turns it into a status and a body.
package errs

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what class of failure an Error is; package api maps it to a status.
type Kind int

// The kinds, with the HTTP status that package api gives them.
const (
	KindInternal      Kind = iota // 500, fixed text; the cause goes to the log
	KindMalformed                 // 400, the request cannot be understood
	KindUnauthorized              // 401, not signed in
	KindForbidden                 // 403, signed in but not allowed
	KindNotFound                  // 404, absent or another clinic's
	KindConflict                  // 409, collides with what exists
	KindStale                     // 412, the version sent is not the current one
	KindTooLarge                  // 413, the body is over the limit
	KindUnsupported               // 415, wrong content type
	KindRule                      // 422, understood but breaks a rule
	KindPrecondition              // 428, If-Match is missing
	KindTooMany                   // 429, too many attempts
	KindUnavailable               // 503, not ready
	KindMethodMissing             // 405, the path exists with other methods
)

// Field is one fault of one field of the request.
type Field struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error carries what the caller may see (Code, Message, Fields) and, apart,
// the cause, which only the log may see.
type Error struct {
	Kind       Kind
	Code       string // stable, English, "subject.reason"
	Message    string // Spanish, says what to do next
	Fields     []Field
	Permission string        // the permission that is missing, for KindForbidden
	Existing   string        // the id of what is there already, for KindConflict
	RetryAfter time.Duration // for KindTooMany and KindUnavailable
	Methods    []string      // how a second factor may be proved, where one is missing
	cause      error
}

// Error gives the code and, behind it, the cause; it is for logs, not for people.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Code + ": " + e.cause.Error()
	}
	return e.Code
}

// Unwrap gives the private cause.
func (e *Error) Unwrap() error { return e.cause }

// Because returns a copy of e that keeps cause for the log.
func (e *Error) Because(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// New makes an error of a kind. message is Spanish and says what to do next.
func New(kind Kind, code, message string) *Error {
	return &Error{Kind: kind, Code: code, Message: message}
}

// Invalid says that fields of the request are wrong (400); it returns nil when
// there is no fault, so that a Validate can end with it.
func Invalid(fields ...Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{
		Kind: KindMalformed, Code: "request.invalid", Fields: fields,
		Message: "Revise los datos señalados.",
	}
}

// Rule says that a well-formed request breaks a rule (422).
func Rule(code, message string, fields ...Field) *Error {
	return &Error{Kind: KindRule, Code: code, Message: message, Fields: fields}
}

// NotFound says that the subject does not exist for this caller: absent and
// another clinic's are the same answer (404).
func NotFound(subject string) *Error {
	return New(KindNotFound, subject+".not_found", "No encontramos lo que busca. Puede que se haya movido o que no pertenezca a su clínica.")
}

// Forbidden names the permission that the caller lacks (403).
func Forbidden(permission string) *Error {
	return &Error{
		Kind: KindForbidden, Code: "auth.forbidden", Permission: permission,
		Message: "No tiene permiso para hacer esto. Pídalo a quien administra la clínica.",
	}
}

// Unauthorized says that nobody valid is signed in (401).
func Unauthorized(code string) *Error {
	return New(KindUnauthorized, code, "Su sesión terminó o no ha entrado. Entre de nuevo para continuar.")
}

// Stale says that the version in If-Match is no longer the current one (412).
func Stale(subject string) *Error {
	return New(KindStale, subject+".stale", "Alguien cambió estos datos mientras usted los editaba. Compare las dos versiones antes de guardar.")
}

// Conflict says that the request collides with what exists (409).
func Conflict(code, message string) *Error { return New(KindConflict, code, message) }

// TooMany asks the caller to wait (429).
func TooMany(code string, wait time.Duration) *Error {
	return &Error{
		Kind: KindTooMany, Code: code, RetryAfter: wait,
		Message: "Hubo demasiados intentos. Espere un momento y vuelva a intentar.",
	}
}

// Unavailable says that something the program needs is away for now (503).
func Unavailable(code string, cause error) *Error {
	return &Error{
		Kind: KindUnavailable, Code: code, RetryAfter: 5 * time.Second, cause: cause,
		Message: "El servicio no está disponible en este momento. Sus datos están a salvo; intente de nuevo en unos segundos.",
	}
}

// Internal wraps an unexpected failure (500). what names the step for the log.
func Internal(what string, cause error) error {
	if cause == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, cause)
}

// As finds the Error inside err; anything else is not meant for the caller.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Is tells whether err is an Error with this code.
func Is(err error, code string) bool {
	e, ok := As(err)
	return ok && e.Code == code
}

// KindOf gives the kind of err; what is not an Error is internal.
func KindOf(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return KindInternal
}
