package live

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	maxTogether   = 200
	firstPause    = time.Second
	longestPause  = 30 * time.Second
	notifyTimeout = 10 * time.Second
)

// notify sends what this process publishes, many changes in one statement.
func (h *Hub) notify() {
	for {
		select {
		case <-h.quit:
			return
		case c := <-h.outgoing:
			h.send(h.gather(c))
		}
	}
}

// gather takes what waits, each change once, and a Resync for what found no
// room.
func (h *Hub) gather(first Change) []string {
	seen := map[Change]bool{first: true}
	payloads := []string{h.seal(first)}
	if h.missed.Swap(false) {
		payloads = append(payloads, h.seal(Change{Topic: Resync}))
	}
	for len(payloads) < maxTogether {
		select {
		case c := <-h.outgoing:
			if !seen[c] {
				seen[c] = true
				payloads = append(payloads, h.seal(c))
			}
		default:
			return payloads
		}
	}
	return payloads
}

func (h *Hub) send(payloads []string) {
	ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout)
	defer cancel()
	_, err := h.options.DB.Pool().Exec(ctx, `select pg_notify($1, p) from unnest($2::text[]) as p`, channel, payloads)
	if err != nil {
		h.options.Log.Warn("live: other processes were not told of a change")
	}
}

// listen hears the other processes, and comes back when the connection breaks.
func (h *Hub) listen() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { <-h.quit; cancel() }()
	pause := firstPause
	for ctx.Err() == nil {
		if h.hear(ctx) {
			pause = firstPause
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
			pause = min(2*pause, longestPause)
		}
	}
}

// hear listens on one connection until it breaks, and says whether it ever
// worked.
func (h *Hub) hear(ctx context.Context) bool {
	conn, err := pgx.Connect(ctx, h.options.ListenURL)
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `listen `+channel); err != nil {
		return false
	}
	h.deliver(Change{Topic: Resync})
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return true
		}
		h.heard(n.Payload)
	}
}
