package conditions_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/conditions"
	"historias/internal/errs"
	"historias/internal/patient"
	"historias/internal/testkit"
)

// record is a clinic with one patient.
type record struct {
	*testkit.Kit
	*conditions.Service
	ctx     context.Context
	patient uuid.UUID
}

func newRecord(t *testing.T) record {
	t.Helper()
	k := testkit.New(t)
	r := record{Kit: k, Service: k.Conditions, ctx: k.Ready(t)}
	r.patient = r.person(t, "1980-08-14", "M")
	return r
}

func (r record) person(t *testing.T, born, sex string) uuid.UUID {
	t.Helper()
	address := testkit.Address()
	p, _, err := r.Patients.Create(r.ctx, patient.Form{
		GivenNames: "Fernanda", FirstSurname: "Orozco", BirthDate: born, Sex: sex, Address: &address,
		Representative: &patient.Contact{FullName: "Paula Cárdenas", Relationship: "Madre", Phone: "5555550188"},
	})
	require.NoError(t, err)
	return p.ID
}

type (
	allergy = conditions.Allergy
	problem = conditions.Problem
)

func (r record) allergic(t *testing.T, to, code string) conditions.Entry[allergy] {
	t.Helper()
	e, err := r.AddAllergy(r.ctx, r.patient, allergy{Substance: to, Code: code}, "")
	require.NoError(t, err)
	r.Fake.Advance(time.Minute)
	return e
}

func (r record) suffers(t *testing.T, code string) conditions.Entry[problem] {
	t.Helper()
	e, _, err := r.AddProblem(r.ctx, r.patient, problem{Code: code}, "")
	require.NoError(t, err)
	r.Fake.Advance(time.Minute)
	return e
}

func (r record) known(t *testing.T) conditions.Allergies {
	t.Helper()
	a, err := r.Allergies(r.ctx, r.patient)
	require.NoError(t, err)
	return a
}

func (r record) setAllergy(e conditions.Entry[allergy], version int64, status conditions.Status, data allergy) (conditions.Entry[allergy], error) {
	return r.ChangeAllergy(r.ctx, r.patient, e.ID, version, func(conditions.Entry[allergy]) (allergy, conditions.Status, error) {
		return data, status, nil
	})
}

func (r record) setProblem(e conditions.Entry[problem], version int64, status conditions.Status, data problem) (conditions.Entry[problem], []conditions.Warning, error) {
	return r.ChangeProblem(r.ctx, r.patient, e.ID, version, func(conditions.Entry[problem]) (problem, conditions.Status, error) {
		return data, status, nil
	})
}

func (r record) admin(t *testing.T) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), r.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

func (r record) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	require.NoError(t, r.admin(t).QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

// fields gives the codes of an error's faults by field.
func fields(t *testing.T, err error) map[string]string {
	t.Helper()
	e, ok := errs.As(err)
	require.True(t, ok, "%v", err)
	out := map[string]string{}
	for _, f := range e.Fields {
		out[f.Field] = f.Code
	}
	return out
}
