package consent

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Outcome is what a tap came to.
type Outcome string

// The outcomes. Only OutcomeAccepted changes anything; OutcomeWait asks to be
// told again later.
const (
	OutcomeAccepted   Outcome = "accepted"
	OutcomeDuplicate  Outcome = "duplicate"
	OutcomeRepeated   Outcome = "repeated"
	OutcomeRevoked    Outcome = "revoked"
	OutcomeUnknown    Outcome = "unknown_token"
	OutcomePhone      Outcome = "phone_mismatch"
	OutcomeSuperseded Outcome = "superseded"
	OutcomeWithdrawn  Outcome = "withdrawn"
	OutcomeExpired    Outcome = "expired"
	OutcomeWait       Outcome = "waiting"
)

// refusals say why a question that is no longer open takes no answer.
var refusals = map[string]Outcome{
	requestAccepted: OutcomeRepeated, requestSuperseded: OutcomeSuperseded,
	requestWithdrawn: OutcomeWithdrawn, requestExpired: OutcomeExpired,
}

// system names the channel in the audit trail.
const system = "whatsapp"

// Tap takes a tap on the button of a question. It counts only when its secret
// is that of an open question and it comes from the telephone that was asked;
// whatever else it is, it leaves an event in the trail and changes nothing. The
// clinic is known only after the secret found its question.
func (s *Service) Tap(ctx context.Context, tap Tap) (Outcome, error) {
	clinic, id, err := s.find(ctx, tap.Token)
	if errors.Is(err, db.ErrNoRow) {
		ctx = actor.System(ctx, actor.Platform, system)
		return OutcomeUnknown, s.refuse(ctx, OutcomeUnknown, uuid.Nil, uuid.Nil)
	}
	if err != nil {
		return "", err
	}
	ctx = actor.System(ctx, clinic, system)
	var outcome Outcome
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		outcome, err = s.tapped(ctx, t, id, tap)
		return err
	})
	return outcome, err
}

func (s *Service) find(ctx context.Context, token string) (clinic, id uuid.UUID, err error) {
	err = s.db.Read(db.WithToken(ctx, vault.TokenHashHex(token)), func(q *db.Reader) error {
		q.One([]any{&clinic, &id}, selectByToken, vault.TokenHash(token))
		return nil
	})
	return clinic, id, err
}

func (s *Service) tapped(ctx context.Context, t *db.Tx, id uuid.UUID, tap Tap) (Outcome, error) {
	r, err := oneRequest(t, lockRequest, actor.Clinic(ctx), id)
	if err != nil {
		return "", err
	}
	subject, err := s.patients.Subject(ctx, r.PatientID)
	if err != nil {
		return "", err
	}
	query := InboxQuery{RequestID: r.ID, PatientID: r.PatientID}
	same, known, err := s.samePerson(ctx, t, r, tap, query)
	if err != nil {
		return "", err
	}
	if !known && !tap.Last {
		return OutcomeWait, nil
	}
	if !same {
		return OutcomePhone, s.refuse(ctx, OutcomePhone, r.ID, r.PatientID)
	}
	query.Keep = true
	kept, err := s.messages.Inbox(ctx, t, tap, query)
	if err != nil || kept.Known {
		return OutcomeDuplicate, err
	}
	if r.Status == requestOpen && !s.clock.Now().Before(r.ExpiresAt) {
		r.Status = requestExpired
	}
	if why, closed := refusals[r.Status]; closed {
		return s.tooLate(ctx, t, r, subject, why)
	}
	return OutcomeAccepted, s.accept(ctx, t, r, subject, tap, kept.MessageID)
}

// samePerson tells whether a tap comes from the telephone that was asked. A
// number decides; where WhatsApp withholds it, the business-scoped id that a
// status of our own message tied to that number. known is false while no such
// status has come.
func (s *Service) samePerson(ctx context.Context, t *db.Tx, r request, tap Tap, query InboxQuery) (same, known bool, err error) {
	if tap.WAID != "" {
		phone, err := mx.FromWAID(tap.WAID)
		if err != nil {
			return false, true, nil //nolint:nilerr // a number of another country was never asked
		}
		hash, err := s.phoneHash(ctx, phone)
		return vault.Equal(hash, r.PhoneHash), true, err
	}
	answer, err := s.messages.Inbox(ctx, t, tap, query)
	return answer.UserSame, answer.UserKnown, err
}

