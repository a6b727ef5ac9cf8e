package staff

import (
	"context"
	"crypto/sha256"
	_ "embed" // the letters
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Letter is an edition of the letter of confidentiality. An edition never
// changes: what people accepted is kept by its hash.
type Letter struct {
	Version int
	Text    string
	// Accepted is the latest edition that the caller accepted, 0 for none.
	Accepted int
}

//go:embed letters/1.txt
var firstLetter string

// letters are the editions, the first one first.
var letters = []string{firstLetter}

// current is the edition that is in force.
func current() Letter {
	return Letter{Version: len(letters), Text: strings.TrimSpace(letters[len(letters)-1])}
}

const (
	insertAcceptance = `insert into confidentiality_acceptances (clinic_id, id, user_id, edition, hash, accepted_at)
		values ($1, $2, $3, $4, $5, $6) on conflict (clinic_id, user_id, edition) do nothing`
	lastAcceptance = `select coalesce(max(edition), 0) from confidentiality_acceptances where clinic_id = $1 and user_id = $2`
)

// accepted queues who accepted an edition.
func (s *Service) accepted(ctx context.Context, t *db.Tx, user uuid.UUID, l Letter, now time.Time) {
	hash := sha256.Sum256([]byte(l.Text))
	t.Exec(insertAcceptance, actor.Clinic(ctx), vault.NewID(), user, l.Version, hash[:], now)
}

// Confidentiality gives the letter in force and what the caller accepted.
func (s *Service) Confidentiality(ctx context.Context) (Letter, error) {
	l := current()
	err := s.DB.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&l.Accepted}, lastAcceptance, actor.Clinic(ctx), actor.Must(ctx).UserID)
		return nil
	})
	return l, err
}

// AcceptConfidentiality keeps that the caller accepts the edition in force; 422
// confidentiality.version for another one. Twice is as once.
func (s *Service) AcceptConfidentiality(ctx context.Context, version int) error {
	l, err := s.Confidentiality(ctx)
	switch {
	case err != nil:
		return err
	case version != l.Version:
		return errs.Rule("confidentiality.version", "La carta cambió. Léala de nuevo antes de aceptarla.",
			errs.Field{Field: "version", Code: "stale", Message: "Hay una edición más reciente de la carta."})
	case l.Accepted == l.Version:
		return nil
	}
	return s.DB.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		who := actor.Must(ctx).UserID
		s.accepted(ctx, t, who, l, s.Clock.Now())
		return s.Trail.Record(ctx, audit.Event{Action: audit.ConfidentialityAccepted, SubjectType: "user", SubjectID: who})
	})
}
