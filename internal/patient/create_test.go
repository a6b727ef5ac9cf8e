package patient_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/patient"
)

func TestAPatientIsReadBackAsSheWasRegistered(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	made, warnings, err := r.Create(r.ctx, renata())
	require.NoError(t, err)
	require.Empty(t, warnings, "the CURP agrees with everything")
	got, err := r.Get(r.ctx, made.ID)
	require.NoError(t, err)
	require.Equal(t, made, got)
	require.Equal(t, "Renata Zúñiga Barragán", got.FullName())
	require.Equal(t, "+522225550177", got.Phone)
	require.Equal(t, "Renata.Zuniga@correo.example", got.Email)
	require.Equal(t, "72000", got.Address.PostalCode)
	require.Equal(t, "21", got.StateOfBirth, "it comes from the CURP")
	require.Equal(t, "H-000001", got.RecordNumber.String())
	require.EqualValues(t, 1, got.Version)
	require.Equal(t, patient.IdentityDeclared, got.IdentityStatus)
	years, known := got.Age()
	require.True(t, known)
	require.Equal(t, 39, years)
	require.Equal(t, "39 años 7 meses", got.AgeText())
}

// Whatever a person is called, her name comes back as it was typed.
func TestNamesAreKept(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	sixty := strings.Repeat("ñandúes ", 7) + "Peña"
	for _, n := range [][3]string{
		{"Sean", "O'Farrill", ""},
		{"Sean", "Oʼfarrill", "D’Angelo"},
		{"Jean-Luc", "García-López", "Güemes"},
		{"María de los Ángeles", "de la O", "Ñunco"},
		{sixty, "Ño", ""},
	} {
		p := r.add(t, named(n[0], n[1], n[2]))
		require.Equal(t, n, [3]string{p.GivenNames, p.FirstSurname, p.SecondSurname})
	}
}

func TestEveryFaultOfAFormComesBackAtOnce(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for name, c := range map[string]struct {
		change func(f *patient.Form)
		want   map[string]string
	}{
		"nothing typed": {func(f *patient.Form) { *f = patient.Form{} }, map[string]string{
			"given_names": "required", "first_surname": "required", "birth_date": "required", "sex": "required",
			"address": "required",
		}},
		"no such day":       {func(f *patient.Form) { f.BirthDate = "2026-02-30" }, map[string]string{"birth_date": "date"}},
		"born tomorrow":     {func(f *patient.Form) { f.BirthDate = "2026-11-24" }, map[string]string{"birth_date": "future"}},
		"older than 130":    {func(f *patient.Form) { f.BirthDate = "1895-01-01" }, map[string]string{"birth_date": "too_old"}},
		"a date with slash": {func(f *patient.Form) { f.BirthDate = "13/04/1987" }, map[string]string{"birth_date": "format"}},
		"wrong check digit": {func(f *patient.Form) { f.CURP = wrongDigit(f.CURP) }, map[string]string{"curp": "check_digit"}},
		"half a CURP":       {func(f *patient.Form) { f.CURP = "ZUBR870413" }, map[string]string{"curp": "length"}},
		"a generic CURP":    {func(f *patient.Form) { f.CURP = "XXXX999999XXXXXX99" }, map[string]string{"curp": "generic"}},
		"phone of 9 digits": {func(f *patient.Form) { f.Phone = "222555017" }, map[string]string{"phone": "length"}},
		"a foreign phone":   {func(f *patient.Form) { f.Phone = "+1 415 555 0100" }, map[string]string{"phone": "foreign"}},
		"e-mail with space": {func(f *patient.Form) { f.Email = "rena ta@correo.example" }, map[string]string{"email": "format"}},
		"name of 61":        {func(f *patient.Form) { f.GivenNames = strings.Repeat("a", 61) }, map[string]string{"given_names": "length"}},
		"digits in a name":  {func(f *patient.Form) { f.FirstSurname = "Zúñiga 2" }, map[string]string{"first_surname": "format"}},
		"no first surname":  {func(f *patient.Form) { f.FirstSurname = " " }, map[string]string{"first_surname": "required"}},
		"sex in words":      {func(f *patient.Form) { f.Sex = "mujer" }, map[string]string{"sex": "enum"}},
		"blood of nobody":   {func(f *patient.Form) { f.BloodType = "C+" }, map[string]string{"blood_type": "enum"}},
		"state of birth 33": {func(f *patient.Form) { f.StateOfBirth = "33" }, map[string]string{"state_of_birth": "enum"}},
		"control character": {func(f *patient.Form) { f.Occupation = "cera\x01mista" }, map[string]string{"occupation": "format"}},
		"a long occupation": {func(f *patient.Form) { f.Occupation = strings.Repeat("x", 121) }, map[string]string{"occupation": "length"}},
		"an unknown status": {func(f *patient.Form) { f.IdentityStatus = "sure" }, map[string]string{"identity_status": "enum"}},
		"half an address": {func(f *patient.Form) {
			f.Address.Street, f.Address.State, f.Address.PostalCode, f.Address.Country = " ", "40", "7203", "MX"
		}, map[string]string{"address.street": "required", "address.country": "format"}},
		"state and postal code": {func(f *patient.Form) {
			f.Address.State, f.Address.PostalCode = "40", "7203"
		}, map[string]string{"address.state": "format", "address.postal_code": "format"}},
		"who to call": {func(f *patient.Form) {
			f.EmergencyContact = &patient.Contact{FullName: "Julián 3", Phone: "12"}
		}, map[string]string{
			"emergency_contact.full_name": "format", "emergency_contact.relationship": "required", "emergency_contact.phone": "length",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			form := renata()
			c.change(&form)
			_, _, err := r.Create(r.ctx, form)
			require.Equal(t, c.want, faults(t, err))
		})
	}
	list, err := r.Search(r.ctx, patient.Filter{})
	require.NoError(t, err)
	require.Empty(t, list.Items, "a form with a fault registers nobody")
}

