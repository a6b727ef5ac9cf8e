package backup

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
)

// LatestName is the word that names the newest copy.
const LatestName = "latest"

// Found is a copy and where it lies.
type Found struct {
	Archive
	// Place is directory or s3.
	Place string
	in    shelf
}

// List gives the copies of every place, newest first in each.
func (s *Service) List(ctx context.Context) ([]Found, error) {
	places, err := s.shelves()
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, place := range places {
		all, err := place.list(ctx)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			out = append(out, Found{Archive: a, Place: place.kind(), in: place})
		}
	}
	return out, nil
}

// find looks for a copy by its path, its name or the word latest.
func (s *Service) find(ctx context.Context, ref string) (Found, error) {
	if strings.ContainsRune(ref, filepath.Separator) {
		at, _ := parseName(filepath.Base(ref))
		info, err := os.Stat(ref)
		if err != nil {
			return Found{}, absent(err)
		}
		return Found{
			Archive: Archive{Name: filepath.Base(ref), Bytes: info.Size(), At: at},
			Place:   folder{}.kind(), in: folder{filepath.Dir(ref)},
		}, nil
	}
	all, err := s.List(ctx)
	if err != nil {
		return Found{}, err
	}
	var best Found
	for _, f := range all {
		if f.Name == ref {
			return f, nil
		}
		if f.At.After(best.At) {
			best = f
		}
	}
	if ref == LatestName && best.in != nil {
		return best, nil
	}
	return Found{}, fault("not_found", "No hay un respaldo con ese nombre. «historias backup list» muestra los que hay.")
}

// read reads a copy to its end.
func (s *Service) read(ctx context.Context, f Found, who []age.Identity, to take) (contents, error) {
	from, err := f.in.open(ctx, f.Name)
	if err != nil {
		return contents{}, err
	}
	defer func() { _ = from.Close() }()
	return read(stoppable{ctx, from}, who, s.o.Keys, to)
}

// stoppable ends a reading when its context ends.
type stoppable struct {
	ctx  context.Context //nolint:containedctx // an io.Reader has no other way to hear of it
	from io.Reader
}

func (r stoppable) Read(into []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, &receiverError{err}
	}
	return r.from.Read(into)
}
