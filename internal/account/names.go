package account

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

const (
	// namesKept is how long a name that was changed elsewhere may still be shown.
	namesKept = time.Minute
	// mostCrews bounds the memory that names take.
	mostCrews = 500
)

// crews remembers who works in which clinic, sealed, for a short time: every
// page names those who acted, and they hardly ever change.
type crews struct {
	mu       sync.Mutex
	byClinic map[uuid.UUID]crew
}

type crew struct {
	read   time.Time
	sealed map[uuid.UUID]personToken
}

func (c *crews) find(clinic, person uuid.UUID, now time.Time) (personToken, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.byClinic[clinic]
	if age := now.Sub(known.read); age < 0 || age > namesKept {
		return "", false
	}
	token, ok := known.sealed[person]
	return token, ok
}

func (c *crews) keep(clinic uuid.UUID, known crew) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byClinic == nil || len(c.byClinic) >= mostCrews {
		c.byClinic = map[uuid.UUID]crew{}
	}
	c.byClinic[clinic] = known
}

// forget makes the next page read names again, after one was changed here.
func (c *crews) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byClinic = nil
}

const selectNames = `select u.id, u.sealed from memberships m join users u on u.id = m.user_id where m.clinic_id = $1`

// Names gives a function that names everybody who works or worked in the actor's
// clinic. Somebody whom the clinic never had is the empty text. It may read, so
// it is called once the read that it completes is done.
func (s *Service) Names(ctx context.Context) func(uuid.UUID) (string, error) {
	return func(id uuid.UUID) (string, error) {
		token, ok, err := s.sealedName(ctx, id)
		if err != nil || !ok {
			return "", err
		}
		key, err := s.vault.Key(ctx, actor.Platform, vault.PurposeData)
		if err != nil {
			return "", err
		}
		facts, err := token.Open(key, personPlace(id))
		return facts.FullName, err
	}
}

// sealedName reads the clinic's names where they were not read lately, or when
// somebody is not among them: she may have come since.
func (s *Service) sealedName(ctx context.Context, id uuid.UUID) (personToken, bool, error) {
	clinic, now := actor.Clinic(ctx), s.clock.Now()
	if token, ok := s.crews.find(clinic, id, now); ok {
		return token, true, nil
	}
	known := crew{read: now, sealed: map[uuid.UUID]personToken{}}
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var person uuid.UUID
			var token personToken
			err := r.Scan(&person, (*string)(&token))
			known.sealed[person] = token
			return err
		}, selectNames, clinic)
		return nil
	})
	if err != nil {
		return "", false, err
	}
	s.crews.keep(clinic, known)
	token, ok := known.sealed[id]
	return token, ok, nil
}
