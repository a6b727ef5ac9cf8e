package whatsapptest

import (
	"net/http"
	"slices"
	"time"
)

// Direction says which way an Entry went.
type Direction string

// The directions.
const (
	Send    Direction = "send"    // the program called the Graph API
	Webhook Direction = "webhook" // a delivery was posted to the program
)

// Entry is one line of the simulator's log: a request that came or a delivery that left.
type Entry struct {
	ID         int       `json:"id"`
	At         time.Time `json:"at"`
	Direction  Direction `json:"direction"`
	Path       string    `json:"path"`            // of a request; of a delivery the lists in it
	Summary    string    `json:"summary"`         // such as privacy_consent_notice, delivered, button «Acepto»
	HTTPStatus int       `json:"http_status"`     // that answered; 0 when nothing did
	Error      string    `json:"error,omitempty"` // why, when it went wrong
	Body       string    `json:"body"`            // exactly as it travelled
	Signature  string    `json:"signature,omitempty"`
	Repeated   bool      `json:"repeated,omitempty"` // the same bytes as an earlier delivery
}

const mostEntries = 2000

// record numbers an entry and keeps it, forgetting the oldest beyond a limit.
func (s *Server) record(entry Entry) Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sequence++
	entry.ID = s.sequence
	s.entries = append(s.entries, entry)
	if len(s.entries) > mostEntries {
		s.entries = slices.Delete(s.entries, 0, len(s.entries)-mostEntries)
	}
	return entry
}

// recordSend logs a request to the Graph API.
func (s *Server) recordSend(r *http.Request, body []byte, send sending, status int, problem string) {
	summary := send.template
	if summary == "" {
		summary = firstOf(send.kind, "message")
	}
	s.record(Entry{
		At: s.now(), Direction: Send, Path: r.URL.Path, Summary: summary, HTTPStatus: status, Error: problem, Body: string(body),
	})
}

// Entries returns the log, oldest first.
func (s *Server) Entries() []Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.entries)
}

// Deliveries returns the deliveries of the log, oldest first.
func (s *Server) Deliveries() []Entry {
	return slices.DeleteFunc(s.Entries(), func(e Entry) bool { return e.Direction != Webhook })
}

func (s *Server) entry(id int) (Entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return s.entries[i], true
}
