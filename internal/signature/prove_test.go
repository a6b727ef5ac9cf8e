package signature_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/patient"
	"historias/internal/signature"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// archive is a clinic that keeps texts of its own and signs them.
type archive struct {
	*testkit.Kit
	ctx     context.Context
	patient patient.Patient
	kept    signature.Kept
}

const purposeText = "archive.text"

func newArchive(t *testing.T) archive {
	t.Helper()
	k := testkit.New(t)
	a := archive{Kit: k, ctx: k.Ready(t)}
	k.Database.Exec(t, `create table texts (clinic_id uuid, id uuid, patient_id uuid, hash bytea, sealed text)`)
	k.Database.Exec(t, `grant all on texts to public`)
	home := testkit.Address()
	var err error
	a.patient, _, err = k.Patients.Create(a.ctx, patient.Form{
		GivenNames: "Renata", FirstSurname: "Zúñiga", BirthDate: "1987-04-13", Sex: "M", Address: &home,
	})
	require.NoError(t, err)
	a.kept = signature.Kept{
		SubjectType: "text", Purpose: purposeText,
		Select: `select id, patient_id, hash, sealed from texts where clinic_id = $1 and id > $2 order by id limit $3`,
		Keys: func(_ context.Context, patients []uuid.UUID) (map[uuid.UUID]vault.Key, error) {
			keys := map[uuid.UUID]vault.Key{}
			for _, id := range patients {
				if id == a.patient.ID {
					keys[id] = a.patient.DataKey()
				}
			}
			return keys, nil
		},
	}
	return a
}

// keep stores a text and signs it, in one transaction.
func (a archive) keep(n int) (uuid.UUID, error) {
	id, key := vault.NewID(), a.patient.DataKey()
	form, err := signature.Canonical(map[string]any{"n": n, "text": "Acude a control."})
	if err != nil {
		return id, err
	}
	token, err := vault.Seal(key, vault.Place{Clinic: actor.Clinic(a.ctx), Purpose: purposeText, Row: id}, json.RawMessage(form))
	if err != nil {
		return id, err
	}
	return id, a.DB.WithTx(a.ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.Exec(`insert into texts values ($1, $2, $3, $4, $5)`, actor.Clinic(ctx), id, a.patient.ID, signature.Hash(form), token)
		_, err := a.Signatures.Queue(ctx, tx, signature.Act{
			SubjectType: "text", SubjectID: id, PatientID: a.patient.ID, Key: key, Hash: signature.Hash(form), Method: "password", At: a.Fake.Now(),
		})
		return err
	})
}

func (a archive) faults(t *testing.T) map[string][]audit.FaultKind {
	t.Helper()
	found := map[string][]audit.FaultKind{}
	require.NoError(t, a.kept.Prove(a.ctx, a.DB, func(k audit.FaultKind, id uuid.UUID) {
		found[id.String()] = append(found[id.String()], k)
	}))
	return found
}

// What is wrong is found wherever it stands among more texts than one page, and
// what is right beside it is left alone, although whole pages are missing on one
// side or the other.
func TestEveryTextIsComparedWithItsSignature(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	ids := make([]string, 0, 230)
	for n := range cap(ids) {
		id, err := a.keep(n)
		require.NoError(t, err)
		ids = append(ids, id.String())
	}
	require.Empty(t, a.faults(t))
	want := map[string][]audit.FaultKind{}
	a.Database.Exec(t, `alter table signatures disable trigger all`)
	spoil := func(from, to int, kind audit.FaultKind, sql string) {
		for _, id := range ids[from:to] {
			a.Database.Exec(t, fmt.Sprintf(sql, id))
			want[id] = append(want[id], kind)
		}
	}
	spoil(0, 1, audit.TextChanged, `update texts set hash = sha256('x') where id = '%s'`)
	spoil(3, 70, audit.TextMissing, `delete from texts where id = '%s'`)
	spoil(99, 101, audit.TextChanged, `update texts set sealed = 'gAAAAA' where id = '%s'`)
	spoil(110, 180, audit.SignatureBroken, `delete from signatures where subject_id = '%s'`)
	spoil(200, 201, audit.TextChanged, `update signatures set hash = sha256('x') where subject_id = '%s'`)
	spoil(210, 211, audit.TextChanged, `update texts set patient_id = clinic_id where id = '%s'`)
	spoil(229, 230, audit.TextMissing, `delete from texts where id = '%s'`)
	require.Equal(t, want, a.faults(t))
	a.Database.Exec(t, `delete from texts`)
	require.Len(t, a.faults(t), len(ids)-70)
}

// Somebody who signs while the clinic is proved raises no alarm.
func TestSigningMeanwhileRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	first, err := a.keep(0)
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() {
		var err error
		for n := 1; n <= 120 && err == nil; n++ {
			_, err = a.keep(n)
		}
		done <- err
	}()
	for {
		require.Empty(t, a.faults(t))
		faulty, err := a.Signatures.Faulty(a.ctx, a.DB, "text", []uuid.UUID{first})
		require.NoError(t, err)
		require.Empty(t, faulty)
		select {
		case err := <-done:
			require.NoError(t, err)
			return
		default:
		}
	}
}
