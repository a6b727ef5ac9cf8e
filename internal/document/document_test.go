package document_test

import (
	"context"
	"crypto/sha256"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/document"
	"historias/internal/errs"
)

// A paper comes back as it was signed, byte by byte, in each format, and what
// the database holds says nothing of it.
func TestAPaperComesBackAsItWasSigned(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.issued(t, asIs)
	for _, f := range i.Files {
		got, err := b.svc.File(b.ctx, i.Kind, i.SubjectID, f.Format)
		require.NoError(t, err)
		require.Equal(t, f.PDF, got.PDF)
		require.Equal(t, sha256.Sum256(f.PDF), got.Hash)
	}
	_, err := b.svc.File(b.ctx, i.Kind, i.SubjectID, "letter_large")
	require.True(t, errs.Is(err, "document.not_found"), "%v", err)
	_, err = b.svc.File(b.ctx, document.Note, i.SubjectID, "letter")
	require.True(t, errs.Is(err, "document.not_found"), "%v", err)
	for _, table := range []string{"documents", "verification_codes"} {
		stored := strings.Join(b.column(t, `select to_jsonb(t)::text from `+table+` t`), "\n")
		for _, secret := range []string{"Orozco", "Núñez", "00123456", "%PDF", i.Code, strings.ReplaceAll(i.Code, "-", "")} {
			require.NotContains(t, stored, secret, table)
		}
	}
}

// Another clinic finds nothing, whatever it knows.
func TestAnotherClinicFindsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.issued(t, asIs)
	other := at(t, b.Kit, b.Ready(t))
	_, err := other.svc.File(other.ctx, i.Kind, i.SubjectID, "letter")
	require.True(t, errs.Is(err, "document.not_found"), "%v", err)
	require.True(t, errs.Is(other.void(i, b.Fake.Now()), "document.not_found"))
}

// Folios are counted by clinic, kind and year; none is given twice, however many
// ask at once.
func TestFoliosAreGivenOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var mu sync.Mutex
	seen := map[string]bool{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			folio, err := b.svc.NextFolio(b.ctx, document.Prescription, 2026)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				seen[folio] = true
			}
		})
	}
	all.Wait()
	require.Len(t, seen, 20)
	require.True(t, seen[folioOf(1)] && seen[folioOf(20)], "%v", seen)
	other := at(t, b.Kit, b.Ready(t))
	for want, ask := range map[string]func() (string, error){
		"R-2027-00001": func() (string, error) { return b.svc.NextFolio(b.ctx, document.Prescription, 2027) },
		"N-2026-00001": func() (string, error) { return b.svc.NextFolio(b.ctx, document.Note, 2026) },
		"A-2026-00001": func() (string, error) { return b.svc.NextFolio(b.ctx, document.Addendum, 2026) },
		"R-2026-00001": func() (string, error) { return other.svc.NextFolio(other.ctx, document.Prescription, 2026) },
	} {
		got, err := ask()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

// The code is read as people type it, from any clinic and without a session, and
// says nothing of the patient.
func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.issued(t, asIs)
	plain := strings.ReplaceAll(i.Code, "-", "")
	require.Len(t, plain, 16)
	for _, typed := range []string{
		i.Code, plain, strings.ToLower(i.Code), " " + strings.ReplaceAll(i.Code, "-", " ") + " ",
		strings.ReplaceAll(i.Code, "-", "–"), strings.NewReplacer("0", "O", "1", "l").Replace(i.Code),
	} {
		f, err := b.svc.Verify(anybody(t), typed)
		require.NoError(t, err, typed)
		require.Equal(t, document.Face{
			Kind: document.Prescription, Status: document.InForce, IssuedAt: b.Fake.Now(), Folio: i.Folio,
			TimeZone: i.TimeZone, Issuer: i.Issuer,
		}, f)
	}
	for name, typed := range map[string]string{
		"empty": "", "truncated": plain[:15], "longer": plain + "0", "another": document.NewCode(), "not a letter of codes": "U" + plain[1:],
		"very long": strings.Repeat("A", 5000), "not UTF-8": "\xff\xfe", "NUL": plain[:8] + "\x00" + plain[8:], "the folio": i.Folio,
	} {
		_, err := b.svc.Verify(anybody(t), typed)
		require.True(t, errs.Is(err, "document.not_found"), "%s: %v", name, err)
	}
	require.Equal(t, []string{"6"}, b.column(t, `select count(*)::text from audit_events where action = 'document.verified'
		and clinic_id = '`+actor.Clinic(b.ctx).String()+`' and patient_id is null`), "each answer left an event in the clinic that issued it")
}

