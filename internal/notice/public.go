package notice

import (
	"context"
	"regexp"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// Current tells which notice somebody is asked to accept now: the integral one
// in force. 422 notice.none before the first was published.
func (s *Service) Current(ctx context.Context) (Notice, error) {
	n, err := s.read(ctx, selectInForce, actor.Clinic(ctx), Integral)
	if errs.Is(err, "notice.not_found") {
		return n, errs.Rule("notice.none", "La clínica aún no tiene un aviso de privacidad publicado.")
	}
	return n, err
}

// Public gives a clinic's integral notice to anybody: the one in force, or,
// with a version, that one, which may be superseded. Whoever owns the slug is
// in the answer; errs.NotFound("notice") when there is none.
func (s *Service) Public(ctx context.Context, slug string, version int) (Notice, error) {
	clinic, err := s.bySlug(ctx, slug)
	if err != nil {
		return Notice{}, err
	}
	ctx = actor.Public(ctx, clinic)
	if version > 0 {
		return s.read(ctx, selectVersion, clinic, Integral, version)
	}
	return s.read(ctx, selectInForce, clinic, Integral)
}

// slugShape keeps what can be no slug from the database.
var slugShape = regexp.MustCompile(`^[a-z0-9-]{1,80}$`)

func (s *Service) bySlug(ctx context.Context, slug string) (uuid.UUID, error) {
	if !slugShape.MatchString(slug) {
		return uuid.Nil, errs.NotFound("notice")
	}
	var clinic uuid.UUID
	err := s.db.Read(actor.Public(ctx, actor.Platform), func(q *db.Reader) error {
		q.One([]any{&clinic}, `select id from clinics where slug = $1 and status = 'active' and id <> $2`, slug, actor.Platform)
		return nil
	})
	return clinic, db.Missing(err, "notice")
}

// OnlySlug finds the clinic that a bare /privacy-notice can only mean: the one
// that is not a demonstration, or the only one. Empty when there are several.
func (s *Service) OnlySlug(ctx context.Context) (string, error) {
	var real, demo []string
	err := s.db.Read(actor.Public(ctx, actor.Platform), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var slug string
			var isDemo bool
			if err := r.Scan(&slug, &isDemo); err != nil {
				return err
			}
			if isDemo {
				demo = append(demo, slug)
			} else {
				real = append(real, slug)
			}
			return nil
		}, `(select slug, demo from clinics where status = 'active' and id <> $1 and not demo limit 2)
			union all (select slug, demo from clinics where status = 'active' and id <> $1 and demo limit 2)`, actor.Platform)
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case len(real) == 1:
		return real[0], nil
	case len(real) == 0 && len(demo) == 1:
		return demo[0], nil
	}
	return "", nil
}
