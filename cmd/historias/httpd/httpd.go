// Package httpd joins the services of package app with the HTTP face of package
// api, by the configuration. The command and the tests start the same server.
package httpd

import (
	"context"
	"io/fs"

	"historias/api"
	"historias/frontend"
	"historias/internal/app"
	"historias/internal/config"
	"historias/internal/obs"
)

// Release names what is served, who hears of unexpected errors and who of every
// request; both may be nil.
type Release struct {
	Version string
	Report  func(ctx context.Context, err error)
	Observe func(obs.Request)
}

// New makes the server of an application.
func New(a *app.App, r Release) (*api.Server, error) {
	cfg := a.Config
	web, err := newWeb(cfg)
	if err != nil {
		return nil, err
	}
	return api.New(api.Options{
		Version: r.Version, Production: cfg.Production(), Origins: origins(cfg), Proxies: cfg.TrustedProxies,
		Cookie:        api.Cookies(cookieSecure(cfg), cfg.CookieHTTPOnly, cfg.CookieSameSite),
		Operator:      api.Operator{Name: cfg.Operator.Name, Contact: cfg.Operator.Contact},
		RatePerMinute: rate(cfg), Ready: a.Ready, Log: a.Log, Report: r.Report, Observe: r.Observe,
	}, services(a), web)
}

func services(a *app.App) api.Services {
	sv := api.Services{
		Accounts: a.Accounts, Factors: a.Factors, Sessions: a.Sessions, Clinics: a.Clinics, Patients: a.Patients, Charts: a.Charts,
		Catalogs: a.Catalogs, Vitals: a.Vitals, Conditions: a.Conditions, Consultations: a.Consultations, Prescriptions: a.Prescriptions, Notices: a.Notices, Consents: a.Consents, Messages: a.Messages, Connection: a.Connection, Staff: a.Staff, Live: a.Live,
		Documents: a.Documents, Keys: a.Keys, Trail: a.Trail,
	}
	if a.Mail.Showing() {
		sv.Letters = a.Mail
	}
	if a.Simulator != nil {
		sv.Simulator = a.Simulator.Server
	}
	return sv
}

func newWeb(cfg *config.Config) (*api.Web, error) {
	dist, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return nil, err
	}
	return api.NewWeb(dist, apiBase(cfg), !cfg.Production())
}

// apiBase is the API's address when it stands on another origin than the SPA.
func apiBase(cfg *config.Config) string {
	if cfg.BackendURL == cfg.FrontendURL {
		return ""
	}
	return cfg.BackendURL
}

func origins(cfg *config.Config) []string {
	if cfg.FrontendURL == "" {
		return cfg.AllowedOrigins
	}
	return append([]string{cfg.FrontendURL}, cfg.AllowedOrigins...)
}

// cookieSecure follows SESSION_COOKIE_SECURE; without it, production asks for TLS.
func cookieSecure(cfg *config.Config) bool {
	if cfg.CookieSecure != nil {
		return *cfg.CookieSecure
	}
	return cfg.Production()
}

func rate(cfg *config.Config) int {
	if !cfg.RateLimited {
		return 0
	}
	return cfg.RatePerMinute
}
