package patient

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/audit"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/page"
)

// Filter says which records a list shows.
type Filter struct {
	// Query is what somebody typed: beginnings of names in any order, or a
	// CURP, phone, e-mail or record number. Empty lists everybody.
	Query string
	// Status is active (also when empty), archived or all.
	Status string
	// Consent is a ConsentStatus, missing (any but accepted), waiting (asked, not
	// answered and not failed), or empty for all.
	Consent string
	Page    page.Request
}

// The words of a filter that stand for several states.
const (
	filterAll     = "all"
	filterMissing = "missing"
	filterWaiting = "waiting"
)

// bookmark is the place of the last row examined, in the order of the list.
type bookmark struct {
	Seen time.Time `json:"s"`
	ID   uuid.UUID `json:"i"`
}

// scope is a filter understood.
type scope struct {
	query    query
	statuses []Status
	consents []ConsentStatus // nil for all
	from     *bookmark
	size     int
}

// Search lists records, the most recently seen first, as a page. Faults of the
// filter are errs.Invalid, a foreign cursor is page.ErrCursor. The ids shown go
// into the trail, what was typed does not.
func (s *Service) Search(ctx context.Context, f Filter) (page.List[Listed], error) {
	sc, err := s.understand(ctx, f)
	if err != nil {
		return page.List[Listed]{}, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return page.List[Listed]{}, err
	}
	list, err := s.find(ctx, sc, today)
	if err != nil {
		return page.List[Listed]{}, errs.Internal("patient: search", err)
	}
	return list, s.trail.Record(ctx, audit.Event{
		Action: audit.PatientSearched, SubjectType: "patient", Subjects: shown(list.Items),
	})
}

func shown(items []Listed) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(items))
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return ids
}

// understand reads a filter.
func (s *Service) understand(ctx context.Context, f Filter) (scope, error) {
	c := &checker{}
	sc := scope{size: f.Page.Size(), statuses: c.statuses(f.Status), consents: c.consents(f.Consent)}
	if err := errs.Invalid(c.faults...); err != nil {
		return scope{}, err
	}
	if f.Page.Cursor != "" {
		sc.from = &bookmark{}
		if err := page.Decode(f.Page.Cursor, sc.from); err != nil {
			return scope{}, err
		}
	}
	index, err := s.index(ctx)
	sc.query = parseQuery(f.Query, index)
	return sc, err
}

func (c *checker) statuses(word string) []Status {
	switch c.choice("status", word, []string{string(StatusActive), string(StatusArchived), filterAll}) {
	case filterAll:
		return []Status{StatusActive, StatusArchived}
	case string(StatusArchived):
		return []Status{StatusArchived}
	}
	return []Status{StatusActive}
}

func (c *checker) consents(word string) []ConsentStatus {
	options := []string{filterMissing, filterWaiting}
	var missing []ConsentStatus
	for _, status := range ConsentStatuses() {
		options = append(options, string(status))
		if status != consentAccepted {
			missing = append(missing, status)
		}
	}
	switch chosen := c.choice("consent", word, options); chosen {
	case "":
		return nil
	case filterMissing:
		return missing
	case filterWaiting:
		return []ConsentStatus{"requested", "queued", "sent", "delivered", "read"}
	default:
		return []ConsentStatus{ConsentStatus(chosen)}
	}
}

// find reads candidates until the page is full or nobody is left.
func (s *Service) find(ctx context.Context, sc scope, today mx.Date) (page.List[Listed], error) {
	h := harvest{service: s, query: sc.query, size: sc.size, clinic: actor.Clinic(ctx), today: today}
	h.list.Items = []Listed{}
	if sc.query.hopeless() {
		return h.list, nil
	}
	for round := range maxRounds {
		width := sc.width(round)
		rows, err := s.candidates(ctx, sc, width)
		if err != nil {
			return h.list, err
		}
		if done, err := h.take(rows); done || err != nil {
			return h.list, err
		}
		if len(rows) < width {
			return h.list, nil
		}
		sc.from = h.last
	}
	h.list.NextCursor = page.Encode(h.last)
	return h.list, nil
}

// maxRounds bounds one page where the first eight letters of a long word fit
// many people and the rest of it few: the page may then be short, and its
// cursor goes on.
const maxRounds = 5

// widths are how many candidates are read at once. They are few, so that the
// statements are few (see searchSQL).
var widths = [...]int{21, 51, 101, 201}

// width is how many candidates a round reads: a page and the one that tells
// that there are more, then more each time.
func (sc scope) width(round int) int {
	i := slices.IndexFunc(widths[:], func(width int) bool { return width > sc.size })
	return widths[min(i+round, len(widths)-1)]
}

func (s *Service) candidates(ctx context.Context, sc scope, width int) ([]listedRow, error) {
	var rows []listedRow
	sql, args := sc.searchSQL(actor.Clinic(ctx), width)
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(db.Row) error { return nil }, planning)
		q.All(gather(&rows), sql, args...)
		return nil
	})
	return rows, err
}

// harvest opens candidates into a page.
type harvest struct {
	service *Service
	query   query
	size    int
	clinic  uuid.UUID
	today   mx.Date
	list    page.List[Listed]
	last    *bookmark // of the last candidate examined
}

// take opens candidates and keeps those whom the words find. It is done once
// the page is full and there is one more.
func (h *harvest) take(rows []listedRow) (done bool, err error) {
	for _, r := range rows {
		if len(h.list.Items) == h.size {
			h.list.NextCursor = page.Encode(h.last)
			return true, nil
		}
		item, err := h.service.openListed(h.clinic, r, h.today)
		if err != nil {
			return false, err
		}
		h.last = &bookmark{Seen: r.LastSeenAt, ID: r.ID}
		if h.query.finds(item.Card) {
			h.list.Items = append(h.list.Items, item)
		}
	}
	return false, nil
}
