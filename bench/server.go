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

const profilePath = "/bench/profile"

func runPart(name string) error {
	if name == "floor" {
		return runFloor()
	}
	return runServer()
}

// runServer is the program as it is served, with the same services, and a
// profile of itself to take at the end.
func runServer() error {
	httpd.TuneMemory()
	cfg, err := config.Load()
	if err != nil {
		return err
	}
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
	var profile bytes.Buffer
	if os.Getenv("HISTORIAS_BENCH_PROFILE") != "" {
		if err := pprof.StartCPUProfile(&profile); err != nil {
			return err
		}
	}
	served := face.Handler()
	return listen(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == profilePath {
			pprof.StopCPUProfile()
			_, err := w.Write(profile.Bytes())
			if err != nil {
				fmt.Fprintln(os.Stderr, "profile:", err)
			}
			return
		}
		served.ServeHTTP(w, r)
	}))
}
