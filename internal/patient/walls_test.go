package patient_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/patient"
	"historias/internal/vault"
)

// What identifies a person, in every form in which it could be written down.
var canaries = []string{
	"canariarena", "Canariarena", "Ñandúcanario", "nanducanario", "ZUBR870413MPLXRN00", "zubr870413",
	"2225550177", "+522225550177", "canaria@correo.example", "Calle del Canario", "1987-04-13",
	"Representante Canaria", "5555550166", "Ornitóloga canaria", "se fue con su canario",
}

func canary() patient.Form {
	form := renata()
	form.GivenNames, form.FirstSurname, form.Email = "Canariarena", "Ñandúcanario", "canaria@correo.example"
	form.Occupation, form.Address.Street = "Ornitóloga canaria", "Calle del Canario"
	form.Representative = &patient.Contact{FullName: "Representante Canaria", Relationship: "Tutora", Phone: "5555550166"}
	return form
}

// Whoever steals the database learns no name, CURP, phone or e-mail.
func TestADumpNamesNobody(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, canary())
	r.change(t, p, canary())
	_, err := r.Archive(r.ctx, p.ID, "Se fue con su canario, Canariarena.")
	require.NoError(t, err)
	_, err = r.Search(r.ctx, patient.Filter{Query: "canariarena", Status: "all"})
	require.NoError(t, err)
	_, err = r.Duplicates(r.ctx, canary())
	require.NoError(t, err)

	dump := strings.ToLower(r.dump(t))
	require.Contains(t, dump, p.ID.String(), "the dump holds the record")
	for _, c := range canaries {
		require.NotContains(t, dump, strings.ToLower(c))
	}
}

// dump writes out every row of every table.
func (r register) dump(t testing.TB) string {
	t.Helper()
	c := r.admin(t)
	var tables []string
	rows, err := c.Query(t.Context(), `select quote_ident(relname) from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'diagnos%'`)
	require.NoError(t, err)
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		tables = append(tables, name)
	}
	require.Contains(t, tables, "patients")
	var out strings.Builder
	for _, table := range tables {
		var text string
		err := c.QueryRow(t.Context(), fmt.Sprintf(`select coalesce(string_agg(r::text, E'\n'), '') from %s r`, table)).Scan(&text)
		require.NoError(t, err, table)
		fmt.Fprintf(&out, "%s\n%s\n", table, text)
	}
	return out.String()
}

// A token opens in its own place only: whoever can write to the database cannot
// give one patient the face of another.
func TestATokenMovedElsewhereDoesNotOpen(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	a, b := r.add(t, renata()), r.add(t, child())
	admin := r.admin(t)
	for name, sql := range map[string]string{
		"identity of another":         `update patients p set sealed = o.sealed from patients o where p.id = $1 and o.id = $2`,
		"identity and key of another": `update patients p set sealed = o.sealed, data_key = o.data_key, data_key_master = o.data_key_master from patients o where p.id = $1 and o.id = $2`,
		"card as identity":            `update patients p set sealed = p.card where p.id = $1 and $2::uuid is not null`,
		"garbage behind it":           `update patients p set sealed = p.sealed || 'AAAA' where p.id = $1 and $2::uuid is not null`,
		"the first state of somebody": `update patients p set sealed = v.sealed from patient_versions v where p.id = $1 and v.patient_id = $2`,
		"her own first state":         `update patients p set sealed = v.sealed from patient_versions v where p.id = $1 and v.patient_id = $1 and $2::uuid is not null`,
		"the master key of nobody":    `update patients p set data_key_master = 'ffffffff' where p.id = $1 and $2::uuid is not null`,
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := admin.Begin(t.Context())
			require.NoError(t, err)
			_, err = tx.Exec(t.Context(), `create temp table kept on commit drop as select id, sealed, card, data_key, data_key_master from patients`)
			require.NoError(t, err)
			_, err = tx.Exec(t.Context(), sql, a.ID, b.ID)
			require.NoError(t, err)
			var kept [4]string
			err = tx.QueryRow(t.Context(), `select sealed, card, data_key, data_key_master from kept where id = $1`, a.ID).
				Scan(&kept[0], &kept[1], &kept[2], &kept[3])
			require.NoError(t, err)
			require.NoError(t, tx.Commit(t.Context()))

			_, err = r.Get(r.ctx, a.ID)
			require.Error(t, err)
			require.Equal(t, errs.KindInternal, errs.KindOf(err), "an error, never text shown to somebody")
			_, err = admin.Exec(t.Context(), `update patients set sealed = $2, card = $3, data_key = $4, data_key_master = $5 where id = $1`,
				a.ID, kept[0], kept[1], kept[2], kept[3])
			require.NoError(t, err)
			_, err = r.Get(r.ctx, a.ID)
			require.NoError(t, err)
		})
	}
	_, err := admin.Exec(t.Context(), `update patients p set card = o.card, data_key = o.data_key from patients o where p.id = $1 and o.id = $2`, a.ID, b.ID)
	require.NoError(t, err)
	_, err = r.Search(r.ctx, patient.Filter{})
	require.ErrorIs(t, err, vault.ErrSealed)
}

