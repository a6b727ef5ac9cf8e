package obs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// collector writes spans as OTLP/HTTP in JSON (OpenTelemetry Protocol 1.x,
// https://opentelemetry.io/docs/specs/otlp/#otlphttp). The library's own exporter
// brings gRPC and its relatives, eight megabytes for one POST.
type collector struct {
	address, version string
	client           *http.Client
}

type (
	otlpTraces struct {
		ResourceSpans []otlpResource `json:"resourceSpans"`
	}
	otlpResource struct {
		Resource struct {
			Attributes []otlpAttribute `json:"attributes"`
		} `json:"resource"`
		ScopeSpans []otlpScope `json:"scopeSpans"`
	}
	otlpScope struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []otlpSpan `json:"spans"`
	}
	otlpSpan struct {
		TraceID    string          `json:"traceId"`
		SpanID     string          `json:"spanId"`
		Name       string          `json:"name"`
		Kind       trace.SpanKind  `json:"kind"`
		Start      string          `json:"startTimeUnixNano"`
		End        string          `json:"endTimeUnixNano"`
		Attributes []otlpAttribute `json:"attributes"`
		Status     otlpStatus      `json:"status"`
	}
	otlpStatus struct {
		Code int `json:"code,omitempty"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		String string `json:"stringValue,omitempty"`
		Int    string `json:"intValue,omitempty"`
	}
)

// otlpError is STATUS_CODE_ERROR of the protocol; the library counts otherwise.
const otlpError = 2

// ExportSpans sends a batch. It is called by one goroutine at a time.
func (c *collector) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	raw, err := json.Marshal(c.encode(spans))
	if err != nil {
		return fmt.Errorf("obs: spans: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("obs: spans: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.client.Do(req)
	if err != nil {
		return fmt.Errorf("obs: spans: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("obs: the collector answered %d", res.StatusCode)
	}
	return nil
}

// Shutdown ends nothing: a collector keeps no state here.
func (c *collector) Shutdown(context.Context) error { return nil }

func (c *collector) encode(spans []sdk.ReadOnlySpan) otlpTraces {
	var scope otlpScope
	scope.Scope.Name = scopeName
	for _, s := range spans {
		scope.Spans = append(scope.Spans, encodeSpan(s))
	}
	resource := otlpResource{ScopeSpans: []otlpScope{scope}}
	resource.Resource.Attributes = attributesOf(
		attribute.String("service.name", "historias"), attribute.String("service.version", c.version))
	return otlpTraces{ResourceSpans: []otlpResource{resource}}
}

func encodeSpan(s sdk.ReadOnlySpan) otlpSpan {
	out := otlpSpan{
		TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(),
		Name: s.Name(), Kind: s.SpanKind(), Start: nanoseconds(s.StartTime()), End: nanoseconds(s.EndTime()),
		Attributes: attributesOf(s.Attributes()...),
	}
	if s.Status().Code == codes.Error {
		out.Status.Code = otlpError
	}
	return out
}

func attributesOf(list ...attribute.KeyValue) []otlpAttribute {
	out := make([]otlpAttribute, 0, len(list))
	for _, a := range list {
		value := otlpValue{String: a.Value.String()}
		if a.Value.Type() == attribute.INT64 {
			value = otlpValue{Int: a.Value.String()}
		}
		out = append(out, otlpAttribute{Key: string(a.Key), Value: value})
	}
	return out
}

// nanoseconds since 1970, as text: the numbers of JSON are too small for them.
func nanoseconds(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }
