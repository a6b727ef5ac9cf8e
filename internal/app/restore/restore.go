// Package restore brings a copy of an installation back to where people can be
// served from it. Package backup knows how a copy is made and loaded; what must
// happen before the doors open concerns the whole program, so it stands here.
package restore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"historias/internal/actor"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/audit"
	"historias/internal/backup"
	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/errs"
)

// Request is a restore.
type Request struct {
	Config *config.Config
	// OwnerURL connects directly, as the owner of the empty database; Login is the
	// user of DATABASE_URL when the program runs as another one, else empty.
	OwnerURL, Login string
	Backups         *backup.Service
	// Ref names the copy: a name, a path or the word latest.
	Ref string
	// Reason stays in the audit trail.
	Reason string
	// Erasures is the file of what was erased after the copy; empty for the newest
	// that lies with the copies.
	Erasures string
	// NothingLost says that nothing was written after the copy.
	NothingLost bool
	Clock       clock.Clock
	Log         *slog.Logger
	Out         io.Writer
}

// Run loads a copy into an empty installation and, before anything is served from
// it, brings the schema up to this program, ends every session, erases again what
// was erased since and declares the restore in the audit trail. Where it fails half-way, the database stays marked
// and no program starts on it.
func Run(ctx context.Context, r Request) (backup.Verified, error) {
	v, err := r.Backups.Load(ctx, r.Ref, backup.Target{
		DatabaseURL: r.OwnerURL, DataDir: r.Config.DataDir, Schema: schema.Newest(),
	})
	if err != nil {
		return v, err
	}
	if _, err := schema.Migrate(ctx, r.OwnerURL, r.Login); err != nil {
		return v, err
	}
	if err := r.Backups.Settle(ctx, r.OwnerURL, backup.Settlement{Copy: v, NothingLost: r.NothingLost}); err != nil {
		return v, err
	}
	if err := r.finish(ctx); err != nil {
		return v, err
	}
	return v, r.Backups.Open(ctx, r.OwnerURL)
}

// finish erases again what was erased later and continues the chains of the audit
// trail. Building the program proves that the master keys open what was restored.
func (r Request) finish(ctx context.Context) error {
	a, err := build(ctx, *r.Config, r.Config.DatabaseURL, r.Clock, r.Log)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := audit.RunRecover(ctx, r.Out, a.Trail, r.Reason); err != nil {
		return err
	}
	return r.eraseAgain(ctx, a)
}

// eraseAgain applies the list of erasures. What the copy does not have needs no
// erasing; what is erased in it already stays as it is.
func (r Request) eraseAgain(ctx context.Context, a *app.App) error {
	list, known, err := r.Backups.LaterErasures(ctx, r.Erasures)
	if err != nil {
		return err
	}
	if !known {
		fmt.Fprintln(r.Out, "Aviso: no hay lista de supresiones. Si después del respaldo se suprimió algún expediente, volvió con él.")
	}
	for _, e := range list {
		inside := actor.System(ctx, e.Clinic, "restore")
		done, err := erased(inside, a.DB, e)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if err := a.Patients.Erase(inside, e.Patient, e.At); err != nil && !errs.Is(err, "patient.not_found") {
			return err
		}
	}
	return nil
}

// erased says whether a copy holds an erasure already.
func erased(ctx context.Context, d *db.DB, e backup.Erasure) (bool, error) {
	var n int
	err := d.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&n}, `select count(*) from erasures where clinic_id = $1 and patient_id = $2`, e.Clinic, e.Patient)
		return nil
	})
	return n > 0, err
}

// build makes the program on a database that is marked.
func build(ctx context.Context, c config.Config, address string, ck clock.Clock, log *slog.Logger) (*app.App, error) {
	direct := address
	if c.DatabasePooler == "transaction" && c.DatabaseDirectURL != "" {
		direct = c.DatabaseDirectURL
	}
	url, err := db.WhileRestoring(direct)
	if err != nil {
		return nil, err
	}
	c.DatabaseURL, c.DatabaseDirectURL, c.DatabasePooler = url, "", "none"
	return app.Build(ctx, &c, ck, log)
}

// errTrail says that the restored trail does not prove.
var errTrail = errors.New("la bitácora restaurada no se pudo comprobar")

// Proof proves a restored copy as the program would see it: the master keys open
// every key of it, records open, and the audit chains are whole.
func Proof(c *config.Config, ck clock.Clock, log *slog.Logger, out io.Writer) backup.Proof {
	return func(ctx context.Context, address, dataDir string) error {
		if _, err := schema.Migrate(ctx, address, ""); err != nil {
			return err
		}
		apart := *c
		apart.DatabasePooler, apart.DataDir, apart.AuditCheckpoint = "none", dataDir, ""
		a, err := build(ctx, apart, address, ck, log)
		if err != nil {
			return err
		}
		defer a.Close()
		opened, err := probe(ctx, a)
		if err != nil {
			return fmt.Errorf("la llave maestra no abre lo restaurado: %w", err)
		}
		fmt.Fprintf(out, "La llave maestra abre lo restaurado; clínicas: %d, expedientes de muestra: %d.\n", opened.clinics, opened.patients)
		whole, err := audit.RunVerify(ctx, out, a.Trail)
		if err == nil && !whole {
			return errTrail
		}
		return err
	}
}
