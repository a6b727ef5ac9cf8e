package audit

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/vault"
)

func (w *world) list(f Filter, p page.Request) page.List[Record] {
	w.Helper()
	l, err := w.List(w.ctx(), f, p)
	w.must(err)
	return l
}

func TestTheListShowsEveryEventOnceNewestFirst(t *testing.T) {
	w := newWorld(t)
	want := w.read(23)
	slices.Reverse(want)
	var got []uuid.UUID
	request := page.Request{Limit: 5}
	for {
		l := w.list(Filter{To: w.fake.Now().Add(time.Microsecond), Action: PatientRead}, request)
		for _, e := range l.Items {
			got = append(got, e.ID)
		}
		if l.NextCursor == "" {
			break
		}
		request.Cursor = l.NextCursor
	}
	if !slices.Equal(got, want) {
		t.Errorf("pages show\n%v, want\n%v", got, want)
	}
}

func TestAPatientsListHoldsTheSearchesThatShowedHer(t *testing.T) {
	w := newWorld(t)
	patient, other := vault.NewID(), vault.NewID()
	acts := []Event{
		{Action: PatientRead, PatientID: patient},
		{Action: PatientSearched, Subjects: []uuid.UUID{other, patient}},
		{Action: PatientRead, PatientID: other},
		{Action: PatientUpdated, PatientID: patient, Subjects: []uuid.UUID{patient}},
		{Action: PatientSearched, Subjects: []uuid.UUID{other}},
	}
	for _, e := range acts {
		w.must(w.write(e))
	}
	w.sealAll(w.clinic)
	var got []Action
	request := page.Request{Limit: 2}
	for {
		l := w.list(Filter{PatientID: patient, To: w.fake.Now()}, request)
		for _, e := range l.Items {
			if e.Action != AuditRead {
				got = append(got, e.Action)
			}
		}
		if request.Cursor = l.NextCursor; request.Cursor == "" {
			break
		}
	}
	if !slices.Equal(got, []Action{PatientUpdated, PatientSearched, PatientRead}) {
		t.Errorf("list %v", got)
	}
}

func TestEachFilterNarrowsTheList(t *testing.T) {
	w := newWorld(t)
	w.read(2)
	w.must(w.write(Event{Action: AccessDenied, Outcome: Denied, Reason: "patient:write"}))
	cases := map[string]struct {
		f    Filter
		want int
	}{
		"action":            {Filter{Action: PatientRead}, 2},
		"outcome":           {Filter{Outcome: Denied}, 1},
		"actor":             {Filter{ActorID: w.user, Action: PatientRead}, 2},
		"another actor":     {Filter{ActorID: uuid.New()}, 0},
		"from":              {Filter{From: noon.Add(2 * time.Second), Action: PatientRead}, 1},
		"to":                {Filter{To: noon.Add(2 * time.Second)}, 1},
		"patient and actor": {Filter{PatientID: uuid.New(), ActorID: w.user}, 0},
	}
	for name, c := range cases {
		if l := w.list(c.f, page.Request{}); len(l.Items) != c.want {
			t.Errorf("%s: %d events, want %d", name, len(l.Items), c.want)
		}
	}
	faults := Filter{Action: "patient.eaten", Outcome: "maybe", From: noon, To: noon}.Validate()
	if e, ok := errs.As(faults); !ok || len(e.Fields) != 3 {
		t.Errorf("faults %v", faults)
	}
	if _, err := w.List(w.ctx(), Filter{}, page.Request{Cursor: "?"}); !errors.Is(err, page.ErrCursor) {
		t.Errorf("a foreign cursor: %v", err)
	}
}

func TestReadingTheTrailLeavesAnEvent(t *testing.T) {
	w := newWorld(t)
	w.read(1)
	patient := one[uuid.UUID](w, `select patient_id from audit_events`)
	w.fake.Advance(time.Second)
	w.list(Filter{}, page.Request{})
	if e := w.list(Filter{Action: AuditRead}, page.Request{}).Items[0]; e.ActorID != w.user || e.Shown != 1 {
		t.Errorf("event %+v", e)
	}
	w.sealAll(w.clinic)
	if n := one[int](w, `select count(*) from audit_event_subjects where patient_id = $1`, patient); n == 0 {
		t.Error("who looked at the trail of a patient is not found under the patient")
	}
}

