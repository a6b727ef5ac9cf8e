package signature

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

const (
	// takeHead gives the end of a patient's chain and holds it until the
	// transaction ends; the first one starts from zeros.
	takeHead = `insert into signature_heads as h (clinic_id, patient_id, seq, hash) values ($1, $2, 0, $3)
		on conflict (clinic_id, patient_id) do update set seq = h.seq returning h.seq, h.hash`
	moveHead = `update signature_heads set seq = $3, hash = $4 where clinic_id = $1 and patient_id = $2`

	columns = `clinic_id, id, patient_id, seq, subject_type, subject_id, user_id, session_id, method, signed_at, hash,
		prev_hash, record_hash, public_key, signature, detail`
	insertSignature = `insert into signatures (` + columns + `)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	patientsOf   = ` in (select patient_id from signatures where clinic_id = $1 and subject_type = $2 and subject_id = any($3::uuid[]))`
	selectChains = `select ` + columns + ` from signatures where clinic_id = $1 and patient_id` + patientsOf + ` order by patient_id, seq`
	selectHeads  = `select patient_id, seq, hash from signature_heads where clinic_id = $1 and patient_id` + patientsOf
)

func (r *Record) args() []any {
	return []any{
		r.ClinicID, r.ID, r.PatientID, r.Seq, r.SubjectType, r.SubjectID, r.UserID, r.SessionID, r.Method, r.SignedAt, r.Hash,
		r.PrevHash, r.RecordHash, r.PublicKey, r.Signature, string(r.Detail),
	}
}

func (r *Record) dest() []any {
	return []any{
		&r.ClinicID, &r.ID, &r.PatientID, &r.Seq, &r.SubjectType, &r.SubjectID, &r.UserID, &r.SessionID, &r.Method, &r.SignedAt,
		&r.Hash, &r.PrevHash, &r.RecordHash, &r.PublicKey, &r.Signature, (*string)(&r.Detail),
	}
}

const selectHash = `select hash from signatures where clinic_id = $1 and subject_type = $2 and subject_id = $3`

// QueueHash queues the hash that was signed of a subject. The function it gives is
// called after the read; nil where nobody signed.
func QueueHash(ctx context.Context, q *db.Reader, subjectType string, subject uuid.UUID) func() []byte {
	var hash []byte
	var found bool
	q.Maybe(&found, []any{&hash}, selectHash, actor.Clinic(ctx), subjectType, subject)
	return func() []byte { return hash }
}

// Faulty gives, of these subjects of the actor's clinic, those that nobody signed,
// whose signature does not hold, or in whose patient's record a signature is
// missing or out of order.
func (s *Signer) Faulty(ctx context.Context, d *db.DB, subjectType string, subjects []uuid.UUID) ([]uuid.UUID, error) {
	chains, heads, err := chainsOf(ctx, d, subjectType, subjects)
	if err != nil {
		return nil, err
	}
	good := make(map[uuid.UUID]bool, len(subjects))
	for patient, chain := range chains {
		whole := inOrder(chain, heads[patient]) == nil
		for _, r := range chain {
			err := s.Check(ctx, r)
			if err != nil && !errors.Is(err, ErrStatement) && !errors.Is(err, ErrForged) {
				return nil, err // the key could not be read: nothing is known of the signature
			}
			if err == nil && whole && r.SubjectType == subjectType {
				good[r.SubjectID] = true
			}
		}
	}
	var faulty []uuid.UUID
	for _, id := range subjects {
		if !good[id] {
			faulty = append(faulty, id)
		}
	}
	return faulty, nil
}

// head is the end of a patient's chain.
type head struct {
	seq  int64
	hash []byte
}

// chainsOf reads every signature of the patients to whom these subjects belong, and
// where each chain ends, in one snapshot: somebody may be signing meanwhile.
func chainsOf(ctx context.Context, d *db.DB, subjectType string, subjects []uuid.UUID) (chains map[uuid.UUID][]Record, heads map[uuid.UUID]head, err error) {
	clinic := actor.Clinic(ctx)
	err = d.ReadSteps(ctx, func(_ context.Context, t *db.Tx) error {
		chains, heads = map[uuid.UUID][]Record{}, map[uuid.UUID]head{}
		err := t.All(func(row db.Row) error {
			var r Record
			err := row.Scan(r.dest()...)
			chains[r.PatientID] = append(chains[r.PatientID], r)
			return err
		}, selectChains, clinic, subjectType, subjects)
		if err != nil {
			return err
		}
		return t.All(func(row db.Row) error {
			var patient uuid.UUID
			var h head
			err := row.Scan(&patient, &h.seq, &h.hash)
			heads[patient] = h
			return err
		}, selectHeads, clinic, subjectType, subjects)
	})
	return chains, heads, err
}

// inOrder proves that each signature follows the one before and that none is
// missing, the last one included.
func inOrder(chain []Record, end head) error {
	last := make([]byte, sha256.Size)
	for i, r := range chain {
		if r.Seq != int64(i)+1 || !bytes.Equal(r.PrevHash, last) {
			return ErrOrder
		}
		last = r.RecordHash
	}
	if end.seq != int64(len(chain)) || !bytes.Equal(end.hash, last) {
		return ErrOrder
	}
	return nil
}
