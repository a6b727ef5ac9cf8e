package api

import (
	"net/http"
	"strings"
	"time"

	"historias/internal/actor"
	"historias/internal/obs"
)

// guesses are the codes of proofs that were wrong: what somebody who guesses is
// answered, whichever door she tries. What an honest page may meet by itself (a
// session that ended, a proof that is asked for) is none.
var guesses = map[string]bool{
	"auth.invalid_credentials": true, "auth.invalid_code": true, "auth.wrong_password": true, "auth.wrong_pin": true,
	"auth.passkey_refused": true, "auth.reset_invalid": true, "auth.removal_unknown": true,
	"auth.verification_invalid": true, "auth.too_many_failures": true, "invitation.not_found": true,
}

// GuessMessage begins the line of the log that says that a proof was wrong.
// fail2ban reads it (scripts/server/fail2ban), so it never changes.
const GuessMessage = "sign-in failed"

// tell says what came of a request: in the log, and to whoever observes.
func (s *Server) tell(r *http.Request, w *recorder, t *taken, id string, start time.Time, took time.Duration) {
	status := max(w.status, http.StatusOK)
	guess := ""
	if guesses[t.code] {
		guess = t.code
		s.opts.Log.WarnContext(r.Context(), GuessMessage, "code", guess, "address", actor.OriginOf(r.Context()).Address, "request_id", id)
	}
	if s.opts.Observe != nil {
		s.opts.Observe(obs.Request{
			ID: id, Method: r.Method, Route: t.route, Status: status, Start: start, Took: took, Stream: t.stream, Guess: guess,
		})
	}
	s.log(r, t, status, id, took)
}

// log writes one line a request: no query string, no body, no name; paths that
// hold a token stand as their route.
func (s *Server) log(r *http.Request, t *taken, status int, id string, took time.Duration) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return
	}
	s.opts.Log.InfoContext(r.Context(), "request", "request_id", id, "method", r.Method,
		"route", t.route, "status", status, "ms", took.Milliseconds())
}
