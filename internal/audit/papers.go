package audit

import (
	"context"

	"github.com/google/uuid"
)

// Papers proves what was signed in a clinic, papers and texts, which a verification
// of its trail proves as well.
type Papers interface {
	// VerifyPapers tells the kind and the id of each fault, and gives how many
	// papers were proved.
	VerifyPapers(ctx context.Context, clinic uuid.UUID, tell func(FaultKind, uuid.UUID)) (int64, error)
}

// ProveAlso names what a verification proves beside the trail. It is called once,
// before the trail is used.
func (t *Trail) ProveAlso(p Papers) { t.papers = p }

func (t *Trail) verifyPapers(ctx context.Context, clinic uuid.UUID, r *Report) (err error) {
	if t.papers == nil {
		return nil
	}
	told := map[Fault]bool{} // a fault that shows in two places is one fault
	r.Documents, err = t.papers.VerifyPapers(ctx, clinic, func(k FaultKind, id uuid.UUID) {
		f := Fault{Kind: k, Clinic: clinic, DocumentID: id}
		if !told[f] {
			r.fault(f)
		}
		told[f] = true
	})
	return err
}
