package messaging

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Outgoing is a message to be sent.
type Outgoing struct {
	PatientID uuid.UUID
	Kind      Kind
	// Purpose must be allowed by the patient when the message leaves; empty for
	// what needs no consent.
	Purpose   string
	SubjectID uuid.UUID
	// Key is what the message is for, unique within the clinic: a second message
	// with the same key is not made.
	Key      string
	RetryOf  uuid.UUID
	Phone    string // +52 and ten digits
	UserID   string // business-scoped id, for a person without a known number
	Template string // empty for a free text
	Language string
	Params   []string
	Payload  string
	Text     string // as the person sees it
	Button   string

	// via overrides the number that sends.
	via senderName
}

// senderName says which number sends.
type senderName string

const (
	viaPlatform  senderName = "platform"
	viaSimulator senderName = "simulator"
)

// errNoSender says that the program has no number to send from.
func errNoSender() error {
	return errs.Rule("whatsapp.not_configured", "El envío por WhatsApp no está configurado. Avise a quien administra el sistema.")
}

// number gives the number behind a name; nil when it is not configured.
func (s *Service) number(name senderName) *Number {
	if name == viaSimulator {
		return s.deps.Simulator
	}
	return s.deps.Platform
}

// choose says which number sends for the actor's clinic. A demonstration never
// reaches Meta, and where no number is configured everything is simulated.
func (s *Service) choose(t *db.Tx, clinic uuid.UUID) (senderName, error) {
	var demo bool
	if err := t.One([]any{&demo}, `select demo from clinics where id = $1`, clinic); err != nil {
		return "", err
	}
	if !demo && s.deps.Platform != nil {
		return viaPlatform, nil
	}
	if s.deps.Simulator != nil {
		return viaSimulator, nil
	}
	return "", errNoSender()
}

// Enqueue writes a message and the job that sends it into the transaction of
// the act that causes it. fresh is false when a message with this key exists.
func (s *Service) Enqueue(ctx context.Context, t *db.Tx, o Outgoing) (id uuid.UUID, fresh bool, err error) {
	clinic := actor.Clinic(ctx)
	if o.via == "" {
		if o.via, err = s.choose(t, clinic); err != nil {
			return uuid.Nil, false, err
		}
	}
	key, _, err := s.keyFor(ctx, o.PatientID)
	if err != nil {
		return uuid.Nil, false, err
	}
	id, now := vault.NewID(), s.clock.Now()
	token, err := vault.Seal(key, place(clinic, purposeContent, id), content{
		Phone: o.Phone, UserID: o.UserID, Language: o.Language, Params: o.Params, Payload: o.Payload, Text: o.Text, Button: o.Button,
	})
	if err != nil {
		return uuid.Nil, false, err
	}
	n, err := t.Affected(insertMany, clinic, id, idOrNull(o.PatientID), Out, o.Kind, o.via, o.Template, o.Purpose,
		idOrNull(o.SubjectID), o.Key, idOrNull(o.RetryOf), whatsapp.StateQueued, string(token), now)
	if err != nil || n == 0 {
		return uuid.Nil, false, err
	}
	if err := s.remember(ctx, t, clinic, id, handlePeer, peerName(o.Phone, o.UserID), now); err != nil {
		return uuid.Nil, false, err
	}
	if err := s.deps.Queue.Enqueue(ctx, t, sendArgs{Clinic: clinic, Message: id, Attempt: 1}); err != nil {
		return uuid.Nil, false, err
	}
	s.tell(t, clinic, o.PatientID)
	if o.Kind != ConsentRequest {
		return id, true, nil
	}
	return id, true, s.deps.Questions.Moved(ctx, t, Movement{
		RequestID: o.SubjectID, PatientID: o.PatientID, MessageID: id, State: string(whatsapp.StateQueued), At: now,
		Phone: o.Phone, Template: o.Template,
	})
}

// peerName is how a person is looked for: by her number, else by her
// business-scoped id.
func peerName(phone, userID string) string {
	if phone != "" {
		return phone
	}
	return userID
}

// remember keeps a handle to a message.
func (s *Service) remember(ctx context.Context, t *db.Tx, clinic, message uuid.UUID, kind, value string, at time.Time) error {
	hash, err := s.handle(ctx, kind, value)
	if err == nil {
		t.Exec(insertHandle, clinic, hash, message, kind, at)
	}
	return err
}
