package consent

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
)

// Revoking is a patient's wish, told at the clinic.
type Revoking struct {
	PatientID   uuid.UUID
	Purposes    []Purpose
	Reason      string
	RequestedBy string // RolePatient or RoleRepresentative
}

const longestReason = 1000

func (r Revoking) validate() error {
	faults := checkPurposes(r.Purposes)
	switch n := len([]rune(r.Reason)); {
	case n == 0:
		faults = append(faults, errs.Field{Field: "reason", Code: "required", Message: "Anote lo que dijo la persona."})
	case n > longestReason:
		faults = append(faults, errs.Field{Field: "reason", Code: "too_long", Message: "El motivo admite hasta 1,000 caracteres."})
	}
	if r.RequestedBy != RolePatient && r.RequestedBy != RoleRepresentative {
		faults = append(faults, errs.Field{Field: "requested_by", Code: "enum", Message: "Elija quién lo pidió."})
	}
	return errs.Invalid(faults...)
}

// Revoke adds a revocation to the chain. From then on nothing more is sent for
// those purposes, and no older question about them can be answered. What was
// done before stays as it was (LFPDPPP 7). 422 consent.already_revoked when
// nothing would change.
func (s *Service) Revoke(ctx context.Context, r Revoking) (Event, error) {
	r.Reason = strings.TrimSpace(r.Reason)
	if err := r.validate(); err != nil {
		return Event{}, err
	}
	var revoked Event
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		revoked, err = s.revoke(ctx, t, r)
		return err
	})
	return revoked, err
}

func (s *Service) revoke(ctx context.Context, t *db.Tx, r Revoking) (Event, error) {
	subject, err := s.patients.Subject(ctx, r.PatientID)
	if err != nil {
		return Event{}, err
	}
	clinic := actor.Clinic(ctx)
	open, err := openRequests(t, clinic, r.PatientID)
	if err != nil {
		return Event{}, err
	}
	chain, err := s.chain(t, clinic, r.PatientID)
	if err != nil {
		return Event{}, err
	}
	if allRevoked(States(chain), r.Purposes) {
		return Event{}, errs.Rule("consent.already_revoked", "Ese consentimiento ya estaba revocado.")
	}
	evidence, err := s.byStaff(ctx)
	if err != nil {
		return Event{}, err
	}
	evidence.Reason, evidence.RequestedBy = r.Reason, r.RequestedBy
	revoked, err := s.append(ctx, t, Event{
		PatientID: r.PatientID, Type: EventRevoked, Purposes: inOrder(setOf(r.Purposes)), Channel: Desk, Evidence: evidence,
	}, subject.DataKey)
	if err != nil {
		return Event{}, err
	}
	if err := s.withdraw(ctx, t, open, r.Purposes, subject); err != nil {
		return Event{}, err
	}
	return revoked, s.trail.Record(ctx, event(audit.ConsentRevoked, revoked.ID, r.PatientID))
}

func allRevoked(states []PurposeState, purposes []Purpose) bool {
	for _, p := range purposes {
		if statusOf(states, p) != Revoked {
			return false
		}
	}
	return true
}

// withdraw closes the open questions that ask for what was revoked, so that a
// tap on an older message cannot bring it back. Whatever else they asked for
// ends unanswered.
func (s *Service) withdraw(ctx context.Context, t *db.Tx, open []request, revoked []Purpose, subject Subject) error {
	for _, r := range open {
		if !overlap(r.Purposes, revoked) {
			continue
		}
		t.Exec(closeRequest, r.ClinicID, r.ID, requestWithdrawn, s.clock.Now())
		rest := without(r.Purposes, revoked)
		if len(rest) == 0 {
			continue
		}
		if err := s.end(ctx, t, r, rest, "withdrawn", subject); err != nil {
			return err
		}
	}
	return nil
}

// end writes that a question ended without an answer.
func (s *Service) end(ctx context.Context, t *db.Tx, r request, purposes []Purpose, why string, subject Subject) error {
	_, err := s.append(ctx, t, Event{
		PatientID: r.PatientID, RequestID: r.ID, Type: EventExpired, Purposes: purposes, Channel: r.Channel,
		Notice: r.Notice, Evidence: Evidence{Reason: why},
	}, subject.DataKey)
	return err
}
