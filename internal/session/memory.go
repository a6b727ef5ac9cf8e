package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
)

func (r *remembered) usedAt(s *Service) time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return r.used
}

func (s *Service) keep(hash [32]byte, r *remembered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= maxRemembered {
		clear(s.known)
	}
	s.known[hash] = r
}

func (s *Service) drop(hash [32]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, hash)
}

func (s *Service) forget(session uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, r := range s.known {
		if r.who.SessionID == session {
			delete(s.known, hash)
		}
	}
}

// use notes that the session is alive and writes last_seen at most once a
// minute, beside the request: a failed note must not fail the act.
func (s *Service) use(ctx context.Context, hash [32]byte, r *remembered, now time.Time) {
	s.mu.Lock()
	r.used = now
	due := now.Sub(r.seen) >= touchEvery
	if due {
		r.seen = now
	}
	s.mu.Unlock()
	if due {
		go s.touch(context.WithoutCancel(ctx), hash, r, now)
	}
}

func (s *Service) touch(ctx context.Context, hash [32]byte, r *remembered, now time.Time) {
	ctx = actor.System(ctx, r.who.ClinicID, "session")
	err := s.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`update sessions set last_seen = $3 where clinic_id = $1 and id = $2 and last_seen < $3`,
			r.who.ClinicID, r.who.SessionID, now)
		return nil
	})
	if err != nil {
		s.drop(hash)
	}
}

// forgetClinic forgets the sessions of a clinic, whose rules changed.
func (s *Service) forgetClinic(clinic uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for hash, r := range s.known {
		if r.who.ClinicID == clinic {
			delete(s.known, hash)
		}
	}
}
