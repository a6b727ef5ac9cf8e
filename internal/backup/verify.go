package backup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"

	"filippo.io/age"
)

// Verified is what a look at a whole copy tells.
type Verified struct {
	Found
	Manifest
	// Proved says that the stamp was compared with the master key; it is false where
	// none is configured.
	Proved bool
}

// Verify decrypts a copy, compares every byte with the manifest and has pg_restore
// read its table of contents. Where a database is configured it is recorded there.
func (s *Service) Verify(ctx context.Context, ref string) (Verified, error) {
	var v Verified
	work := func() (n int64, err error) {
		v, _, err = s.inspect(ctx, ref)
		return v.Bytes, err
	}
	f, err := s.find(ctx, ref)
	if err != nil {
		return v, err
	}
	if s.o.DatabaseURL == "" {
		_, err := work()
		return v, err
	}
	return v, s.recorded(ctx, KindVerify, recordable(f.Name), f.Place, work)
}

// recordable is a name as backup_runs keeps it.
func recordable(name string) string {
	if _, ok := parseName(name); ok {
		return name
	}
	return ""
}

// inspect is Verify without a record; it gives the table of contents too.
func (s *Service) inspect(ctx context.Context, ref string) (Verified, []byte, error) {
	v := Verified{}
	who, err := identities(s.o.Config.Identity)
	if err != nil {
		return v, nil, err
	}
	if v.Found, err = s.find(ctx, ref); err != nil {
		return v, nil, err
	}
	t, err := s.newestTools(ctx)
	if err != nil {
		return v, nil, err
	}
	toc, err := s.tableOfContents(ctx, t, &v, who)
	return v, toc, err
}

func (s *Service) tableOfContents(ctx context.Context, t tools, v *Verified, who []age.Identity) ([]byte, error) {
	lister := exec.CommandContext(ctx, filepath.Join(t.dir, "pg_restore"), "--list")
	var toc bytes.Buffer
	lister.Stdout = &toc
	stdin, err := lister.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := lister.Start(); err != nil {
		return nil, err
	}
	c, err := s.read(ctx, v.Found, who, take{dump: &indifferent{to: stdin}})
	_ = stdin.Close() // it may have ended by itself, having seen enough
	listed := lister.Wait()
	if err != nil {
		return nil, received(err)
	}
	if listed != nil {
		return nil, faultOf(listed, "unreadable_dump", "pg_restore no entiende la copia de la base de datos: se hizo con un PostgreSQL más nuevo que el de este equipo. Instale postgresql-client de esa versión.")
	}
	v.Manifest, v.Proved = c.Manifest, c.Proved
	return toc.Bytes(), nil
}

// received takes the mark off an error of whoever took a member.
func received(err error) error {
	if r, ok := errors.AsType[*receiverError](err); ok {
		return r.cause
	}
	return err
}

// indifferent writes as long as somebody reads: the table of contents is at the
// beginning, and what reads only that ends early.
type indifferent struct {
	to   io.Writer
	over bool
}

func (w *indifferent) Write(raw []byte) (int, error) {
	if !w.over {
		_, err := w.to.Write(raw)
		w.over = err != nil
	}
	return len(raw), nil
}

// newestTools are for looking at a copy before its version is known.
func (s *Service) newestTools(ctx context.Context) (tools, error) {
	var all []tools
	for _, dir := range s.toolDirs() {
		if t, ok := openTools(ctx, dir); ok {
			all = append(all, t)
		}
	}
	if len(all) == 0 {
		return tools{}, fault("no_pg_dump", "No se encontró pg_restore en este equipo. Instálelo (sudo apt-get install postgresql-client) o indique su carpeta con PG_BIN_DIR.")
	}
	return slices.MaxFunc(all, func(a, b tools) int { return a.major - b.major }), nil
}
