package document_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/patient"
	"historias/internal/signature"
	"historias/internal/testkit"
	"historias/internal/vault"
)

// bench is a clinic with one patient.
type bench struct {
	*testkit.Kit
	svc     *document.Service
	ctx     context.Context
	patient uuid.UUID
	key     vault.Key
}

func setup(t testing.TB) *bench {
	t.Helper()
	k := testkit.New(t)
	return at(t, k, k.Ready(t))
}

// at adds a patient to the clinic of ctx.
func at(t testing.TB, k *testkit.Kit, ctx context.Context) *bench {
	t.Helper()
	home := testkit.Address()
	p, _, err := k.Patients.Create(ctx, patient.Form{
		GivenNames: "María Fernanda", FirstSurname: "Orozco", SecondSurname: "Villaseñor", Sex: "M", BirthDate: "1980-08-14",
		Phone: "5555550199", Address: &home,
	})
	require.NoError(t, err)
	return &bench{Kit: k, svc: k.Documents, ctx: ctx, patient: p.ID, key: p.DataKey()}
}

// signedAs is what the signature of a document is of.
var signedAs = map[document.Kind]string{
	document.Note: "consultation", document.Addendum: "addendum", document.Prescription: "prescription",
}

// issued is a signed document of this clinic; change makes it another one.
func (b *bench) issued(t testing.TB, change func(*document.Issue)) document.Issue {
	t.Helper()
	folio, err := b.svc.NextFolio(b.ctx, document.Prescription, 2026)
	require.NoError(t, err)
	i := document.Issue{
		Kind: document.Prescription, SubjectID: uuid.New(), PatientID: b.patient, Code: document.NewCode(), Folio: folio,
		IssuedAt: b.Fake.Now(), TimeZone: "America/Mexico_City",
		Issuer: document.Issuer{
			FullName: "Sofía Núñez Alcaraz", License: "00123456",
			TitleInstitution: "Universidad Nacional Autónoma de México", Establishment: "Clínica Jacarandas, Puebla",
		},
		Files: []document.File{
			{Format: "half_letter", PDF: []byte("%PDF-1.3 media carta " + folio)},
			{Format: "letter", PDF: []byte("%PDF-1.3 carta " + folio)},
		},
	}
	change(&i)
	require.NoError(t, b.keep(i))
	return i
}

func (b *bench) keep(i document.Issue) error {
	return b.DB.WithTx(b.ctx, func(ctx context.Context, t *db.Tx) error {
		_, err := b.Signatures.Queue(ctx, t, signature.Act{
			SubjectType: signedAs[i.Kind], SubjectID: i.SubjectID, PatientID: b.patient, Key: b.key, Hash: signature.Hash([]byte(i.Folio)),
			Method: "password", Person: signature.Person{FullName: i.Issuer.FullName, License: i.Issuer.License}, At: i.IssuedAt,
		})
		if err != nil {
			return err
		}
		return b.svc.Queue(ctx, t, b.key, i)
	})
}

func (b *bench) void(i document.Issue, at time.Time, files ...document.File) error {
	return b.DB.WithTx(b.ctx, func(ctx context.Context, t *db.Tx) error {
		return b.svc.Void(ctx, t, b.key, document.Voiding{Kind: i.Kind, SubjectID: i.SubjectID, At: at, Files: files})
	})
}

// admin is the database's superuser, who passes every wall.
func (b *bench) admin(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.Database.AdminURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

// column gives the texts that a query of one column gives.
func (b *bench) column(t testing.TB, sql string, args ...any) []string {
	t.Helper()
	rows, err := b.admin(t).Query(t.Context(), sql, args...)
	require.NoError(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return out
}

func (b *bench) try(t testing.TB, sql string, args ...any) error {
	t.Helper()
	_, err := b.admin(t).Exec(t.Context(), sql, args...)
	return err
}

func asIs(*document.Issue) {}

// anybody is somebody without a session.
func anybody(t testing.TB) context.Context { return t.Context() }

func folioOf(n int) string { return fmt.Sprintf("R-2026-%05d", n) }
