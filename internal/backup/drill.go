package backup

import (
	"context"
	"errors"
	"os"
)

// Proof looks at a restored copy as the program would: it opens what is sealed and
// verifies the audit chains. It gets a database address and a DATA_DIR of its own.
type Proof func(ctx context.Context, address, dataDir string) error

// Drill restores the newest copy into a scratch database, compares it with its
// manifest, has it proved, drops it and records the date. elsewhere is an empty
// database to use instead, where this user may not create one; it is emptied again.
func (s *Service) Drill(ctx context.Context, schema int64, elsewhere string, proof Proof) (Verified, error) {
	f, err := s.find(ctx, LatestName)
	if err != nil {
		return Verified{}, err
	}
	var v Verified
	err = s.recorded(ctx, KindDrill, f.Name, f.Place, func() (int64, error) {
		v, err = s.drill(ctx, f.Name, schema, elsewhere, proof)
		return v.Bytes, err
	})
	return v, err
}

func (s *Service) drill(ctx context.Context, name string, schema int64, address string, proof Proof) (v Verified, err error) {
	drop := func() error { return s.clear(context.WithoutCancel(ctx), address) }
	if address == "" {
		if address, drop, err = s.scratch(ctx); err != nil {
			return v, err
		}
	} else if err := s.unused(ctx, address); err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	dir, err := os.MkdirTemp("", "historias-drill-")
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	v, err = s.Load(ctx, name, Target{DatabaseURL: address, DataDir: dir, Schema: schema})
	if err != nil {
		return v, err
	}
	s.say("Lo restaurado coincide con el manifiesto: %d tablas, %d filas.", len(v.Tables), v.Rows())
	return v, proof(ctx, address, dir)
}

// unused refuses a database of drills that holds something, before anything in it
// could be cleared.
func (s *Service) unused(ctx context.Context, address string) error {
	db, err := connect(ctx, address)
	if err != nil {
		return err
	}
	defer db.end(ctx)
	return db.mustBeEmpty(ctx)
}
