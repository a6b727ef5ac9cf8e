package main

import (
	"context"
	"fmt"
	"io"

	"historias/internal/app"
	"historias/internal/app/demo"
	"historias/internal/clock"
	"historias/internal/db"
)

// seedDemo makes the demonstration clinic in an empty database of our own.
func seedDemo(ctx context.Context, e *environment) error {
	if e.server == nil {
		return nil
	}
	d, err := db.Open(ctx, db.Options{URL: e.cfg.DatabaseURL})
	if err != nil {
		return err
	}
	_, clinics, err := demo.Exists(ctx, d)
	d.Close()
	if err != nil || clinics {
		return err
	}
	return demo.Seed(ctx, e.cfg, clock.System().Now(), e.log)
}

// welcome says where to go and, with a demonstration clinic, how to come in.
func welcome(ctx context.Context, w io.Writer, a *app.App, address string) error {
	exists, _, err := demo.Exists(ctx, a.DB)
	if err != nil {
		return err
	}
	line := "Historias: http://" + address
	if exists {
		line += fmt.Sprintf("  usuario: %s  contraseña: %s", demo.Email, demo.Password)
	}
	_, err = fmt.Fprintln(w, line)
	return err
}
