package vitals_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/page"
	"historias/internal/vitals"
)

func (w ward) list(t *testing.T) vitals.List {
	t.Helper()
	l, err := w.Vitals.List(w.ctx, w.patient, page.Request{}, true)
	require.NoError(t, err)
	return l
}

func points(l vitals.List, key string) []float64 {
	for _, s := range l.Series {
		if s.Key == key {
			var out []float64
			for _, p := range s.Points {
				out = append(out, p.Value)
			}
			return out
		}
	}
	return nil
}

func TestAReadingIsKeptAndJudged(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	r, warnings, err := w.Vitals.Record(w.ctx, w.patient, vitals.Entry{
		Set: values(t, `{"systolic":138,"diastolic":86,"weight_kg":78.6,"height_cm":160,"temperature":41.8}`),
	})
	require.NoError(t, err)
	require.Equal(t, "Sofía Núñez Alcaraz", r.TakenByName)
	require.Equal(t, measures.Elevated, r.States["blood_pressure"].Level)
	require.Equal(t, "Obesidad I", r.States["bmi"].Label)
	require.Len(t, warnings, 1)
	require.Equal(t, "temperature", warnings[0].Field)

	l := w.list(t)
	require.Len(t, l.Items, 1)
	require.Equal(t, r, l.Items[0])
	require.Equal(t, []float64{138}, points(l, "systolic"))
	require.Equal(t, []float64{30.7}, points(l, "bmi"))
	require.Nil(t, points(l, "glucose"), "what was never measured has no series")
	require.Equal(t, 1, w.events(t, "vitals.recorded"))
	require.Equal(t, 1, w.events(t, "vitals.read"))
}

func TestAReadingThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	record := func(body string, at time.Time) error {
		_, _, err := w.Vitals.Record(w.ctx, w.patient, vitals.Entry{Set: values(t, body), MeasuredAt: at})
		return err
	}
	now := w.Fake.Now()
	require.True(t, errs.Is(record(`{}`, time.Time{}), "vitals.empty"))
	for want, err := range map[string]error{
		"temperature unit":         record(`{"temperature":98}`, now),
		"height_cm unit":           record(`{"height_cm":1.65}`, now),
		"systolic order":           record(`{"systolic":80,"diastolic":120}`, now),
		"diastolic pair":           record(`{"systolic":120}`, now),
		"measured_at future":       record(`{"weight_kg":70}`, now.Add(6*time.Minute)),
		"measured_at before_birth": record(`{"weight_kg":70}`, time.Date(1980, 8, 13, 20, 0, 0, 0, time.UTC)),
	} {
		e, ok := errs.As(err)
		require.True(t, ok, "%s: %v", want, err)
		require.Equal(t, want, e.Fields[0].Field+" "+e.Fields[0].Code)
	}
	require.NoError(t, record(`{"weight_kg":70}`, now.Add(4*time.Minute)), "a clock may run a little ahead")
	_, err := w.Patients.Archive(w.ctx, w.patient, "Cambió de médico.")
	require.NoError(t, err)
	require.True(t, errs.Is(record(`{"weight_kg":70}`, now), "patient.archived"))
	require.Len(t, w.list(t).Items, 1, "an archived record is read as before")
}

// A child is judged at the age of that day, not of today.
func TestAReadingIsJudgedAtTheAgeOfItsDay(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	w.patient = w.add(t, "2021-11-20")
	r, _, err := w.Vitals.Record(w.ctx, w.patient, vitals.Entry{
		Set: values(t, `{"heart_rate":150}`), MeasuredAt: time.Date(2022, 6, 1, 12, 0, 0, 0, time.UTC),
	})
	require.NoError(t, err)
	require.Equal(t, measures.Normal, r.States["heart_rate"].Level)
	r, _, err = w.Vitals.Record(w.ctx, w.patient, vitals.Entry{Set: values(t, `{"heart_rate":150}`)})
	require.NoError(t, err)
	require.Equal(t, measures.High, r.States["heart_rate"].Level)
}

