package whatsapptest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Failure is one way in which a send can go wrong.
type Failure struct {
	kind   failureKind
	code   int
	status int
	body   string
	header http.Header
}

type failureKind int

const (
	answerCode failureKind = iota
	answerRaw
	hang
	dropBefore
	dropAfter
)

// WithCode answers with one of Meta's codes, in Meta's form and with the HTTP status that Meta publishes for it.
func WithCode(code int) Failure { return Failure{kind: answerCode, code: code} }

// WithAnswer answers with any status and body: a proxy's page of HTML, nothing at all.
func WithAnswer(status int, body string) Failure {
	return Failure{kind: answerRaw, status: status, body: body}
}

// Hanging takes the request and never answers.
func Hanging() Failure { return Failure{kind: hang} }

// DroppedUnsent reads the request and closes the connection; the message is not sent.
func DroppedUnsent() Failure { return Failure{kind: dropBefore} }

// DroppedSent reads the request, sends the message, and closes the connection instead of answering. The client cannot tell
// it from DroppedUnsent until a status arrives.
func DroppedSent() Failure { return Failure{kind: dropAfter} }

// After adds a Retry-After header, in seconds.
func (f Failure) After(seconds int) Failure {
	f.header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	return f
}

// FailNext makes the next sends fail, one failure each, in order.
func (s *Server) FailNext(failures ...Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

// nextFailure takes the first waiting failure.
func (s *Server) nextFailure() (Failure, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.failures) == 0 {
		return Failure{}, false
	}
	failure := s.failures[0]
	s.failures = s.failures[1:]
	return failure, true
}

// refusal is an answer of the Graph API that is no success.
type refusal struct {
	code    int
	message string
	details string
}

func (r refusal) write(w http.ResponseWriter) int {
	status := httpStatus(r.code)
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	inner := map[string]any{
		"message": "(#" + strconv.Itoa(r.code) + ") " + r.message, "type": "OAuthException", "code": r.code,
		"fbtrace_id": "ASimulatedTrace",
	}
	if r.details != "" {
		inner["error_data"] = map[string]string{"messaging_product": "whatsapp", "details": r.details}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"error": inner}) // the client may be gone, which is its affair
	return status
}

// httpStatus is the status that Meta publishes for a code; 400 for most.
func httpStatus(code int) int {
	switch code {
	case 0, 190:
		return http.StatusUnauthorized
	case 10, 368, 130497, 131005, 131031:
		return http.StatusForbidden
	case 132001:
		return http.StatusNotFound
	case 3, 131000, 131016, 131057:
		return http.StatusInternalServerError
	case 2, 133004, 2494100:
		return http.StatusServiceUnavailable
	}
	if code >= 200 && code <= 299 {
		return http.StatusForbidden
	}
	return http.StatusBadRequest
}
