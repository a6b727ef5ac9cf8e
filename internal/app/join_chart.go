package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/chart"
	"historias/internal/db"
	"historias/internal/messaging"
	"historias/internal/vault"
)

// How much of each subject the first page of a chart shows.
const (
	chartEvents   = 5
	chartMessages = 5
)

type consentsForChart struct{ *App }

// QueueConsent queues where the consent stands and its latest events.
func (j consentsForChart) QueueConsent(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) (chart.Consent, error) {
	read := j.Consents.Queue(ctx, q, patient)
	return func(vault.Key) (chart.Consent, error) {
		view := read()
		var out chart.Consent
		for _, p := range view.Purposes {
			out.Purposes = append(out.Purposes, chart.Purpose{Purpose: string(p.Purpose), Status: string(p.Status)})
		}
		for i := len(view.Events) - 1; i >= 0 && len(out.Events) < chartEvents; i-- {
			e := view.Events[i]
			event := chart.ConsentEvent{ID: e.ID, Type: string(e.Type), At: e.At, Channel: string(e.Channel)}
			for _, p := range e.Purposes {
				event.Purposes = append(event.Purposes, string(p))
			}
			out.Events = append(out.Events, event)
		}
		return out, nil
	}
}

type messagesForChart struct{ *App }

// QueueMessages queues the latest messages, the newest first.
func (j messagesForChart) QueueMessages(ctx context.Context, q *db.Reader, patient uuid.UUID) func(vault.Key) ([]chart.Message, error) {
	read := j.Messages.Queue(ctx, q, patient, chartMessages)
	return func(key vault.Key) ([]chart.Message, error) {
		messages, err := read(key)
		out := make([]chart.Message, 0, len(messages))
		for _, m := range messages {
			out = append(out, chart.Message{
				ID: m.ID, Kind: string(m.Kind), Channel: "whatsapp", Status: string(m.State), At: reachedAt(m),
			})
		}
		return out, err
	}
}

// reachedAt is when a message came to the state it is in.
func reachedAt(m messaging.Message) (at time.Time) {
	at = m.CreatedAt
	for _, t := range []time.Time{m.SubmittedAt, m.SentAt, m.DeliveredAt, m.ReadAt, m.FailedAt} {
		if t.After(at) {
			at = t
		}
	}
	return at
}
