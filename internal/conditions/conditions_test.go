package conditions_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/conditions"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Not asked, none known and some are three different facts.
func TestNotAskedNoneKnownAndListedDiffer(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	require.Equal(t, conditions.NotAsked, r.known(t).Status)

	a, err := r.DenyAllergies(r.ctx, r.patient)
	require.NoError(t, err)
	require.Equal(t, conditions.NoneKnown, a.Status)
	require.Equal(t, "Sofía Núñez Alcaraz", a.Denial.ByName)
	r.Fake.Advance(1)

	e := r.allergic(t, "Penicilina", "class:penicillins")
	a = r.known(t)
	require.Equal(t, conditions.Listed, a.Status)
	require.Nil(t, a.Denial)
	_, err = r.DenyAllergies(r.ctx, r.patient)
	require.True(t, errs.Is(err, "allergy.listed"), "%v", err)

	_, err = r.setAllergy(e, 1, conditions.Mistaken, e.Data)
	require.NoError(t, err)
	require.Equal(t, conditions.NotAsked, r.known(t).Status, "an answer from before the mistake is not taken for one of now")
	a, err = r.DenyAllergies(r.ctx, r.patient)
	require.NoError(t, err)
	require.Equal(t, conditions.NoneKnown, a.Status)
	require.Len(t, a.Items, 1, "what was entered by mistake stays")
	require.Equal(t, 2, r.count(t, `select count(*) from audit_events where action = 'allergy.none_known'`))
}

func TestAnAllergyIsKeptAsItWasSaid(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	e, err := r.AddAllergy(r.ctx, r.patient, allergy{
		Substance: "  Penicilina  procaínica ", Code: "class:penicillins", Reaction: "Anafilaxia", Severity: "severe", OnsetOn: "2009",
	}, "")
	require.NoError(t, err)
	require.Equal(t, "Penicilina procaínica", e.Data.Substance)
	require.Equal(t, conditions.Active, e.Status)
	got, err := r.Allergy(r.ctx, r.patient, e.ID)
	require.NoError(t, err)
	require.Equal(t, e, got)
	_, err = r.AddAllergy(r.ctx, r.patient, allergy{Substance: "Amoxicilina", Code: "generic:amoxicilina"}, "")
	require.NoError(t, err)
	_, err = r.AddAllergy(r.ctx, r.patient, allergy{Substance: "El perfume de la abuela"}, "")
	require.NoError(t, err, "what no catalog has is written freely")
}

func TestFaultsOfAnAllergyComeAllAtOnce(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	_, err := r.AddAllergy(r.ctx, r.patient, allergy{
		Substance: " ", Code: "class:witchcraft", Severity: "deadly", OnsetOn: "2027", Reaction: strings.Repeat("ñ", 501),
	}, "resolved")
	require.Equal(t, map[string]string{
		"substance": "required", "substance_code": "unknown", "severity": "enum", "onset_on": "future", "reaction": "too_long", "status": "enum",
	}, fields(t, err))
	for _, invisible := range []string{"\u200b", "💊", " - "} {
		_, err = r.AddAllergy(r.ctx, r.patient, allergy{Substance: invisible}, "")
		require.Equal(t, map[string]string{"substance": "required"}, fields(t, err), "%q names nothing", invisible)
	}
	_, err = r.AddAllergy(r.ctx, r.patient, allergy{Substance: "花粉"}, "")
	require.NoError(t, err, "a name in another script is one")
	for code, want := range map[string]bool{
		"generic:amoxicilina": true, "generic:amox": false, "generic:": false, "food:egg": true, "egg": false, "other:latex": true,
	} {
		_, err = r.AddAllergy(r.ctx, r.patient, allergy{Substance: "x " + code, Code: code}, "inactive")
		require.Equal(t, want, err == nil, "%s: %v", code, err)
	}
}

