package obs

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/getsentry/sentry-go"

	"historias/internal/actor"
)

// ReporterOptions says where errors and durations go.
type ReporterOptions struct {
	// DSN is the project's address at Sentry; empty sends nothing.
	DSN, Environment, Release string
	// TracesRate is the part of requests whose duration is sent, from 0 to 1.
	TracesRate float64
}

// Reporter sends unexpected errors, and how long some requests took, to Sentry;
// without a DSN it does nothing.
type Reporter struct {
	hub  *sentry.Hub
	rate float64
}

// NewReporter connects to Sentry. Requests, users, breadcrumbs and the texts of
// errors stay here: what leaves of an error is its type, where in the program it
// arose and the request id; of a request its route, status and duration.
func NewReporter(o ReporterOptions) (*Reporter, error) {
	if o.DSN == "" {
		return &Reporter{}, nil
	}
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn: o.DSN, Environment: o.Environment, Release: o.Release,
		// Its own name for this machine would be the host's.
		ServerName: "historias",
		// Observe decides which requests are sent, before anything is made of them.
		EnableTracing: o.TracesRate > 0, TracesSampleRate: 1,
		BeforeSend: scrub, BeforeSendTransaction: scrub,
		// What the library would add by itself: the machine, the modules, lines of
		// the source and variables named SENTRY_TAGS_*.
		Integrations: func([]sentry.Integration) []sentry.Integration { return nil },
	})
	if err != nil {
		return nil, fmt.Errorf("obs: SENTRY_DSN cannot be used")
	}
	return &Reporter{hub: sentry.NewHub(client, sentry.NewScope()), rate: o.TracesRate}, nil
}

// scrub builds anew what leaves, of what may: a field that a later version of
// the library fills stays here as well.
func scrub(e *sentry.Event, _ *sentry.EventHint) *sentry.Event {
	out := sentry.NewEvent()
	out.EventID, out.Timestamp, out.StartTime = e.EventID, e.Timestamp, e.StartTime
	out.Level, out.Platform, out.Type, out.Sdk = e.Level, e.Platform, e.Type, e.Sdk
	out.Environment, out.Release, out.ServerName = e.Environment, e.Release, "historias"
	out.Transaction, out.TransactionInfo = e.Transaction, e.TransactionInfo
	for _, name := range []string{"request_id", "status"} {
		if value, ok := e.Tags[name]; ok {
			out.Tags[name] = value
		}
	}
	if trace, ok := e.Contexts["trace"]; ok {
		out.Contexts["trace"] = sentry.Context{}
		for _, name := range []string{"trace_id", "span_id", "op", "status"} {
			out.Contexts["trace"][name] = trace[name]
		}
	}
	for _, x := range e.Exception {
		out.Exception = append(out.Exception, sentry.Exception{Type: x.Type, Stacktrace: places(x.Stacktrace)})
	}
	return out
}

// places are the functions and lines of a stack, without what stood in them.
func places(s *sentry.Stacktrace) *sentry.Stacktrace {
	if s == nil {
		return nil
	}
	out := &sentry.Stacktrace{}
	for _, f := range s.Frames {
		out.Frames = append(out.Frames, sentry.Frame{Function: f.Function, Module: f.Module, Lineno: f.Lineno, InApp: f.InApp})
	}
	return out
}

// Report sends one error.
func (r *Reporter) Report(ctx context.Context, err error) {
	if r.hub == nil || err == nil {
		return
	}
	hub := r.hub.Clone()
	hub.Scope().SetTag("request_id", actor.OriginOf(ctx).RequestID)
	hub.CaptureException(err)
}

// Observe sends how long a request took, for the part that TracesRate names.
func (r *Reporter) Observe(q Request) {
	if r.hub == nil || q.Stream || !chosen(q.ID, r.rate) {
		return
	}
	method, route := q.names()
	ctx := sentry.SetHubOnContext(context.Background(), r.hub.Clone())
	span := sentry.StartTransaction(ctx, method+" "+route, sentry.WithOpName("http.server"),
		sentry.WithTransactionSource(sentry.SourceRoute))
	span.StartTime, span.EndTime = q.Start, q.Start.Add(q.Took)
	span.SetTag("request_id", q.ID)
	span.SetTag("status", fmt.Sprint(q.Status))
	span.Status = sentry.HTTPtoSpanStatus(q.Status)
	span.Finish()
}

// chosen takes a part of all requests by the chance that is in their ids (UUIDv7,
// RFC 9562), so that a request that is left out costs nothing.
func chosen(id string, rate float64) bool {
	const digits = 4
	if rate >= 1 {
		return true
	}
	n, err := strconv.ParseUint(id[max(0, len(id)-digits):], 16, 4*digits)
	return err == nil && float64(n) < rate*(1<<(4*digits))
}

const flushTime = 2 * time.Second

// Close sends what waits.
func (r *Reporter) Close() {
	if r.hub != nil {
		r.hub.Flush(flushTime)
	}
}