func TestATokenOfAnotherClinicDoesNotOpen(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	other := register{Kit: r.Kit, Service: r.Service, ctx: r.Kit.Doctor(t)}
	p := r.add(t, renata())
	_, err := r.admin(t).Exec(t.Context(), `insert into patients (clinic_id, id, record_number, identity_status, sex, data_key,
		data_key_master, sealed, card, last_seen_at, created_at, updated_at)
		select $2, id, record_number, identity_status, sex, data_key, data_key_master, sealed, card, last_seen_at, created_at, updated_at
		from patients where id = $1`, p.ID, actor.Clinic(other.ctx))
	require.NoError(t, err)
	_, err = other.Get(other.ctx, p.ID)
	require.ErrorIs(t, err, vault.ErrSealed)
}

// Another clinic's patient does not exist, whatever is asked of her.
func TestAnotherClinicsPatientDoesNotExist(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	mine := r.add(t, renata())
	theirs := register{Kit: r.Kit, Service: r.Service, ctx: r.Kit.Doctor(t)}
	_, getErr := theirs.Get(theirs.ctx, mine.ID)
	_, editErr := theirs.Edit(theirs.ctx, mine.ID, 1)
	_, archiveErr := theirs.Archive(theirs.ctx, mine.ID, "No es nuestra.")
	_, unarchiveErr := theirs.Unarchive(theirs.ctx, mine.ID)
	_, historyErr := theirs.History(theirs.ctx, mine.ID)
	_, subjectErr := theirs.Subject(theirs.ctx, mine.ID)
	consentErr := r.DB.WithTx(theirs.ctx, func(ctx context.Context, t *db.Tx) error {
		return theirs.SetConsentStatus(ctx, t, mine.ID, "accepted")
	})
	for i, err := range []error{getErr, editErr, archiveErr, unarchiveErr, historyErr, subjectErr, consentErr} {
		require.True(t, errs.Is(err, "patient.not_found"), "%d: %v", i, err)
	}
	exists, err := theirs.Exists(theirs.ctx, mine.ID)
	require.NoError(t, err)
	require.False(t, exists)
	cards, err := theirs.Cards(theirs.ctx, []uuid.UUID{mine.ID})
	require.NoError(t, err)
	require.Empty(t, cards)
	subjects, err := theirs.Subjects(theirs.ctx, []uuid.UUID{mine.ID})
	require.NoError(t, err)
	require.Empty(t, subjects)
	for _, query := range []string{"", "zuñ", "222 555 0177", "H-000001", mine.CURP, mine.Email} {
		require.Empty(t, theirs.found(t, query), query)
	}
	found, err := theirs.Duplicates(theirs.ctx, renata())
	require.NoError(t, err)
	require.Empty(t, found)
	byPhone, err := theirs.FindByPhone(theirs.ctx, phone("2225550177"))
	require.NoError(t, err)
	require.Empty(t, byPhone)

	same := theirs.add(t, renata())
	require.EqualValues(t, 1, same.RecordNumber, "each clinic counts for itself")
	require.Equal(t, []uuid.UUID{mine.ID}, r.found(t, "zuñ"))
	var shared int
	require.NoError(t, r.admin(t).QueryRow(t.Context(), `select count(*) from patient_tokens a join patient_tokens b
		on b.token = a.token and b.clinic_id <> a.clinic_id`).Scan(&shared))
	require.Zero(t, shared, "equal names do not show across clinics")
}

func TestWithoutAClinicNothingIsSeen(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	_, err := r.Get(t.Context(), p.ID)
	require.Error(t, err)
	nowhere := actor.System(t.Context(), uuid.New(), "test")
	err = r.DB.Read(nowhere, func(q *db.Reader) error {
		for _, table := range []string{"patients", "patient_tokens", "patient_versions"} {
			q.All(func(db.Row) error { return fmt.Errorf("%s shows a row", table) }, `select 1 from `+table)
		}
		return nil
	})
	require.NoError(t, err)
}
