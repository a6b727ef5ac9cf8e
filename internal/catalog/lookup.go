package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"historias/internal/db"
)

// DiagnosesByCode gives the active codes of CIE-10 among these; what does not
// exist is left out. The code counts as it stands in the catalog ("E11.9").
func (s *Service) DiagnosesByCode(ctx context.Context, codes []string) (map[string]Diagnosis, error) {
	out := make(map[string]Diagnosis, len(codes))
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var d Diagnosis
			err := r.Scan(&d.Code, &d.Label, &d.Parent, &d.Sex, &d.Version)
			out[d.Code] = d
			return err
		}, `select code, label, parent, sex, version from diagnoses where active and code = any($1)`, codes)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: by code: %w", err)
	}
	return out, nil
}

// Diagnosis gives one code; ok is false where CIE-10 does not have it.
func (s *Service) Diagnosis(ctx context.Context, code string) (d Diagnosis, ok bool, err error) {
	found, err := s.DiagnosesByCode(ctx, []string{code})
	d, ok = found[code]
	return d, ok, err
}

// Product is a medicine of the catalog, with whether a later version withdrew it.
type Product struct {
	Medication
	Withdrawn bool
}

const (
	productColumns = `m.id, m.generic_name, m.form, m.concentration, m.route, m.atc, m.antibiotic, m.fraction, m.version, not m.active`
	productsByID   = `select ` + productColumns + ` from medications m where m.id = any($1::uuid[])`
	// folded begins with the folded generic name, so a range of it finds the
	// name; the longer names that also begin with it are left out afterwards.
	productsByName = `select ` + productColumns + ` from unnest($1::text[]) n join medications m
 on m.folded >= n collate "C" and m.folded < (n || chr(1114111)) collate "C" where m.active order by m.folded, m.id`
)

// Products gives medicines by their ids, withdrawn ones too, and those of some
// generic names, folded (Fold) in the answer, in one round trip. What does not
// exist is left out.
func (s *Service) Products(ctx context.Context, ids []uuid.UUID, names []string) (byID map[uuid.UUID]Product, byName map[string][]Product, err error) {
	byID, byName = map[uuid.UUID]Product{}, map[string][]Product{}
	folded := make([]string, 0, len(names))
	for _, name := range names {
		if name = fold(clip(name)); name != "" && !slices.Contains(folded, name) {
			folded = append(folded, name)
		}
	}
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(products(func(p Product) { byID[p.ID] = p }), productsByID, ids)
		q.All(products(func(p Product) {
			if name := fold(p.GenericName); slices.Contains(folded, name) {
				byName[name] = append(byName[name], p)
			}
		}), productsByName, folded)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("catalog: products: %w", err)
	}
	return byID, byName, nil
}

func products(keep func(Product)) func(db.Row) error {
	return func(r db.Row) error {
		var p Product
		err := r.Scan(&p.ID, &p.GenericName, &p.Form, &p.Concentration, &p.Route, &p.ATC, &p.Antibiotic, &p.Fraction, &p.Version, &p.Withdrawn)
		keep(p)
		return err
	}
}

// Fold gives a text as the catalogs compare it: lower case, no accents, words
// joined by single blanks.
func Fold(text string) string { return fold(text) }

// Substances finds the generic names of medicines by the beginnings of their
// words, the shortest first; of a combination each substance stands alone.
func (s *Service) Substances(ctx context.Context, text string, limit int) ([]string, error) {
	typed := query(clip(text))
	if len(typed) == 0 {
		return []string{}, nil
	}
	var found []string
	err := s.db.Read(ctx, func(q *db.Reader) error {
		st := &statement{}
		sql := fmt.Sprintf(`with hit as (%s) select distinct m.generic_name from medications m join hit on m.id::text = hit.ref where m.active`,
			st.asked(terms(typed)))
		q.All(func(r db.Row) error {
			var name string
			err := r.Scan(&name)
			found = append(found, name)
			return err
		}, sql, st.args...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: substances: %w", err)
	}
	alone := single(found, terms(typed))
	return alone[:min(len(alone), size(limit))], nil
}

// single takes combinations apart and keeps the substances that were looked for.
func single(names []string, asked []term) []string {
	var out []string
	for _, name := range names {
		for _, part := range strings.Split(name, "/") {
			part = strings.TrimSpace(part)
			if upper := []rune(part); len(upper) > 0 {
				part = strings.ToUpper(string(upper[:1])) + string(upper[1:])
			}
			if part != "" && satisfies(words(part), asked) && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return out
}

func satisfies(words []string, asked []term) bool {
	return !slices.ContainsFunc(asked, func(t term) bool { return !t.in(words) })
}

// has tells whether each of the beginnings begins a word.
func has(words, beginnings []string) bool {
	for _, b := range beginnings {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, b) }) {
			return false
		}
	}
	return true
}