// A voided document says so to everybody and is voided once; its paper with the
// mark takes the place of the first, which stays.
func TestVoiding(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.issued(t, asIs)
	at := b.Fake.Now().Add(time.Hour)
	marked := document.File{Format: "letter", PDF: []byte("%PDF-1.3 ANULADA")}
	require.NoError(t, b.void(i, at, marked))
	f, err := b.svc.Verify(anybody(t), i.Code)
	require.NoError(t, err)
	require.Equal(t, document.Voided, f.Status)
	require.True(t, f.VoidedAt.Equal(at))
	got, err := b.svc.File(b.ctx, i.Kind, i.SubjectID, "letter")
	require.NoError(t, err)
	require.Equal(t, marked.PDF, got.PDF)
	got, err = b.svc.File(b.ctx, i.Kind, i.SubjectID, "half_letter")
	require.NoError(t, err)
	require.Equal(t, i.Files[0].PDF, got.PDF, "without a marked paper the first one is given")
	require.ErrorIs(t, b.void(i, at, marked), document.ErrVoided)
	require.Equal(t, []string{"3"}, b.column(t, `select count(*)::text from documents`))
}

// What was kept cannot be changed or erased: not by the program, not by the
// owner of the database.
func TestNobodyChangesWhatWasKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.issued(t, asIs)
	for _, sql := range []string{
		`update documents set sha256 = decode(repeat('00', 32), 'hex')`,
		`delete from documents`,
		`delete from verification_codes`,
		`update verification_codes set folio = 'R-2026-99999'`,
		`update verification_codes set voided_at = now(), folio = 'R-2026-99999'`,
	} {
		err := b.DB.WithTx(b.ctx, func(_ context.Context, tx *db.Tx) error { _, err := tx.Affected(sql); return err })
		require.Error(t, err, "as the program: %s", sql)
		require.Error(t, b.try(t, sql), "as the owner: %s", sql)
	}
	require.NoError(t, b.void(i, b.Fake.Now().Add(time.Minute)))
	require.Error(t, b.try(t, `update verification_codes set voided_at = null`), "what was voided stays voided")
	_, err := b.svc.File(b.ctx, i.Kind, i.SubjectID, "letter")
	require.NoError(t, err)
}

// A folio, a code and a subject stand once; a document without paper or with a
// code that is none is not kept.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.issued(t, asIs)
	for name, change := range map[string]func(*document.Issue){
		"the same subject": func(i *document.Issue) { i.SubjectID = first.SubjectID },
		"the same folio":   func(i *document.Issue) { i.Folio = first.Folio },
		"the same code":    func(i *document.Issue) { i.Code = first.Code },
		"no paper":         func(i *document.Issue) { i.Files = nil },
		"half a code":      func(i *document.Issue) { i.Code = "7K3M-Q9TA" },
		"no such patient":  func(i *document.Issue) { i.PatientID = uuid.New() },
	} {
		i := first
		i.SubjectID, i.Folio, i.Code = uuid.New(), folioOf(900), document.NewCode()
		change(&i)
		require.Error(t, b.keep(i), name)
	}
	require.Equal(t, []string{"1"}, b.column(t, `select count(*)::text from verification_codes`))
}

// Codes are long, made of letters that are not mistaken for each other, and
// never the same.
func TestCodes(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2000 {
		code := document.NewCode()
		require.Regexp(t, `^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$`, code)
		seen[code] = true
	}
	require.Len(t, seen, 2000)
}
