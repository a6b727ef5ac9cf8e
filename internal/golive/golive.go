// Package golive knows what speaks for an installation that is about to begin:
// what its database shows, and what a person confirmed where no program can see.
package golive

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"historias/internal/actor"
	"historias/internal/clock"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Confirmation is what a person said of one box.
type Confirmation struct {
	// By is who says it, as she wrote it.
	By string
	At time.Time
}

// Evidence is what the database shows, over all clinics.
type Evidence struct {
	Clinics int
	// WithoutNotice are the clinics without a published notice, BaseNotice those
	// whose notice is the first that the program offers.
	WithoutNotice, BaseNotice int
	// Delivered says that a message arrived at a person's phone.
	Delivered bool
	// LastWebhook is when Meta last delivered something; zero when it never did.
	LastWebhook time.Time
	// Backups are those made in the last eight days.
	Backups int
}

// Book keeps the confirmations and reads the evidence.
type Book struct {
	db    *db.DB
	vault *vault.Vault
	clock clock.Clock
}

// New makes a book over a database.
func New(d *db.DB, v *vault.Vault, c clock.Clock) *Book { return &Book{db: d, vault: v, clock: c} }

// sealed is what stands sealed in a confirmation.
type sealed struct {
	By string `json:"by"`
}

const purposeConfirmation = "go_live.confirmation"

// longestName is how long the name of who confirms may be.
const longestName = 120

// Confirm writes down that somebody says so of a box. by is her name; errs.Invalid
// when it is none.
func (b *Book) Confirm(ctx context.Context, box, by string) error {
	by = strings.TrimSpace(by)
	if len([]rune(by)) < 3 || len(by) > longestName || strings.ContainsFunc(by, unicode.IsControl) {
		return errs.Invalid(errs.Field{Field: "by", Code: "name.invalid", Message: "Escriba el nombre de quien lo confirma."})
	}
	ctx = actor.System(ctx, actor.Platform, "golive")
	key, err := b.vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return fmt.Errorf("golive: %w", err)
	}
	id := vault.NewID()
	token, err := vault.Seal(key, vault.Place{Clinic: actor.Platform, Purpose: purposeConfirmation, Row: id}, sealed{By: by})
	if err != nil {
		return err
	}
	return b.db.WithTx(ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(`insert into go_live_confirmations (id, box, at, sealed) values ($1, $2, $3, $4)`, id, box, b.clock.Now(), string(token))
		return nil
	})
}