func TestDatesMayBeKnownInPart(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	for date, want := range map[string]string{
		"2009": "", "1980": "", "1980-08": "", "1980-08-14": "", "2026-11-23": "", "2026-11": "", "2026": "",
		"1979": "before_birth", "1980-07": "before_birth", "1980-08-13": "before_birth", "2026-11-24": "future", "2026-12": "future", "2027": "future",
		"09": "format", "2009-13": "format", "2009-02-30": "format", "marzo de 2009": "format", "2009-3-1": "format", "0001": "format",
	} {
		_, err := r.AddAllergy(r.ctx, r.patient, allergy{Substance: "a " + date, OnsetOn: date}, "")
		if want == "" {
			require.NoError(t, err, date)
			continue
		}
		require.Equal(t, map[string]string{"onset_on": want}, fields(t, err), date)
	}
}

// One condition is not listed twice, however it is written; what ended may come
// back.
func TestAConditionIsListedOnce(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	e := r.allergic(t, "Látex", "")
	_, err := r.AddAllergy(r.ctx, r.patient, allergy{Substance: "LATEX"}, "")
	refusal, ok := errs.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, "allergy.duplicate", refusal.Code)
	require.Equal(t, e.ID.String(), refusal.Existing)

	for listed, said := range map[[2]string][]string{
		{"Penicilinas", "class:penicillins"}:             {"penicilina", "PENICILINAS"},
		{"Amoxicilina", "generic:amoxicilina"}:           {"amoxicilina"},
		{"Metamizol sódico", "generic:metamizol sodico"}: {"Dipirona", "metamizol"},
	} {
		e := r.allergic(t, listed[0], listed[1])
		for _, text := range said {
			_, err := r.AddAllergy(r.ctx, r.patient, allergy{Substance: text}, "")
			refusal, _ := errs.As(err)
			require.NotNil(t, refusal, text)
			require.Equal(t, e.ID.String(), refusal.Existing, text)
		}
	}
	r.allergic(t, "Ampicilina", "")

	b := r.suffers(t, "I10")
	_, _, err = r.AddProblem(r.ctx, r.patient, problem{Code: "I10", Label: "Presión alta"}, "")
	refusal, _ = errs.As(err)
	require.Equal(t, b.ID.String(), refusal.Existing)
	_, _, err = r.setProblem(b, 1, conditions.Resolved, b.Data)
	require.NoError(t, err)
	again := r.suffers(t, "I10")
	_, _, err = r.setProblem(b, 2, conditions.Active, b.Data)
	refusal, _ = errs.As(err)
	require.Equal(t, "problem.duplicate", refusal.Code, "%v", err)
	require.Equal(t, again.ID.String(), refusal.Existing)

	other := r
	other.patient = r.person(t, "1990-01-01", "M")
	other.allergic(t, "Látex", "")
	other.suffers(t, "I10")
	require.Zero(t, r.count(t, `select count(*) from conditions a join conditions b on b.same = a.same and b.patient_id <> a.patient_id`),
		"equal conditions of two people do not show")
}

func TestTwoAtOnceListItOnce(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	answers := make(chan error, 4)
	for range cap(answers) {
		go func() {
			_, err := r.AddAllergy(context.WithoutCancel(r.ctx), r.patient, allergy{Substance: "Látex", Code: "other:latex"}, "")
			answers <- err
		}()
	}
	done := 0
	for range cap(answers) {
		if err := <-answers; err == nil {
			done++
		} else {
			require.True(t, errs.Is(err, "allergy.duplicate"), "%v", err)
		}
	}
	require.Equal(t, 1, done)
	require.Len(t, r.known(t).Items, 1)
}

