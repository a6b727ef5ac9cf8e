package messaging

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/jobs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// Verify answers the GET by which Meta checks the webhook's address; ok is
// false for a wrong token.
func (s *Service) Verify(mode, token, challenge string) (answer string, ok bool) {
	return whatsapp.VerifyChallenge(mode, token, challenge, s.deps.VerifyToken)
}

// body is a delivery as it came.
type body struct {
	Raw []byte `json:"raw"`
}

var (
	errNoSecret     = errs.Unavailable("webhook.not_configured", errors.New("META_WHATSAPP_APP_SECRET is empty"))
	errBadSignature = errs.New(errs.KindUnauthorized, "webhook.signature", "La firma de la entrega no es válida.")
)

// Signed tells whether a delivery carries one of our signatures, over its exact
// bytes.
func (s *Service) Signed(raw []byte, signature string) bool {
	return whatsapp.VerifySignature(s.deps.Secrets, signature, raw)
}

// Receive takes a delivery: it checks the signature over the raw bytes, keeps
// them once and leaves the rest to a job. When it returns, the delivery is
// durable. 503 webhook.not_configured, 401 webhook.signature.
func (s *Service) Receive(ctx context.Context, raw []byte, signature string) error {
	ctx = actor.System(ctx, actor.Platform, system)
	if len(s.deps.Secrets) == 0 {
		return errNoSecret
	}
	if !s.Signed(raw, signature) {
		if err := s.Refuse(ctx, "signature"); err != nil {
			return err
		}
		return errBadSignature
	}
	hash, err := s.bodyHash(ctx, raw)
	if err != nil {
		return err
	}
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return err
	}
	id := vault.NewID()
	token, err := vault.Seal(key, place(actor.Platform, purposeBody, id), body{raw})
	if err != nil {
		return err
	}
	return s.intake.keep(delivery{id: id, hash: hash, sealed: string(token), origin: actor.OriginOf(ctx)})
}

// Refuse counts a delivery that was not taken, and keeps nothing of it.
func (s *Service) Refuse(ctx context.Context, why string) error {
	return s.deps.Trail.Record(actor.System(ctx, actor.Platform, system), audit.Event{
		Action: audit.WebhookRefused, SubjectType: "webhook", Outcome: audit.Denied, Reason: why,
	})
}

// bodyHash tells whether the same bytes came before.
func (s *Service) bodyHash(ctx context.Context, raw []byte) ([]byte, error) {
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeIndex)
	return key.MACBytes(raw), err
}

// Results tells what became of the items of deliveries, by their bytes; nil
// where the delivery is not known or not processed yet.
func (s *Service) Results(ctx context.Context, bodies [][]byte) ([][]Result, error) {
	ctx = actor.System(ctx, actor.Platform, system)
	out := make([][]Result, len(bodies))
	hashes := make([][]byte, len(bodies))
	for i, raw := range bodies {
		var err error
		if hashes[i], err = s.bodyHash(ctx, raw); err != nil {
			return nil, err
		}
	}
	known := map[string][]string{}
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var hash []byte
			var results []string
			err := r.Scan(&hash, &results)
			known[string(hash)] = results
			return err
		}, `select body_hash, results from webhook_bodies where clinic_id = $1 and body_hash = any($2)`, actor.Platform, hashes)
		return nil
	})
	for i, hash := range hashes {
		for _, r := range known[string(hash)] {
			out[i] = append(out[i], Result(r))
		}
	}
	return out, err
}

// How long raw deliveries are kept, and how often old ones are dropped.
const (
	bodyLifetime = 30 * 24 * time.Hour
	purgeEvery   = 6 * time.Hour
)

// forgetArgs asks to drop what is older than its lifetime.
type forgetArgs struct{}

// Kind names the job.
func (forgetArgs) Kind() string { return "forget_webhooks" }

func (s *Service) forget(ctx context.Context, _ jobs.Job[forgetArgs]) error {
	ctx = actor.System(ctx, actor.Platform, system)
	return s.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`delete from webhook_bodies where clinic_id = $1 and received_at < $2`,
			actor.Platform, s.clock.Now().Add(-bodyLifetime))
		return nil
	})
}

// processArgs names a delivery to work through, and which time it is.
type processArgs struct {
	Body uuid.UUID `json:"body"`
	Run  int       `json:"run"`
}

// Kind names the job.
func (processArgs) Kind() string { return "process_webhook" }
