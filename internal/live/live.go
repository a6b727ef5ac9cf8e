// Package live tells open pages that something of their clinic changed, so that
// they ask again. A change names ids only, and losing one loses nothing: a page
// that reads again sees the truth.
//
// A change leaves after its transaction has committed, over NOTIFY, for every
// process. It is not sent inside the transaction: PostgreSQL lets only one
// transaction that notifies commit at a time, which would make all writers of
// the server wait for each other's disk.
package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// Topic says what kind of thing changed.
type Topic string

// The topics.
const (
	Consent Topic = "consent"
	Message Topic = "message"
	Patient Topic = "patient"
	// Consultation is a note of the patient's, drafts included.
	Consultation Topic = "consultation"
	// Resync says that changes may have been missed: whoever shows anything
	// should read it again.
	Resync Topic = "resync"
)

// Change is one thing that changed in one clinic. PatientID is zero where no
// single patient is concerned.
type Change struct {
	Clinic    uuid.UUID `json:"c"`
	Topic     Topic     `json:"t"`
	PatientID uuid.UUID `json:"p,omitzero"`
}

// Options says how a hub reaches the other processes.
type Options struct {
	DB *db.DB
	// ListenURL is a connection that is nobody else's, past any pooler. Without
	// it this process hears only of its own changes.
	ListenURL string
	Log       *slog.Logger
}

const (
	channel        = "historias_live"
	outgoingBuffer = 1024
	pageBuffer     = 64
)

// Hub carries changes to the pages that are open on this process.
type Hub struct {
	options  Options
	self     uuid.UUID
	outgoing chan Change
	missed   atomic.Bool // a change did not fit into outgoing
	quit     chan struct{}
	closing  sync.Once
	done     sync.WaitGroup
	mu       sync.Mutex
	pages    map[uuid.UUID]map[*Page]struct{}
}

// New makes a hub and starts it. Close it when no request is left.
func New(o Options) *Hub {
	h := &Hub{
		options: o, self: vault.NewID(), quit: make(chan struct{}),
		outgoing: make(chan Change, outgoingBuffer), pages: map[uuid.UUID]map[*Page]struct{}{},
	}
	h.done.Go(h.notify)
	if o.ListenURL != "" {
		h.done.Go(h.listen)
	}
	return h
}

// Close stops the hub and ends every page's stream, which a server that shuts
// down would wait for. Closing twice is closing once.
func (h *Hub) Close() {
	h.closing.Do(func() { close(h.quit) })
	h.done.Wait()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, pages := range h.pages {
		for p := range pages {
			p.end()
		}
	}
	clear(h.pages)
}

// Publish tells of a change once the transaction is durable.
func (h *Hub) Publish(t *db.Tx, c Change) { t.AfterCommit(func() { h.publish(c) }) }

func (h *Hub) publish(c Change) {
	h.deliver(c)
	select {
	case h.outgoing <- c:
	default:
		h.missed.Store(true)
	}
}

// Page is one open stream of a clinic's changes.
type Page struct {
	hub    *Hub
	clinic uuid.UUID
	in     chan Change
	once   sync.Once
	gone   chan struct{}
}

// Open begins a stream of a clinic's changes. Close it.
func (h *Hub) Open(clinic uuid.UUID) *Page {
	p := &Page{hub: h, clinic: clinic, in: make(chan Change, pageBuffer), gone: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pages[clinic] == nil {
		h.pages[clinic] = map[*Page]struct{}{}
	}
	h.pages[clinic][p] = struct{}{}
	return p
}

// Changes gives the changes as they come. A page that reads too slowly gets
// Resync in place of what it missed.
func (p *Page) Changes() <-chan Change { return p.in }

// Gone is closed when the hub closes.
func (p *Page) Gone() <-chan struct{} { return p.gone }

// Close ends the stream.
func (p *Page) Close() {
	p.hub.mu.Lock()
	defer p.hub.mu.Unlock()
	if pages := p.hub.pages[p.clinic]; pages != nil {
		delete(pages, p)
		if len(pages) == 0 {
			delete(p.hub.pages, p.clinic)
		}
	}
	p.end()
}

func (p *Page) end() { p.once.Do(func() { close(p.gone) }) }

// deliver hands a change to the clinic's pages, a Resync to every clinic's.
func (h *Hub) deliver(c Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for clinic, pages := range h.pages {
		if clinic != c.Clinic && c.Topic != Resync {
			continue
		}
		for p := range pages {
			p.offer(c)
		}
	}
}

// offer never waits: a full page loses its oldest change for a Resync.
func (p *Page) offer(c Change) {
	select {
	case p.in <- c:
		return
	default:
	}
	select {
	case <-p.in:
	default:
	}
	select {
	case p.in <- Change{Clinic: p.clinic, Topic: Resync}:
	default:
	}
}

// Admits says whether the session of the actor in ctx still is what it was when
// the stream began; an error ends the stream.
func (h *Hub) Admits(ctx context.Context) error {
	var one int
	return h.options.DB.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&one}, `select 1`)
		return nil
	})
}

// envelope is what travels between processes.
type envelope struct {
	From   uuid.UUID `json:"f"`
	Change Change    `json:"x"`
}

func (h *Hub) seal(c Change) string {
	raw, _ := json.Marshal(envelope{From: h.self, Change: c}) // ids and a constant: it cannot fail
	return string(raw)
}

// heard takes what another process sent; its own words are known already.
func (h *Hub) heard(payload string) {
	var e envelope
	if json.Unmarshal([]byte(payload), &e) != nil || e.From == h.self {
		return
	}
	h.deliver(e.Change)
}