func TestAProblemKeepsTheCatalogBesideTheDoctorsWords(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	e, asked, err := r.AddProblem(r.ctx, r.patient, problem{Code: "E11.9", Label: "Diabetes tipo 2", OnsetOn: "2019-03"}, "")
	require.NoError(t, err)
	require.Empty(t, asked)
	require.Equal(t, "Diabetes tipo 2", e.Data.Label)
	require.Equal(t, "Diabetes mellitus no insulinodependiente, sin mención de complicación", e.Data.CatalogLabel)
	require.Equal(t, "2026.11", e.Data.CatalogVersion)
	require.Equal(t, "Hipertensión esencial (primaria)", r.suffers(t, "I10").Data.Label, "without words of her own, those of the catalog")
	for _, code := range []string{"E99.9", "e11.9", "I10X", "azúcar"} {
		_, _, err = r.AddProblem(r.ctx, r.patient, problem{Code: code}, "")
		require.True(t, errs.Is(err, "problem.unknown_code"), "%s: %v", code, err)
	}
	_, _, err = r.AddProblem(r.ctx, r.patient, problem{Code: " "}, "")
	require.Equal(t, map[string]string{"code": "required"}, fields(t, err))
}

// What does not fit sex or age is asked and kept: the record may be wrong about
// both.
func TestADiagnosisThatDoesNotFitIsAsked(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	for _, c := range []struct {
		born, sex, code string
		asked           bool
	}{
		{"1980-08-14", "M", "N40", true},
		{"1960-08-14", "H", "N40", false},
		{"2010-08-14", "H", "N40", true},
		{"1980-08-14", "H", "O14.9", true},
		{"1980-08-14", "I", "O14.9", false},
		{"1996-08-14", "M", "Z34.9", false},
		{"1950-08-14", "M", "Z34.9", true},
		{"1980-08-14", "M", "Z00.1", true},
		{"2022-08-14", "M", "Z00.1", false},
		{"1980-08-14", "M", "P07.3", true},
		{"2026-11-10", "M", "P07.3", false},
		{"2010-08-14", "M", "F03", true},
		{"1980-08-14", "M", "I10", false},
	} {
		_, asked, err := r.AddProblem(r.ctx, r.person(t, c.born, c.sex), problem{Code: c.code}, "")
		require.NoError(t, err)
		require.Equal(t, c.asked, len(asked) == 1, "%s %s %s: %v", c.born, c.sex, c.code, asked)
	}
}

func TestAProblemResolves(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	e := r.suffers(t, "G56.0")
	e, _, err := r.setProblem(e, 1, conditions.Resolved, e.Data)
	require.NoError(t, err)
	require.Equal(t, "2026-11-23", e.Data.ResolvedOn, "without a date it is today")
	require.EqualValues(t, 2, e.Version)
	e.Data.OnsetOn, e.Data.ResolvedOn = "2025-07", "2025-06"
	_, _, err = r.setProblem(e, 2, conditions.Resolved, e.Data)
	require.Equal(t, map[string]string{"resolved_on": "order"}, fields(t, err))
	e.Data.OnsetOn = "2025"
	e, _, err = r.setProblem(e, 2, conditions.Resolved, e.Data)
	require.NoError(t, err)
	_, _, err = r.setProblem(e, 3, conditions.Active, e.Data)
	require.Equal(t, map[string]string{"resolved_on": "status"}, fields(t, err))

	var states []string
	rows, err := r.admin(t).Query(t.Context(), `select status from condition_versions where condition_id = $1 order by version`, e.ID)
	require.NoError(t, err)
	for rows.Next() {
		var s string
		require.NoError(t, rows.Scan(&s))
		states = append(states, s)
	}
	require.Equal(t, []string{"active", "resolved", "resolved"}, states, "every earlier state is kept")
}

// The version is judged before anything of the body is looked at.
func TestAStaleVersionIsRefusedBeforeTheBody(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	a, b := r.allergic(t, "Látex", ""), r.suffers(t, "I10")
	_, err := r.setAllergy(a, 1, conditions.Active, allergy{Substance: "Látex", Reaction: "Urticaria"})
	require.NoError(t, err)
	never := errors.New("the body was read")
	_, err = r.ChangeAllergy(r.ctx, r.patient, a.ID, 1, func(conditions.Entry[allergy]) (allergy, conditions.Status, error) {
		return allergy{}, "", never
	})
	require.True(t, errs.Is(err, "allergy.stale"), "%v", err)
	_, _, err = r.ChangeProblem(r.ctx, r.patient, b.ID, 9, func(conditions.Entry[problem]) (problem, conditions.Status, error) {
		return problem{}, "", never
	})
	require.True(t, errs.Is(err, "problem.stale"), "%v", err)
	_, err = r.ChangeAllergy(r.ctx, r.patient, a.ID, 2, func(conditions.Entry[allergy]) (allergy, conditions.Status, error) {
		return allergy{}, "", never
	})
	require.ErrorIs(t, err, never)
}

