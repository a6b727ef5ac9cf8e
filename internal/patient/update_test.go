package patient_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/patient"
)

// change saves a form over a record at the version it has now.
func (r register) change(t testing.TB, p patient.Patient, form patient.Form) (patient.Patient, []patient.Warning) {
	t.Helper()
	edit, err := r.Edit(r.ctx, p.ID, p.Version)
	require.NoError(t, err)
	next, warnings, err := edit.Save(r.ctx, form)
	require.NoError(t, err)
	return next, warnings
}

func (r register) found(t testing.TB, query string) []uuid.UUID {
	t.Helper()
	list, err := r.Search(r.ctx, patient.Filter{Query: query})
	require.NoError(t, err)
	ids := []uuid.UUID{}
	for _, item := range list.Items {
		ids = append(ids, item.ID)
	}
	return ids
}

func TestASaveReplacesTheWholeEditablePart(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	r.Fake.Advance(hour)
	next, warnings := r.change(t, p, named("Beatriz", "Ortega", ""))
	require.Empty(t, warnings)
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, next, got)
	require.EqualValues(t, 2, got.Version)
	require.Equal(t, "Beatriz Ortega", got.FullName())
	require.Empty(t, got.CURP+got.Phone+got.Email+got.BloodType+got.SecondSurname, "what the form leaves out is cleared")
	require.Nil(t, got.EmergencyContact)
	require.Equal(t, p.CreatedAt, got.CreatedAt)
	require.Equal(t, p.CreatedAt.Add(hour), got.UpdatedAt)
	require.Equal(t, p.RecordNumber, got.RecordNumber)

	require.Equal(t, []uuid.UUID{p.ID}, r.found(t, "ortega bea"))
	for _, gone := range []string{"zuñiga", "222 555 0177", "renata.zuniga@correo.example", curp("ZUBR870413MPLXRN0")} {
		require.Empty(t, r.found(t, gone), "she is no longer found by %s", gone)
	}
}

func TestTwoTabsOnTheSamePatient(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	mine, err := r.Edit(r.ctx, p.ID, 1)
	require.NoError(t, err)
	r.change(t, p, named("Beatriz", "Ortega", ""))

	_, _, err = mine.Save(r.ctx, named("Clara", "Paredes", ""))
	requireStale(t, err)
	_, err = r.Edit(r.ctx, p.ID, 1)
	requireStale(t, err)
	require.Equal(t, "failure", r.lastEvent(t).outcome)
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, "Beatriz Ortega", got.FullName())
	require.Empty(t, r.found(t, "clara"), "nothing of the save that lost is left")
}

func requireStale(t *testing.T, err error) {
	t.Helper()
	e, ok := errs.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, errs.KindStale, e.Kind)
	require.Equal(t, "patient.stale", e.Code)
}

func TestOfManySavesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	var wait sync.WaitGroup
	results := make(chan error, 8)
	for range cap(results) {
		wait.Go(func() {
			edit, err := r.Edit(r.ctx, p.ID, 1)
			if err == nil {
				_, _, err = edit.Save(r.ctx, named("Beatriz", "Ortega", ""))
			}
			results <- err
		})
	}
	wait.Wait()
	won := 0
	for range cap(results) {
		if err := <-results; err == nil {
			won++
		} else {
			require.Equal(t, errs.KindStale, errs.KindOf(err), "%v", err)
		}
	}
	require.Equal(t, 1, won)
}

func TestASaveWithAFaultChangesNothing(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	edit, err := r.Edit(r.ctx, p.ID, 1)
	require.NoError(t, err)
	_, _, err = edit.Save(r.ctx, patient.Form{Sex: "M"})
	require.Contains(t, faults(t, err), "given_names")
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, got.Version)
}

func TestAnEditIsComparedWithOthersButNotWithItself(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first, second := r.add(t, renata()), r.add(t, named("Beatriz", "Ortega", ""))
	_, warnings := r.change(t, first, renata())
	require.Empty(t, warnings)
	form := named("Beatriz", "Ortega", "")
	form.Phone = "2225550177"
	_, warnings = r.change(t, second, form)
	require.Len(t, warnings, 1)
	require.Equal(t, first.ID, warnings[0].PatientID)
}

