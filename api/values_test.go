package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/api/apitest"
	"historias/internal/testkit"
)

// odd is a value that somebody may type, and what becomes of it: the code of
// the fault, or the value as it is kept.
type odd struct {
	field, typed string
	fault, kept  string
}

func refuses(field, fault string, typed ...string) (all []odd) {
	for _, value := range typed {
		all = append(all, odd{field: field, typed: value, fault: fault})
	}
	return all
}

// keeps takes pairs of what is typed and what is kept.
func keeps(field string, pairs ...string) (all []odd) {
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, odd{field: field, typed: pairs[i], kept: pairs[i+1]})
	}
	return all
}

func oddities(lists ...[]odd) (all []odd) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// oddNames are names as they are and as they are not.
func oddNames(field string) []odd {
	long := strings.Repeat("ñ", 60)
	return oddities(
		keeps(field, "Ana", "Ana", "Y", "Y", "  María   José ", "María José", "D’Angelo", "D’Angelo", "Oʼfarrill", "Oʼfarrill", "O'Farrill", "O'Farrill",
			"Jean-Luc", "Jean-Luc", "Ñoño", "Ñoño", "Güemes", "Güemes", "Pin\u0303a", "Piña", "Ma. Luisa", "Ma. Luisa", long, long, "\u202eanA", "anA",
			"An\u200bita", "Anita", "王", "王", "de la O", "de la O"),
		refuses(field, "length", long+"n"),
		refuses(field, "format", "<b>Ana</b>", "Ana;", "Ana1", "Ana 🙂", "'", "-", "...", "A\u0001na", "Ana\u0000", "a@b", "{{1}}", "Ana\u0085x"),
	)
}

func oddPhones(field string) []odd {
	return oddities(
		keeps(field, "55 5555 0142", "+525555550142", "5215555550142", "+525555550142", "+52 1 (55) 5555-0142", "+525555550142", "045 55 5555 0142", "+525555550142",
			"525555550142", "+525555550142"),
		refuses(field, "length", "555555014", "52155555501", "55555501421", "+52 555 555 014"),
		refuses(field, "format", "0155555014", "cincuenta y cinco", "55 5555 O142", "5555550142 ext 3"),
		refuses(field, "foreign", "+1 415 555 0142", "+34 600 000 000"),
	)
}

func oddEmails(field string) []odd {
	return oddities(
		keeps(field, " Ana.Ruiz@Correo.Example ", "Ana.Ruiz@correo.example", "a+b@correo.example", "a+b@correo.example", "o'brien@correo.example", "o'brien@correo.example"),
		refuses(field, "format", "ana ruiz@correo.example", "ana@correo .example", "ana@", "@correo.example", "ana@correo", "ana@@correo.example",
			"Ana <ana@correo.example>", "ana@correo.example, otra@correo.example", "ana@correo..example", "añа@correo.example", "ana@127.0.0.1",
			"ana\u0000@correo.example", "ana@correo.example\r\nBcc: x@y.example"),
		refuses(field, "length", strings.Repeat("a", 65)+"@correo.example"),
	)
}

// Every odd value of a patient has its answer, and what is taken is kept as it
// is written, with what nobody sees taken out.
func TestOddValuesOfAPatient(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	plain := dropped(fernanda(), "curp", "phone", "email", "emergency_contact")
	all := oddities(
		oddNames("given_names"), oddNames("first_surname"), oddNames("second_surname"), oddPhones("phone"), oddEmails("email"),
		keeps("birth_date", "2024-02-29", "2024-02-29", "2026-11-23", "2026-11-23", "1895-11-24", "1895-11-24"),
		refuses("birth_date", "date", "2026-02-30", "2023-02-29", "2026-13-01", "2026-00-10", "2026-04-31"),
		refuses("birth_date", "format", "30/02/2026", "2026-2-3", "20260203", "2026-02-03T00:00:00Z", "ayer", "２０２６-02-03", "-2026-02-03"),
		refuses("birth_date", "future", "2026-11-24", "2027-01-01", "9999-12-31"),
		refuses("birth_date", "too_old", "1895-11-23", "1800-01-01", "0001-01-01"),
		refuses("curp", "check_digit", "OOVF800814MPLRLR07"),
		refuses("curp", "length", "OOVF800814MPLRLR0", "OOVF800814MPLRLR000"),
		keeps("curp", " oovf800814mplrlr00 ", "OOVF800814MPLRLR00"),
		refuses("sex", "enum", "F", "m", "X", "hombre"), refuses("blood_type", "enum", "O", "AB positivo"),
	)
	for i, o := range all {
		// Another day for each, so that they are not each other's likely duplicates.
		d.tries(changed(plain, "birth_date", fmt.Sprintf("19%02d-08-%02d", i%80, 1+i%28)), o)
	}
}