func TestAWrongReadingStaysAndDoesNotCount(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	wrong, right := w.record(t, `{"weight_kg":87.6}`), w.record(t, `{"weight_kg":78.6}`)
	_, err := w.Vitals.Void(w.ctx, w.patient, wrong.ID, " ")
	require.Equal(t, errs.KindMalformed, errs.KindOf(err), "a reason is needed")
	r, err := w.Vitals.Void(w.ctx, w.patient, wrong.ID, "Es de  otra persona.")
	require.NoError(t, err)
	require.Equal(t, "Es de otra persona.", r.Void.Reason)
	_, err = w.Vitals.Void(w.ctx, w.patient, wrong.ID, "Otra vez.")
	require.True(t, errs.Is(err, "vitals.voided"), "%v", err)
	l := w.list(t)
	require.Len(t, l.Items, 2)
	require.Equal(t, right.ID, l.Items[0].ID)
	require.Nil(t, l.Items[0].Void)
	require.Equal(t, "Sofía Núñez Alcaraz", l.Items[1].Void.ByName)
	require.Equal(t, []float64{78.6}, points(l, "weight_kg"))
	var reason string
	require.NoError(t, w.admin(t).QueryRow(t.Context(), `select void_reason from vital_signs where id = $1`, wrong.ID).Scan(&reason))
	require.Contains(t, reason, "gAAAA")
}

func TestPagesAndSeriesFollowTheTime(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	for i := range 7 {
		w.record(t, fmt.Sprintf(`{"weight_kg":%d}`, 70+i))
	}
	var seen []float64
	request := page.Request{Limit: 3}
	for {
		l, err := w.Vitals.List(w.ctx, w.patient, request, false)
		require.NoError(t, err)
		require.Nil(t, l.Series)
		for _, r := range l.Items {
			seen = append(seen, *r.Set.WeightKg)
		}
		if request.Cursor = l.NextCursor; request.Cursor == "" {
			break
		}
	}
	require.Equal(t, []float64{76, 75, 74, 73, 72, 71, 70}, seen)
	require.Equal(t, []float64{70, 71, 72, 73, 74, 75, 76}, points(w.list(t), "weight_kg"))
	_, err := w.Vitals.List(w.ctx, w.patient, page.Request{Cursor: "nonsense"}, false)
	require.ErrorIs(t, err, page.ErrCursor)
}

// The reading of the nurse becomes part of the note that the doctor opens; what
// the doctor corrects does not overwrite it.
func TestANoteTakesTheReadingOfTheNurse(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	old := w.record(t, `{"weight_kg":80}`)
	w.Fake.Advance(13 * time.Hour)
	note := w.note(t, w.patient)
	w.adopt(t, note)
	set, _ := w.of(t, note)
	require.True(t, set.Empty(), "what is older than half a day is not of this visit: %s", old.ID)

	fresh := w.record(t, `{"systolic":138,"diastolic":86}`)
	w.adopt(t, note)
	set, by := w.of(t, note)
	require.Equal(t, fresh.Set, set)
	require.Equal(t, actor.Must(w.ctx).UserID, by)

	other := w.note(t, w.patient)
	w.adopt(t, other)
	set, _ = w.of(t, other)
	require.True(t, set.Empty(), "a reading belongs to one note")

	require.NoError(t, w.keep(note, values(t, `{"systolic":128,"diastolic":80}`)))
	require.NoError(t, w.keep(note, values(t, `{"systolic":130,"diastolic":80}`)))
	set, _ = w.of(t, note)
	require.Equal(t, 130.0, *set.Systolic)
	l := w.list(t)
	require.Equal(t, []float64{130}, points(l, "systolic"), "what was corrected is in no series")
	var kept float64
	var kind string
	require.NoError(t, w.admin(t).QueryRow(t.Context(), `select systolic, void_kind from vital_signs where id = $1`, fresh.ID).Scan(&kept, &kind))
	require.Equal(t, 138.0, kept)
	require.Equal(t, "replaced", kind)
}

func TestADraftTakesBackWhatItHad(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	note := w.note(t, w.patient)
	require.NoError(t, w.keep(note, measures.Set{}))
	require.NoError(t, w.keep(note, values(t, `{"weight_kg":70}`)))
	require.NoError(t, w.keep(note, values(t, `{"weight_kg":70}`)))
	require.Len(t, w.list(t).Items, 1)
	require.NoError(t, w.keep(note, measures.Set{}))
	require.Empty(t, w.list(t).Items)

	nurse := w.record(t, `{"weight_kg":71}`)
	w.adopt(t, note)
	require.NoError(t, w.keep(note, measures.Set{}))
	l := w.list(t)
	require.Len(t, l.Items, 1)
	require.Equal(t, nurse.ID, l.Items[0].ID)
	require.Zero(t, l.Items[0].ConsultationID, "it is free for another note")
}

// A draft that was opened by mistake leaves no values behind, and gives back
// those that were there before.
func TestADiscardedDraftLeavesNoValues(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	mistaken, adopting := w.note(t, w.patient), w.note(t, w.patient)
	require.NoError(t, w.keep(mistaken, values(t, `{"weight_kg":70}`)))
	nurse := w.record(t, `{"weight_kg":71}`)
	w.adopt(t, adopting)
	w.become(t, mistaken, "discarded")
	w.become(t, adopting, "discarded")
	l := w.list(t)
	require.Len(t, l.Items, 1)
	require.Equal(t, nurse.ID, l.Items[0].ID)
	next := w.note(t, w.patient)
	w.adopt(t, next)
	set, _ := w.of(t, next)
	require.Equal(t, nurse.Set, set)
}