func TestAnArchivedRecordIsReadOnly(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	edit, err := r.Edit(r.ctx, p.ID, 1)
	require.NoError(t, err)
	away, err := r.Archive(r.ctx, p.ID, "  Cambió de   médico. ")
	require.NoError(t, err)
	require.EqualValues(t, 2, away.Version)
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, away, got)
	require.Equal(t, patient.StatusArchived, got.Status)
	require.Equal(t, "Cambió de médico.", got.Archive.Reason)
	require.Equal(t, actor.Must(r.ctx).UserID, got.Archive.By)

	_, err = r.Edit(r.ctx, p.ID, 2)
	require.True(t, errs.Is(err, "patient.archived"), "%v", err)
	require.Equal(t, errs.KindRule, errs.KindOf(err))
	_, _, err = edit.Save(r.ctx, renata())
	require.Equal(t, errs.KindStale, errs.KindOf(err), "%v", err)
	_, err = r.Archive(r.ctx, p.ID, "Otra vez.")
	require.True(t, errs.Is(err, "patient.archived"), "%v", err)
	require.Equal(t, errs.KindConflict, errs.KindOf(err))

	back, err := r.Unarchive(r.ctx, p.ID)
	require.NoError(t, err)
	require.EqualValues(t, 3, back.Version)
	require.Nil(t, back.Archive)
	_, err = r.Unarchive(r.ctx, p.ID)
	require.True(t, errs.Is(err, "patient.not_archived"), "%v", err)
	_, err = r.Archive(r.ctx, p.ID, " ")
	require.Equal(t, map[string]string{"reason": "required"}, faults(t, err))
}

// Archiving carries no version, so it must notice by itself that somebody saved
// between its reading and its writing.
func TestAnArchiveMeetsASave(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	archived := make(chan error, 1)
	err := r.DB.WithTx(r.ctx, func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`update patients set version = version + 1 where id = $1`, p.ID)
		if err := tx.Flush(); err != nil {
			return err
		}
		go func() {
			_, err := r.Archive(r.ctx, p.ID, "Cambió de médico.")
			archived <- err
		}()
		r.waitForALock(t)
		return nil
	})
	require.NoError(t, err)
	err = <-archived
	require.True(t, errs.Is(err, "patient.changed"), "%v", err)
	require.Equal(t, errs.KindConflict, errs.KindOf(err))
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, patient.StatusActive, got.Status)
}

// waitForALock returns once a transaction of this database waits for another.
func (r register) waitForALock(t testing.TB) {
	t.Helper()
	admin := r.admin(t)
	require.Eventually(t, func() bool {
		var waits bool
		err := admin.QueryRow(t.Context(), `select exists (select from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock')`).Scan(&waits)
		return err == nil && waits
	}, 10*time.Second, 5*time.Millisecond)
}

// Each state that the data ever had can be opened again, and none can be
// changed or taken away.
func TestEarlierStatesCanBeRebuilt(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	p, _ = r.change(t, p, named("Beatriz", "Ortega", ""))
	_, err := r.Archive(r.ctx, p.ID, "Cambió de médico.")
	require.NoError(t, err)
	states, err := r.History(r.ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, states, 3)
	require.Equal(t, "Renata Zúñiga Barragán", states[0].FullName())
	require.Equal(t, "+522225550177", states[0].Phone)
	require.Equal(t, "Beatriz Ortega", states[1].FullName())
	require.Equal(t, "Cambió de médico.", states[2].ArchivedReason)
	for i, change := range []string{"created", "updated", "archived"} {
		require.Equal(t, change, states[i].Change)
		require.EqualValues(t, i+1, states[i].Version)
		require.Equal(t, actor.Must(r.ctx).UserID, states[i].By)
	}
	for _, sql := range []string{
		`update patient_versions set status = 'active'`, `delete from patient_versions`, `truncate patient_versions`,
	} {
		err := r.DB.WithTx(r.ctx, func(_ context.Context, t *db.Tx) error { t.Exec(sql); return nil })
		require.Equal(t, "42501", db.SQLState(err), sql)
	}
}