// accept closes the question and writes the acceptance into the chain.
func (s *Service) accept(ctx context.Context, t *db.Tx, r request, subject Subject, tap Tap, message uuid.UUID) error {
	t.ExecOne(errRaced, closeRequest, r.ClinicID, r.ID, requestAccepted, s.clock.Now())
	at := tap.At
	if at.IsZero() || at.After(s.clock.Now()) {
		at = s.clock.Now()
	}
	asked, err := s.asked(t, r, subject.DataKey)
	if err != nil {
		return err
	}
	_, err = s.append(ctx, t, Event{
		PatientID: r.PatientID, RequestID: r.ID, MessageID: message, Type: EventAccepted, Purposes: r.Purposes,
		At: at, Channel: r.Channel, Notice: r.Notice,
		Evidence: Evidence{
			MessageID: tap.MessageID, AnswersTo: tap.AnswersTo, Phone: asked.Phone, UserID: tap.UserID,
			Text: tap.Text, Signer: asked.Signer,
		},
	}, subject.DataKey)
	if err != nil {
		return err
	}
	err = s.messages.Reply(ctx, t, Reply{
		RequestID: r.ID, PatientID: r.PatientID, To: asked.Phone, Text: receiptText, Key: "receipt:" + r.ID.String(), Receipt: true,
	})
	if err != nil {
		return err
	}
	return s.trail.Record(ctx, event(audit.ConsentAccepted, r.ID, r.PatientID))
}

// asked gives the evidence of the question: who was asked, and where.
func (s *Service) asked(t *db.Tx, r request, key vault.Key) (Evidence, error) {
	chain, err := s.chain(t, r.ClinicID, r.PatientID)
	if err != nil {
		return Evidence{}, err
	}
	for _, e := range chain {
		if e.RequestID == r.ID && e.Type == EventRequested {
			return vault.Sealed[Evidence](e.sealed).Open(key, e.place())
		}
	}
	return Evidence{}, fmt.Errorf("%w: a question without its event", ErrBroken)
}

// errRaced cannot happen while the question is held.
var errRaced = errors.New("consent: the question was closed meanwhile")

const (
	receiptText = "Gracias. Su aceptación quedó registrada. Puede cambiarla cuando guste en su consultorio."
	helpText    = "Gracias por su respuesta. Para que su aceptación quede registrada, toque el botón «" + whatsapp.AcceptButton +
		"» del mensaje que le enviamos. Un mensaje escrito no basta."
)

// refuse leaves what a tap that does not count was, and nothing else.
func (s *Service) refuse(ctx context.Context, why Outcome, request, patient uuid.UUID) error {
	e := event(audit.ConsentRefused, request, patient)
	e.Outcome, e.Reason = audit.Denied, string(why)
	return s.trail.Record(ctx, e)
}

// Wrote hears of a free text of a patient. It is never taken as consent; one
// that looks like it, while a question is open, is answered once with how to
// accept.
func (s *Service) Wrote(ctx context.Context, t *db.Tx, patient uuid.UUID, text string) error {
	if !meansYes(text) {
		return nil
	}
	open, err := openRequests(t, actor.Clinic(ctx), patient)
	if err != nil || len(open) == 0 {
		return err
	}
	subject, err := s.patients.Subject(ctx, patient)
	if err != nil {
		return err
	}
	newest := open[len(open)-1]
	asked, err := s.asked(t, newest, subject.DataKey)
	if err != nil {
		return err
	}
	return s.messages.Reply(ctx, t, Reply{
		RequestID: newest.ID, PatientID: patient, To: asked.Phone, Text: helpText, Key: "help:" + newest.ID.String(),
	})
}

// yes are the words by which people say that they agree.
var yes = map[string]bool{"acepto": true, "aceptar": true, "aceptado": true, "acuerdo": true, "si": true, "ok": true}

// longestYes bounds an answer in words; a longer text is about something else.
const longestYes = 6

// meansYes tells whether a short text has a whole word that agrees.
func meansYes(text string) bool {
	words := strings.Fields(mx.Normalize(text))
	if len(words) > longestYes {
		return false
	}
	for _, w := range words {
		if yes[w] {
			return true
		}
	}
	return false
}
