package consultation_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/consultation"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/measures"
	"historias/internal/patient"
	"historias/internal/signature"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// clinic is a clinic with a patient and a signed note of hers.
type clinic struct {
	*testkit.Kit
	ctx     context.Context
	patient uuid.UUID
	note    consultation.Consultation
}

// admin is the database's superuser, whom no wall stops.
func (c clinic) admin(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), c.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func num(v float64) *float64 { return &v }

// evolution is a complete progress note.
func evolution() consultation.Content {
	return consultation.Content{
		Sections:  map[string]string{"evolution": "Acude a control. Refiere mejor apego a la dieta."},
		Omissions: map[string]consultation.Omission{"study_results": consultation.NotApplicable},
		Vitals:    measures.Set{Systolic: num(138), Diastolic: num(86), HeartRate: num(78)},
		Diagnoses: []consultation.Diagnosis{{Code: "I10", Kind: consultation.Principal}},
		Prognosis: "Bueno.", Plan: "Losartán 50 mg por vía oral cada 24 horas.",
	}
}

func newClinic(t testing.TB) clinic {
	t.Helper()
	k := testkit.New(t)
	c := clinic{Kit: k, ctx: k.Ready(t)}
	address := testkit.Address()
	p, _, err := k.Patients.Create(c.ctx, patient.Form{
		GivenNames: "Renata", FirstSurname: "Zúñiga", BirthDate: "1987-04-13", Sex: "M", Address: &address,
	})
	require.NoError(t, err)
	c.patient = p.ID
	c.note = c.signed(t)
	return c
}

func (c clinic) draft(t testing.TB) consultation.Consultation {
	t.Helper()
	n, err := c.Consultations.Open(c.ctx, consultation.Opening{PatientID: c.patient, Type: "evolucion"})
	require.NoError(t, err)
	e, err := c.Consultations.Edit(c.ctx, n.ID, n.Version)
	require.NoError(t, err)
	n, err = e.Save(c.ctx, consultation.Update{Content: evolution()})
	require.NoError(t, err)
	return n
}

func (c clinic) signed(t testing.TB) consultation.Consultation {
	t.Helper()
	n, err := c.Consultations.Sign(c.ctx, c.draft(t).ID, consultation.AnyVersion, consultation.Proof{Password: testkit.Password})
	require.NoError(t, err)
	_, err = c.Consultations.Append(c.ctx, n.ID, "Llamó: mejoría.", consultation.Proof{Password: testkit.Password})
	require.NoError(t, err)
	n, err = c.Consultations.Get(c.ctx, n.ID)
	require.NoError(t, err)
	return n
}

// attempts are what nobody may do to what was signed; %s is the note.
var attempts = []string{
	`update consultations set sealed = sealed where id = '%s'`,
	`update consultations set card = card where id = '%s'`,
	`update consultations set signed_at = now() where id = '%s'`,
	`update consultations set status = 'draft', signed_at = null, hash = null where id = '%s'`,
	`update consultations set patient_id = gen_random_uuid() where id = '%s'`,
	`delete from consultations where id = '%s'`,
	`update consultation_addenda set sealed = sealed where consultation_id = '%s'`,
	`delete from consultation_addenda where consultation_id = '%s'`,
	`update signatures set signed_at = now() where subject_id = '%s'`,
	`delete from signatures where subject_id = '%s'`,
	`update vital_signs set systolic = 120 where consultation_id = '%s'`,
	`delete from vital_signs where consultation_id = '%s'`,
	`update documents set sha256 = sha256('x') where subject_id = '%s'`,
	`delete from documents where subject_id = '%s'`,
}

// The database itself refuses to change what was signed: to the program, in its own
// role, and to a superuser.
func TestTheDatabaseRefusesToChangeWhatWasSigned(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	for _, attempt := range attempts {
		sql := fmt.Sprintf(attempt, c.note.ID)
		err := c.DB.WithTx(c.ctx, func(_ context.Context, tx *db.Tx) error {
			_, err := tx.Affected(sql)
			return err
		})
		require.Contains(t, []string{"HS003", "42501"}, db.SQLState(err), "the program: %s: %v", sql, err)
		_, err = c.admin(t).Exec(t.Context(), sql)
		require.Equal(t, "HS003", db.SQLState(err), "a superuser: %s: %v", sql, err)
	}
	for _, table := range []string{"consultations", "consultation_addenda", "signatures", "consultation_copies"} {
		_, err := c.admin(t).Exec(t.Context(), `truncate `+table+` cascade`)
		require.Equal(t, "HS003", db.SQLState(err), "truncate %s", table)
	}
	again, err := c.Consultations.Get(c.ctx, c.note.ID)
	require.NoError(t, err)
	require.Equal(t, c.note, again)
}

