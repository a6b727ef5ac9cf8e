package app

import (
	"context"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Ready says whether the program can work, in one round trip: the database
// answers, the walled role sees the schema, and the master key opens what is
// stored there now, which after a restore may be another one's. What is wrong is
// errs.KindUnavailable, so that a balancer asks elsewhere.
func (a *App) Ready(ctx context.Context) error {
	var w vault.Wrapped
	err := a.DB.Read(actor.System(ctx, actor.Platform, "ready"), func(q *db.Reader) error {
		q.One([]any{&w.Token, &w.MasterID}, `select wrapped, master_id from vault_keys
			where clinic_id = $1 and purpose = $2 order by key_no desc limit 1`, actor.Platform, string(vault.PurposeData))
		return nil
	})
	if err == nil {
		_, err = a.Vault.Unwrap(w)
	}
	if err != nil {
		a.Log.WarnContext(ctx, "not ready", "cause", err.Error())
	}
	if err != nil && errs.KindOf(err) != errs.KindUnavailable {
		return errs.Unavailable("service.not_ready", err)
	}
	return err
}
