package catalog

import (
	"context"
	"fmt"
	"strings"

	"historias/internal/db"
)

// statement is a query under construction: its text and its arguments.
type statement struct {
	args []any
}

// arg adds an argument and gives its placeholder.
func (s *statement) arg(value any) string {
	s.args = append(s.args, value)
	return fmt.Sprintf("$%d", len(s.args))
}

// hits selects the refs of the rows that have, for each of the words, a word that
// begins with it.
func (s *statement) hits(catalog string, words []string) string {
	parts := make([]string, len(words))
	for i, word := range words {
		parts[i] = fmt.Sprintf(`select ref from catalog_words where catalog = %s and word >= %s and word < %s`,
			s.arg(catalog), s.arg(word), s.arg(end(word)))
	}
	return strings.Join(parts, " intersect ")
}

// asked selects the refs of the medicines that satisfy each of the terms.
func (s *statement) asked(terms []term) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		groups := make([]string, len(t))
		for n, words := range t {
			groups[n] = "(" + s.hits(string(KindMedications), words) + ")"
		}
		parts[i] = "(" + strings.Join(groups, " union ") + ")"
	}
	return strings.Join(parts, " intersect ")
}

// begins says whether a folded column begins with a word or a phrase.
func (s *statement) begins(column, with string) string {
	return fmt.Sprintf("%s >= %s and %s < %s", column, s.arg(with), column, s.arg(end(with)))
}

// list queues a search of one catalog: the rows whose label begins with the
// first word come first, then the shorter labels. Without words it is the whole
// catalog in the order of its labels.
func list(q *db.Reader, kind Kind, columns, key string, words []string, limit int, each func(db.Row) error) {
	s := &statement{}
	if len(words) == 0 {
		q.All(each, fmt.Sprintf(`select %s from %s t where active order by folded limit %s`, columns, kind, s.arg(limit)), s.args...)
		return
	}
	sql := fmt.Sprintf(`with hit as (%s) select %s from %s t join hit on t.%s = hit.ref where active
		order by (%s) desc, length(folded), folded, t.%s limit %s`,
		s.hits(string(kind), words), columns, kind, key, s.begins("folded", words[0]), key, s.arg(limit))
	q.All(each, sql, s.args...)
}

// medications queues the search of the products: favourites first, then as in
// every list.
func medications(ctx context.Context, q *db.Reader, words []string, limit int, each func(db.Row) error) {
	s := &statement{}
	sql := fmt.Sprintf(`with hit as (%s) select t.id, t.generic_name, t.form, t.concentration, t.route, t.atc, t.antibiotic, t.fraction,
		t.version, f.code is not null from medications t join hit on t.id::text = hit.ref %s where t.active
		order by %s, (%s) desc, length(t.folded), t.folded, t.id limit %s`,
		s.asked(terms(words)), s.favourite(ctx, KindMedications, "t.id::text"), favouriteOrder,
		s.begins("t.folded", words[0]), s.arg(limit))
	q.All(each, sql, s.args...)
}

// sameUse queues the products of some therapeutic groups.
func sameUse(ctx context.Context, q *db.Reader, groups []string, limit int, each func(db.Row) error) {
	s := &statement{}
	sql := fmt.Sprintf(`select t.id, t.generic_name, t.form, t.concentration, t.route, t.atc, t.antibiotic, t.fraction,
		t.version, f.code is not null from medications t %s where t.active and left(t.atc, %d) = any(%s)
		order by %s, t.folded, t.id limit %s`,
		s.favourite(ctx, KindMedications, "t.id::text"), therapeutic, s.arg(groups), favouriteOrder, s.arg(limit))
	q.All(each, sql, s.args...)
}

// The ranks of a diagnosis among the answers, best first.
const (
	rankCode       = iota // the code itself was typed
	rankExpression        // exactly what people say for it
	rankCodeBegins
	rankLabelBegins // the label begins with the first word
	rankSaid        // what people say for it has the words
	rankWords
)

// diagnoses queues the search of the diagnoses by code, by the words of their
// labels and by what people say for them. said is the whole text, folded.
func diagnoses(ctx context.Context, q *db.Reader, code, said string, words []string, limit int, each func(db.Row) error) {
	s := &statement{}
	var found []string
	if code != "" {
		found = append(found, fmt.Sprintf(`select code, case when bare = %s then %d else %d end from diagnoses where %s`,
			s.arg(code), rankCode, rankCodeBegins, s.begins("bare", code)))
	}
	found = append(found,
		fmt.Sprintf(`select code, case when %s then %d else %d end from diagnoses where code in (%s)`,
			s.begins("folded", words[0]), rankLabelBegins, rankWords, s.hits(string(KindDiagnoses), words)),
		fmt.Sprintf(`select code, case when folded = %s then %d else %d end from diagnosis_synonyms where active and expression in (%s)`,
			s.arg(said), rankExpression, rankSaid, s.hits(synonyms, words)))
	sql := fmt.Sprintf(`with hit (code, rank) as (%s), best as (select code, min(rank) as rank from hit group by code)
		select d.code, d.label, d.parent, d.sex, d.version, f.code is not null from diagnoses d join best on best.code = d.code %s where d.active
		order by best.rank > %d, %s, best.rank, length(d.folded), d.folded, d.code limit %s`,
		strings.Join(found, " union all "), s.favourite(ctx, KindDiagnoses, "d.code"), rankCode, favouriteOrder, s.arg(limit))
	q.All(each, sql, s.args...)
}

// collect runs one queued search and gathers its rows.
func collect[T any](ctx context.Context, d *db.DB, scan func(db.Row) (T, error), queue func(q *db.Reader, each func(db.Row) error)) ([]T, error) {
	items := []T{}
	err := d.Read(ctx, func(q *db.Reader) error {
		queue(q, func(r db.Row) error {
			item, err := scan(r)
			items = append(items, item)
			return err
		})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: search: %w", err)
	}
	return items, nil
}
