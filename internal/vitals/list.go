package vitals

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/page"
	"historias/internal/vault"
)

// maxSeries is how many readings the series of a patient reach back.
const maxSeries = 500

type position struct {
	At time.Time `json:"a"`
	ID uuid.UUID `json:"i"`
}

// List is one page of readings, the newest first, with the series where they
// were asked for.
type List struct {
	page.List[Reading]
	Series []measures.Series
}

// List gives a patient's readings. What was entered by mistake is among them,
// marked, and in no series. errs.NotFound("patient") otherwise.
func (s *Service) List(ctx context.Context, patient uuid.UUID, p page.Request, series bool) (List, error) {
	from := position{At: s.soon(), ID: uuid.Max}
	if err := page.Decode(p.Cursor, &from); err != nil {
		return List{}, err
	}
	var rows, points []row
	var who func() (Patient, error)
	var name func(uuid.UUID) (string, error)
	clinic := actor.Clinic(ctx)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		who = s.deps.Patients.QueuePatient(ctx, q, patient)
		name = s.deps.People.Names(ctx)
		q.All(gather(&rows), selectPage, clinic, patient, from.At, from.ID, p.Size()+1)
		if series {
			q.All(gather(&points), selectLatest, clinic, patient, maxSeries)
		}
		return nil
	})
	if err != nil {
		return List{}, errs.Internal("vitals: list", db.Missing(err, "patient"))
	}
	whose, err := who()
	if err != nil {
		return List{}, err
	}
	cut := page.Cut(rows, p.Size(), func(r row) any { return position{r.measuredAt, r.id} })
	out := List{List: page.List[Reading]{NextCursor: cut.NextCursor, Items: make([]Reading, 0, len(cut.Items))}}
	for _, r := range cut.Items {
		one, err := open(r, clinic, whose, name)
		if err != nil {
			return List{}, errs.Internal("vitals: open", err)
		}
		out.Items = append(out.Items, one)
	}
	if series {
		out.Series = seriesOf(points, whoAt(whose, s.deps.Clock.Now()), maxSeries)
	}
	return out, s.deps.Trail.Record(ctx, event(audit.VitalsRead, uuid.Nil, patient))
}

// seriesOf makes the series of rows that come newest first, each with at most
// so many points, the oldest first. A measure without points has no series.
func seriesOf(rows []row, w measures.Who, most int) []measures.Series {
	var out []measures.Series
	for _, m := range append(measures.All(), measures.Measure{Key: measures.BMI, Label: "Índice de masa corporal", Unit: "kg/m²"}) {
		one := measures.Series{Key: m.Key, Label: m.Label, Unit: m.Unit}
		one.Low, one.High, _ = measures.Band(m.Key, w)
		for _, r := range rows {
			if v := r.set.Value(m.Key); v != nil && len(one.Points) < most {
				one.Points = append(one.Points, measures.Point{At: r.measuredAt.UTC(), Value: *v, Reading: r.id})
			}
		}
		if len(one.Points) > 0 {
			reverse(one.Points)
			out = append(out, one)
		}
	}
	return out
}

func reverse(points []measures.Point) {
	for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
		points[i], points[j] = points[j], points[i]
	}
}

// Summary is what the first page of a chart shows.
type Summary struct {
	// Latest is the newest reading, nil where nothing was measured.
	Latest *Reading
	// Previous holds, for each measure of the latest, its last value before.
	Previous map[string]measures.Point
	Series   []measures.Series
}

// The first page of a chart shows so many points, of so many readings.
const (
	summaryPoints   = 12
	summaryReadings = 60
)

