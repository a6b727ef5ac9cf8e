package obs

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"historias/internal/actor"
	"historias/internal/db"
)

// counted says which gauge a count of the database becomes, and what its label is.
var counted = map[string]struct{ name, label, help string }{
	"messages":         {"historias_whatsapp_messages", "state", "Messages of the last 24 hours, by state."},
	"message_failures": {"historias_whatsapp_failures", "class", "Messages of the last 24 hours that failed, by class."},
	"messages_to_call": {"historias_whatsapp_to_call", "", "Messages that did not arrive and wait for somebody to call."},
	"message_oldest":   {"historias_whatsapp_oldest_seconds", "", "Age of the oldest message that has not left or of whose leaving nobody knows."},
	"webhooks_waiting": {"historias_webhooks_waiting", "", "Deliveries of Meta that wait to be worked."},
	"webhook_oldest":   {"historias_webhooks_oldest_seconds", "", "Age of the oldest of them."},
	"audit_unsealed":   {"historias_audit_unsealed_events", "", "Events of the trail that are not sealed yet."},
	"audit_oldest":     {"historias_audit_unsealed_seconds", "", "Age of the oldest of them, two days at most."},
	"sessions":         {"historias_sessions", "", "Sessions that are open."},
}

const (
	askCounts = `select gauge, label, value from service_gauges($1)`
	// What is completed, cancelled or discarded stays in the queue for some days.
	askJobs = `select kind, state::text, count(*) from river.river_job where state <> 'completed' group by 1, 2`
	// A job waits from the moment it was due.
	askOldestJob = `select coalesce(extract(epoch from clock_timestamp() - min(scheduled_at)), 0)::float8
 from river.river_job where state = 'available'`
	askClock = `select clock_timestamp()`
)

// ask reads every gauge in one round trip, as the program and for no clinic.
func ask(ctx context.Context, from Sources, now time.Time) ([]prometheus.Metric, error) {
	var list []prometheus.Metric
	var oldest float64
	var theirs time.Time
	err := from.DB.Read(actor.System(ctx, actor.Platform, "metrics"), func(q *db.Reader) error {
		q.All(func(r db.Row) error {
			var name, label string
			var value float64
			err := r.Scan(&name, &label, &value)
			list = append(list, count(name, label, value)...)
			return err
		}, askCounts, now)
		q.All(func(r db.Row) error {
			var kind, state string
			var n int64
			err := r.Scan(&kind, &state, &n)
			list = append(list, gauge("historias_jobs", "Jobs that are not done, by kind and state.", float64(n), "kind", kind, "state", state))
			return err
		}, askJobs)
		q.One([]any{&oldest}, askOldestJob)
		q.One([]any{&theirs}, askClock)
		return nil
	})
	if err != nil {
		return nil, err
	}
	list = append(list,
		gauge("historias_jobs_oldest_seconds", "How long the job that is due the longest has waited.", max(oldest, 0)),
		gauge("historias_clock_offset_seconds", "How far the clock of this machine is ahead of the database's.", from.Clock.Now().Sub(theirs).Seconds()),
	)
	copies, err := copiesOf(ctx, from)
	return append(list, copies...), err
}

func count(name, label string, value float64) []prometheus.Metric {
	c, ok := counted[name]
	switch {
	case !ok:
		return nil
	case c.label == "":
		return []prometheus.Metric{gauge(c.name, c.help, value)}
	}
	return []prometheus.Metric{gauge(c.name, c.help, value, c.label, label)}
}

// copiesOf tells of backups. One that was never made has the time 0, so that its
// age is an alarm as well.
func copiesOf(ctx context.Context, from Sources) ([]prometheus.Metric, error) {
	if from.Copies == nil {
		return nil, nil
	}
	all, err := from.Copies(ctx)
	if err != nil {
		return nil, err
	}
	var list []prometheus.Metric
	for _, c := range all {
		var at, failed float64
		if !c.SucceededAt.IsZero() {
			at = float64(c.SucceededAt.Unix())
		}
		if c.Failed {
			failed = 1
		}
		list = append(list,
			gauge("historias_backup_last_success_timestamp_seconds", "When it was last done well; 0 never.", at, "kind", c.Kind),
			gauge("historias_backup_last_failed", "1 when the last try failed.", failed, "kind", c.Kind),
			gauge("historias_backup_bytes", "Size of what was last done well.", float64(c.Bytes), "kind", c.Kind),
		)
	}
	return list, nil
}
