// Package mail writes letters to people and sends them: a letter is queued in
// the transaction of the act that causes it, so it exists exactly when the act
// does, and leaves by SMTP (RFC 5321) apart from the request.
//
// What a letter says stands in letters/, one file for each kind, from which the
// text and the HTML are both made. A letter holds links that open an account:
// it is sealed while it waits and erased once it left.
package mail

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"historias/internal/errs"
	"historias/internal/mx"
)

// Kind names a letter. Its text never changes: rows outlive a release.
type Kind string

// The letters that exist, with what each must be told in Letter.Data.
const (
	VerifyEmail      Kind = "verify_email"      // link
	ResetPassword    Kind = "reset_password"    // link
	PasswordChanged  Kind = "password_changed"  // nothing
	Invitation       Kind = "invitation"        // clinic, role, inviter, link
	NewDevice        Kind = "new_device"        // device, address, at
	FactorChanged    Kind = "factor_changed"    // what (see FactorEvent)
	FactorReminder   Kind = "factor_reminder"   // due
	FactorReset      Kind = "factor_reset"      // at, link
	OwnershipOffered Kind = "ownership_offered" // clinic, from, link
	RoleChanged      Kind = "role_changed"      // clinic, role
	AccessEnded      Kind = "access_ended"      // clinic
)

// facts lists what the letter of a kind is told.
var facts = map[Kind][]string{
	VerifyEmail: {"link"}, ResetPassword: {"link"}, PasswordChanged: {},
	Invitation: {"clinic", "role", "inviter", "link"}, NewDevice: {"device", "address", "at"},
	FactorChanged: {"what"}, FactorReminder: {"due"}, FactorReset: {"at", "link"},
	OwnershipOffered: {"clinic", "from", "link"}, RoleChanged: {"clinic", "role"}, AccessEnded: {"clinic"},
}

// Kinds lists every kind in the order of their names.
func Kinds() []Kind { return slices.Sorted(maps.Keys(facts)) }

// Letter is one letter to one person.
type Letter struct {
	Kind Kind
	To   string
	// Data is what the text is told: link is an address of ours (Outbox.Link), at
	// and due are moments (When), role is the code of a role, what a FactorEvent,
	// the rest is shown as it is.
	Data map[string]string
	// Key makes the letter one: a second one of the same clinic, kind and key is
	// not written. It holds ids and moments only. Empty, every letter is new.
	Key string
}

// When writes a moment for Letter.Data.
func When(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// longestFact is how much of one fact a letter shows, in characters.
const longestFact = 200

// checked gives the letter as it may be sent. An address that is none, a fact
// that is missing or one that is not asked for is a fault of the caller.
func (l Letter) checked() (Letter, error) {
	wanted, known := facts[l.Kind]
	if !known {
		return l, errs.Internal("mail", fmt.Errorf("no letter of kind %q", l.Kind))
	}
	to, err := mx.ParseEmail(l.To)
	if err != nil {
		return l, errs.Internal("mail", fmt.Errorf("%s: the address is none", l.Kind))
	}
	clean := make(map[string]string, len(wanted))
	for _, name := range wanted {
		clean[name] = line(l.Data[name])
		if err := fit(name, clean[name]); err != nil {
			return l, errs.Internal("mail", fmt.Errorf("%s: %w", l.Kind, err))
		}
	}
	if len(l.Data) != len(wanted) {
		return l, errs.Internal("mail", fmt.Errorf("%s: is told what it does not say", l.Kind))
	}
	l.To, l.Data = to.String(), clean
	return l, nil
}

// line makes a fact one line of what can be shown, so that nothing in it begins
// another header or paragraph.
func line(s string) string {
	s = mx.Line(strings.Map(func(r rune) rune {
		if mx.Printable(string(r)) {
			return r
		}
		return ' '
	}, s))
	if r := []rune(s); len(r) > longestFact && !strings.Contains(s, "://") {
		s = string(r[:longestFact-1]) + "…"
	}
	return s
}

// fit tells whether a fact is what its name says.
func fit(name, value string) error {
	switch name {
	case "link":
		u, err := url.Parse(value)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			return fmt.Errorf("the link is none")
		}
	case "at", "due":
		if _, err := time.Parse(time.RFC3339, value); err != nil {
			return fmt.Errorf("%s is no moment", name)
		}
	case "role":
		if roles[value] == "" {
			return fmt.Errorf("no such role")
		}
	case "what":
		if factorEvents[FactorEvent(value)] == "" {
			return fmt.Errorf("no such change of a factor")
		}
	}
	if value == "" {
		return fmt.Errorf("%s is missing", name)
	}
	return nil
}
