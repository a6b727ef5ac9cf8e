package whatsapptest

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
)

// Transport returns a way for an HTTP client to reach the server without a network: requests are handled on the caller's
// goroutine. A connection that the server drops reads as io.ErrUnexpectedEOF.
func (s *Server) Transport() http.RoundTripper { return transport{s} }

type transport struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
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
	if dropped := t.serve(recorder, r); dropped {
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		return nil, io.ErrUnexpectedEOF
	}
	return recorder.answer(r), nil
}

// serve runs the handler and tells whether it dropped the connection, as net/http's server would see it.
func (t transport) serve(w http.ResponseWriter, r *http.Request) (dropped bool) {
	defer func() {
		if cause := recover(); cause != nil {
			err, isError := cause.(error)
			if !isError || !errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			dropped = true
		}
	}()
	received := r.Clone(r.Context())
	if received.Body == nil {
		received.Body = http.NoBody // as a server gives it
	}
	t.handler.ServeHTTP(w, received)
	return false
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