func TestAnArchivedRecordIsReadOnly(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	a, b := r.allergic(t, "Látex", ""), r.suffers(t, "I10")
	_, err := r.Patients.Archive(r.ctx, r.patient, "Cambió de médico.")
	require.NoError(t, err)
	_, addErr := r.AddAllergy(r.ctx, r.patient, allergy{Substance: "Polen"}, "")
	_, denyErr := r.DenyAllergies(r.ctx, r.patient)
	_, changeErr := r.setAllergy(a, 1, conditions.Active, a.Data)
	_, _, problemErr := r.AddProblem(r.ctx, r.patient, problem{Code: "E11.9"}, "")
	_, _, resolveErr := r.setProblem(b, 1, conditions.Resolved, b.Data)
	for i, err := range []error{addErr, denyErr, changeErr, problemErr, resolveErr} {
		require.True(t, errs.Is(err, "patient.archived"), "%d: %v", i, err)
	}
	require.Len(t, r.known(t).Items, 1)
}

func TestAnotherClinicsConditionsDoNotExist(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	a, b := r.allergic(t, "Látex", ""), r.suffers(t, "I10")
	theirs := r
	theirs.ctx = r.Ready(t)
	_, listErr := theirs.Allergies(theirs.ctx, r.patient)
	_, oneErr := theirs.Allergy(theirs.ctx, r.patient, a.ID)
	_, addErr := theirs.AddAllergy(theirs.ctx, r.patient, allergy{Substance: "Polen"}, "")
	_, denyErr := theirs.DenyAllergies(theirs.ctx, r.patient)
	_, changeErr := theirs.setAllergy(a, 1, conditions.Mistaken, a.Data)
	_, problemsErr := theirs.Problems(theirs.ctx, r.patient)
	_, _, setErr := theirs.setProblem(b, 1, conditions.Mistaken, b.Data)
	for i, err := range []error{listErr, oneErr, addErr, denyErr, changeErr, problemsErr, setErr} {
		require.True(t, errs.Is(err, "patient.not_found"), "%d: %v", i, err)
	}
	theirs.patient = theirs.person(t, "1990-01-01", "M")
	_, oneErr = theirs.Allergy(theirs.ctx, theirs.patient, a.ID)
	require.True(t, errs.Is(oneErr, "allergy.not_found"), "%v", oneErr)
	_, _, setErr = theirs.setProblem(b, 1, conditions.Mistaken, b.Data)
	require.True(t, errs.Is(setErr, "problem.not_found"), "%v", setErr)
	mine := r
	mine.patient = r.person(t, "1990-01-01", "M")
	_, oneErr = mine.Allergy(mine.ctx, mine.patient, a.ID)
	require.True(t, errs.Is(oneErr, "allergy.not_found"), "in the record of somebody else it does not exist: %v", oneErr)
	_, oneErr = r.Allergy(r.ctx, r.patient, b.ID)
	require.True(t, errs.Is(oneErr, "allergy.not_found"), "a problem is no allergy: %v", oneErr)
	_, oneErr = r.Problem(r.ctx, r.patient, uuid.New())
	require.True(t, errs.Is(oneErr, "problem.not_found"), "%v", oneErr)
}

