package catalog

import (
	"context"

	"historias/internal/actor"
	"historias/internal/db"
)

// The limits of a search. The lists that a form shows whole, states, countries
// and specialties, fit into MaxLimit.
const (
	DefaultLimit = 20
	MaxLimit     = 300
)

// Service searches the catalogs. Every method takes the words as they were typed
// and gives the best answers first, at most limit of them (DefaultLimit when it
// is not positive, never more than MaxLimit). A search that finds nothing is an
// empty list, not an error. The context must carry an actor; any will do.
type Service struct {
	db *db.DB
}

// New makes the service.
func New(d *db.DB) *Service { return &Service{db: d} }

func size(limit int) int {
	if limit <= 0 {
		return DefaultLimit
	}
	return min(limit, MaxLimit)
}

// Diagnoses finds codes of CIE-10 by the code, with or without its dot, by the
// beginnings of words of the label, or by what people say ("presión alta"). The
// code itself comes first, then the caller's favourites among what was found,
// then exactly what people say, then labels that begin with the first word,
// shorter ones before longer ones. Without words it gives her favourites:
// nobody reads fourteen thousand codes.
func (s *Service) Diagnoses(ctx context.Context, text string, limit int) ([]Diagnosis, error) {
	text = clip(text)
	typed := query(text)
	scan := func(r db.Row) (d Diagnosis, err error) {
		err = r.Scan(&d.Code, &d.Label, &d.Parent, &d.Sex, &d.Version, &d.Favourite)
		return d, err
	}
	return collect(ctx, s.db, scan, func(q *db.Reader, each func(db.Row) error) {
		if len(typed) == 0 {
			q.All(each, selectFavouriteDiagnoses, actor.Clinic(ctx), actor.Must(ctx).UserID, size(limit))
			return
		}
		diagnoses(ctx, q, code(text), fold(text), typed, size(limit), each)
	})
}

// Medications finds products by the beginnings of words of the substance, the
// form, the concentration or the ATC code ("amox susp 250"), and by the common
// names of substances (mx.CommonNames: "dipirona", "vitamina c"); the caller's
// favourites come first. Without words it gives her favourites.
func (s *Service) Medications(ctx context.Context, text string, limit int) ([]Medication, error) {
	typed := query(clip(text))
	return collect(ctx, s.db, scanMedication, func(q *db.Reader, each func(db.Row) error) {
		if len(typed) == 0 {
			q.All(each, selectFavouriteMedications, actor.Clinic(ctx), actor.Must(ctx).UserID, size(limit))
			return
		}
		medications(ctx, q, typed, size(limit), each)
	})
}

func scanMedication(r db.Row) (m Medication, err error) {
	err = r.Scan(&m.ID, &m.GenericName, &m.Form, &m.Concentration, &m.Route, &m.ATC, &m.Antibiotic, &m.Fraction, &m.Version, &m.Favourite)
	return m, err
}

// therapeutic is the length of the ATC codes that say what a medicine is for: J01,
// antibacterials for systemic use.
const therapeutic = 3

// SameUse gives the active products of the therapeutic groups of some ATC codes,
// the caller's favourites first, then by name.
func (s *Service) SameUse(ctx context.Context, codes []string, limit int) ([]Medication, error) {
	groups := make([]string, 0, len(codes))
	for _, code := range codes {
		if len(code) >= therapeutic {
			groups = append(groups, code[:therapeutic])
		}
	}
	if len(groups) == 0 {
		return []Medication{}, nil
	}
	return collect(ctx, s.db, scanMedication, func(q *db.Reader, each func(db.Row) error) {
		sameUse(ctx, q, groups, size(limit), each)
	})
}

// Studies finds laboratory and imaging studies by the beginnings of words of
// their name or group. Without words it gives the first of the alphabet.
func (s *Service) Studies(ctx context.Context, text string, limit int) ([]Study, error) {
	const columns = "code, name, study_group, kind, specimen, preparation, version"
	scan := func(r db.Row) (x Study, err error) {
		err = r.Scan(&x.Code, &x.Name, &x.Group, &x.Kind, &x.Specimen, &x.Preparation, &x.Version)
		return x, err
	}
	return collect(ctx, s.db, scan, func(q *db.Reader, each func(db.Row) error) {
		list(q, KindStudies, columns, "code", query(clip(text)), size(limit), each)
	})
}

// States finds states by the beginnings of words of their name, or by their code.
// Without words it gives all, by name.
func (s *Service) States(ctx context.Context, text string, limit int) ([]State, error) {
	scan := func(r db.Row) (x State, err error) {
		err = r.Scan(&x.Code, &x.Name, &x.CURPCode)
		return x, err
	}
	return collect(ctx, s.db, scan, func(q *db.Reader, each func(db.Row) error) {
		list(q, KindStates, "code, name, curp_code", "code", query(clip(text)), size(limit), each)
	})
}

// Countries finds countries by the beginnings of words of their name, or by their
// code. Without words it gives them by name.
func (s *Service) Countries(ctx context.Context, text string, limit int) ([]Country, error) {
	scan := func(r db.Row) (x Country, err error) {
		err = r.Scan(&x.Code, &x.Name)
		return x, err
	}
	return collect(ctx, s.db, scan, func(q *db.Reader, each func(db.Row) error) {
		list(q, KindCountries, "code, name", "code", query(clip(text)), size(limit), each)
	})
}

// Specialties finds fields of practice by the beginnings of words of their name.
// Without words it gives them by name.
func (s *Service) Specialties(ctx context.Context, text string, limit int) ([]Specialty, error) {
	scan := func(r db.Row) (x Specialty, err error) {
		err = r.Scan(&x.Code, &x.Name, &x.Profession)
		return x, err
	}
	return collect(ctx, s.db, scan, func(q *db.Reader, each func(db.Row) error) {
		list(q, KindSpecialties, "code, name, profession", "code", query(clip(text)), size(limit), each)
	})
}
