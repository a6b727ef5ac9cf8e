package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime/pprof"

	"historias/cmd/historias/httpd"
	"historias/internal/app"
	"historias/internal/clock"
	"historias/internal/config"
)

// Where a profile begins, and where it ends and is given.
const (
	profileStart = "/bench/profile/start"
	profileStop  = "/bench/profile/stop"
)

func runPart(name string) error {
	if name == "floor" {
		return runFloor()
	}
	return runServer()
}

// runServer is the program as it is served, with the same services, and two
// addresses to take a profile of it.
func runServer() error {
	httpd.TuneMemory()
	cfg := config.Load()
	ctx := context.Background()
	a, err := app.Build(ctx, cfg, clock.System(), slog.New(slog.NewJSONHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	defer a.Close()
	stop, err := a.Start(ctx, true)
	if err != nil {
		return err
	}
	defer stop()
	face, err := httpd.New(a, httpd.Release{Version: "bench"})
	if err != nil {
		return err
	}
	return listen(profiled(face.Handler()))
}

func profiled(served http.Handler) http.Handler {
	var profile bytes.Buffer
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case profileStart:
			profile.Reset()
			if err := pprof.StartCPUProfile(&profile); err != nil {
				fmt.Fprintln(os.Stderr, "profile:", err)
			}
		case profileStop:
			pprof.StopCPUProfile()
			_, _ = w.Write(profile.Bytes())
		default:
			served.ServeHTTP(w, r)
		}
	})
}