// A draft may change, and never whose it is.
func TestADraftKeepsItsPatientAndItsAuthor(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	draft := c.draft(t)
	for _, column := range []string{"patient_id", "author_id", "id", "clinic_id"} {
		_, err := c.admin(t).Exec(t.Context(), fmt.Sprintf(`update consultations set %s = gen_random_uuid() where id = '%s'`, column, draft.ID))
		require.Equal(t, "HS003", db.SQLState(err), column)
	}
}

// attack opens the tables to a superuser and gives what restores them.
func (c clinic) attack(t testing.TB, tables ...string) (restore func()) {
	t.Helper()
	for _, table := range tables {
		c.Database.Exec(t, `alter table `+table+` disable trigger all`)
		c.Database.Exec(t, `create table kept_`+table+` as table `+table)
	}
	return func() {
		for _, table := range tables {
			c.Database.Exec(t, `delete from `+table)
			c.Database.Exec(t, `insert into `+table+` select * from kept_`+table)
		}
	}
}

// Whoever gets past the database, with its superuser, is found out: what was signed
// is never shown changed.
func TestAChangedNoteIsNeverShown(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	other := c.signed(t)
	restore := c.attack(t, "consultations", "consultation_addenda", "signatures")
	for name, change := range map[string]string{
		"another note's text": `update consultations a set sealed = b.sealed from consultations b where a.id = '%s' and b.id = '%s'`,
		"another hash":        `update consultations set hash = sha256('x') where id = '%s' and '%s' <> ''`,
		"another patient's":   `update consultations set sealed = 'gAAAAA' where id = '%s' and '%s' <> ''`,
		"another signature":   `update signatures set hash = sha256('x') where subject_id = '%s' and '%s' <> ''`,
		"no signature":        `delete from signatures where subject_id = '%s' and '%s' <> ''`,
		"an addendum's hash":  `update consultation_addenda set hash = sha256('x') where consultation_id = '%s' and '%s' <> ''`,
	} {
		c.Database.Exec(t, fmt.Sprintf(change, c.note.ID, other.ID))
		_, err := c.Consultations.Get(c.ctx, c.note.ID)
		require.Error(t, err, name)
		require.Equal(t, errs.KindInternal, errs.KindOf(err), name)
		restore()
		_, err = c.Consultations.Get(c.ctx, c.note.ID)
		require.NoError(t, err, name)
	}
}

// A signature that was altered, or taken away, is found by its check; so is the
// end of a patient's record that was cut off.
func TestAnAlteredSignatureIsFound(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	ids := []uuid.UUID{c.note.ID}
	faulty := func() []uuid.UUID {
		found, err := c.Signatures.Faulty(c.ctx, c.DB, "consultation", ids)
		require.NoError(t, err)
		return found
	}
	require.Empty(t, faulty())
	restore := c.attack(t, "signatures", "signature_heads")
	for name, change := range map[string]string{
		"time": `update signatures set signed_at = now()`, "session": `update signatures set session_id = gen_random_uuid()`,
		"document": `update signatures set hash = sha256('x')`, "order": `update signatures set seq = seq + 7`,
		"its own hash": `update signatures set record_hash = sha256('x')`, "key": `update signatures set public_key = sha256('x')`,
		"the last one gone": `delete from signatures where subject_type = 'addendum'`, "it itself gone": `delete from signatures where seq = 1`,
		"two swapped": swapped,
		"all gone":    `delete from signatures`, "the end forged": `update signature_heads set seq = 1`,
	} {
		c.Database.Exec(t, change)
		require.Equal(t, ids, faulty(), name)
		restore()
		require.Empty(t, faulty(), name)
	}
	who, err := c.signature(t, c.note.ID).Signer(c.key(t))
	require.NoError(t, err)
	require.Equal(t, signature.Person{FullName: "Sofía Núñez Alcaraz", Profession: "medico_cirujano", License: "00123456"}, who)
}

