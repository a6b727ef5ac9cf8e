package chart_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/chart"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// persons hands the register's patients to the chart.
type persons struct{ *patient.Service }

func (p persons) QueueBanner(ctx context.Context, q *db.Reader, id uuid.UUID) func() (chart.Banner, vault.Key, error) {
	opened := p.QueuePatient(ctx, q, id)
	return func() (chart.Banner, vault.Key, error) {
		who, err := opened()
		return chart.Banner{ID: who.ID, GivenNames: who.GivenNames, LastSeenAt: who.LastSeenAt}, who.DataKey(), err
	}
}

func (p persons) Seen(ctx context.Context, b chart.Banner) {
	p.Service.Seen(ctx, patient.Patient{ID: b.ID, LastSeenAt: b.LastSeenAt})
}

// others stand for the subjects that seal under the patient's key. What they
// queue is read for the patient that was asked for.
type others struct {
	sealed vault.Sealed[string]
	place  vault.Place
	fault  error
}

func (o others) QueueConsent(_ context.Context, q *db.Reader, id uuid.UUID) func(vault.Key) (chart.Consent, error) {
	var status string
	q.One([]any{&status}, `select consent_status from patients where id = $1`, id)
	return func(key vault.Key) (chart.Consent, error) {
		purpose, err := o.sealed.Open(key, o.place)
		return chart.Consent{Purposes: []chart.Purpose{{Purpose: purpose, Status: status}}}, err
	}
}

func (o others) QueueMessages(_ context.Context, q *db.Reader, id uuid.UUID) func(vault.Key) ([]chart.Message, error) {
	var list []chart.Message
	q.All(func(r db.Row) error {
		var m chart.Message
		err := r.Scan(&m.ID)
		list = append(list, m)
		return err
	}, `select id from patients where id = $1`, id)
	return func(vault.Key) ([]chart.Message, error) { return list, o.fault }
}

func (o others) QueueConditions(context.Context, *db.Reader, uuid.UUID) func(vault.Key) (chart.Allergies, []chart.Problem, error) {
	return func(vault.Key) (chart.Allergies, []chart.Problem, error) {
		return chart.Allergies{Status: "not_asked"}, nil, nil
	}
}

// QueueVitals answers with whose values it was asked to judge.
func (o others) QueueVitals(context.Context, *db.Reader, uuid.UUID) func(chart.Banner, vault.Key) (chart.Vitals, error) {
	return func(b chart.Banner, _ vault.Key) (chart.Vitals, error) {
		return chart.Vitals{Latest: &chart.Reading{ID: b.ID}}, nil
	}
}

func (o others) QueueNotes(context.Context, *db.Reader, uuid.UUID) func(vault.Key) ([]chart.Note, int, error) {
	return func(vault.Key) ([]chart.Note, int, error) {
		return []chart.Note{{ID: note, Label: "Nota de evolución"}}, 14, nil
	}
}

var note = uuid.New()

func (o others) QueuePrescribed(context.Context, *db.Reader, uuid.UUID) func(vault.Key) (chart.Prescribed, error) {
	return func(vault.Key) (chart.Prescribed, error) {
		return chart.Prescribed{Signed: 9, OfNotes: map[uuid.UUID]int{note: 2}}, o.fault
	}
}

// chartOf puts a chart together out of the register and what stands for the rest.
func chartOf(k *testkit.Kit, o others) *chart.Service {
	return chart.New(chart.Deps{
		DB: k.DB, Trail: k.Trail, Patients: persons{k.Patients}, Consents: o, Messages: o,
		Conditions: o, VitalSigns: o, Notes: o, Prescriptions: o,
	})
}

func setup(t *testing.T) (*testkit.Kit, context.Context, patient.Patient) {
	t.Helper()
	k := testkit.New(t)
	ctx := k.Ready(t)
	address := testkit.Address()
	p, _, err := k.Patients.Create(ctx, patient.Form{
		GivenNames: "Renata", FirstSurname: "Zúñiga", BirthDate: "1987-04-13", Sex: "M", Address: &address,
	})
	require.NoError(t, err)
	return k, ctx, p
}

func TestAChartIsPutTogetherFromItsSubjects(t *testing.T) {
	t.Parallel()
	k, ctx, p := setup(t)
	place := vault.Place{Clinic: actor.Clinic(ctx), Purpose: "test", Row: p.ID}
	sealed, err := vault.Seal(p.DataKey(), place, "care")
	require.NoError(t, err)
	o := others{sealed: sealed, place: place}
	s := chartOf(k, o)
	sum, err := s.Summary(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, "Renata", sum.Banner.GivenNames)
	require.Equal(t, []chart.Purpose{{Purpose: "care", Status: "none"}}, sum.Consent.Purposes)
	require.Equal(t, []chart.Message{{ID: p.ID}}, sum.Messages)
	require.Equal(t, "not_asked", sum.Allergies.Status)
	require.Equal(t, p.ID, sum.Vitals.Latest.ID, "values are judged at the age of the person that was read")
	require.Equal(t, chart.Counts{Consultations: 14, Prescriptions: 9}, sum.Counts)
	require.Equal(t, 2, sum.Notes[0].Prescriptions)
	require.Equal(t, 1, events(t, k, "chart.read", p.ID))
	require.Zero(t, events(t, k, "patient.read", p.ID), "one act, one event")

	stranger := k.Doctor(t)
	for _, id := range []uuid.UUID{p.ID, uuid.New()} {
		_, err = s.Summary(stranger, id)
		require.True(t, errs.Is(err, "patient.not_found"), "%v", err)
	}
	require.Equal(t, 1, events(t, k, "chart.read", p.ID))
}

// A chart with a part missing would be taken for the whole.
func TestAChartWithAFaultInAPartIsNotShown(t *testing.T) {
	t.Parallel()
	k, ctx, p := setup(t)
	place := vault.Place{Clinic: actor.Clinic(ctx), Purpose: "test", Row: p.ID}
	sealed, err := vault.Seal(p.DataKey(), place, "care")
	require.NoError(t, err)
	broken := errors.New("broken")
	for _, o := range []others{{sealed: "gAAAA", place: place}, {sealed: sealed, place: place, fault: broken}} {
		s := chartOf(k, o)
		sum, err := s.Summary(ctx, p.ID)
		require.Error(t, err)
		require.Zero(t, sum)
	}
}

func events(t *testing.T, k *testkit.Kit, action string, id uuid.UUID) int {
	t.Helper()
	c, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = c.Close(t.Context()) }()
	var n int
	require.NoError(t, c.QueryRow(t.Context(),
		`select count(*) from audit_events where action = $1 and patient_id = $2`, action, id).Scan(&n))
	return n
}