// Whoever steals the database learns nobody's illness.
func TestADumpTellsNoCondition(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	e := r.allergic(t, "Canariomicina", "")
	_, err := r.setAllergy(e, 1, conditions.Active, allergy{Substance: "Canariomicina", Reaction: "Canarioedema"})
	require.NoError(t, err)
	_, _, err = r.AddProblem(r.ctx, r.patient, problem{Code: "B24", Label: "Canariopatía"}, "")
	require.NoError(t, err)
	var dump string
	require.NoError(t, r.admin(t).QueryRow(t.Context(), `select (select string_agg(c::text, ' ') from conditions c) || ' ' ||
		(select string_agg(v::text, ' ') from condition_versions v) || ' ' || (select string_agg(e::text, ' ') from audit_events e)`).Scan(&dump))
	require.NotContains(t, strings.ToLower(dump), "canario")
	require.Contains(t, dump, e.ID.String())
}

func TestAllergensAreFoundByWhatPeopleSay(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	for typed, want := range map[string]string{
		"penic": "class:penicillins", "sulfa": "class:sulfonamides", "amoxi": "class:penicillins", "aines": "class:nsaids",
		"cacahuate": "food:peanut", "camaron": "food:shellfish", "latex": "other:latex", "contraste": "class:iodinated_contrast",
		"losartan": "generic:losartan", "metformina": "generic:metformina", "Xilocaína": "class:local_anesthetics",
	} {
		found, err := r.Allergens(r.ctx, typed, 20)
		require.NoError(t, err)
		require.NotEmpty(t, found, typed)
		require.Equal(t, want, found[0].Code, typed)
	}
	found, err := r.Allergens(r.ctx, "amoxicilina", 20)
	require.NoError(t, err)
	require.Contains(t, found, conditions.Allergen{Code: "generic:amoxicilina", Label: "Amoxicilina"})
	all, err := r.Allergens(r.ctx, "", 100)
	require.NoError(t, err)
	require.Greater(t, len(all), 40)
	few, err := r.Allergens(r.ctx, "", 3)
	require.NoError(t, err)
	require.Len(t, few, 3)
	none, err := r.Allergens(r.ctx, "xyzzy", 20)
	require.NoError(t, err)
	require.Empty(t, none)
}

// What a prescription and a chart see are the active ones.
func TestOnlyWhatIsActiveIsHandedOn(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	gone := r.allergic(t, "Polen", "other:pollen")
	stays := r.allergic(t, "Penicilina", "class:penicillins")
	_, err := r.setAllergy(gone, 1, conditions.Inactive, gone.Data)
	require.NoError(t, err)
	resolved, mistaken := r.suffers(t, "G56.0"), r.suffers(t, "J00")
	active := r.suffers(t, "I10")
	_, _, err = r.setProblem(resolved, 1, conditions.Resolved, resolved.Data)
	require.NoError(t, err)
	_, _, err = r.setProblem(mistaken, 1, conditions.Mistaken, mistaken.Data)
	require.NoError(t, err)
	key := r.key(t)
	var allergies func(vault.Key) (conditions.Allergies, error)
	var chart func(vault.Key) (conditions.Chart, error)
	require.NoError(t, r.DB.Read(r.ctx, func(q *db.Reader) error {
		allergies = r.QueueAllergies(r.ctx, q, r.patient)
		chart = r.QueueChart(r.ctx, q, r.patient)
		return nil
	}))
	known, err := allergies(key)
	require.NoError(t, err)
	require.Len(t, known.Items, 1)
	require.Equal(t, stays.ID, known.Items[0].ID)
	page, err := chart(key)
	require.NoError(t, err)
	require.Equal(t, known, page.Allergies)
	listed := page.Problems
	require.Len(t, listed, 2)
	require.Equal(t, []uuid.UUID{active.ID, resolved.ID}, []uuid.UUID{listed[0].ID, listed[1].ID})
}

func (r record) key(t *testing.T) vault.Key {
	t.Helper()
	s, err := r.Patients.Subject(r.ctx, r.patient)
	require.NoError(t, err)
	require.Equal(t, actor.Clinic(r.ctx), s.ClinicID)
	return s.DataKey
}
