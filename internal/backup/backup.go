// Package backup makes encrypted copies of an installation and brings them back.
//
// A copy is one file: a tar stream, encrypted with age to public keys, that holds
// a pg_dump of one consistent snapshot, the files beside the database and a
// manifest with a count of every table, the heads of the audit chains and the
// SHA-256 of each member. The keys of the records travel inside the dump, wrapped;
// the master key that opens them is never in it, so a copy is worth nothing to
// whoever lacks either the identity of age or the master key. The manifest carries
// a stamp that only a holder of the master key can make: what was forged is
// refused before PostgreSQL reads a line of it, since a dump can run code.
//
// Everything streams: neither a copy nor its restore keeps more than a few
// megabytes in memory, whatever the size of the installation.
package backup

import (
	"io"
	"log/slog"

	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/vault"
)

// Options is what a Service works with.
type Options struct {
	// Config says where copies go and who can open them.
	Config config.Backup
	// DatabaseURL connects directly, as the owner of the database or a superuser.
	DatabaseURL string
	// DataDir is the folder whose files belong to the installation.
	DataDir string
	// BinDir is PG_BIN_DIR: where pg_dump and pg_restore are looked for; empty for
	// the usual places.
	BinDir string
	// Keys are the master keys, for the stamp. Without them a copy can be looked
	// at, not made or restored.
	Keys *vault.Keyring
	// Version is the program's.
	Version string
	Clock   clock.Clock
	Log     *slog.Logger
	// Out hears of what goes on, in Spanish; nil discards it.
	Out io.Writer
}

// Service makes, looks at and restores copies.
type Service struct{ o Options }

// New makes a service. It reaches nothing yet.
func New(o Options) *Service {
	if o.Out == nil {
		o.Out = io.Discard
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{o: o}
}
