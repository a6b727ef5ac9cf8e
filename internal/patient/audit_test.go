package patient_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/patient"
)

type recorded struct {
	action   string
	patient  *string
	subjects []string
	outcome  string
	reason   string
}

// admin looks at what is stored, past the walls.
func (r register) admin(t testing.TB) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), r.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(t.Context()) })
	return c
}

// lastEvent is the newest event of the clinic.
func (r register) lastEvent(t testing.TB) recorded {
	t.Helper()
	var e recorded
	err := r.admin(t).QueryRow(t.Context(), `select action, patient_id::text, coalesce(subjects::text[], '{}'), outcome, reason
		from audit_events where clinic_id = $1 order by txid desc, id desc limit 1`, actor.Clinic(r.ctx)).
		Scan(&e.action, &e.patient, &e.subjects, &e.outcome, &e.reason)
	require.NoError(t, err)
	return e
}

// No act on a person's data without its event.
func TestEveryActLeavesItsEvent(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	id := p.ID.String()
	expect := func(action audit.Action) {
		t.Helper()
		e := r.lastEvent(t)
		require.Equal(t, string(action), e.action)
		require.Equal(t, &id, e.patient)
		require.Equal(t, "success", e.outcome)
	}
	expect(audit.PatientCreated)
	_, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	expect(audit.PatientRead)
	edit, err := r.Edit(r.ctx, p.ID, 1)
	require.NoError(t, err)
	_, _, err = edit.Save(r.ctx, renata())
	require.NoError(t, err)
	expect(audit.PatientUpdated)
	_, err = r.Archive(r.ctx, p.ID, "Cambió de médico a la doctora Ñunco.")
	require.NoError(t, err)
	expect(audit.PatientArchived)
	require.Empty(t, r.lastEvent(t).reason, "what somebody wrote stays sealed")
	_, err = r.Unarchive(r.ctx, p.ID)
	require.NoError(t, err)
	expect(audit.PatientRestored)

	_, err = r.Search(r.ctx, patient.Filter{Query: "zuñiga"})
	require.NoError(t, err)
	e := r.lastEvent(t)
	require.Equal(t, string(audit.PatientSearched), e.action)
	require.Equal(t, []string{id}, e.subjects)
	require.Nil(t, e.patient)
	require.Empty(t, e.reason, "what was typed is not kept")
}
