package prescription_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/consultation"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/patient"
	"historias/internal/prescription"
	"historias/internal/testkit"
)

// signed gives a kit with one signed receta.
func signed(t *testing.T) (*testkit.Kit, context.Context, prescription.Prescription) {
	t.Helper()
	k := testkit.New(t)
	ctx := k.Ready(t)
	address := testkit.Address()
	p, _, err := k.Patients.Create(ctx, patient.Form{
		GivenNames: "Renata", FirstSurname: "Zúñiga", BirthDate: "1987-04-13", Sex: "M", Address: &address,
	})
	require.NoError(t, err)
	v, err := k.Consultations.Open(ctx, consultation.Opening{PatientID: p.ID, Type: "evolucion"})
	require.NoError(t, err)
	draft, err := k.Prescriptions.Open(ctx, v.ID, prescription.Opening{Edit: prescription.Edit{Items: []prescription.Item{{
		GenericName: "Paracetamol", Presentation: "Caja con 10 tabletas de 500 mg", Dose: "1 tableta", Route: "oral",
		Frequency: "cada 8 horas", Duration: "3 días", Quantity: 1,
	}}}})
	require.NoError(t, err)
	rx, err := k.Prescriptions.Sign(ctx, draft.ID, prescription.Proof{Password: testkit.Password})
	require.NoError(t, err)
	return k, ctx, rx
}

func admin(t *testing.T, k *testkit.Kit) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

// What was signed cannot be changed by anybody who reaches the database, the
// program's role and the owner alike.
func TestTheDatabaseKeepsWhatWasSigned(t *testing.T) {
	t.Parallel()
	k, ctx, rx := signed(t)
	owner := admin(t, k)
	for _, sql := range []string{
		`update prescriptions set sealed = 'gAAAAother' where id = $1`,
		`update prescriptions set document = 'gAAAAother' where id = $1`,
		`update prescriptions set status = 'draft', signed_at = null, document = null, hash = null where id = $1`,
		`update prescriptions set author_id = clinic_id where id = $1`,
		`update prescriptions set status = 'voided', voided_at = now(), voided_by = author_id, void_reason = 'gAAAA', hash = sha256('x') where id = $1`,
		`delete from prescriptions where id = $1`,
		`update medication_courses set sealed = 'gAAAAother' where prescription_id = $1`,
		`delete from medication_courses where prescription_id = $1`,
	} {
		_, err := owner.Exec(t.Context(), sql, rx.ID)
		var pg *pgconn.PgError
		require.ErrorAs(t, err, &pg, sql)
		require.Equal(t, "HS003", pg.Code, sql)
		err = k.DB.WithTx(ctx, func(_ context.Context, tx *db.Tx) error {
			tx.Exec(sql, rx.ID)
			return nil
		})
		require.Equal(t, "HS003", db.SQLState(err), sql)
	}
	_, err := k.Prescriptions.Void(ctx, rx.ID, "Otra presentación.")
	require.NoError(t, err)
	_, err = owner.Exec(t.Context(), `update prescriptions set void_reason = 'gAAAAother' where id = $1`, rx.ID)
	require.Error(t, err, "a voided one is closed for good")
}

// A signed receta whose hash was swapped is not shown as if it were genuine.
func TestAnAlteredPrescriptionIsNotShown(t *testing.T) {
	t.Parallel()
	k, ctx, rx := signed(t)
	owner := admin(t, k)
	_, err := owner.Exec(t.Context(), `alter table prescriptions disable trigger keep_prescription`)
	require.NoError(t, err)
	_, err = owner.Exec(t.Context(), `update prescriptions set hash = sha256('x') where id = $1`, rx.ID)
	require.NoError(t, err)
	_, err = k.Prescriptions.Get(ctx, rx.ID)
	require.ErrorIs(t, err, prescription.ErrAltered)
}

// The verification of the trail finds a receta that is not the one that was signed,
// voided ones too, and says which.
func TestTheTrailProvesRecetas(t *testing.T) {
	t.Parallel()
	k, ctx, rx := signed(t)
	_, err := k.Prescriptions.Void(ctx, rx.ID, "Otra presentación.")
	require.NoError(t, err)
	faults := func() (kinds []audit.FaultKind) {
		v, err := k.Trail.Verification(ctx, true)
		require.NoError(t, err)
		for _, f := range v.Faults {
			require.Equal(t, rx.ID, f.DocumentID)
			kinds = append(kinds, f.Kind)
		}
		return kinds
	}
	require.Empty(t, faults())
	k.Database.Exec(t, `alter table prescriptions disable trigger all; create table kept as table prescriptions`)
	for sql, want := range map[string]audit.FaultKind{
		`update prescriptions set hash = sha256('x')`:  audit.TextChanged,
		`update prescriptions set document = sealed`:   audit.TextChanged,
		`update prescriptions set document = 'gAAAAA'`: audit.TextChanged,
		`update prescriptions set status = 'draft', document = null, hash = null, signed_at = null, voided_at = null,
			voided_by = null, void_reason = null`: audit.TextMissing,
	} {
		k.Database.Exec(t, sql)
		require.Equal(t, []audit.FaultKind{want}, faults(), sql)
		k.Database.Exec(t, `update prescriptions p set status = o.status, document = o.document, hash = o.hash, signed_at = o.signed_at,
			voided_at = o.voided_at, voided_by = o.voided_by, void_reason = o.void_reason from kept o where o.id = p.id`)
		require.Empty(t, faults(), "restored after %s", sql)
	}
}

// Every class that the form of allergies offers is one that recetas are checked
// against: a class that only the form knows would warn of nothing.
func TestEveryClassThatIsOfferedIsChecked(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	offered, err := k.Conditions.Allergens(k.Ready(t), "", 1000)
	require.NoError(t, err)
	classes := 0
	for _, a := range offered {
		if class, is := strings.CutPrefix(a.Code, "class:"); is {
			require.True(t, prescription.Checks(class), class)
			classes++
		}
	}
	require.GreaterOrEqual(t, classes, 16)
}

// Nothing of what is indicated stands in clear, and another clinic sees none of it.
func TestWhatIsIndicatedIsSealedAndWalled(t *testing.T) {
	t.Parallel()
	k, _, rx := signed(t)
	owner := admin(t, k)
	for _, table := range []string{"prescriptions", "medication_courses"} {
		var row string
		require.NoError(t, owner.QueryRow(t.Context(), fmt.Sprintf(`select string_agg(r::text, ' ') from %s r`, table)).Scan(&row))
		for _, word := range []string{"aracetamol", "tableta", "oral", "Renata", "R-2026"} {
			require.NotContains(t, row, word, table)
		}
	}
	stranger := k.Ready(t)
	_, err := k.Prescriptions.Get(stranger, rx.ID)
	require.True(t, errs.Is(err, "prescription.not_found"), "%v", err)
	_, err = k.Prescriptions.Void(stranger, rx.ID, "Motivo.")
	require.True(t, errs.Is(err, "prescription.not_found"), "%v", err)
	require.NotEqual(t, actor.Clinic(stranger), uuid.Nil)
}

// Behind row-level security a query that misses its index is slow in a large
// clinic only, so the plans are read with sequential scans out of favour.
func TestEveryListUsesItsIndex(t *testing.T) {
	t.Parallel()
	k, ctx, _ := signed(t)
	for name, hot := range prescription.HotQueries() {
		plan := k.Plan(ctx, t, hot[0], testkit.Off("enable_seqscan"), testkit.Off("enable_sort"), testkit.Off("enable_bitmapscan"))
		require.Contains(t, plan, hot[1], "%s:\n%s", name, plan)
	}
}
