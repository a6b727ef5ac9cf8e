package whatsapptest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptrace"
)

// Transport returns a way for an HTTP client to reach the server without a network: requests are handled on the caller's
// goroutine. A connection that the server drops reads as io.ErrUnexpectedEOF.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.WroteHeaders != nil {
		trace.WroteHeaders() // from here on the request counts as written, as on a network
	}
	if r.Body != nil {
		defer r.Body.Close()
	}
	recorder := &recorder{header: http.Header{}, status: http.StatusOK}
	defer func() {
		if dropped := recover(); dropped == http.ErrAbortHandler {
			answer, err = nil, io.ErrUnexpectedEOF
			if cancelled := r.Context().Err(); cancelled != nil {
				err = cancelled
			}
		} else if dropped != nil {
			panic(dropped)
		}
	}()
	t.handler.ServeHTTP(recorder, r.Clone(r.Context()))
	return recorder.answer(r), nil
}

type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(p []byte) (int, error) { return r.body.Write(p) }

func (r *recorder) answer(request *http.Request) *http.Response {
	return &http.Response{
		StatusCode: r.status, Status: http.StatusText(r.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: r.header, Body: io.NopCloser(&r.body), ContentLength: int64(r.body.Len()), Request: request,
	}
}
