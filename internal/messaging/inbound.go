package messaging

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// payloadPrefix begins what a button of ours sends back.
const payloadPrefix = "consent:"

// window is how long after a person wrote a free text may answer her.
const window = 24 * time.Hour

// silent are the kinds of messages that say nothing to a clinic.
var silent = map[string]bool{"reaction": true, "system": true, "edit": true, "revoke": true, "unsupported": true}

// inbound takes one thing that a person did.
func (s *Service) inbound(ctx context.Context, m whatsapp.Message, last bool) (Result, error) {
	if token, ours := strings.CutPrefix(m.ButtonPayload, payloadPrefix); ours && m.Type == "button" {
		return s.tap(ctx, token, m, last)
	}
	if silent[m.Type] {
		return ResultIgnored, nil
	}
	return s.wrote(ctx, m)
}

// tap hands a tap on a button of ours to the consent feature.
func (s *Service) tap(ctx context.Context, token string, m whatsapp.Message, last bool) (Result, error) {
	outcome, err := s.deps.Answers.Tap(ctx, Tap{
		Token: token, MessageID: m.ID, AnswersTo: m.ContextID, WAID: m.WAID, UserID: m.UserID, Text: m.ButtonText,
		At: m.Timestamp, PhoneNumberID: m.PhoneNumberID, Last: last,
	})
	if outcome == Waiting {
		return ResultParked, err
	}
	if outcome == string(ResultDuplicate) {
		return ResultDuplicate, err
	}
	return Result(resultTap + outcome), err
}

// Inbox answers the consent feature what the messages know about a tap and,
// when asked, keeps the tap in the conversation.
func (s *Service) Inbox(ctx context.Context, t *db.Tx, tap Tap, q InboxQuery) (InboxAnswer, error) {
	if q.Keep {
		return s.keepTap(ctx, t, tap, q)
	}
	if tap.UserID == "" {
		return InboxAnswer{UserKnown: true}, nil
	}
	hash, err := s.handle(ctx, handlePeer, tap.UserID)
	if err != nil {
		return InboxAnswer{}, err
	}
	var answer InboxAnswer
	err = t.One([]any{&answer.UserKnown, &answer.UserSame}, selectUser, actor.Clinic(ctx), q.RequestID, hash)
	return answer, err
}

// selectUser tells what statuses said of the person whom a question went to.
const selectUser = `select coalesce(bool_or(user_hash is not null), false), coalesce(bool_or(user_hash = $3), false)
 from messages where clinic_id = $1 and subject_id = $2 and direction = 'out'`

func (s *Service) keepTap(ctx context.Context, t *db.Tx, tap Tap, q InboxQuery) (InboxAnswer, error) {
	id, fresh, err := s.keep(ctx, t, incoming{
		patient: q.PatientID, subject: q.RequestID, kind: KindTap, via: s.via(tap.PhoneNumberID), at: tap.At,
		said: content{Phone: phoneOf(tap.WAID), UserID: tap.UserID, Text: tap.Text, WAMID: tap.MessageID, AnswersTo: tap.AnswersTo},
	})
	return InboxAnswer{MessageID: id, Known: !fresh}, err
}

// incoming is what a person did, about to be kept.
type incoming struct {
	patient uuid.UUID
	subject uuid.UUID
	kind    Kind
	via     senderName
	at      time.Time
	said    content
}

// keep stores what a person did, once: WhatsApp's name for it is its key.
func (s *Service) keep(ctx context.Context, t *db.Tx, in incoming) (id uuid.UUID, fresh bool, err error) {
	clinic, now := actor.Clinic(ctx), s.clock.Now()
	hash, err := s.handle(ctx, handleMessage, in.said.WAMID)
	if err != nil {
		return uuid.Nil, false, err
	}
	key, _, err := s.keyFor(ctx, in.patient)
	if err != nil {
		return uuid.Nil, false, err
	}
	id = vault.NewID()
	token, err := vault.Seal(key, place(clinic, purposeContent, id), in.said)
	if err != nil {
		return uuid.Nil, false, err
	}
	if in.at.IsZero() || in.at.After(now) {
		in.at = now
	}
	n, err := t.Affected(insertMany, clinic, id, idOrNull(in.patient), In, in.kind, in.via, "", "", idOrNull(in.subject),
		"in:"+hex.EncodeToString(hash), nil, Received, string(token), in.at)
	if err != nil || n == 0 {
		return uuid.Nil, false, err
	}
	s.tell(t, clinic, in.patient)
	return id, true, nil
}

// phoneOf writes a number of WhatsApp's as we do; empty for a foreign one.
func phoneOf(waID string) string {
	phone, err := mx.FromWAID(waID)
	if err != nil {
		return ""
	}
	return phone.String()
}

