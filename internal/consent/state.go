package consent

import (
	"time"

	"github.com/google/uuid"
)

// PurposeState is where one purpose stands, and since when.
type PurposeState struct {
	Purpose Purpose
	Status  Status
	Since   time.Time // zero while nobody asked
	Notice  int       // the version of the notice that was asked about or accepted
}

// States derives where every purpose stands from a chain in its order. It
// depends on the events alone, not on the clock.
func States(chain []Event) []PurposeState {
	at := map[Purpose]PurposeState{}
	for _, e := range chain {
		for _, p := range e.Purposes {
			if next, changes := after(at[p].Status, e.Type); changes {
				at[p] = PurposeState{Purpose: p, Status: next, Since: e.At, Notice: e.Notice.Version}
			}
		}
	}
	out := make([]PurposeState, 0, len(Purposes()))
	for _, p := range Purposes() {
		state, asked := at[p]
		if !asked {
			state = PurposeState{Purpose: p, Status: None}
		}
		out = append(out, state)
	}
	return out
}

// after says where an event leads from a state. Asking again leaves what was
// accepted in force until it is answered; a question that runs out ends only
// what was still open.
func after(from Status, t Type) (to Status, changes bool) {
	switch t {
	case EventRequested:
		return Requested, from != Accepted && from != Requested
	case EventAccepted:
		return Accepted, from != Accepted
	case EventRefused:
		return Refused, from != Refused
	case EventRevoked:
		return Revoked, from != Revoked
	case EventExpired:
		return Expired, from == Requested
	}
	return from, false
}

// statusOf gives one purpose of a list of states.
func statusOf(states []PurposeState, p Purpose) Status {
	for _, s := range states {
		if s.Purpose == p {
			return s.Status
		}
	}
	return None
}

// Summary is the one word that a list of patients shows: where care stands, or,
// if only voluntary purposes were asked, the first of them. While a question is
// open it says how far its last message has come.
func Summary(chain []Event) string {
	states := States(chain)
	shown := Care
	for _, s := range states {
		if s.Status != None {
			shown = s.Purpose
			break
		}
	}
	status := statusOf(states, shown)
	if status != Requested {
		return string(status)
	}
	return string(progress(chain, shown))
}

// progressRank orders how far a message has come, as package whatsapp does.
var progressRank = map[Type]int{
	EventRequested: 1, EventQueued: 2, EventSent: 3, EventFailed: 4, EventDelivered: 5, EventRead: 6,
}

// progress is how far the newest message about a purpose has come.
func progress(chain []Event, p Purpose) Type {
	best := EventRequested
	var message uuid.UUID
	for _, e := range chain {
		if progressRank[e.Type] == 0 || !setOf(e.Purposes)[p] {
			continue
		}
		if e.Type == EventRequested || e.Type == EventQueued {
			best, message = e.Type, e.MessageID
			continue
		}
		if e.MessageID == message && progressRank[e.Type] > progressRank[best] {
			best = e.Type
		}
	}
	return best
}