// faults are the codes of a refusal by field; every one has a text in Spanish.
func faults(t *testing.T, err error) map[string]string {
	t.Helper()
	e, ok := errs.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, "request.invalid", e.Code)
	out := map[string]string{}
	for _, f := range e.Fields {
		require.NotEmpty(t, f.Message, f.Field)
		out[f.Field] = f.Code
	}
	return out
}

func wrongDigit(curp string) string {
	last := curp[17]
	return curp[:17] + string('0'+(last-'0'+1)%10)
}

func TestPhonesAreKeptInOneForm(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for _, typed := range []string{"2225550177", "222 555 01 77", "+52 222 555 0177", "5212225550177", "(222) 555-0177"} {
		form := named("Renata", "Zúñiga", "")
		form.Phone = typed
		require.Equal(t, "+522225550177", r.add(t, form).Phone, typed)
	}
}

func TestAMinorNeedsSomebodyWhoAnswersForHer(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	form := child()
	p := r.add(t, form)
	require.True(t, p.Minor())
	require.Equal(t, "+525555550188", p.Representative.Phone)
	form.Representative = nil
	_, _, err := r.Create(r.ctx, form)
	require.Equal(t, map[string]string{"representative": "required"}, faults(t, err))

	// The day begins where the clinic is: at 18:00 UTC it is noon there, and at
	// 05:00 UTC it is still the day before.
	form.BirthDate = "2008-11-24"
	_, _, err = r.Create(r.ctx, form)
	require.Equal(t, map[string]string{"representative": "required"}, faults(t, err), "of age tomorrow")
	r.Fake.Advance(11 * hour)
	_, _, err = r.Create(r.ctx, form)
	require.Equal(t, map[string]string{"representative": "required"}, faults(t, err), "of age in an hour")
	r.Fake.Advance(hour)
	require.False(t, r.add(t, form).Minor(), "of age today")
}

// A clinic without an office yet counts days where most of Mexico does.
func TestTheDayOfAClinicWithoutAnOffice(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.Service = serviceIn(t, r.Kit, nil)
	r.Fake.Advance(11 * hour) // 05:00 UTC of the 24th, 23:00 of the 23rd in Mexico City
	form := named("Abril", "Montaño", "")
	form.BirthDate = "2026-11-24"
	_, _, err := r.Create(r.ctx, form)
	require.Equal(t, map[string]string{"birth_date": "future"}, faults(t, err))
}

// In an emergency nobody asks for papers first.
func TestSomebodyUnknownIsRegisteredWithHerSexAlone(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, patient.Form{Sex: "I", IdentityStatus: "provisional"})
	got, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Empty(t, got.FullName())
	_, known := got.Age()
	require.False(t, known)
	require.Empty(t, got.AgeText())
	_, _, err = r.Create(r.ctx, patient.Form{IdentityStatus: "provisional", Phone: "1"})
	require.Equal(t, map[string]string{"sex": "required", "phone": "length"}, faults(t, err))
	list, err := r.Search(r.ctx, patient.Filter{Query: p.RecordNumber.String()})
	require.NoError(t, err)
	require.Len(t, list.Items, 1)
}

func TestACURPThatDisagreesIsAWarning(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	form := renata()
	form.GivenNames, form.FirstSurname, form.BirthDate, form.StateOfBirth = "Beatriz", "Ortega", "1987-04-14", "09"
	form.Sex = "H"
	_, warnings, err := r.Create(r.ctx, form)
	require.NoError(t, err)
	var fields []string
	for _, w := range warnings {
		require.Equal(t, "curp_mismatch", w.Code)
		require.NotEmpty(t, w.Message)
		fields = append(fields, w.Field)
	}
	require.ElementsMatch(t, []string{"given_names", "first_surname", "birth_date", "sex", "state_of_birth"}, fields)
}

// Two desks that register at once never get the same number.
func TestRecordNumbersAreNeverGivenTwice(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	const desks, each = 6, 5
	var mu sync.Mutex
	seen := map[patient.Number]bool{}
	var wait sync.WaitGroup
	for range desks {
		wait.Go(func() {
			for range each {
				p, _, err := r.Create(r.ctx, named("Renata", "Zúñiga", "Barragán"))
				mu.Lock()
				if err != nil || seen[p.RecordNumber] {
					t.Errorf("number %v: %v", p.RecordNumber, err)
				}
				seen[p.RecordNumber] = true
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	require.Len(t, seen, desks*each)
}

func TestAgesAreSaidAsChartsDo(t *testing.T) {
	t.Parallel()
	today := mx.MustDate("2026-11-23")
	for birth, want := range map[string]string{
		"2026-11-23": "0 días", "2026-11-01": "22 días", "2026-10-23": "1 mes", "2024-11-24": "23 meses",
		"2024-11-23": "2 años", "2024-07-09": "2 años 4 meses", "2020-10-20": "6 años 1 mes", "1980-08-14": "46 años 3 meses",
	} {
		p := patient.Patient{Identity: patient.Identity{BirthDate: mx.MustDate(birth)}, AsOf: today}
		require.Equal(t, want, p.AgeText(), birth)
	}
}
