package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"

	"github.com/spf13/cobra"

	"historias/cmd/historias/httpd"
	"historias/internal/app"
	"historias/internal/app/schema"
	"historias/internal/config"
)

func serveCommand() *cobra.Command {
	var noWorker bool
	cmd := &cobra.Command{
		Use: "serve", Short: "Atiende la aplicación y la API", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			if err := refusePending(c.Context(), e); err != nil {
				return err
			}
			return serve(c.Context(), e, !noWorker, func(context.Context, *app.App, string) error { return nil })
		},
	}
	cmd.Flags().BoolVar(&noWorker, "no-worker", false, "no trabaja las tareas; las hace «historias worker»")
	return cmd
}

func workerCommand() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "Trabaja las tareas sin atender la aplicación", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := prepare(c.Context())
			if err != nil {
				return err
			}
			defer e.close()
			if err := refusePending(c.Context(), e); err != nil {
				return err
			}
			return work(c.Context(), e)
		},
	}
}

// work works jobs until ctx ends.
func work(ctx context.Context, e *environment) error {
	a, err := e.build(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	said, err := newTelemetry(e)
	if err != nil {
		return err
	}
	defer said.close()
	a.Report = said.reporter.Report
	hide, err := said.expose(e, a)
	if err != nil {
		return err
	}
	defer hide()
	e.reach(a, net.JoinHostPort("127.0.0.1", strconv.Itoa(e.cfg.Port)))
	stop, err := a.Start(ctx, true)
	if err != nil {
		return err
	}
	<-ctx.Done()
	stop()
	return nil
}

func refusePending(ctx context.Context, e *environment) error {
	address, _ := e.migrationURL()
	pending, err := schema.Pending(ctx, address)
	if err != nil {
		return err
	}
	if pending {
		return faultf("La base de datos no está al día. Haga un respaldo, ejecute «historias migrate» y vuelva a intentar.")
	}
	return nil
}

// serve runs until ctx ends; ready is called once the port answers.
func serve(ctx context.Context, e *environment, work bool, ready func(context.Context, *app.App, string) error) error {
	httpd.TuneMemory()
	a, err := e.build(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	said, err := newTelemetry(e)
	if err != nil {
		return err
	}
	defer said.close()
	listener, err := net.Listen("tcp", net.JoinHostPort(bindAddress(e.cfg), strconv.Itoa(e.cfg.Port)))
	if err != nil {
		return err
	}
	face, err := httpd.New(a, httpd.Release{Version: version, Report: said.reporter.Report, Observe: said.observe})
	if err != nil {
		return err
	}
	hide, err := said.expose(e, a)
	if err != nil {
		return err
	}
	defer hide()
	e.reach(a, listener.Addr().String())
	a.Report = said.reporter.Report
	stopWork, err := a.Start(ctx, work)
	if err != nil {
		return err
	}
	defer stopWork()
	proxied := len(e.cfg.TrustedProxies) > 0
	return listen(ctx, face.HTTP(""), listener, proxied, a.Live.Close, func() error { return ready(ctx, a, listener.Addr().String()) })
}

// bindAddress is every interface in production and this machine only elsewhere.
func bindAddress(cfg *config.Config) string {
	if cfg.Bind != "" || cfg.Production() {
		return cfg.Bind
	}
	return "127.0.0.1"
}

func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use: "health", Short: "Pregunta al programa en marcha si atiende", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg := config.Load()
			return askHealth(c.Context(), c.OutOrStdout(), cfg.Port)
		},
	}
}

func askHealth(ctx context.Context, w io.Writer, port int) error {
	ctx, cancel := context.WithTimeout(ctx, shutdownTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d/ready", port), nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return faultf("El programa no responde en el puerto %d. Revise que esté en marcha.", port)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return faultf("El programa responde, pero no está listo (%d).", res.StatusCode)
	}
	_, err = fmt.Fprintln(w, "El programa atiende.")
	return err
}
