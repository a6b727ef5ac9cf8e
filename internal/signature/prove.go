package signature

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/vault"
)

// Kept says how a feature keeps what was signed: the token of its canonical form,
// under the patient's key, with its hash beside it.
type Kept struct {
	// SubjectType names what is signed, as in Act.
	SubjectType string
	// Select gives id, patient, hash and token of what was signed, by id: $1 is the
	// clinic, $2 the id after which, $3 how many at most.
	Select string
	// Purpose is what the tokens are sealed for.
	Purpose string
	// Keys gives the keys of patients; those it does not know are left out.
	Keys func(ctx context.Context, patients []uuid.UUID) (map[uuid.UUID]vault.Key, error)
}

// textsAtOnce bounds what is held at once: a note may have 256 KB.
const textsAtOnce = 50

// Prove compares everything of a kind that the actor's clinic keeps as signed with
// what was signed, in both directions, and tells the fault and the subject of each
// that differs: a text whose form does not give the signed hash, a text that nobody
// signed, a signature whose text is gone. A page at a time.
func (k Kept) Prove(ctx context.Context, d *db.DB, tell func(audit.FaultKind, uuid.UUID)) error {
	for after := uuid.Nil; ; {
		p, err := k.page(ctx, d, after)
		if err != nil {
			return err
		}
		keys, err := k.Keys(ctx, p.patients())
		if err != nil {
			return err
		}
		last, more := p.cut()
		k.judge(actor.Clinic(ctx), p, keys, tell)
		if !more {
			return nil
		}
		after = last
	}
}

// text is what a feature keeps of one subject.
type text struct {
	id, patient uuid.UUID
	hash        []byte
	token       string
}

// act is what was signed of one subject.
type act struct {
	id   uuid.UUID
	hash []byte
}

// page holds texts and signatures of the same stretch of ids.
type page struct {
	texts []text
	acts  []act
}

const (
	selectSubjects = `select subject_id from signatures where clinic_id = $1 and subject_type = $2 and subject_id > $3
		order by subject_id limit $4`
	selectActs = `select subject_id, hash from signatures where clinic_id = $1 and subject_type = $2 and subject_id > $3
		order by subject_id limit $4`
)

// Subjects gives what the actor's clinic signed of a kind, by id: at most limit of
// those after an id.
func Subjects(ctx context.Context, d *db.DB, subjectType string, after uuid.UUID, limit int) (ids []uuid.UUID, err error) {
	err = d.Read(ctx, func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var id uuid.UUID
			err := row.Scan(&id)
			ids = append(ids, id)
			return err
		}, selectSubjects, actor.Clinic(ctx), subjectType, after, limit)
		return nil
	})
	return ids, err
}

// page reads both sides in one snapshot: what is signed meanwhile is in both or in
// neither.
func (k Kept) page(ctx context.Context, d *db.DB, after uuid.UUID) (p page, err error) {
	clinic := actor.Clinic(ctx)
	err = d.ReadSteps(ctx, func(_ context.Context, t *db.Tx) error {
		p = page{}
		err := t.All(func(row db.Row) error {
			var a act
			err := row.Scan(&a.id, &a.hash)
			p.acts = append(p.acts, a)
			return err
		}, selectActs, clinic, k.SubjectType, after, textsAtOnce)
		if err != nil {
			return err
		}
		return t.All(func(row db.Row) error {
			var x text
			err := row.Scan(&x.id, &x.patient, &x.hash, &x.token)
			p.texts = append(p.texts, x)
			return err
		}, k.Select, clinic, after, textsAtOnce)
	})
	return p, err
}

func (p *page) patients() []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(p.texts))
	for _, x := range p.texts {
		ids = append(ids, x.patient)
	}
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}

// cut leaves the ids that both sides have reached; more says that there may be
// others after last.
func (p *page) cut() (last uuid.UUID, more bool) {
	last = uuid.Max
	if len(p.texts) == textsAtOnce {
		last = p.texts[textsAtOnce-1].id
	}
	if len(p.acts) == textsAtOnce && compareIDs(p.acts[textsAtOnce-1].id, last) < 0 {
		last = p.acts[textsAtOnce-1].id
	}
	p.texts = slices.DeleteFunc(p.texts, func(x text) bool { return compareIDs(x.id, last) > 0 })
	p.acts = slices.DeleteFunc(p.acts, func(a act) bool { return compareIDs(a.id, last) > 0 })
	return last, last != uuid.Max
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

func (k Kept) judge(clinic uuid.UUID, p page, keys map[uuid.UUID]vault.Key, tell func(audit.FaultKind, uuid.UUID)) {
	kept := make(map[uuid.UUID]bool, len(p.texts))
	signed := make(map[uuid.UUID][]byte, len(p.acts))
	for _, a := range p.acts {
		signed[a.id] = a.hash
	}
	for _, x := range p.texts {
		kept[x.id] = true
		switch hash, ok := signed[x.id]; {
		case !ok:
			tell(audit.SignatureBroken, x.id)
		case !bytes.Equal(hash, x.hash) || !k.genuine(clinic, x, keys):
			tell(audit.TextChanged, x.id)
		}
	}
	for _, a := range p.acts {
		if !kept[a.id] {
			tell(audit.TextMissing, a.id)
		}
	}
}

// genuine opens a text and compares its form with its hash.
func (k Kept) genuine(clinic uuid.UUID, x text, keys map[uuid.UUID]vault.Key) bool {
	key, ok := keys[x.patient]
	if !ok {
		return false
	}
	raw, err := vault.Sealed[json.RawMessage](x.token).Open(key, vault.Place{Clinic: clinic, Purpose: k.Purpose, Row: x.id})
	if err != nil {
		return false
	}
	form, err := Canonical(raw)
	return err == nil && bytes.Equal(Hash(form), x.hash)
}
