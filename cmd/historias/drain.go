package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	// drainTime is how long a proxy is given to leave. It uses each of its kept
	// connections once within a moment when there is anything to ask.
	drainTime = 3 * time.Second
	drainStep = 20 * time.Millisecond
	// shutdownTime bounds the requests that still run after that.
	shutdownTime = 10 * time.Second
)

// drain ends a server that stands behind a proxy without losing a request. A
// server that just closes its idle connections races with the proxy, which may
// be sending a POST on one of them and will not send it twice. So the port is
// closed first (a refused connection makes the proxy ask the other process),
// and each kept connection ends with its next answer, which says so.
type drain struct {
	leaving atomic.Bool
	open    atomic.Int64
}

// newDrain takes its place around a server that does not serve yet.
func newDrain(server *http.Server) *drain {
	d := &drain{}
	next := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.leaving.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
	server.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			d.open.Add(1)
		case http.StateClosed, http.StateHijacked:
			d.open.Add(-1)
		case http.StateActive, http.StateIdle:
		}
	}
	return d
}

// leave closes the port and waits until nobody is connected, or long enough.
func (d *drain) leave(listener net.Listener) {
	d.leaving.Store(true)
	_ = listener.Close()
	for waited := time.Duration(0); waited < drainTime && d.open.Load() > 0; waited += drainStep {
		time.Sleep(drainStep)
	}
}

// listen serves until ctx ends; ready is called once the port answers. Behind a
// proxy the connections are drained first; streams ends those that would never
// end by themselves.
func listen(ctx context.Context, server *http.Server, listener net.Listener, proxied bool, streams func(), ready func() error) error {
	ended := make(chan error, 1)
	leaving := newDrain(server)
	go func() { ended <- server.Serve(listener) }()
	if err := ready(); err != nil {
		return err
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	streams()
	if proxied {
		leaving.leave(listener)
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(limited); err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return server.Close()
}
