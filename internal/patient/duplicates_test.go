package patient_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/audit"
	"historias/internal/patient"
)

func TestLikelyDuplicatesAreShownBeforeSaving(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	other := r.add(t, renata())
	r.add(t, named("Julián", "Estévez", "Cortázar"))
	for name, c := range map[string]struct {
		form    patient.Form
		reasons []patient.Reason
	}{
		"the same CURP alone": {patient.Form{CURP: " zubr870413mplxrn00 "}, []patient.Reason{patient.SameCURP}},
		"the same name and birth date, typed otherwise": {
			patient.Form{GivenNames: "RENATA", FirstSurname: "zuniga", SecondSurname: "Barragan", BirthDate: "1987-04-13"},
			[]patient.Reason{patient.SameNameAndBirth},
		},
		"a slip in a surname": {
			patient.Form{GivenNames: "Renata", FirstSurname: "Zúñigga", SecondSurname: "Barragán", BirthDate: "1987-04-13"},
			[]patient.Reason{patient.SimilarName},
		},
		"without the second surname": {
			patient.Form{GivenNames: "Renata", FirstSurname: "Zúñiga", BirthDate: "1987-04-13"},
			[]patient.Reason{patient.SimilarName},
		},
		"the same phone, written as WhatsApp does": {patient.Form{Phone: "5212225550177"}, []patient.Reason{patient.SamePhone}},
		"everything": {renata(), []patient.Reason{patient.SameCURP, patient.SameNameAndBirth, patient.SamePhone}},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := r.Duplicates(r.ctx, c.form)
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.Equal(t, other.ID, found[0].ID)
			require.Equal(t, other.RecordNumber, found[0].RecordNumber)
			require.Equal(t, c.reasons, found[0].Reasons)
			require.Equal(t, "Renata Zúñiga Barragán", found[0].FullName())
			require.InDelta(t, 70, found[0].Score, 30)
		})
	}
	event := r.lastEvent(t)
	require.Equal(t, string(audit.DuplicatesAsked), event.action)
	require.Equal(t, []string{other.ID.String()}, event.subjects)
}

func TestDifferentPeopleAreNotDuplicates(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.add(t, renata())
	r.add(t, child())
	for name, form := range map[string]patient.Form{
		"the same name, another day": {GivenNames: "Renata", FirstSurname: "Zúñiga", SecondSurname: "Barragán", BirthDate: "1988-04-13"},
		"a twin":                     {GivenNames: "Regina", FirstSurname: "Ruiz", SecondSurname: "Cárdenas", BirthDate: "2022-02-03"},
		"nothing to tell by":         {GivenNames: "Renata"},
		"nothing readable":           {CURP: "ZUBR", Phone: "12", BirthDate: "1987-13-01", GivenNames: "R3nata"},
		"nothing":                    {},
	} {
		found, err := r.Duplicates(r.ctx, form)
		require.NoError(t, err, name)
		require.Empty(t, found, name)
	}
}

func TestADuplicateIsAWarningAndNotARefusal(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := r.add(t, renata())
	second, warnings, err := r.Create(r.ctx, renata())
	require.NoError(t, err)
	require.NotEqual(t, first.ID, second.ID)
	require.Len(t, warnings, 1)
	require.Equal(t, "possible_duplicate", warnings[0].Code)
	require.Equal(t, "curp", warnings[0].Field)
	require.Equal(t, first.ID, warnings[0].PatientID)
	require.Equal(t, first.RecordNumber, warnings[0].RecordNumber)
	require.NotContains(t, warnings[0].Message, "Renata", "a message names records, not people")
	require.Equal(t, []string{first.ID.String()}, r.lastEvent(t).subjects, "whose record was shown is in the trail")
}

// A clinic that wrote its own phone into every record must not drown in it.
func TestAPhoneThatEverybodyHasDoesNotHideTheRest(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	require.NoError(t, r.Load(r.ctx, 400, func(i int) patient.Form {
		form := crowd(i)
		form.Phone = "2225550177"
		return form
	}))
	same := r.add(t, renata())
	found, err := r.Duplicates(r.ctx, renata())
	require.NoError(t, err)
	require.Len(t, found, 10)
	require.Equal(t, same.ID, found[0].ID, "the likeliest comes first")
}

// Very many may be born on one day, above all where the day is not known and the
// first of January stands for it.
func TestAmongManyBornOnOneDayThePersonIsFound(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	require.NoError(t, r.Load(r.ctx, 400, func(i int) patient.Form {
		form := crowd(i)
		form.BirthDate = "1987-04-13"
		return form
	}))
	same := r.add(t, renata())
	form := renata()
	form.CURP, form.Phone = "", ""
	found, err := r.Duplicates(r.ctx, form)
	require.NoError(t, err)
	require.NotEmpty(t, found)
	require.Equal(t, same.ID, found[0].ID)
	require.Equal(t, []patient.Reason{patient.SameNameAndBirth}, found[0].Reasons)
}

// Who is put away is still the same person.
func TestAnArchivedRecordIsAlsoADuplicate(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	_, err := r.Archive(r.ctx, p.ID, "Cambió de médico.")
	require.NoError(t, err)
	found, err := r.Duplicates(r.ctx, renata())
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, patient.StatusArchived, found[0].Status)
}
