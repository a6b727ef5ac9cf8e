package messaging

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
)

// Question is the message that carries a question of consent.
type Question struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	To        string
	Template  string
	Language  string
	Params    []string
	Payload   string
	// Text is the message as the patient sees it, Button the text of its button.
	Text   string
	Button string
}

// Ask queues a question. Questions.Moved hears of it in the same transaction.
func (s *Service) Ask(ctx context.Context, t *db.Tx, q Question) error {
	_, _, err := s.Enqueue(ctx, t, Outgoing{
		PatientID: q.PatientID, Kind: ConsentRequest, SubjectID: q.RequestID, Key: "question:" + q.RequestID.String(),
		Phone: q.To, Template: q.Template, Language: q.Language, Params: q.Params, Payload: q.Payload, Text: q.Text, Button: q.Button,
	})
	return err
}

// Reply is a free text that answers a patient.
type Reply struct {
	RequestID uuid.UUID
	PatientID uuid.UUID
	To        string
	Text      string
	// Key makes the reply unique within the clinic; a second one is not sent.
	Key string
	// Receipt says that the reply confirms an acceptance.
	Receipt bool
}

// Reply queues a free text, once for each key. It is only sent within a day of
// the person's own message, which whoever calls has just heard of.
func (s *Service) Reply(ctx context.Context, t *db.Tx, r Reply) error {
	kind := ConsentHelp
	if r.Receipt {
		kind = ConsentReceipt
	}
	_, _, err := s.Enqueue(ctx, t, Outgoing{
		PatientID: r.PatientID, Kind: kind, SubjectID: r.RequestID, Key: r.Key, Phone: r.To, Text: r.Text,
	})
	return err
}
