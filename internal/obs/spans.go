package obs

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Spans sends one span for each request to an OpenTelemetry collector. A span
// begins no trace that somebody outside named: a client could otherwise decide
// what is kept and tie its own marks to our requests.
type Spans struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
}

// NewSpans sends to the collector at endpoint, the base address of OTLP over
// HTTP; an empty one gives nil, which does nothing.
func NewSpans(endpoint, version string, log *slog.Logger) *Spans {
	if endpoint == "" {
		return nil
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("spans", "cause", err.Error()) }))
	to := &collector{address: endpoint + "/v1/traces", version: version, client: &http.Client{Timeout: collectorTime}}
	p := sdk.NewTracerProvider(sdk.WithBatcher(to), sdk.WithResource(nil))
	return &Spans{provider: p, tracer: p.Tracer(scopeName)}
}

const (
	scopeName     = "historias"
	collectorTime = 10 * time.Second
)

// Observe notes one request. The names of attributes are those of the semantic
// conventions of OpenTelemetry for HTTP.
func (s *Spans) Observe(q Request) {
	if s == nil || q.Stream {
		return
	}
	method, route := q.names()
	_, span := s.tracer.Start(context.Background(), method+" "+route,
		trace.WithNewRoot(), trace.WithTimestamp(q.Start), trace.WithSpanKind(trace.SpanKindServer),
		trace.WithAttributes(
			attribute.String("http.request.method", method), attribute.String("http.route", route),
			attribute.Int("http.response.status_code", q.Status), attribute.String("historias.request_id", q.ID),
		))
	if q.Status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
	span.End(trace.WithTimestamp(q.Start.Add(q.Took)))
}

// Close sends what waits; what the collector does not take is lost.
func (s *Spans) Close() {
	if s == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), flushTime)
	defer cancel()
	_ = s.provider.Shutdown(ctx)
}
