package consent

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/mx"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Asking is a question about to be put.
type Asking struct {
	PatientID uuid.UUID
	Channel   Channel
	Purposes  []Purpose
}

// Asked is a question that was put.
type Asked struct {
	ID        uuid.UUID
	PatientID uuid.UUID
	Purposes  []Purpose
	Status    Status
	ExpiresAt time.Time
}

// PayloadPrefix begins what a button of ours sends back; a token follows.
const PayloadPrefix = "consent:"

const tokenBytes = 24

// Request asks a patient, or who answers for a minor, for consent. It queues
// the message and gives back at once. 422: consent.channel_unavailable,
// patient.archived, patient.no_phone, clinic.incomplete, notice.none.
func (s *Service) Request(ctx context.Context, a Asking) (Asked, error) {
	if err := errs.Invalid(checkPurposes(a.Purposes)...); err != nil {
		return Asked{}, err
	}
	if a.Channel != WhatsApp {
		return Asked{}, errs.Rule("consent.channel_unavailable",
			"Por ahora la solicitud sólo puede enviarse por WhatsApp. El enlace y la tableta estarán disponibles más adelante.")
	}
	var asked Asked
	err := s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) (err error) {
		asked, err = s.ask(ctx, t, a)
		return err
	})
	return asked, err
}

func (s *Service) ask(ctx context.Context, t *db.Tx, a Asking) (Asked, error) {
	subject, phone, err := s.reachable(ctx, a.PatientID)
	if err != nil {
		return Asked{}, err
	}
	offer, err := s.notices.Offer(ctx)
	if err != nil {
		return Asked{}, err
	}
	now := s.clock.Now()
	r := request{
		ClinicID: actor.Clinic(ctx), ID: vault.NewID(), PatientID: a.PatientID, Channel: a.Channel,
		Purposes:  inOrder(setOf(a.Purposes)),
		Notice:    NoticeRef{ID: offer.NoticeID, Version: offer.Version, Hash: offer.Hash},
		ExpiresAt: now.Add(Lifetime),
	}
	if r.PhoneHash, err = s.phoneHash(ctx, phone); err != nil {
		return Asked{}, err
	}
	if err := s.supersede(t, r); err != nil {
		return Asked{}, err
	}
	token := vault.NewToken(tokenBytes)
	t.Exec(insertRequest, r.ClinicID, r.ID, r.PatientID, r.Channel, texts(r.Purposes), r.Notice.ID, r.Notice.Version,
		r.Notice.Hash, vault.TokenHash(token), r.PhoneHash, now, orNull(actor.Must(ctx).UserID), r.ExpiresAt)
	if err := s.put(ctx, t, r, subject, offer, token); err != nil {
		return Asked{}, err
	}
	return Asked{ID: r.ID, PatientID: r.PatientID, Purposes: r.Purposes, Status: Requested, ExpiresAt: r.ExpiresAt}, nil
}

// put writes the question into the chain, queues its message and the job that
// ends it unanswered.
func (s *Service) put(ctx context.Context, t *db.Tx, r request, subject Subject, offer Offer, token string) error {
	text, err := whatsapp.ConsentNotice().Render(offer.Clinic, offer.Link)
	if err != nil {
		return errs.Internal("consent: text", err)
	}
	evidence, err := s.byStaff(ctx)
	if err != nil {
		return err
	}
	evidence.Phone, evidence.Signer, evidence.Text, evidence.Link = subject.Phone, &subject.Signer, text, offer.Link
	evidence.Template, evidence.Language = whatsapp.ConsentTemplate, whatsapp.SpanishMexico
	_, err = s.append(ctx, t, Event{
		PatientID: r.PatientID, RequestID: r.ID, Type: EventRequested, Purposes: r.Purposes, Channel: r.Channel,
		Notice: r.Notice, Evidence: evidence,
	}, subject.DataKey)
	if err != nil {
		return err
	}
	err = s.messages.Ask(ctx, t, Question{
		RequestID: r.ID, PatientID: r.PatientID, To: subject.Phone, Template: whatsapp.ConsentTemplate,
		Language: whatsapp.SpanishMexico, Params: []string{offer.Clinic, offer.Link}, Payload: PayloadPrefix + token,
		Text: text, Button: whatsapp.AcceptButton,
	})
	if err != nil {
		return err
	}
	if err := s.queue.Enqueue(ctx, t, expireArgs{r.ClinicID, r.ID}, jobs.At(r.ExpiresAt)); err != nil {
		return err
	}
	return s.trail.Record(ctx, event(audit.ConsentAsked, r.ID, r.PatientID))
}

// reachable gives a patient who can be asked by telephone.
func (s *Service) reachable(ctx context.Context, patient uuid.UUID) (Subject, mx.Phone, error) {
	subject, err := s.patients.Subject(ctx, patient)
	if err != nil {
		return subject, mx.Phone{}, err
	}
	if subject.Archived {
		return subject, mx.Phone{}, errs.Rule("patient.archived", "El expediente está archivado. Reactívelo antes de pedir el consentimiento.")
	}
	phone, err := mx.ParsePhone(subject.Phone)
	if err == nil {
		return subject, phone, nil
	}
	fault := errs.Field{Field: "phone", Code: "missing", Message: "Falta el teléfono."}
	if subject.Signer.Role == RoleRepresentative {
		fault.Field, fault.Message = "representative.phone", "Falta el teléfono de quien le representa."
	}
	return subject, mx.Phone{}, errs.Rule("patient.no_phone", "Para enviar la solicitud por WhatsApp hace falta un teléfono. Añádalo en sus datos.", fault)
}

// supersede closes the open questions that the new one repeats. One that asks
// for more stays open.
func (s *Service) supersede(t *db.Tx, r request) error {
	open, err := openRequests(t, r.ClinicID, r.PatientID)
	for _, old := range open {
		if covers(r.Purposes, old.Purposes) {
			t.Exec(closeRequest, old.ClinicID, old.ID, requestSuperseded, s.clock.Now())
		}
	}
	return err
}

// byStaff is the evidence of who acted.
func (s *Service) byStaff(ctx context.Context) (Evidence, error) {
	who := actor.Must(ctx)
	if who.UserID == uuid.Nil {
		return Evidence{}, nil
	}
	name, err := s.people.Name(ctx, who.UserID)
	return Evidence{ActorID: who.UserID, ActorName: name, ActorRole: string(who.Role)}, err
}

// Again readies a question to be sent once more. When the one that was asked
// is still open and its telephone still the patient's, the same message may
// leave again and same is true. Otherwise a new question takes its place.
func (s *Service) Again(ctx context.Context, t *db.Tx, id uuid.UUID) (same bool, err error) {
	r, err := oneRequest(t, lockRequest, actor.Clinic(ctx), id)
	if err != nil {
		return false, db.Missing(err, "consent_request")
	}
	if r.Status == requestAccepted {
		return false, errs.Rule("consent.answered", "La persona ya aceptó. No hace falta volver a enviar la solicitud.")
	}
	_, phone, err := s.reachable(ctx, r.PatientID)
	if err != nil {
		return false, err
	}
	hash, err := s.phoneHash(ctx, phone)
	if err != nil {
		return false, err
	}
	if r.Status == requestOpen && s.clock.Now().Before(r.ExpiresAt) && vault.Equal(hash, r.PhoneHash) {
		return true, nil
	}
	_, err = s.ask(ctx, t, Asking{PatientID: r.PatientID, Channel: r.Channel, Purposes: r.Purposes})
	return false, err
}
