package whatsapp

import "testing"

func TestAdvance(t *testing.T) {
	for _, tt := range []struct{ current, incoming, want State }{
		{StateQueued, StateSubmitted, StateSubmitted},
		{StateSubmitted, StateSent, StateSent},
		{StateSent, StateDelivered, StateDelivered},
		{StateDelivered, StateRead, StateRead},
		{StateSubmitted, StateRead, StateRead}, // an open chat skips delivered
		{StateRead, StateDelivered, StateRead},
		{StateDelivered, StateSent, StateDelivered},
		{StateQueued, StateFailed, StateFailed},
		{StateSubmitted, StateFailed, StateFailed},
		{StateSent, StateFailed, StateFailed},
		{StateDelivered, StateFailed, StateDelivered},
		{StateRead, StateFailed, StateRead},
		{StateFailed, StateSent, StateFailed},
		{StateFailed, StateDelivered, StateDelivered}, // it did arrive after all
		{StateSent, "accepted", StateSent},
		{StateSent, "", StateSent},
		{"", StateQueued, StateQueued},
	} {
		next, changed := Advance(tt.current, tt.incoming)
		if next != tt.want || changed != (tt.want != tt.current) {
			t.Errorf("%s and %s: %s, %v; want %s", tt.current, tt.incoming, next, changed, tt.want)
		}
	}
}

// TestOrderAndRepetitionDoNotMatter merges every order of the statuses, each twice.
func TestOrderAndRepetitionDoNotMatter(t *testing.T) {
	all := []State{StateSubmitted, StateSent, StateFailed, StateDelivered, StateRead}
	for n := 1; n <= len(all); n++ {
		set := all[:n]
		want := set[n-1]
		permute(set, func(order []State) {
			current := StateQueued
			for _, incoming := range append(append([]State{}, order...), order...) {
				current, _ = Advance(current, incoming)
			}
			if current != want {
				t.Errorf("%v ends in %s, want %s", order, current, want)
			}
		})
	}
}

func permute(states []State, visit func([]State)) {
	var walk func(done, rest []State)
	walk = func(done, rest []State) {
		if len(rest) == 0 {
			visit(done)
		}
		for i := range rest {
			others := append(append([]State{}, rest[:i]...), rest[i+1:]...)
			walk(append(append([]State{}, done...), rest[i]), others)
		}
	}
	walk(nil, states)
}

func TestStateOfStatus(t *testing.T) {
	for status, want := range map[string]State{
		"sent": StateSent, "delivered": StateDelivered, "read": StateRead, "played": StateRead, "failed": StateFailed,
	} {
		if got, ok := StateOfStatus(status); !ok || got != want {
			t.Errorf("%s: %s, %v", status, got, ok)
		}
	}
	for _, status := range []string{"", "deleted", "warning", "accepted", "SENT", "queued"} {
		if got, ok := StateOfStatus(status); ok {
			t.Errorf("%q is %s", status, got)
		}
	}
}
