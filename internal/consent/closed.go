package consent

import (
	"context"

	"historias/internal/db"
)

// The words for somebody who taps a button that no longer does anything.
const (
	allRevokedText  = "Su aceptación ya no está vigente, porque se retiró después."
	partRevokedText = "Una parte de lo que usted aceptó ya no está vigente, porque se retiró después."
	withdrawnText   = "Esta solicitud ya no está vigente, porque después se pidió no usar sus datos para ello."
)

// tooLate settles a tap on a question that is no longer open. It changes
// nothing. Where consent was taken back meanwhile, the person is told so, once,
// and how to reach the clinic: to her the button looks as if it still worked.
func (s *Service) tooLate(ctx context.Context, t *db.Tx, r request, subject Subject, why Outcome) (Outcome, error) {
	text := ""
	switch why {
	case OutcomeWithdrawn:
		text = withdrawnText
	case OutcomeRepeated:
		chain, err := s.chain(t, r.ClinicID, r.PatientID)
		if err != nil {
			return "", err
		}
		if text = revokedText(States(chain), r.Purposes); text != "" {
			why = OutcomeRevoked
		}
	}
	if err := s.refuse(ctx, why, r.ID, r.PatientID); err != nil || text == "" {
		return why, err
	}
	return why, s.explain(ctx, t, r, subject, text)
}

// revokedText says how much of an acceptance was taken back; empty for nothing.
func revokedText(states []PurposeState, accepted []Purpose) string {
	if allRevoked(states, accepted) {
		return allRevokedText
	}
	for _, p := range accepted {
		if statusOf(states, p) == Revoked {
			return partRevokedText
		}
	}
	return ""
}

// explain queues the words and how to reach the clinic.
func (s *Service) explain(ctx context.Context, t *db.Tx, r request, subject Subject, text string) error {
	offer, err := s.notices.Offer(ctx)
	if err != nil {
		return err
	}
	asked, err := s.asked(t, r, subject.DataKey)
	if err != nil {
		return err
	}
	return s.messages.Reply(ctx, t, Reply{
		RequestID: r.ID, PatientID: r.PatientID, To: asked.Phone, Key: "closed:" + r.ID.String(),
		Text: text + " Si desea aceptar de nuevo o tiene dudas, comuníquese con " + offer.Clinic +
			"; encontrará cómo hacerlo en su aviso de privacidad: " + offer.Link,
	})
}
