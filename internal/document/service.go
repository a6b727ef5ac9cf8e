package document

import (
	"context"
	"fmt"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Deps are what the service is made of.
type Deps struct {
	DB         *db.DB
	Vault      *vault.Vault
	Trail      *audit.Trail
	Patients   Patients
	Signatures Signatures
	// Address is the program's public address, without a slash at its end.
	Address string
}

// Service keeps documents.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Link is the address that a QR says: the page that verifies a code.
func (s *Service) Link(code string) string { return s.Address + "/verificar/" + code }

// takeFolio raises a counter of the clinic and gives the number taken.
const takeFolio = `insert into clinic_counters as c (clinic_id, name, value) values ($1, $2, 1)
 on conflict (clinic_id, name) do update set value = c.value + 1 returning value`

// asyncCommit spares the wait for the disk: the number that a crash may lose
// here was used by nobody.
const asyncCommit = `select set_config('synchronous_commit', 'off', true)`

// NextFolio takes the next folio of a kind in a year, as in R-2026-00001. The
// year is that of the office's zone. It commits on its own, before the document
// is drawn, so a signing that fails leaves a gap; no folio is used twice.
func (s *Service) NextFolio(ctx context.Context, k Kind, year int) (string, error) {
	var n int64
	err := s.DB.WithTx(db.Apart(ctx), func(_ context.Context, t *db.Tx) error {
		t.Exec(asyncCommit)
		t.QueueOne([]any{&n}, takeFolio, actor.Clinic(ctx), fmt.Sprintf("folio.%s.%d", k, year))
		return nil
	})
	if err != nil {
		return "", errs.Internal("document: folio", err)
	}
	return fmt.Sprintf("%s-%04d-%05d", k.letter(), year, n), nil
}
