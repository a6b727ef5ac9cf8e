package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/google/uuid"
)

// Create makes a copy in every configured place and deletes those that are older
// than BACKUP_RETENTION_DAYS. The error says what to do; nothing stays under a
// final name that is not whole.
func (s *Service) Create(ctx context.Context) (Archive, error) {
	who, err := recipients(s.o.Config.Recipients)
	if err != nil {
		return Archive{}, err
	}
	places, err := s.shelves()
	if err != nil {
		return Archive{}, err
	}
	from, err := connect(ctx, s.o.DatabaseURL)
	if err != nil {
		return Archive{}, err
	}
	defer from.end(ctx)
	if err := from.lock(ctx); err != nil {
		return Archive{}, err
	}
	a := Archive{At: s.o.Clock.Now().UTC().Truncate(time.Second)}
	a.Name = nameAt(a.At)
	err = s.recorded(ctx, KindCreate, a.Name, placeOf(places), func() (int64, error) {
		a.Bytes, err = s.create(ctx, from, places, a, who)
		return a.Bytes, err
	})
	if err != nil {
		return Archive{}, err
	}
	return a, s.retain(ctx, places)
}

// create makes the copy once; a second place gets it from the first.
func (s *Service) create(ctx context.Context, from *source, places []shelf, a Archive, who []age.Recipient) (int64, error) {
	t, err := s.findTools(ctx, from.server)
	if err != nil {
		return 0, err
	}
	first := places[0]
	if f, ok := first.(folder); ok {
		f.clear(a.At)
	}
	n, err := first.put(ctx, a.Name, func(to io.Writer) error { return s.fill(ctx, from, t, a.At, to, who) })
	if err != nil {
		return 0, err
	}
	for _, next := range places[1:] {
		if err := hand(ctx, first, next, a.Name); err != nil {
			return n, err
		}
	}
	return n, s.keepErasures(ctx, from, places, a)
}

// hand copies a finished copy from one place to another.
func hand(ctx context.Context, from, to shelf, name string) error {
	_, err := to.put(ctx, name, func(w io.Writer) error {
		r, err := from.open(ctx, name)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, r)
		return errors.Join(err, r.Close())
	})
	return err
}

// fill writes the members of a copy.
func (s *Service) fill(ctx context.Context, from *source, t tools, at time.Time, to io.Writer, who []age.Recipient) error {
	w, err := newWriter(to, at, who...)
	if err != nil {
		return err
	}
	m := Manifest{Format: format, Program: s.o.Version, At: at}
	snapshot, err := from.snapshot(ctx)
	if err != nil {
		return err
	}
	if err := from.describe(ctx, &m); err != nil {
		return err
	}
	if err := s.dump(ctx, w, t, snapshot); err != nil {
		return err
	}
	if _, err := from.Exec(ctx, `commit`); err != nil {
		return err
	}
	if err := addFiles(w, s.o.DataDir); err != nil {
		return err
	}
	m.Members = w.members
	raw, err := m.encode(s.o.Keys)
	if err != nil {
		return err
	}
	if err := w.entry(memberManifest, raw); err != nil {
		return err
	}
	return w.close()
}

// dump runs pg_dump in the snapshot and writes what it says as it comes.
func (s *Service) dump(ctx context.Context, w *writer, t tools, snapshot string) error {
	cmd, err := t.command(ctx, "pg_dump", s.o.DatabaseURL, "--format=custom", "--enable-row-security",
		"--snapshot="+snapshot, "--lock-wait-timeout=60s", "--no-publications", "--no-subscriptions")
	if err != nil {
		return err
	}
	into := w.stream(memberDump)
	kept := &keeper{to: into}
	var said lastWords
	cmd.Stdout, cmd.Stderr = kept, &said
	if err := cmd.Run(); err != nil {
		switch {
		case kept.err != nil:
			return kept.err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		return faultOf(err, "pg_dump", "pg_dump no pudo copiar la base de datos. "+said.first())
	}
	return into.Close()
}

// keeper remembers the first failure of a writer: exec tells only of the process.
type keeper struct {
	to  io.Writer
	err error
}

func (k *keeper) Write(raw []byte) (int, error) {
	n, err := k.to.Write(raw)
	if err != nil && k.err == nil {
		k.err = err
	}
	return n, err
}

// retain deletes old copies in each place; the newest stays whatever its age.
func (s *Service) retain(ctx context.Context, places []shelf) error {
	for _, place := range places {
		all, err := place.list(ctx)
		if err != nil {
			return err
		}
		for _, old := range expired(all, s.o.Clock.Now(), s.o.Config.RetentionDays) {
			if err := errors.Join(place.remove(ctx, old.Name), place.remove(ctx, sidecar(old.Name))); err != nil {
				return faultOf(err, "retention", fmt.Sprintf("El respaldo se hizo, pero no se pudo borrar el antiguo %s. Revise los permisos.", old.Name))
			}
			s.say("Se borró %s, de hace más de %d días.", old.Name, s.o.Config.RetentionDays)
		}
	}
	return nil
}

func (s *Service) say(text string, args ...any) { fmt.Fprintf(s.o.Out, text+"\n", args...) }

// recorded does work and notes it in backup_runs, apart from the work's own
// transaction and on a connection for each note: hours may lie between the two.
func (s *Service) recorded(ctx context.Context, kind Kind, archive, place string, work func() (int64, error)) error {
	var id uuid.UUID
	err := s.noted(ctx, func(ctx context.Context, book *source) (err error) {
		id, err = book.begin(ctx, kind, archive, place, s.o.Clock.Now())
		return err
	})
	if err != nil {
		return err
	}
	n, failure := work()
	return errors.Join(failure, s.noted(context.WithoutCancel(ctx), func(ctx context.Context, book *source) error {
		return book.finish(ctx, id, s.o.Clock.Now(), n, failure)
	}))
}

// noted writes into backup_runs.
func (s *Service) noted(ctx context.Context, write func(context.Context, *source) error) error {
	book, err := connect(ctx, s.o.DatabaseURL)
	if err != nil {
		return err
	}
	defer book.end(ctx)
	return write(ctx, book)
}
