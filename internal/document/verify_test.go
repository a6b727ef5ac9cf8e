package document_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/document"
)

// faults verifies the clinic and gives the kinds that were found, each once.
func (b *bench) faults(t *testing.T) (kinds []audit.FaultKind, papers int64) {
	t.Helper()
	papers, err := b.svc.VerifyPapers(b.ctx, actor.Clinic(b.ctx), func(k audit.FaultKind, id uuid.UUID) {
		require.NotEqual(t, uuid.Nil, id)
		kinds = append(kinds, k)
	})
	require.NoError(t, err)
	return kinds, papers
}

// attack runs a statement as whoever owns the server and switches the triggers off.
func (b *bench) attack(t *testing.T, sql string) {
	t.Helper()
	require.NoError(t, b.try(t, `set session_replication_role = replica; `+sql))
}

// What was kept is intact: signed, voided, of every kind, over several pages.
func TestWhatWasKeptIsIntact(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for n := range 60 {
		i := b.issued(t, func(i *document.Issue) {
			if n%2 == 1 {
				i.Kind = document.Note
			}
		})
		if n == 7 {
			require.NoError(t, b.void(i, b.Fake.Now().Add(time.Hour), i.Files[0]))
		}
	}
	kinds, papers := b.faults(t)
	require.Empty(t, kinds)
	require.EqualValues(t, 121, papers, "more than a page")
}

// Whoever reaches past the program to the tables is found, whatever they change.
func TestEveryAlterationIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sql  string
		want audit.FaultKind
	}{
		"another hash":             {`update documents set sha256 = decode(repeat('00', 32), 'hex') where format = 'letter'`, audit.DocumentChanged},
		"another size":             {`update documents set size = size + 1`, audit.DocumentChanged},
		"a token cut short":        {`update documents set sealed = left(sealed, 100)`, audit.DocumentChanged},
		"called another format":    {`update documents set format = 'letter_large' where format = 'letter'`, audit.DocumentChanged},
		"passed off as the voided": {`update documents set edition = 2`, audit.DocumentChanged},
		"of another subject":       {`update documents set subject_id = gen_random_uuid() where format = 'letter'`, audit.DocumentChanged},
		"papers erased":            {`delete from documents`, audit.DocumentMissing},
		"papers and code erased":   {`delete from documents; delete from verification_codes`, audit.CodeMissing},
		"another folio":            {`update verification_codes set folio = 'R-2026-77777'`, audit.CodeChanged},
		"another day":              {`update verification_codes set issued_at = issued_at - interval '1 day'`, audit.CodeChanged},
		"another code":             {`update verification_codes set token_hash = decode(repeat('00', 32), 'hex')`, audit.CodeChanged},
		"a signature erased":       {`delete from signatures`, audit.SignatureBroken},
		"a signature of another":   {`update signatures set user_id = gen_random_uuid()`, audit.SignatureBroken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.issued(t, asIs)
			b.attack(t, c.sql)
			kinds, _ := b.faults(t)
			require.Contains(t, kinds, c.want)
		})
	}
}

// Two papers exchanged, row for row, are both found.
func TestExchangedPapersAreFound(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.issued(t, asIs)
	b.attack(t, `update documents d set sealed = o.sealed, sha256 = o.sha256, size = o.size
		from documents o where o.clinic_id = d.clinic_id and o.subject_id = d.subject_id and o.id <> d.id`)
	kinds, _ := b.faults(t)
	require.Equal(t, []audit.FaultKind{audit.DocumentChanged, audit.DocumentChanged}, kinds)
}

// The command and the banner say it: which document, and that something is wrong.
func TestTheVerificationOfTheTrailProvesDocuments(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Trail.ProveAlso(b.svc) // alone: these papers are of nothing
	i := b.issued(t, asIs)
	other := at(t, b.Kit, b.Ready(t))
	var out bytes.Buffer
	ok, err := audit.RunVerify(t.Context(), &out, b.Trail)
	require.NoError(t, err)
	require.True(t, ok, out.String())
	require.Contains(t, out.String(), "2 documentos firmados con sus firmas y sus códigos")
	b.attack(t, `update documents set size = size + 1 where format = 'letter'`)
	out.Reset()
	ok, err = audit.RunVerify(t.Context(), &out, b.Trail)
	require.NoError(t, err)
	require.False(t, ok)
	require.Contains(t, out.String(), "no es el que se firmó")
	v, err := b.Trail.Verification(b.ctx, true)
	require.NoError(t, err)
	require.Equal(t, audit.DocumentChanged, v.Faults[0].Kind)
	require.EqualValues(t, 1, v.FaultCount)
	v, err = other.Trail.Verification(other.ctx, true)
	require.NoError(t, err)
	require.True(t, v.OK(), "another clinic's fault is not told")
	_, err = b.svc.File(b.ctx, i.Kind, i.SubjectID, "letter")
	require.ErrorIs(t, err, document.ErrAltered, "what was altered is not handed out")
}
