// Package idempotency lets a caller repeat a POST without repeating its effect:
// the first answer is kept, sealed, in the transaction of the act itself, and
// given again for 24 hours.
package idempotency

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Lifetime is how long an answer is kept.
const Lifetime = 24 * time.Hour

const purposeAnswer = "idempotency.answer"

// Request identifies one POST of one caller.
type Request struct {
	Key    string
	Method string
	Path   string
	Body   []byte
}

// Answer is a kept reply.
type Answer struct {
	Status      int
	ContentType string
	Location    string
	ETag        string
	Body        []byte
}

// Service keeps answers.
type Service struct {
	db    *db.DB
	vault *vault.Vault
	clock clock.Clock
}

// New makes the service.
func New(d *db.DB, v *vault.Vault, c clock.Clock) *Service {
	return &Service{db: d, vault: v, clock: c}
}

// hashes are what the database keeps of a request.
type hashes struct {
	key  []byte
	body []byte
	row  uuid.UUID
}

// Once runs work in a transaction together with its answer. A repeated request
// gets the answer of the first, and replayed says so. The same key with another
// body is refused (422 idempotency.mismatch); while the first still runs, 409
// idempotency.in_flight. A failed work keeps nothing.
func (s *Service) Once(ctx context.Context, r Request, work func(context.Context) (Answer, error)) (Answer, bool, error) {
	h, key, err := s.hash(ctx, r)
	if err != nil {
		return Answer{}, false, err
	}
	var answer Answer
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		t.Exec(`select claim_key($1)`, h.key)
		var err error
		if answer, err = work(ctx); err != nil {
			return err
		}
		return s.keep(ctx, t, h, key, answer)
	})
	if err == nil {
		return answer, false, nil
	}
	return s.explain(ctx, err, h, key)
}

// Slowly is Once for an act that takes long before it changes anything (a password
// to prove, a paper to draw) and that can happen only once by itself, as a
// signature: no transaction is held meanwhile, because a few of them at once would
// keep every connection from everybody else. The answer is kept just after the act;
// a program killed between the two leaves a repeated request with the refusal that
// the act itself gives (409, signed already).
func (s *Service) Slowly(ctx context.Context, r Request, work func(context.Context) (Answer, error)) (Answer, bool, error) {
	h, key, err := s.hash(ctx, r)
	if err != nil {
		return Answer{}, false, err
	}
	if answer, replayed, err := s.repeat(ctx, h, key); !errors.Is(err, db.ErrNoRow) {
		return answer, replayed, err
	}
	answer, err := work(ctx)
	if err != nil {
		return s.explain(ctx, err, h, key)
	}
	err = s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error { return s.keep(ctx, t, h, key, answer) })
	return answer, false, err
}

// keep writes an answer down, in place of one that no longer counts.
func (s *Service) keep(ctx context.Context, t *db.Tx, h hashes, key vault.Key, answer Answer) error {
	clinic := actor.Clinic(ctx)
	token, err := vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeAnswer, Row: h.row}, answer)
	if err != nil {
		return err
	}
	t.Exec(`delete from idempotency_keys where clinic_id = $1 and key_hash = $2 and created_at < $3`, clinic, h.key, s.oldest())
	t.Exec(`insert into idempotency_keys (clinic_id, key_hash, body_hash, status, answer, created_at)
		values ($1, $2, $3, $4, $5, $6)`, clinic, h.key, h.body, answer.Status, string(token), s.clock.Now())
	return nil
}

// explain tells a repeated request from a failed one. The second run of an act
// fails either on the kept row or, earlier, on what the first run changed (a
// version, a state), so the kept answer is looked for after any refusal.
func (s *Service) explain(ctx context.Context, err error, h hashes, key vault.Key) (Answer, bool, error) {
	kept := db.Violates(err, "idempotency_keys_pkey")
	if e, ok := errs.As(err); !kept && (!ok || e.Code == "idempotency.in_flight" || e.Kind == errs.KindUnavailable || e.Kind == errs.KindUnauthorized) {
		return Answer{}, false, err
	}
	answer, replayed, other := s.repeat(ctx, h, key)
	if errors.Is(other, db.ErrNoRow) {
		return Answer{}, false, err
	}
	return answer, replayed, other
}

// repeat reads what was kept.
func (s *Service) repeat(ctx context.Context, h hashes, key vault.Key) (Answer, bool, error) {
	clinic := actor.Clinic(ctx)
	var body []byte
	var token string
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&body, &token}, `select body_hash, answer from idempotency_keys
			where clinic_id = $1 and key_hash = $2 and created_at >= $3`, clinic, h.key, s.oldest())
		return nil
	})
	if err != nil {
		return Answer{}, false, err
	}
	if !vault.Equal(body, h.body) {
		return Answer{}, false, errs.Rule("idempotency.mismatch",
			"Esa clave ya se usó con otros datos. Use una clave nueva para una solicitud distinta.")
	}
	a, err := vault.Sealed[Answer](token).Open(key, vault.Place{Clinic: clinic, Purpose: purposeAnswer, Row: h.row})
	return a, true, err
}

func (s *Service) hash(ctx context.Context, r Request) (hashes, vault.Key, error) {
	a := actor.Must(ctx)
	index, err := s.vault.Key(ctx, a.ClinicID, vault.PurposeIndex)
	if err != nil {
		return hashes{}, vault.Key{}, err
	}
	data, err := s.vault.Key(ctx, a.ClinicID, vault.PurposeData)
	if err != nil {
		return hashes{}, vault.Key{}, err
	}
	sum := sha256.Sum256(r.Body)
	h := hashes{
		key:  index.MAC("idempotency.key", strings.Join([]string{a.UserID.String(), r.Method, r.Path, r.Key}, "\x00")),
		body: index.MAC("idempotency.body", string(sum[:])),
	}
	h.row = uuid.UUID(h.key[:16])
	return h, data, nil
}

// oldest is when an answer that still counts was given at the earliest.
func (s *Service) oldest() time.Time { return s.clock.Now().Add(-Lifetime) }
