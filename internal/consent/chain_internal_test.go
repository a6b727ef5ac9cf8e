package consent

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
)

// written makes a chain as append does.
func written(events ...Event) (chain []Event, seq int64, head []byte) {
	prev := genesis
	at := time.Date(2026, 3, 12, 23, 40, 2, 0, time.UTC)
	for i, e := range events {
		e.ID, e.Seq, e.Prev, e.sealed = uuid.New(), int64(i)+1, prev, "gAAAA"
		e.At, e.RecordedAt = at.Add(time.Duration(i)*time.Second), at.Add(time.Duration(i)*time.Second)
		e.Hash = e.digest()
		prev = e.Hash
		chain = append(chain, e)
	}
	return chain, int64(len(chain)), prev
}

func asked(purposes ...Purpose) Event { return Event{Type: EventRequested, Purposes: purposes} }

// Every change, loss, exchange or truncation of a chain shows.
func TestVerify(t *testing.T) {
	t.Parallel()
	chain, seq, head := written(asked(Care), Event{Type: EventQueued, Purposes: []Purpose{Care}}, Event{Type: EventAccepted, Purposes: []Purpose{Care}})
	if err := Verify(chain, seq, head); err != nil {
		t.Fatal(err)
	}
	if err := Verify(nil, 0, nil); err != nil {
		t.Fatal(err)
	}
	damage := map[string]func([]Event) []Event{
		"type":      func(c []Event) []Event { c[1].Type = EventRefused; return c },
		"purposes":  func(c []Event) []Event { c[2].Purposes = []Purpose{Care, Marketing}; return c },
		"time":      func(c []Event) []Event { c[2].At = c[2].At.Add(time.Second); return c },
		"channel":   func(c []Event) []Event { c[0].Channel = Desk; return c },
		"notice":    func(c []Event) []Event { c[0].Notice.Version = 7; return c },
		"evidence":  func(c []Event) []Event { c[2].sealed = "gAAAAB"; return c },
		"patient":   func(c []Event) []Event { c[2].PatientID = uuid.New(); return c },
		"missing":   func(c []Event) []Event { return append(c[:1], c[2]) },
		"exchanged": func(c []Event) []Event { c[0], c[1] = c[1], c[0]; return c },
		"truncated": func(c []Event) []Event { return c[:2] },
		"rehashed":  func(c []Event) []Event { c[2].Type = EventRefused; c[2].Hash = c[2].digest(); return c },
	}
	for name, harm := range damage {
		if err := Verify(harm(append([]Event(nil), chain...)), seq, head); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Where a purpose stands follows from the chain alone.
func TestStates(t *testing.T) {
	t.Parallel()
	on := func(kind Type, purposes ...Purpose) Event { return Event{Type: kind, Purposes: purposes} }
	for name, test := range map[string]struct {
		events []Event
		want   map[Purpose]Status
	}{
		"nothing":              {nil, map[Purpose]Status{Care: None, AI: None}},
		"asked":                {[]Event{asked(Care)}, map[Purpose]Status{Care: Requested, Reminders: None}},
		"accepted":             {[]Event{asked(Care), on(EventAccepted, Care)}, map[Purpose]Status{Care: Accepted}},
		"asked while accepted": {[]Event{asked(Care), on(EventAccepted, Care), asked(Care)}, map[Purpose]Status{Care: Accepted}},
		"expiry after acceptance": {
			[]Event{asked(Care, AI), on(EventAccepted, Care), on(EventExpired, Care, AI)},
			map[Purpose]Status{Care: Accepted, AI: Expired},
		},
		"revoked and asked": {
			[]Event{asked(AI), on(EventAccepted, AI), on(EventRevoked, AI), asked(AI)}, map[Purpose]Status{AI: Requested},
		},
		"revoked without asking": {[]Event{on(EventRevoked, Marketing)}, map[Purpose]Status{Marketing: Revoked, Care: None}},
		"delivery says nothing":  {[]Event{asked(Care), on(EventRead, Care), on(EventFailed, Care)}, map[Purpose]Status{Care: Requested}},
	} {
		for p, want := range test.want {
			if got := statusOf(States(test.events), p); got != want {
				t.Errorf("%s: %s is %s, want %s", name, p, got, want)
			}
		}
	}
}

// The one word of a list tells how far an open question has come, by its newest
// message, and never goes back.
func TestSummary(t *testing.T) {
	t.Parallel()
	first, second := uuid.New(), uuid.New()
	step := func(kind Type, message uuid.UUID) Event {
		return Event{Type: kind, Purposes: []Purpose{Care}, MessageID: message}
	}
	var chain []Event
	for i, want := range []struct {
		e    Event
		word string
	}{
		{asked(Care), "requested"},
		{step(EventQueued, first), "queued"},
		{step(EventDelivered, first), "delivered"},
		{step(EventSent, first), "delivered"},
		{step(EventFailed, first), "delivered"},
		{step(EventQueued, second), "queued"},
		{step(EventRead, first), "queued"},
		{step(EventFailed, second), "failed"},
		{step(EventRead, second), "read"},
		{step(EventAccepted, second), "accepted"},
	} {
		chain = append(chain, want.e)
		if got := Summary(chain); got != want.word {
			t.Errorf("after %d events: %s, want %s", i+1, got, want.word)
		}
	}
	if got := Summary(nil); got != "none" {
		t.Errorf("before anybody asked: %s", got)
	}
	if got := Summary([]Event{asked(Reminders)}); got != "requested" {
		t.Errorf("only a voluntary purpose: %s", got)
	}
}

// Only a short text with a whole word that agrees looks like an acceptance.
func TestMeansYes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Acepto": true, "¡Sí, ACEPTO!": true, "ok": true, "de acuerdo": true, "si": true,
		"Necesito cambiar mi cita": false, "¿me puede mandar la dirección?": false, "no": false, "": false,
		"Hola doctora quería saber si mañana hay consulta por favor": false,
	} {
		if meansYes(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
