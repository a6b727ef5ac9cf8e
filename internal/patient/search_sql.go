package patient

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// How a search stays fast among 100,000 patients.
//
// Without words the list is a walk along patients_by_recency. With words there
// are two ways. Few people have a rare beginning: they are read and sorted. Very
// many have "ma": reading them all to sort them would be slow, but the most
// recent ones come up soon on the walk, each candidate probed for the words. So
// the hits are first counted up to a bound, and that decides.
//
// Two words of three letters or more have a token together (pairs.go), which is
// one short stretch of the index. Other tokens are combined in one of two ways.
// When few people have the rarest one, each of them is probed for the others;
// when all are common, their stretches of the index, which are in the order of
// patients, are merged.
//
// Hits are sorted by the key of patients alone, which carries what a list sorts
// by; the letters that a pair does not hold are probed in the order of the list
// until the page is full, and only its rows are read.
//
// Every statement runs under its generic plan: its shape is right for all
// values, and planning it anew each time would cost more than running it. The
// limits are written out because the planner must know them. Probes are
// subqueries that it cannot turn into joins, and joins are never nested: without
// statistics (a database just restored) that would be a square.

// planning applies to the transaction. Compiling (jit) would take longer than
// the longest search: the planner's costs here are those of the way not taken.
const planning = `select set_config('plan_cache_mode', 'force_generic_plan', true),
 set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`

// few is how many people are read and sorted, or probed one by one; with more,
// walking or counting takes less.
const few = "1000"

// hitsOfOne are a stretch of the index.
const hitsOfOne = `hits as materialized (
 select t.patient_id from patient_tokens t
 where t.clinic_id = $1 and t.token = ($2::bigint[])[1] limit ` + few + ` + 1)`

// hitsOfMany probes those who have the rarest word, or merges; %join brings in
// the words after the first.
const hitsOfMany = `rarest as materialized (
 select w.token, w.size, array_remove($2::bigint[], w.token) as others from (
  select q.token, q.ord, (select count(*) from (select from patient_tokens t
   where t.clinic_id = $1 and t.token = q.token limit ` + few + ` + 1) n) as size
  from unnest($2::bigint[]) with ordinality q(token, ord)) w
 order by w.size, w.ord limit 1),
 hits as materialized ((
 select t.patient_id from patient_tokens t
 where t.clinic_id = $1 and t.token = (select token from rarest) and (select size from rarest) <= ` + few + `
 and (select count(*) from patient_tokens x where x.clinic_id = $1 and x.patient_id = t.patient_id
  and x.token = any((select others from rarest)::bigint[])) = cardinality($2::bigint[]) - 1
 ) union all (
 select t.patient_id from patient_tokens t%join
 where t.clinic_id = $1 and t.token = ($2::bigint[])[1] and (select size from rarest) > ` + few + `
 ) limit ` + few + ` + 1)`

// hitsSQL finds those who have every token, up to the bound.
func hitsSQL(tokens int) string {
	if tokens == 1 {
		return hitsOfOne
	}
	var join strings.Builder
	for i := 2; i <= tokens; i++ {
		fmt.Fprintf(&join, ` join patient_tokens t%[1]d on t%[1]d.clinic_id = $1 and t%[1]d.token = ($2::bigint[])[%[1]d]
  and t%[1]d.patient_id = t.patient_id`, i)
	}
	return strings.Replace(hitsOfMany, "%join", join.String(), 1)
}

// hasAll probes a patient of the walk for every token, hasRest a hit for those
// that did not bring it in.
const (
	hasAll = ` and (select count(*) from patient_tokens x where x.clinic_id = $1 and x.patient_id = p.id
 and x.token = any((select $2::bigint[] || $5::bigint[])::bigint[])) = cardinality($2::bigint[]) + cardinality($5::bigint[])`
	hasRest = ` where (select count(*) from patient_tokens x where x.clinic_id = $1 and x.patient_id = s.id
 and x.token = any($5::bigint[])) = cardinality($5::bigint[])`
)

const inOrder = ` order by last_seen_at desc, id desc limit `

// latest is where a list begins: after everybody.
var latest = bookmark{Seen: time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC), ID: uuid.Max}

// searchSQL gives the statement that reads up to width candidates of a scope
// and its arguments. Its text depends on the kind of search and on closed lists
// only; what somebody typed travels as arguments.
func (sc scope) searchSQL(clinic uuid.UUID, width int) (string, []any) {
	from := latest
	if sc.from != nil {
		from = *sc.from
	}
	limit := strconv.Itoa(width)
	after := ` and (p.last_seen_at, p.id) < ($3, $4)`
	switch {
	case sc.query.number > 0:
		return `select ` + listedColumns + ` from patients p where p.clinic_id = $1 and p.record_number = $2` +
			after + sc.states(), []any{clinic, sc.query.number, from.Seen, from.ID}
	case len(sc.query.tokens) > 0:
		return sc.byTokens(after, limit), []any{clinic, sc.query.tokens, from.Seen, from.ID, sc.query.rest()}
	}
	after = strings.NewReplacer("$3", "$2", "$4", "$3").Replace(after)
	return `select * from (` + sc.walk(after, limit) + `) found` + inOrder + limit, []any{clinic, from.Seen, from.ID}
}

// byTokens reads the few who have the tokens, or walks among the many. Offset 0
// keeps the planner from looking for the few along another index.
func (sc scope) byTokens(after, limit string) string {
	sorted := ` sorted as materialized (select p.id, p.last_seen_at from patients p
  where p.clinic_id = $1 and p.id = any(array(select patient_id from hits))
  and (select count(*) from hits) <= ` + few + after + sc.states() + ` order by last_seen_at desc, id desc offset 0)`
	read := `select ` + listedColumns + ` from patients p where p.clinic_id = $1 and p.id = any(array(
  select s.id from sorted s` + hasRest + inOrder + limit + `))`
	walked := sc.walk(after+` and (select count(*) from hits) > `+few+hasAll, limit)
	return `with ` + hitsSQL(len(sc.query.tokens)) + `,` + sorted + ` select * from ((` + read + `) union all ` + walked +
		`) found` + inOrder + limit
}

// walk goes along the index of recency, once for each state and consent asked
// for, so that each part comes in order.
func (sc scope) walk(condition, limit string) string {
	var parts []string
	for _, status := range sc.statuses {
		at := ` and p.status = '` + string(status) + `'`
		for _, consent := range sc.consentParts() {
			parts = append(parts, `(select `+listedColumns+` from patients p where p.clinic_id = $1`+
				at+consent+condition+inOrder+limit+`)`)
		}
	}
	return strings.Join(parts, ` union all `)
}

func (sc scope) consentParts() []string {
	if sc.consents == nil {
		return []string{""}
	}
	var parts []string
	for _, consent := range sc.consents {
		parts = append(parts, ` and p.consent_status = '`+string(consent)+`'`)
	}
	return parts
}

// states is the filter of states as a condition.
func (sc scope) states() string {
	condition := ` and p.status in (` + quoted(sc.statuses) + `)`
	if sc.consents != nil {
		condition += ` and p.consent_status in (` + quoted(sc.consents) + `)`
	}
	return condition
}

// quoted writes constants of this package, never what somebody typed.
func quoted[T ~string](words []T) string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		out = append(out, `'`+string(word)+`'`)
	}
	return strings.Join(out, ", ")
}
