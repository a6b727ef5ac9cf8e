// Package connection is how the program stands with WhatsApp: what Meta says of
// the account, its number, its token, its webhook and its template, whether that
// is what the program needs, and what somebody has to do where it is not.
//
// One number serves the whole installation, so all of this belongs to the
// platform and names no patient. A demonstration clinic looks at the simulator.
package connection

import (
	"time"

	"historias/internal/whatsapp"
)

// Level says how much a finding matters.
type Level string

// The levels.
const (
	OK   Level = "ok"
	Warn Level = "warn" // works, but somebody should look
	Fail Level = "fail" // messages do not leave, or answers do not come in
)

// Finding is one thing that was looked at. Its texts are for people, in Spanish,
// and hold no secret and no whole identifier.
type Finding struct {
	Code   string `json:"code"` // never changes once published
	Level  Level  `json:"level"`
	Text   string `json:"text"`
	Advice string `json:"advice,omitempty"` // what to do; empty when all is well
}

// Line says which number is meant.
type Line string

// The lines; the names are those of the messages' senders.
const (
	Platform  Line = "platform"
	Simulator Line = "simulator"
)

// Summary is what Meta says, in the words of the screen. Ids are cut to their
// last four digits.
type Summary struct {
	Number    string `json:"number,omitempty"` // as people dial it
	Name      string `json:"name,omitempty"`   // that people see
	Quality   string `json:"quality,omitempty"`
	Limit     string `json:"limit,omitempty"`
	Account   string `json:"account,omitempty"`
	NumberID  string `json:"number_id,omitempty"`
	AccountID string `json:"account_id,omitempty"`
	Version   string `json:"version,omitempty"`
	// TokenIssued and TokenExpires are absent where Meta did not say, the second
	// also for a token that does not expire.
	TokenIssued  *time.Time `json:"token_issued,omitempty"`
	TokenExpires *time.Time `json:"token_expires,omitempty"`
}

// Report is one look at everything.
type Report struct {
	At       time.Time `json:"at"`
	Findings []Finding `json:"findings"`
	Summary  Summary   `json:"summary"`
}

// Worst is the gravest level of the report; OK for an empty one.
func (r Report) Worst() Level {
	worst := OK
	for _, f := range r.Findings {
		if f.Level == Fail {
			return Fail
		}
		if f.Level == Warn {
			worst = Warn
		}
	}
	return worst
}

// Template is where the template by which consent is asked stands at Meta.
type Template struct {
	Name     string
	Language string
	Status   string // Meta's word, or whatsapp.TemplateAbsent
	Category string
	Reason   string // of a rejection; Meta's word
	// Faithful says that the text at Meta is the one that the program keeps as
	// what a person saw.
	Faithful bool
	HeardAt  time.Time
}

// State is what the settings page shows.
type State struct {
	// Configured is false where no number can send.
	Configured bool
	Simulated  bool
	// Report is the newest; nil before the first.
	Report *Report
	// Template is nil before Meta was asked.
	Template *Template
	// Body is the text that the program sends, with its variables.
	Body string
	// LastWebhook is zero before Meta delivered anything.
	LastWebhook time.Time
	// Callback is the address that Meta must deliver to; empty where the program
	// does not know its own.
	Callback string
	// NextAt is when Meta may be asked again.
	NextAt time.Time
}

// consentTemplate is the only template of the program.
func consentTemplate() whatsapp.Template { return whatsapp.ConsentNotice() }

// system names the feature in the audit trail.
const system = "whatsapp"

// pace is the shortest time between two looks: Meta counts questions.
const pace = time.Minute
