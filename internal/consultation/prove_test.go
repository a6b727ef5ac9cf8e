package consultation_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/audit"
)

// proved verifies the clinic's trail and gives what is wrong, subject by subject.
func (c clinic) proved(t testing.TB) map[uuid.UUID][]audit.FaultKind {
	t.Helper()
	v, err := c.Trail.Verification(c.ctx, true)
	require.NoError(t, err)
	out := map[uuid.UUID][]audit.FaultKind{}
	for _, f := range v.Faults {
		out[f.DocumentID] = append(out[f.DocumentID], f.Kind)
	}
	return out
}

// The verification of the trail opens every note and addendum and finds those that
// are not what was signed, or are gone, and says which; the others it leaves alone.
func TestTheTrailProvesNotes(t *testing.T) {
	t.Parallel()
	c := newClinic(t)
	c.signed(t)
	c.draft(t)
	note, addendum := c.note.ID, c.note.Addenda[0].ID
	require.Empty(t, c.proved(t))
	restore := c.attack(t, "consultations", "consultation_addenda", "signatures", "documents", "verification_codes")
	for name, attack := range map[string]struct {
		sql     string
		subject uuid.UUID
		want    []audit.FaultKind
	}{
		"text and hash of another": {`update consultations a set sealed = b.sealed, hash = b.hash from consultations b
			where a.id = $1 and b.id <> a.id and b.status = 'signed'`, note, []audit.FaultKind{audit.TextChanged}},
		"another hash":       {`update consultations set hash = sha256('x') where id = $1`, note, []audit.FaultKind{audit.TextChanged}},
		"no text that opens": {`update consultations set sealed = 'gAAAAA' where id = $1`, note, []audit.FaultKind{audit.TextChanged}},
		"a draft again":      {`update consultations set status = 'draft', signed_at = null, hash = null where id = $1`, note, []audit.FaultKind{audit.TextMissing}},
		"an addendum's hash": {`update consultation_addenda set hash = sha256('x') where id = $1`, addendum, []audit.FaultKind{audit.TextChanged}},
		"an addendum erased": {`delete from consultation_addenda where id = $1`, addendum, []audit.FaultKind{audit.TextMissing}},
		"papers and code erased": {`with papers as (delete from documents where subject_id = $1)
			delete from verification_codes where subject_id = $1`, note, []audit.FaultKind{audit.CodeMissing}},
	} {
		_, err := c.admin(t).Exec(t.Context(), attack.sql, attack.subject)
		require.NoError(t, err, name)
		require.Equal(t, map[uuid.UUID][]audit.FaultKind{attack.subject: attack.want}, c.proved(t), name)
		restore()
		require.Empty(t, c.proved(t), name)
	}
	_, err := c.admin(t).Exec(t.Context(), `delete from signatures where subject_id = $1`, note)
	require.NoError(t, err)
	require.Equal(t, []audit.FaultKind{audit.SignatureBroken}, c.proved(t)[note], "told once")
}
