package backup

import (
	"context"
	"io"
)

// shelf is a place where copies lie. Its methods give Errors that say what to do.
type shelf interface {
	// put writes a whole copy under its final name, or nothing.
	put(ctx context.Context, name string, fill func(io.Writer) error) (int64, error)
	list(ctx context.Context) ([]Archive, error)
	open(ctx context.Context, name string) (io.ReadCloser, error)
	remove(ctx context.Context, name string) error
	// kind is directory or s3.
	kind() string
}

// shelves are the configured places, the folder first.
func (s *Service) shelves() ([]shelf, error) {
	var out []shelf
	if s.o.Config.Dir != "" {
		out = append(out, folder{s.o.Config.Dir})
	}
	if s.o.Config.S3URL != "" {
		b, err := openBucket(s.o.Config)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		return nil, fault("no_place", "Falta BACKUP_DIR o BACKUP_S3_URL: no se sabe dónde guardar los respaldos.")
	}
	return out, nil
}

// placeOf is what backup_runs says about where a copy went.
func placeOf(all []shelf) string {
	if len(all) > 1 {
		return "both"
	}
	return all[0].kind()
}