// swapped puts the first two signatures of a patient in each other's place.
const swapped = `update signatures set seq = seq + 10; update signatures set seq = 13 - seq where seq in (11, 12); update signatures set seq = seq - 10 where seq > 10`

// The verification of the trail walks the order of each patient's signatures: one
// that was taken from the middle, or two that changed places, are found.
func TestTheTrailWalksTheOrderOfSignatures(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	_, err := c.Consultations.Append(c.ctx, c.note.ID, "Llamó otra vez: sin molestias.", consultation.Proof{Password: testkit.Password})
	require.NoError(t, err)
	broken := func() (n int) {
		v, err := c.Trail.Verification(c.ctx, true)
		require.NoError(t, err)
		for _, f := range v.Faults {
			if f.Kind == audit.SignatureBroken {
				n++
			}
		}
		return n
	}
	require.Zero(t, broken())
	restore := c.attack(t, "signatures", "signature_heads")
	for name, change := range map[string]string{
		"one from the middle gone": `delete from signatures where seq = 2`,
		"gone without a gap":       `delete from signatures where seq = 2; update signatures set seq = 2 where seq = 3; update signature_heads set seq = 2`,
		"two swapped":              swapped,
	} {
		c.Database.Exec(t, change)
		require.NotZero(t, broken(), name)
		restore()
		require.Zero(t, broken(), name)
	}
}

// key is the patient's.
func (c clinic) key(t testing.TB) vault.Key {
	t.Helper()
	s, err := c.Patients.Subject(c.ctx, c.patient)
	require.NoError(t, err)
	return s.DataKey
}

// signature reads one signature's sealed detail.
func (c clinic) signature(t testing.TB, subject uuid.UUID) signature.Record {
	t.Helper()
	r := signature.Record{ClinicID: actor.Clinic(c.ctx)}
	row := c.admin(t).QueryRow(t.Context(), `select id::text, detail from signatures where subject_id = $1`, subject)
	var id, detail string
	require.NoError(t, row.Scan(&id, &detail))
	r.ID, r.Detail = uuid.MustParse(id), vault.Sealed[signature.Person](detail)
	return r
}

// Nothing of what was written stands in clear.
func TestNothingThatWasWrittenStandsInClear(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	_, err := c.Consultations.KeepCopy(c.ctx, c.note.ID, evolution())
	require.NoError(t, err)
	for _, table := range []string{"consultations", "consultation_addenda", "consultation_copies", "signatures", "documents", "verification_codes"} {
		var rows string
		row := c.admin(t).QueryRow(t.Context(), `select string_agg(x::text, ' ') from `+table+` x`)
		require.NoError(t, row.Scan(&rows))
		require.NotEmpty(t, rows, table)
		for _, word := range []string{"Acude a control", "Losartán", "mejoría", "Zúñiga", "Hipertensión", "Sofía", "00123456"} {
			require.NotContains(t, rows, word, table)
		}
	}
}

// crowd gives one patient many notes, without opening anything.
const crowd = `insert into consultations (clinic_id, id, patient_id, author_id, type, type_version, opened_at, updated_at, sealed, card)
 select c.clinic_id, gen_random_uuid(), c.patient_id, c.author_id, 'evolucion', 1, now() - n * interval '1 hour', now(), 'gAAAA', 'gAAAA'
 from consultations c, generate_series(1, 5000) n where c.id = '%s'`

// The plan of every hot query, as the program's own role behind its wall, uses its
// index.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	c.Database.Exec(t, fmt.Sprintf(crowd, c.note.ID))
	c.Database.Exec(t, `analyze`)
	for sql, index := range consultation.HotQueries() {
		if plan := c.Plan(c.ctx, t, sql, testkit.Off("enable_seqscan")); !strings.Contains(plan, index) || strings.Contains(plan, "Seq Scan on consultations") {
			t.Errorf("%s:\n%s", sql, plan)
		}
	}
}

// Another clinic's note is no note.
func TestAnotherClinicsNoteIsNotThere(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	stranger := c.Ready(t)
	require.NotEqual(t, actor.Clinic(c.ctx), actor.Clinic(stranger))
	_, err := c.Consultations.Get(stranger, c.note.ID)
	require.True(t, errs.Is(err, "consultation.not_found"), "%v", err)
	_, err = c.Consultations.Visit(stranger, c.note.ID)
	require.True(t, errs.Is(err, "consultation.not_found"), "%v", err)
}