// wrote takes a free message. It goes to the clinic whose message it answers or,
// when only one clinic has written to this person, to that one. Anybody else is
// told once how to reach a clinic, and no clinic is shown the text.
func (s *Service) wrote(ctx context.Context, m whatsapp.Message) (Result, error) {
	to, found, err := s.route(ctx, m)
	if err != nil {
		return "", err
	}
	if !found {
		return ResultUnrouted, s.directions(ctx, m)
	}
	ctx = actor.System(ctx, to.clinic, system)
	result := ResultUnrouted
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		r, err := read(t, selectOne, to.clinic, to.message)
		if err != nil || r.Patient == nil {
			return err
		}
		result, err = s.keepText(ctx, t, r, m)
		return err
	})
	return result, err
}

func (s *Service) keepText(ctx context.Context, t *db.Tx, r row, m whatsapp.Message) (Result, error) {
	kind, text := spoken(m)
	_, fresh, err := s.keep(ctx, t, incoming{
		patient: r.patient(), kind: kind, via: s.via(m.PhoneNumberID), at: m.Timestamp,
		said: content{Phone: phoneOf(m.WAID), UserID: m.UserID, Text: text, WAMID: m.ID, AnswersTo: m.ContextID},
	})
	if err != nil || !fresh {
		return ResultDuplicate, err
	}
	if kind == KindText && s.clock.Now().Sub(m.Timestamp) < window {
		err = s.deps.Answers.Wrote(ctx, t, r.patient(), text)
	}
	return ResultKept, err
}

// spoken gives the words of a message; what is not text is named.
func spoken(m whatsapp.Message) (Kind, string) {
	for _, text := range []string{m.Text, m.ReplyTitle, m.ButtonText} {
		if text != "" {
			return KindText, text
		}
	}
	if name, known := otherNames[m.Type]; known {
		return KindOther, name
	}
	return KindOther, "Envió un mensaje que no puede mostrarse aquí."
}

var otherNames = map[string]string{
	"image": "Envió una imagen, que no se conserva.", "video": "Envió un video, que no se conserva.",
	"audio": "Envió un mensaje de voz, que no se conserva.", "document": "Envió un documento, que no se conserva.",
	"sticker": "Envió un sticker.", "location": "Envió una ubicación, que no se conserva.",
	"contacts": "Envió un contacto, que no se conserva.",
}

// route finds the message that a person answers.
func (s *Service) route(ctx context.Context, m whatsapp.Message) (target, bool, error) {
	fromPeer, err := s.fromPeer(ctx, m)
	if err != nil || len(fromPeer) == 0 {
		return target{}, false, err
	}
	if m.ContextID != "" {
		quoted, err := s.byHandle(ctx, handleMessage, m.ContextID)
		if err != nil {
			return target{}, false, err
		}
		for _, q := range quoted {
			for _, p := range fromPeer {
				if p.clinic == q.clinic && p.message == q.message {
					return q, true, nil
				}
			}
		}
	}
	for _, p := range fromPeer {
		if p.clinic != fromPeer[0].clinic {
			return target{}, false, nil
		}
	}
	return fromPeer[0], true, nil
}

// fromPeer lists the messages that clinics sent to this person, newest first.
func (s *Service) fromPeer(ctx context.Context, m whatsapp.Message) ([]target, error) {
	var all []target
	for _, name := range []string{phoneOf(m.WAID), m.UserID} {
		if name == "" {
			continue
		}
		found, err := s.byHandle(ctx, handlePeer, name)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if f.clinic != actor.Platform {
				all = append(all, f)
			}
		}
		if len(all) > 0 {
			break
		}
	}
	return all, nil
}

const directionsText = "Gracias por escribir. Este número sólo envía avisos de consultorios y no recibe respuestas. " +
	"Para hablar con su consultorio, llame al teléfono que aparece en su aviso de privacidad o en su receta."

// directions tells a stranger how to reach a clinic, once a day.
func (s *Service) directions(ctx context.Context, m whatsapp.Message) error {
	name := peerName(phoneOf(m.WAID), m.UserID)
	if name == "" || s.clock.Now().Sub(m.Timestamp) >= window {
		return nil
	}
	hash, err := s.handle(ctx, handlePeer, name)
	if err != nil {
		return err
	}
	ctx = actor.System(ctx, actor.Platform, system)
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		_, _, err := s.Enqueue(ctx, t, Outgoing{
			Kind: UnroutedHelp, Phone: phoneOf(m.WAID), UserID: m.UserID, Text: directionsText, via: s.via(m.PhoneNumberID),
			Key: "directions:" + hex.EncodeToString(hash) + ":" + s.clock.Now().Format(time.DateOnly),
		})
		return err
	})
}
