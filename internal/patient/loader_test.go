package patient_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/page"
	"historias/internal/patient"
)

// Who was loaded cannot be told from who was registered.
func TestALoadedPatientIsLikeARegisteredOne(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.add(t, renata())
	require.NoError(t, r.Load(r.ctx, 1500, crowd))
	next := r.add(t, child())
	require.EqualValues(t, 1502, next.RecordNumber)

	everybody := r.all(t, patient.Filter{Page: page.Request{Limit: 100}})
	require.Len(t, everybody, 1502)
	seen := map[patient.Number]bool{first.RecordNumber: true, next.RecordNumber: true}
	cards, err := r.Cards(r.ctx, everybody)
	require.NoError(t, err)
	for _, c := range cards {
		seen[c.RecordNumber] = true
	}
	require.Len(t, seen, 1502)

	found, err := r.Duplicates(r.ctx, crowd(700))
	require.NoError(t, err)
	require.Len(t, found, 1)
	p, err := r.Get(r.ctx, found[0].ID)
	require.NoError(t, err)
	want, err := crowd(700).Check(p.AsOf)
	require.NoError(t, err)
	require.Equal(t, want, p.Identity)
	require.Equal(t, []uuid.UUID{p.ID}, r.found(t, p.Phone))
	states, err := r.History(r.ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, states, 1)
	_, warnings := r.change(t, p, renata())
	require.Len(t, warnings, 1, "it is compared like any other")
}

func TestALoadWithAFaultSaysSo(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	err := r.Load(r.ctx, 3, func(int) patient.Form { return patient.Form{} })
	require.Contains(t, faults(t, err), "given_names")
	require.Empty(t, r.all(t, patient.Filter{}))
}