// Queue queues the latest readings of a patient for the first page of her
// chart, on the caller's read. The function it gives is called after the read,
// with the patient.
func (s *Service) Queue(ctx context.Context, q *db.Reader, patient uuid.UUID) func(Patient) (Summary, error) {
	var rows []row
	clinic := actor.Clinic(ctx)
	name := s.deps.People.Names(ctx)
	q.All(gather(&rows), selectLatest, clinic, patient, summaryReadings)
	return func(p Patient) (Summary, error) {
		if len(rows) == 0 {
			return Summary{}, nil
		}
		latest, err := open(rows[0], clinic, p, name)
		if err != nil {
			return Summary{}, errs.Internal("vitals: open", err)
		}
		return Summary{
			Latest: &latest, Previous: previous(rows),
			Series: seriesOf(rows, whoAt(p, s.deps.Clock.Now()), summaryPoints),
		}, nil
	}
}

// previous gives the last values before the first of the rows.
func previous(rows []row) map[string]measures.Point {
	out := map[string]measures.Point{}
	for _, r := range rows[1:] {
		for _, m := range append(measures.All(), measures.Measure{Key: measures.BMI}) {
			_, done := out[m.Key]
			if v := r.set.Value(m.Key); v != nil && !done && rows[0].set.Value(m.Key) != nil {
				out[m.Key] = measures.Point{At: r.measuredAt.UTC(), Value: *v, Reading: r.id}
			}
		}
	}
	return out
}

// Void marks a reading as entered by mistake, with the reason; nothing is
// deleted. The rule vitals.frozen protects what a signed note holds; one that is
// marked already is the conflict vitals.voided; errs.NotFound("vitals") where
// the patient has no such reading.
func (s *Service) Void(ctx context.Context, patient, id uuid.UUID, reason string) (Reading, error) {
	reason, err := cleanReason(reason)
	if err != nil {
		return Reading{}, err
	}
	r, p, name, err := s.one(ctx, patient, id)
	if err != nil {
		return Reading{}, err
	}
	if r.Void != nil {
		return Reading{}, errVoided
	}
	a, now := actor.Must(ctx), s.deps.Clock.Now()
	token, err := vault.Seal(p.Key, vault.Place{Clinic: a.ClinicID, Purpose: purposeVoid, Row: id}, voidNote{Reason: reason})
	if err != nil {
		return Reading{}, errs.Internal("vitals: void", err)
	}
	err = s.deps.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.ExecOne(errVoided, voidReading, a.ClinicID, id, now, a.UserID, token)
		s.announce(t, a.ClinicID, patient)
		if err := s.deps.Trail.Record(ctx, event(audit.VitalsVoided, id, patient)); err != nil {
			return err
		}
		// Sent now, because a request that may be repeated commits later.
		return t.Flush()
	})
	if db.SQLState(err) == stateClosed {
		return Reading{}, errFrozen
	}
	r.Void = &Void{At: now, By: a.UserID, Reason: reason}
	if err == nil {
		r.Void.ByName, err = name(a.UserID)
	}
	return r, errs.Internal("vitals: void", err)
}

// stateClosed is what the database answers where a row is closed.
const stateClosed = "HS003"

// one reads one reading of a patient.
func (s *Service) one(ctx context.Context, patient, id uuid.UUID) (Reading, Patient, func(uuid.UUID) (string, error), error) {
	var found row
	var there bool
	var who func() (Patient, error)
	var name func(uuid.UUID) (string, error)
	clinic := actor.Clinic(ctx)
	err := s.deps.DB.Read(ctx, func(q *db.Reader) error {
		who = s.deps.Patients.QueuePatient(ctx, q, patient)
		name = s.deps.People.Names(ctx)
		q.Maybe(&there, found.targets(), selectOne, clinic, id, patient)
		return nil
	})
	if err != nil {
		return Reading{}, Patient{}, nil, errs.Internal("vitals: read", db.Missing(err, "patient"))
	}
	p, err := who()
	if err != nil {
		return Reading{}, p, nil, err
	}
	if !there {
		return Reading{}, p, nil, errs.NotFound("vitals")
	}
	r, err := open(found, clinic, p, name)
	return r, p, name, errs.Internal("vitals: open", err)
}
