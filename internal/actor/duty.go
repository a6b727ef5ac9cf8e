package actor

import "time"

// FactorGrace is how long somebody who must have a second factor may work
// without one.
const FactorGrace = 14 * 24 * time.Hour

// FactorTerms are what the duty to have a second factor depends on.
type FactorTerms struct {
	Role Role
	// Since is when the person first got a role that asks it, or came.
	Since time.Time
	// AskedSince is when the clinic began to ask it of everybody; nil where it does not.
	AskedSince *time.Time
	// Demo clinics ask for nothing: nobody's data is in them.
	Demo bool
}

// FactorDuty is whether somebody must have a second factor, and by when. The
// zero value asks for nothing.
type FactorDuty struct {
	Required bool
	DueAt    time.Time
}

// Duty says what is asked. Who owns a clinic or watches over its privacy must have
// a second factor, others where the clinic says so, all of them FactorGrace after
// it began.
func (t FactorTerms) Duty() FactorDuty {
	switch {
	case t.Demo:
		return FactorDuty{}
	case t.Role == RoleOwner || t.Role == RolePrivacyOfficer:
		return FactorDuty{Required: true, DueAt: t.Since.Add(FactorGrace)}
	case t.AskedSince == nil:
		return FactorDuty{}
	}
	since := t.Since
	if t.AskedSince.After(since) {
		since = *t.AskedSince
	}
	return FactorDuty{Required: true, DueAt: since.Add(FactorGrace)}
}

// Overdue tells whether the days of grace are over for somebody without a factor.
func (d FactorDuty) Overdue(now time.Time) bool { return d.Required && !now.Before(d.DueAt) }
