package main

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A proxy keeps a connection. When the program leaves, what the proxy sends on
// it is still answered, with the word that it was the last; a new connection is
// refused, so that the proxy asks the other process.
func TestAKeptConnectionIsAnsweredOnceMore(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &http.Server{ReadHeaderTimeout: patience, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	ctx, stop := context.WithCancel(t.Context())
	ended, streams := make(chan error, 1), make(chan struct{})
	go func() {
		ended <- listen(ctx, server, listener, true, func() { close(streams) }, func() error { return nil })
	}()
	kept, err := net.Dial("tcp", listener.Addr().String())
	require.NoError(t, err)
	defer func() { _ = kept.Close() }()
	answers := bufio.NewReader(kept)
	ask := func() (last bool) {
		t.Helper()
		_, err := kept.Write([]byte("POST / HTTP/1.1\r\nHost: historias\r\nContent-Length: 0\r\n\r\n"))
		require.NoError(t, err)
		require.NoError(t, kept.SetReadDeadline(time.Now().Add(patience)))
		res, err := http.ReadResponse(answers, nil)
		require.NoError(t, err, "what was sent on a kept connection was lost")
		_ = res.Body.Close()
		return res.Close
	}
	require.False(t, ask())
	stop()
	<-streams
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", listener.Addr().String())
		if err == nil {
			_ = c.Close()
		}
		return err != nil
	}, patience, time.Millisecond, "the port is still open")
	require.True(t, ask(), "the proxy is not told that it was the last answer")
	require.NoError(t, <-ended)
}
