package signature

import (
	"bytes"
	"context"
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
	selectSubject = `select ` + columns + ` from signatures where clinic_id = $1 and subject_type = $2 and subject_id = $3`
	selectPatient = `select ` + columns + ` from signatures where clinic_id = $1 and patient_id = $2 order by seq`
	selectHead    = `select seq, hash from signature_heads where clinic_id = $1 and patient_id = $2`
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

// QueueOf queues the signature of one subject; found is false where nobody signed.
func QueueOf(ctx context.Context, q *db.Reader, subjectType string, subject uuid.UUID, found *bool) *Record {
	r := &Record{}
	q.Maybe(found, r.dest(), selectSubject, actor.Clinic(ctx), subjectType, subject)
	return r
}

// QueueChain queues every signature of a patient and the end of her chain. The
// function it gives proves, once the read is done, that each follows the one
// before and that none is missing (ErrOrder).
func QueueChain(ctx context.Context, q *db.Reader, patient uuid.UUID) func() ([]Record, error) {
	var chain []Record
	var seq int64
	var head []byte
	var begun bool
	clinic := actor.Clinic(ctx)
	q.All(func(row db.Row) error {
		var r Record
		err := row.Scan(r.dest()...)
		chain = append(chain, r)
		return err
	}, selectPatient, clinic, patient)
	q.Maybe(&begun, []any{&seq, &head}, selectHead, clinic, patient)
	return func() ([]Record, error) { return chain, inOrder(chain, seq, head) }
}

func inOrder(chain []Record, seq int64, head []byte) error {
	var last []byte
	for i, r := range chain {
		if r.Seq != int64(i)+1 || last != nil && !bytes.Equal(r.PrevHash, last) {
			return ErrOrder
		}
		last = r.RecordHash
	}
	if seq != int64(len(chain)) || len(chain) > 0 && !bytes.Equal(head, last) {
		return ErrOrder
	}
	return nil
}

const selectSubjects = `select ` + columns + ` from signatures
	where clinic_id = $1 and subject_type = $2 and subject_id = any($3::uuid[])`

// Faulty gives, of these subjects of the actor's clinic, those that nobody signed
// or whose signature does not hold.
func (s *Signer) Faulty(ctx context.Context, d *db.DB, subjectType string, subjects []uuid.UUID) ([]uuid.UUID, error) {
	good := make(map[uuid.UUID]bool, len(subjects))
	var found []Record
	err := d.Read(ctx, func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var r Record
			err := row.Scan(r.dest()...)
			found = append(found, r)
			return err
		}, selectSubjects, actor.Clinic(ctx), subjectType, subjects)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		switch err := s.Check(ctx, r, nil); {
		case err == nil:
			good[r.SubjectID] = true
		case !errors.Is(err, ErrStatement) && !errors.Is(err, ErrForged):
			return nil, err // the key could not be read: nothing is known of the signature
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