func TestAnEventsPlaceInTheChain(t *testing.T) {
	w := newWorld(t)
	first := w.read(3)
	w.sealAll(w.clinic)
	second := w.read(2)
	head := w.sealAll(w.clinic)
	places := map[uuid.UUID]Place{}
	for _, id := range append(slices.Clone(first), second...) {
		e, p, err := w.Detail(w.ctx(), id)
		w.must(err)
		if e.ID != id || !p.Sealed() || len(p.Hash) != 32 || len(p.SealHash) != 32 {
			t.Fatalf("event %+v place %+v", e, p)
		}
		places[id] = p
	}
	if places[first[0]].Previous != nil || places[first[0]].Position != 1 {
		t.Errorf("the first event stands at %+v", places[first[0]])
	}
	for i, id := range append(first[1:], second...) {
		p, before := places[id], append(slices.Clone(first), second...)[i]
		if p.Position != int64(i+2) || p.Previous == nil || p.Previous.ID != before ||
			!bytes.Equal(p.Previous.Hash, places[before].Hash) || p.Previous.Position != p.Position-1 {
			t.Errorf("event %d stands at %+v", i+2, p)
		}
	}
	if last := places[second[1]]; last.Seal != head.Seq || last.Seal == places[first[0]].Seal {
		t.Errorf("the last event stands in seal %d of %d", last.Seal, head.Seq)
	}
	if _, _, err := w.Detail(w.ctx(), uuid.New()); errs.KindOf(err) != errs.KindNotFound {
		t.Errorf("an id that no event has: %v", err)
	}
}

func TestAnEventWithoutSealHasNoPlaceYet(t *testing.T) {
	w := newWorld(t)
	e, p, err := w.Detail(w.ctx(), w.read(1)[0])
	w.must(err)
	if e.Action != PatientRead || p.Sealed() {
		t.Errorf("event %+v place %+v", e, p)
	}
}

// scansAll finds a scan of a whole table; the other months are empty.
var scansAll = regexp.MustCompile(`Seq Scan on audit_(events_2026_11|seals|event_subjects)`)

// TestTheHotReadsUseTheirIndexes asks for the plans as the program's own role,
// behind row-level security, over enough rows that a wrong plan would show.
func TestTheHotReadsUseTheirIndexes(t *testing.T) {
	w := newWorld(t)
	w.fill(2000)
	w.attack(`create temp table clinic_ids as select gen_random_uuid() as id from generate_series(1, 40)`)
	w.attack(`insert into audit_events select c.id, e.id, e.at, e.txid, e.cluster, e.actor_kind, e.actor_id, e.role, e.action, e.subject_type,
		e.subject_id, e.patient_id, e.subjects, e.outcome, e.reason, e.request_id, e.address, e.mac from audit_events e, clinic_ids c`)
	w.attack(`insert into audit_event_subjects select e.clinic_id, unnest(e.subjects), e.at, e.id from audit_events e on conflict do nothing`)
	w.attack(`insert into audit_seals select c.id, n, s.at, s.cluster, s.through_txid + n, s.kind, s.note, s.total, '{}', '', s.root, s.prev,
		s.hash, s.signature from clinic_ids c, generate_series(1, 200) n, (select * from audit_seals limit 1) s`)
	w.attack(`analyze audit_events, audit_event_subjects, audit_seals`)
	after := &position{At: noon.Add(time.Hour), ID: uuid.New()}
	lists := map[string]*query{
		"newest":      Filter{}.list(w.clinic, nil, 21),
		"next page":   Filter{From: noon.Add(-time.Hour), To: noon.Add(time.Hour)}.list(w.clinic, after, 21),
		"one patient": Filter{PatientID: uuid.New()}.list(w.clinic, after, 21),
		"one person":  Filter{ActorID: w.user, Outcome: Denied}.list(w.clinic, after, 21),
	}
	plans := map[string]*query{
		"sealer":  {args: []any{w.clinic, w.cluster.Load(), int64(1 << 40), int64(1 << 41), 10}},
		"sources": {args: []any{w.clinic}},
		"detail":  {args: []any{w.clinic, noon, noon.Add(time.Millisecond), uuid.New()}},
		"seal of": {args: []any{w.clinic, w.cluster.Load(), int64(7)}},
	}
	plans["sealer"].text.WriteString(openEvents)
	plans["sources"].text.WriteString(sealSources)
	plans["detail"].text.WriteString(findRecord)
	plans["seal of"].text.WriteString(sealOf)
	for name, q := range lists {
		plans[name] = q
	}
	for name, q := range plans {
		var plan []string
		w.must(w.db.Read(w.ctx(), func(r *db.Reader) error {
			r.All(func(row db.Row) error {
				var line string
				err := row.Scan(&line)
				plan = append(plan, line)
				return err
			}, `explain `+q.text.String(), q.args...)
			return nil
		}))
		text := strings.Join(plan, "\n")
		if scansAll.MatchString(text) || !strings.Contains(text, "Index") {
			t.Errorf("%s:\n%s", name, text)
		}
		if strings.HasPrefix(name, "ne") && strings.Contains(text, "  Sort ") {
			t.Errorf("%s sorts what the index has in order:\n%s", name, text)
		}
	}
}
