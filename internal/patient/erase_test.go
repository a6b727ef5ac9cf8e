package patient_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/patient"
)

// An erased record keeps its number and nothing of the person: the lists of the
// clinic go on, nobody finds her by name, and what was sealed opens for nobody.
func TestAnErasedRecordKeepsNothingOfThePerson(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	gone, stays := r.add(t, named("Remedios", "Solís", "Ferrer")), r.add(t, named("Pilar", "Vega", "Montes"))
	require.NoError(t, r.Erase(r.ctx, gone.ID, r.Fake.Now()))
	require.NoError(t, r.Erase(r.ctx, gone.ID, r.Fake.Now()), "it may be repeated")

	p, err := r.Get(r.ctx, gone.ID)
	require.NoError(t, err)
	require.Equal(t, gone.RecordNumber, p.RecordNumber)
	require.Equal(t, "Expediente suprimido", p.FullName())
	require.True(t, p.BirthDate.IsZero())
	all, err := r.Search(r.ctx, patient.Filter{Status: "all"})
	require.NoError(t, err)
	require.Len(t, all.Items, 2)
	active, err := r.Search(r.ctx, patient.Filter{})
	require.NoError(t, err)
	require.Len(t, active.Items, 1)
	require.Equal(t, stays.ID, active.Items[0].ID)
	found, err := r.Search(r.ctx, patient.Filter{Query: "Remedios", Status: "all"})
	require.NoError(t, err)
	require.Empty(t, found.Items)

	err = r.Erase(r.ctx, uuid.New(), r.Fake.Now())
	require.True(t, errs.Is(err, "patient.not_found"))
}