// tries registers a patient with one odd value.
func (d desk) tries(plain map[string]any, o odd) {
	d.t.Helper()
	body := changed(plain, o.field, o.typed)
	if o.field == "birth_date" && o.kept > "2008" {
		body["representative"] = map[string]any{"full_name": "Paula Cárdenas", "relationship": "Madre"}
	}
	as := fmt.Sprintf("%s: %q", o.field, o.typed)
	r := d.wrong(http.MethodPost, "/api/patients", body)
	if o.fault != "" {
		require.Equal(d.t, http.StatusBadRequest, r.Status, "%s: %s", as, r.Body)
		require.Equal(d.t, map[string]string{o.field: o.fault}, r.Fields(), as)
		return
	}
	made := r.Want(http.StatusCreated).JSON()
	require.Equal(d.t, o.kept, made[o.field], as)
	require.Equal(d.t, o.kept, d.send(http.MethodGet, pathOf(made), nil).Want(http.StatusOK).JSON()[o.field], as)
}

// A registration is held to the same: what would be printed under every
// prescription and shown in every message is a name and can be read.
func TestOddValuesOfARegistration(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	all := oddities(
		keeps("full_name", "Sofía", "Sofía", "  Sofía   Núñez ", "Sofía Núñez", "Dra. Ana O’Farrill-Güemes", "Dra. Ana O’Farrill-Güemes", "\u202eSofía", "Sofía",
			"Pin\u0303a", "Piña"),
		refuses("full_name", "required", "", "   ", "\u200b\u202e"),
		refuses("full_name", "format", "<script>alert(1)</script>", "Sofía\u0001", "Sofía 🙂", "Sofía 2", "{{1}}", "."),
		refuses("email", "format", "sofia nunez@x.example", "sofia@x", "Sofía <sofia@x.example>", "sofia@x.example\u0000"),
		refuses("phone", "length", "555 123 456"), refuses("phone", "foreign", "+1 415 555 0142"),
		refuses("license_number", "length", "12"), refuses("license_number", "format", "abcdefg"),
		refuses("clinic_name", "format", "Clínica\u0001", "Clínica \u0007"),
		refuses("title_institution", "format", "UNAM\u0002"), refuses("title_institution", "required", " \u200b "),
		refuses("profession", "enum", "brujo", "MEDICO_CIRUJANO"),
		refuses("password", "too_short", "corta", "123456789", strings.Repeat("ñ", 9)),
	)
	for _, o := range all {
		body := changed(apitest.RegisterBody(), o.field, o.typed)
		r := a.Do(t, apitest.Call{Method: http.MethodPost, Path: "/api/auth/register", Body: body, Undocumented: true})
		as := fmt.Sprintf("%s: %q", o.field, o.typed)
		if o.fault != "" {
			require.Equal(t, http.StatusBadRequest, r.Status, "%s: %s", as, r.Body)
			require.Contains(t, r.Fields(), o.field, as)
			if !strings.ContainsRune(o.typed, 0) {
				require.Equal(t, o.fault, r.Fields()[o.field], as)
			}
			continue
		}
		made := r.Want(http.StatusCreated).JSON()
		require.Equal(t, o.kept, made["user"].(map[string]any)[o.field], as)
	}
	require.Equal(t, 5, apitest.Scalar[int](t, a, "select count(*)::int from users"))
}

// What a program says of itself is kept as far as it is text: it never stands in
// the way of a sign-in.
func TestAnyProgramMaySignIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Doctor(t)
	for _, agent := range []string{
		strings.Repeat("a", 199) + "ñandú", strings.Repeat("ñ", 500), "\xff\xfe", "Mozilla \xc3", strings.Repeat("a", 198) + "🩺", "Mozilla/5.0 (ñ)", strings.Repeat("x", 8000),
	} {
		for _, call := range []apitest.Call{
			{Path: "/api/auth/login", Body: map[string]any{"email": p.Email, "password": testkit.Password}},
			{Path: "/api/auth/register", Body: apitest.RegisterBody()},
		} {
			call.Method, call.Headers = http.MethodPost, map[string]string{"User-Agent": agent}
			r := a.Do(t, call)
			require.Less(t, r.Status, http.StatusMultipleChoices, "%q: %s", agent, r.Body)
		}
	}
	kept := apitest.Scalar[string](t, a, `select agent from sessions where clinic_id = $1 and agent like 'Mozilla/5.0%'`, uuid.MustParse(p.ClinicID))
	require.Equal(t, "Mozilla/5.0 (ñ)", kept)
	require.LessOrEqual(t, apitest.Scalar[int](t, a, `select max(octet_length(agent))::int from sessions`), 200)
}