// Once a note is signed nobody changes what it says, not even the database's owner.
func TestASignedNoteFreezesItsValues(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	note := w.note(t, w.patient)
	require.NoError(t, w.keep(note, values(t, `{"weight_kg":70}`)))
	id := w.list(t).Items[0].ID
	w.become(t, note, "signed")
	require.Error(t, w.keep(note, values(t, `{"weight_kg":90}`)))
	require.Error(t, w.keep(note, measures.Set{}))
	_, err := w.Vitals.Void(w.ctx, w.patient, id, "Fue un error.")
	require.True(t, errs.Is(err, "vitals.frozen"), "%v", err)
	for _, sql := range []string{
		`update vital_signs set weight_kg = 90 where id = $1`, `update vital_signs set consultation_id = null where id = $1`,
		`update vital_signs set voided_at = now(), void_kind = 'withdrawn' where id = $1`, `delete from vital_signs where id = $1`,
	} {
		_, err = w.admin(t).Exec(t.Context(), sql, id)
		require.ErrorContains(t, err, "HS003", sql)
	}
	set, _ := w.of(t, note)
	require.Equal(t, 70.0, *set.WeightKg)
}

// The numbers of a reading never change, and no reading stands in the note of
// somebody else.
func TestTheDatabaseKeepsReadings(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	r := w.record(t, `{"weight_kg":70}`)
	other := w.add(t, "1990-01-01")
	foreign := w.note(t, other)
	for _, sql := range []string{
		`update vital_signs set weight_kg = 90 where id = $1`, `update vital_signs set measured_at = now() where id = $1`,
		`update vital_signs set patient_id = '` + other.String() + `' where id = $1`,
		`update vital_signs set consultation_id = '` + foreign.String() + `' where id = $1`, `delete from vital_signs where id = $1`,
	} {
		_, err := w.admin(t).Exec(t.Context(), sql, r.ID)
		require.ErrorContains(t, err, "HS003", sql)
	}
	require.Error(t, w.keep(foreign, values(t, `{"weight_kg":70}`)), "the note is of another patient")
}

func TestAnotherClinicSeesNothing(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	r := w.record(t, `{"weight_kg":70}`)
	theirs := w
	theirs.ctx = w.Kit.Ready(t)
	_, listErr := w.Vitals.List(theirs.ctx, w.patient, page.Request{}, true)
	_, _, recordErr := w.Vitals.Record(theirs.ctx, w.patient, vitals.Entry{Set: values(t, `{"weight_kg":70}`)})
	_, voidErr := w.Vitals.Void(theirs.ctx, w.patient, r.ID, "No es nuestra.")
	for _, err := range []error{listErr, recordErr, voidErr} {
		require.True(t, errs.Is(err, "patient.not_found"), "%v", err)
	}
	_, err := w.Vitals.Void(w.ctx, w.add(t, "1990-01-01"), r.ID, "No es de ella.")
	require.True(t, errs.Is(err, "vitals.not_found"), "%v", err)
	_, err = w.Vitals.Void(w.ctx, w.patient, uuid.New(), "No existe.")
	require.True(t, errs.Is(err, "vitals.not_found"), "%v", err)
	note := w.note(t, w.patient)
	require.NoError(t, w.keep(note, values(t, `{"weight_kg":72}`)))
	require.NoError(t, w.DB.Read(theirs.ctx, func(q *db.Reader) error {
		read := w.Vitals.QueueOf(theirs.ctx, q, note)
		t.Cleanup(func() {
			set, _, _ := read()
			require.True(t, set.Empty())
		})
		return nil
	}))
}

// Two at once mark the same reading once.
func TestTwoAtOnceMarkOnce(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	r := w.record(t, `{"weight_kg":70}`)
	answers := make(chan error, 4)
	for range cap(answers) {
		go func() {
			_, err := w.Vitals.Void(context.WithoutCancel(w.ctx), w.patient, r.ID, "Fue un error.")
			answers <- err
		}()
	}
	done := 0
	for range cap(answers) {
		if err := <-answers; err == nil {
			done++
		} else {
			require.True(t, errs.Is(err, "vitals.voided"), "%v", err)
		}
	}
	require.Equal(t, 1, done)
	require.Equal(t, 1, w.events(t, "vitals.voided"))
}
