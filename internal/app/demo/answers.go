package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/consent"
	"historias/internal/whatsapp/whatsapptest"
)

// notOnWhatsApp is Meta's code for a number that cannot be reached.
const notOnWhatsApp = 131026

// steps of a message, and how long each takes.
var steps = []struct {
	name  string
	after time.Duration
}{
	{"sent", time.Second}, {"delivered", 3 * time.Second}, {"read", 12 * time.Minute},
}

// reached says how many steps each story takes.
var reached = map[string]int{"sent": 1, "delivered": 2, "asked_twice": 2, "read": 3, "accepted": 3, "revoked": 3}

// answer plays the phone.
func (s *seeder) answer(ctx context.Context, patient uuid.UUID, message, story string) error {
	if story == "failed" {
		s.pass(2 * time.Second)
		if _, err := s.app.Simulator.Fail(ctx, message, notOnWhatsApp); err != nil {
			return err
		}
		return s.drain(ctx)
	}
	for _, step := range steps[:reached[story]] {
		s.pass(step.after)
		if _, err := s.app.Simulator.Status(ctx, message, step.name); err != nil {
			return err
		}
		if err := s.drain(ctx); err != nil {
			return err
		}
	}
	if story != "accepted" && story != "revoked" {
		return nil
	}
	s.pass(40 * time.Second)
	if _, err := s.app.Simulator.Tap(ctx, message, whatsapptest.Tap{}); err != nil {
		return err
	}
	if err := s.drain(ctx); err != nil || story == "accepted" {
		return err
	}
	s.pass(30 * time.Hour)
	_, err := s.app.Consents.Revoke(ctx, consent.Revoking{
		PatientID: patient, Purposes: []consent.Purpose{"care"}, RequestedBy: consent.RolePatient,
		Reason: "Lo pidió en el mostrador.",
	})
	return err
}
