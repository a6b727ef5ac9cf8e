package catalog

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// Favourites are what the signed-in person picks from a catalog: what she uses
// and what she pinned. They belong to her in one clinic, and name no patient, so
// they leave no event.

// favouriteKinds are the catalogs that have favourites.
var favouriteKinds = []Kind{KindDiagnoses, KindMedications}

// mostPinned is how many favourites of one catalog a person may pin: a list that
// nobody looks through is none.
const mostPinned = 200

var errFull = errs.Rule("favorite.too_many",
	"Ya tiene 200 favoritos fijos en esta lista. Quite alguno que ya no use para fijar otro.")

const (
	countUse = `insert into favourites (clinic_id, user_id, kind, code, uses, last_used_at)
 select $1, $2, $3, c, 1, $5 from unnest($4::text[]) c order by c
 on conflict (clinic_id, user_id, kind, code) do update set uses = favourites.uses + 1, last_used_at = excluded.last_used_at`

	// What is pinned already may be pinned again, however many there are.
	pin = `insert into favourites (clinic_id, user_id, kind, code, pinned) select $1, $2, $3, $4, true
 where (select count(*) from favourites where clinic_id = $1 and user_id = $2 and kind = $3 and pinned and code <> $4) < $5
 on conflict (clinic_id, user_id, kind, code) do update set pinned = true`

	// What is no longer wanted is forgotten whole, or it would come back by its count.
	unpin = `delete from favourites where clinic_id = $1 and user_id = $2 and kind = $3 and code = $4`

	selectFavouriteDiagnoses = `select d.code, d.label, d.parent, d.sex, d.version, true from favourites f
 join diagnoses d on d.code = f.code where f.clinic_id = $1 and f.user_id = $2 and f.kind = 'diagnoses' and d.active
 order by f.pinned desc, f.uses desc, f.last_used_at desc nulls last, f.code limit $3`

	selectFavouriteMedications = `select m.id, m.generic_name, m.form, m.concentration, m.route, m.atc, m.antibiotic, m.fraction, m.version, true
 from favourites f join medications m on m.id = f.code::uuid where f.clinic_id = $1 and f.user_id = $2 and f.kind = 'medications' and m.active
 order by f.pinned desc, f.uses desc, f.last_used_at desc nulls last, f.code limit $3`
)

// Used queues one use by the signed-in person of each of some codes, in the
// transaction that signs. Codes are those of CIE-10, or ids of medicines.
func (s *Service) Used(ctx context.Context, t *db.Tx, kind Kind, codes []string, at time.Time) error {
	a := actor.Must(ctx)
	if len(codes) == 0 || a.UserID == uuid.Nil {
		return nil
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(codes)))
	t.Exec(countUse, a.ClinicID, a.UserID, kind, distinct, at)
	return nil
}

// Favourite pins a code among the signed-in person's favourites, or forgets it.
// errs.NotFound("favorite") for a kind without favourites, or a code that the
// catalog does not have; the rule favorite.too_many beyond 200 pinned ones.
func (s *Service) Favourite(ctx context.Context, kind Kind, code string, pinned bool) error {
	exists, err := s.exists(ctx, kind, code)
	if err != nil {
		return err
	}
	if !exists {
		return errs.NotFound("favorite")
	}
	a := actor.Must(ctx)
	return s.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		if pinned {
			t.ExecOne(errFull, pin, a.ClinicID, a.UserID, kind, code, mostPinned)
		} else {
			t.Exec(unpin, a.ClinicID, a.UserID, kind, code)
		}
		return nil
	})
}

func (s *Service) exists(ctx context.Context, kind Kind, code string) (bool, error) {
	if !slices.Contains(favouriteKinds, kind) {
		return false, nil
	}
	if kind == KindDiagnoses {
		_, ok, err := s.Diagnosis(ctx, code)
		return ok, err
	}
	id, err := uuid.Parse(code)
	if err != nil || id.String() != code {
		return false, nil //nolint:nilerr // what is no id is no medicine
	}
	byID, _, err := s.Products(ctx, []uuid.UUID{id}, nil)
	_, ok := byID[id]
	return ok, err
}

// favourite joins a table to the caller's favourites of a kind, as f.
func (s *statement) favourite(ctx context.Context, kind Kind, code string) string {
	a := actor.Must(ctx)
	return fmt.Sprintf(`left join favourites f on f.clinic_id = %s and f.user_id = %s and f.kind = %s and f.code = %s`,
		s.arg(a.ClinicID), s.arg(a.UserID), s.arg(string(kind)), code)
}

// The order of favourites among themselves.
const favouriteOrder = `(f.code is not null) desc, f.pinned desc nulls last, f.uses desc nulls last`
