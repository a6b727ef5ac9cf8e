package document

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// How much a verification holds at once: papers are some fifty kilobytes each.
const (
	papersAtOnce = 50
	codesAtOnce  = 500
)

// VerifyPapers proves what a clinic keeps of its documents: that every paper is
// what was signed, that every code says what was sealed and has its paper, and
// that the signature of each subject is there and holds. It tells the kind and
// the id of each that is not, and gives how many papers it proved. It reads a
// page at a time, so its memory does not grow with the clinic.
func (s *Service) VerifyPapers(ctx context.Context, clinic uuid.UUID, tell func(audit.FaultKind, uuid.UUID)) (int64, error) {
	ctx = actor.System(db.WithoutScope(db.Apart(ctx)), clinic, "verifier")
	n, err := s.verifyPapers(ctx, clinic, tell)
	if err != nil {
		return n, errs.Internal("document: verify papers", err)
	}
	if err := s.verifyCodes(ctx, clinic, tell); err != nil {
		return n, errs.Internal("document: verify codes", err)
	}
	for _, k := range kinds {
		if err := s.verifyCoded(ctx, clinic, k, tell); err != nil {
			return n, errs.Internal("document: verify signed", err)
		}
	}
	return n, nil
}

// kinds are all of them.
var kinds = []Kind{Note, Addendum, Prescription}

func (s *Service) verifyPapers(ctx context.Context, clinic uuid.UUID, tell func(audit.FaultKind, uuid.UUID)) (n int64, err error) {
	for after := uuid.Nil; ; {
		page := make([]paperRow, 0, papersAtOnce)
		err = s.DB.Read(ctx, func(q *db.Reader) error {
			q.All(func(row db.Row) error {
				var r paperRow
				err := row.Scan(r.dest()...)
				page = append(page, r)
				return err
			}, selectPapers, clinic, after, papersAtOnce)
			return nil
		})
		if err != nil || len(page) == 0 {
			return n, err
		}
		if err := s.verifyPage(ctx, clinic, page, tell); err != nil {
			return n, err
		}
		n, after = n+int64(len(page)), page[len(page)-1].id
	}
}

func (s *Service) verifyPage(ctx context.Context, clinic uuid.UUID, page []paperRow, tell func(audit.FaultKind, uuid.UUID)) error {
	var patients []uuid.UUID
	for _, r := range page {
		patients = append(patients, r.patient)
	}
	slices.SortFunc(patients, compareIDs)
	keys, err := s.Patients.DataKeys(ctx, slices.Compact(patients))
	if err != nil {
		return err
	}
	for _, r := range page {
		switch _, err := r.open(clinic, keys); {
		case errors.Is(err, ErrAltered):
			tell(audit.DocumentChanged, r.id)
		case err != nil:
			return err
		}
	}
	return nil
}

func compareIDs(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }

// countedCode is a code with the number of papers that were signed with it.
type countedCode struct {
	codeRow
	papers int
}

func (s *Service) verifyCodes(ctx context.Context, clinic uuid.UUID, tell func(audit.FaultKind, uuid.UUID)) error {
	key, err := s.Vault.Key(ctx, clinic, vault.PurposeData)
	if err != nil {
		return err
	}
	for after := uuid.Nil; ; {
		page := make([]countedCode, 0, codesAtOnce)
		err := s.DB.Read(ctx, func(q *db.Reader) error {
			q.All(func(row db.Row) error {
				var r countedCode
				err := row.Scan(append(r.dest(), &r.papers)...)
				page = append(page, r)
				return err
			}, selectCodes, clinic, after, codesAtOnce)
			return nil
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			r.judge(key, tell)
		}
		if err := s.verifySignatures(ctx, page, tell); err != nil {
			return err
		}
		after = page[len(page)-1].id
	}
}

// judge opens one code and looks for its papers.
func (r *countedCode) judge(key vault.Key, tell func(audit.FaultKind, uuid.UUID)) {
	f, err := r.sealed.Open(key, codePlace(r.clinic, r.id))
	if err != nil || !f.holds(&r.codeRow) {
		tell(audit.CodeChanged, r.id)
	}
	if r.papers == 0 {
		tell(audit.DocumentMissing, r.id)
	}
}

func (s *Service) verifySignatures(ctx context.Context, page []countedCode, tell func(audit.FaultKind, uuid.UUID)) error {
	for _, k := range kinds {
		var subjects []uuid.UUID
		for _, r := range page {
			if r.kind == k {
				subjects = append(subjects, r.subject)
			}
		}
		if len(subjects) == 0 {
			continue
		}
		faulty, err := s.Signatures.Faulty(ctx, k, subjects)
		if err != nil {
			return err
		}
		for _, subject := range faulty {
			tell(audit.SignatureBroken, subject)
		}
	}
	return nil
}

// verifyCoded looks for the code of everything that was signed, which whoever
// erases code and papers together would not leave.
func (s *Service) verifyCoded(ctx context.Context, clinic uuid.UUID, k Kind, tell func(audit.FaultKind, uuid.UUID)) error {
	for after := uuid.Nil; ; {
		signed, err := s.Signatures.Signed(ctx, k, after, codesAtOnce)
		if err != nil || len(signed) == 0 {
			return err
		}
		err = s.DB.Read(ctx, func(q *db.Reader) error {
			q.All(func(row db.Row) error {
				var id uuid.UUID
				err := row.Scan(&id)
				tell(audit.CodeMissing, id)
				return err
			}, selectUncoded, clinic, k, signed)
			return nil
		})
		if err != nil {
			return err
		}
		after = signed[len(signed)-1]
	}
}
