package prescription

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/errs"
	"historias/internal/vault"
)

// Option is a product that may stand in the place of another.
type Option struct {
	Medicine
	Form          string
	Concentration string
	Route         string
	// Favourite says that the caller uses it or pinned it.
	Favourite bool
}

// mostOptions bounds the candidates that are compared with the allergies.
const mostOptions = 300

// Alternatives gives products that may take the place of an item of a draft:
// other substances, and none of which the patient's allergies warn, neither by
// substance or class nor by a class that crosses. Without text they are those of
// the same therapeutic use (ATC), the nearest first and those of the item's route
// before others; with text, what a search of the catalog finds. An item whose
// substances have no ATC code has none without text.
//
// errs.NotFound("prescription") also for an item that the draft does not have;
// 403 prescription.not_author; 409 prescription.already_signed,
// prescription.discarded.
func (s *Service) Alternatives(ctx context.Context, id, item uuid.UUID, text string, limit int) ([]Option, error) {
	h, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := writable(h.Prescription, actor.Must(ctx).UserID); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(h.content.Items, func(i Item) bool { return i.ID == item })
	if at < 0 {
		return nil, errs.NotFound("prescription")
	}
	c, err := s.consider(ctx, Prescriber{}, h.subject, h.content.Items[at:at+1])
	if err != nil {
		return nil, err
	}
	found, err := s.safe(ctx, c, text)
	if err != nil {
		return nil, err
	}
	if err := s.deps.Trail.Record(ctx, event(audit.PrescriptionRead, h.Prescription)); err != nil {
		return nil, err
	}
	return found[:min(len(found), limit)], nil
}

// safe gives the alternatives to the one item of a case.
func (s *Service) safe(ctx context.Context, c Case, text string) ([]Option, error) {
	item := c.Items[0]
	product := c.Products[item.ID]
	codes := product.codes()
	found, err := s.deps.Catalog.Alternatives(ctx, codes, text, mostOptions)
	if err != nil {
		return nil, errs.Internal("prescription: alternatives", err)
	}
	asked := make([]Item, len(found))
	for n, o := range found {
		asked[n] = Item{ID: vault.NewID(), MedicationID: o.ID, GenericName: o.GenericName}
	}
	products, err := s.products(ctx, asked)
	if err != nil {
		return nil, err
	}
	out := make([]Option, 0, len(found))
	for n, i := range asked {
		p := products[i.ID]
		if !p.shares(product) && len(allergyAlerts(c, i, p)) == 0 {
			out = append(out, found[n])
		}
	}
	if strings.TrimSpace(text) == "" {
		nearest(out, codes, fold(item.Route))
	}
	return out, nil
}

// nearest puts the products of the nearest use first, and among them those of
// the same route.
func nearest(found []Option, codes []string, route string) {
	slices.SortStableFunc(found, func(a, b Option) int {
		return cmp.Or(cmp.Compare(likeness(b.ATC, codes), likeness(a.ATC, codes)),
			cmp.Compare(otherRoute(a, route), otherRoute(b, route)))
	})
}

func otherRoute(o Option, route string) int {
	if fold(o.Route) == route {
		return 0
	}
	return 1
}

// The levels of the ATC classification that say what a medicine is for, by the
// length of their codes: J01CA penicillins of extended spectrum, J01C penicillins,
// J01 antibacterials.
var atcLevels = []int{5, 4, 3}

// likeness is the length of the nearest level that a code shares with any of
// others, 0 where they share none.
func likeness(code string, others []string) int {
	for _, n := range atcLevels {
		same := func(o string) bool { return len(o) >= n && len(code) >= n && o[:n] == code[:n] }
		if slices.ContainsFunc(others, same) {
			return n
		}
	}
	return 0
}

// codes gives the ATC codes of the substances of a product, each once.
func (p Product) codes() []string {
	var out []string
	for _, i := range p.Ingredients {
		out = append(out, i.ATC...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// shares tells whether two products have a substance in common.
func (p Product) shares(other Product) bool {
	return slices.ContainsFunc(p.Ingredients, func(a Ingredient) bool {
		return slices.ContainsFunc(other.Ingredients, func(b Ingredient) bool { return a.Name == b.Name })
	})
}
