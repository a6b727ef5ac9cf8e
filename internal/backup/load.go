package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"time"

	"filippo.io/age"
)

// Target is where a copy is restored to.
type Target struct {
	// DatabaseURL connects directly to an empty database, as its owner or a superuser.
	DatabaseURL string
	// DataDir is where files go; it must hold none.
	DataDir string
	// Schema is the newest migration that this program knows.
	Schema int64
}

// Load brings a copy back into an empty database and an empty DATA_DIR, in one
// transaction, and compares what arrived with the manifest. Until Open is called
// the database is marked: no program serves it, since sessions that were ended
// later are still open in it and erasures that came later are not applied.
func (s *Service) Load(ctx context.Context, ref string, to Target) (Verified, error) {
	db, err := connect(ctx, to.DatabaseURL)
	if err != nil {
		return Verified{}, err
	}
	defer db.end(ctx)
	if err := errors.Join(db.mustBeEmpty(ctx), noFiles(to.DataDir)); err != nil {
		return Verified{}, err
	}
	v, toc, err := s.inspect(ctx, ref)
	if err != nil {
		return v, err
	}
	if err := acceptable(v, to); err != nil {
		return v, err
	}
	s.say("El respaldo está completo y es de esta instalación: %s, esquema %d, %d filas.", v.At.Format(time.RFC3339), v.Schema, v.Rows())
	t, err := s.findTools(ctx, max(db.server, v.Server))
	if err != nil {
		return v, err
	}
	if err := errors.Join(db.ensureRole(ctx, v.AppRole), db.mark(ctx)); err != nil {
		return v, err
	}
	if err := s.load(ctx, v, t, toc, to); err != nil {
		return v, errors.Join(err, db.Open(context.WithoutCancel(ctx)))
	}
	if err := db.adopt(ctx, v.AppRole); err != nil {
		return v, err
	}
	return v, db.compare(ctx, v.Manifest)
}

// acceptable refuses what this program must not restore.
func acceptable(v Verified, to Target) error {
	switch {
	case !v.Proved:
		return fault("no_master", "Falta MEDICAL_ENCRYPTION_KEY: sin ella no se sabe si el respaldo es de esta instalación ni se podría leer.")
	case v.Schema > to.Schema:
		return fault("too_new", fmt.Sprintf("El respaldo es de una versión más nueva (%s, esquema %d; este programa conoce hasta el %d). Instale esa versión o una posterior y vuelva a intentar.", v.Program, v.Schema, to.Schema))
	}
	return nil
}

// load feeds pg_restore and places the files. What fails leaves the database empty.
func (s *Service) load(ctx context.Context, v Verified, t tools, toc []byte, to Target) error {
	who, err := identities(s.o.Config.Identity)
	if err != nil {
		return err
	}
	list, err := wanted(toc)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(list) }()
	cmd, err := t.command(ctx, "pg_restore", to.DatabaseURL, "--format=custom", "--use-list="+list, "--single-transaction",
		"--exit-on-error", "--no-owner", "--no-tablespaces", "--enable-row-security")
	if err != nil {
		return err
	}
	var said lastWords
	cmd.Stderr = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := s.place(ctx, v, who, stdin, to.DataDir)
	_ = stdin.Close() // it has ended where this fails
	if err := cmd.Wait(); err != nil {
		return s.notLoaded(ctx, err, &said)
	}
	return received(readErr)
}

func (s *Service) notLoaded(ctx context.Context, err error, said *lastWords) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return faultOf(err, "pg_restore", "pg_restore no pudo restaurar la base de datos, que queda vacía como estaba. "+said.first())
}

// place reads the copy once more, the dump into a process and files into DATA_DIR.
func (s *Service) place(ctx context.Context, v Verified, who []age.Identity, dump io.Writer, dataDir string) error {
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return err
	}
	root, err := os.OpenRoot(dataDir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	put := placer(root)
	// pg_restore may stop reading once it has what the list names.
	_, err = s.read(ctx, v.Found, who, take{
		dump: &indifferent{to: dump},
		file: func(name string) (io.WriteCloser, error) { return put(name) },
	})
	return err
}

// unwanted are the entries of a dump that name its owner: here somebody else may
// own the database, so adopt makes them anew.
var unwanted = regexp.MustCompile(`^\d+; \d+ \d+ (POLICY \S+ \S+ maintenance |DEFAULT ACL |EVENT TRIGGER |COMMENT - EXTENSION )`)

// wanted writes the list of entries to restore into a file, as pg_restore asks.
func wanted(toc []byte) (string, error) {
	var kept [][]byte
	for line := range bytes.Lines(toc) {
		if !unwanted.Match(line) {
			kept = append(kept, line)
		}
	}
	f, err := os.CreateTemp("", "historias-restore-*.list")
	if err != nil {
		return "", err
	}
	_, err = f.Write(slices.Concat(kept...))
	return f.Name(), errors.Join(err, f.Close())
}
