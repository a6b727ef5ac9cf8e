package restore

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/db"
	"historias/internal/vault"
)

// sample is how many records of a clinic are opened.
const sample = 5

// probed is how much opened.
type probed struct{ clinics, patients int }

// probe opens the keys of every clinic and a few records of each.
func probe(ctx context.Context, a *app.App) (probed, error) {
	var out probed
	clinics, err := ids(ctx, a.DB, actor.Platform, `select id from clinics order by id`)
	if err != nil {
		return out, err
	}
	for _, clinic := range clinics {
		for _, purpose := range []vault.Purpose{vault.PurposeData, vault.PurposeIndex, vault.PurposeAudit, vault.PurposeSeal} {
			if _, err := a.Vault.Key(ctx, clinic, purpose); err != nil {
				return out, err
			}
		}
		out.clinics++
		patients, err := ids(ctx, a.DB, clinic, `select id from patients where clinic_id = $1 order by id desc limit $2`, clinic, sample)
		if err != nil {
			return out, err
		}
		for _, patient := range patients {
			if _, err := a.Patients.Get(actor.System(ctx, clinic, "drill"), patient); err != nil {
				return out, err
			}
			out.patients++
		}
	}
	return out, nil
}

// ids reads a column of ids inside the wall of a clinic.
func ids(ctx context.Context, d *db.DB, clinic uuid.UUID, sql string, args ...any) ([]uuid.UUID, error) {
	var out []uuid.UUID
	err := d.Read(actor.System(ctx, clinic, "drill"), func(q *db.Reader) error {
		q.All(func(row db.Row) error {
			var id uuid.UUID
			err := row.Scan(&id)
			out = append(out, id)
			return err
		}, sql, args...)
		return nil
	})
	return out, err
}
