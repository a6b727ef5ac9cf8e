package vitals_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/measures"
	"historias/internal/patient"
	"historias/internal/testkit"
	"historias/internal/vault"
	"historias/internal/vitals"
)

// ward is a clinic with one patient.
type ward struct {
	*testkit.Kit
	ctx     context.Context
	patient uuid.UUID
}

func newWard(t *testing.T) ward {
	t.Helper()
	k := testkit.New(t)
	w := ward{Kit: k, ctx: k.Ready(t)}
	w.patient = w.add(t, "1980-08-14")
	return w
}

func (w ward) add(t *testing.T, born string) uuid.UUID {
	t.Helper()
	address := testkit.Address()
	p, _, err := w.Patients.Create(w.ctx, patient.Form{
		GivenNames: "Fernanda", FirstSurname: "Orozco", BirthDate: born, Sex: "M", Address: &address,
		Representative: &patient.Contact{FullName: "Paula Cárdenas", Relationship: "Madre", Phone: "5555550188"},
	})
	require.NoError(t, err)
	return p.ID
}

func values(t *testing.T, body string) measures.Set {
	t.Helper()
	var s measures.Set
	require.NoError(t, json.Unmarshal([]byte(body), &s))
	return s
}

func (w ward) record(t *testing.T, body string) vitals.Reading {
	t.Helper()
	r, _, err := w.Vitals.Record(w.ctx, w.patient, vitals.Entry{Set: values(t, body)})
	require.NoError(t, err)
	w.Fake.Advance(time.Minute)
	return r
}

func (w ward) admin(t *testing.T) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), w.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

// note opens a draft in the table of notes, without its feature.
func (w ward) note(t *testing.T, patient uuid.UUID) uuid.UUID {
	t.Helper()
	id := vault.NewID()
	_, err := w.admin(t).Exec(t.Context(), `insert into consultations (clinic_id, id, patient_id, author_id, type, type_version,
		opened_at, updated_at, sealed, card) values ($1, $2, $3, $4, 'evolucion', 1, now(), now(), 'gAAAA', 'gAAAA')`,
		actor.Clinic(w.ctx), id, patient, actor.Must(w.ctx).UserID)
	require.NoError(t, err)
	return id
}

func (w ward) become(t *testing.T, note uuid.UUID, status string) {
	t.Helper()
	_, err := w.admin(t).Exec(t.Context(), `update consultations set status = $2, updated_at = now(),
		signed_at = case when $2 = 'signed' then now() end, hash = case when $2 = 'signed' then sha256('x') end where id = $1`, note, status)
	require.NoError(t, err)
}

func (w ward) inTx(do func(ctx context.Context, t *db.Tx) error) error { return w.DB.WithTx(w.ctx, do) }

func (w ward) adopt(t *testing.T, note uuid.UUID) {
	t.Helper()
	require.NoError(t, w.inTx(func(ctx context.Context, tx *db.Tx) error {
		return w.Vitals.Adopt(ctx, tx, w.patient, note)
	}))
}

func (w ward) keep(note uuid.UUID, set measures.Set) error {
	return w.inTx(func(ctx context.Context, tx *db.Tx) error {
		return w.Vitals.Keep(ctx, tx, w.patient, note, set)
	})
}

// of gives the values of a note.
func (w ward) of(t *testing.T, note uuid.UUID) (measures.Set, uuid.UUID) {
	t.Helper()
	var read func() (measures.Set, time.Time, uuid.UUID)
	require.NoError(t, w.DB.Read(w.ctx, func(q *db.Reader) error {
		read = w.Vitals.QueueOf(w.ctx, q, note)
		return nil
	}))
	set, _, by := read()
	return set, by
}

func (w ward) events(t *testing.T, action string) int {
	t.Helper()
	var n int
	require.NoError(t, w.admin(t).QueryRow(t.Context(), `select count(*) from audit_events where action = $1`, action).Scan(&n))
	return n
}
