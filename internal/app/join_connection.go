package app

import (
	"cmp"
	"context"
	"time"

	"historias/internal/config"
	"historias/internal/connection"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/messaging"
	"historias/internal/whatsapp"
)

// webhookPath is where Meta delivers.
const webhookPath = "/api/webhooks/whatsapp"

// buildConnection makes what looks at the connection with WhatsApp.
func (a *App) buildConnection() error {
	platform, err := MetaNumber(a.Config)
	if err != nil {
		return err
	}
	simulated, err := a.simulatedManager()
	if err != nil {
		return err
	}
	a.Connection = connection.New(connection.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue,
		Notices: noticesForConnection{a}, Messages: messagesForConnection{a}, Platform: platform, Simulator: simulated,
	})
	return nil
}

// MetaNumber is the number of the environment and how to ask Meta about it; nil
// when none is configured.
func MetaNumber(c *config.Config) (*connection.Number, error) {
	m := c.Meta
	if !m.Configured() {
		return nil, nil //nolint:nilnil // no number is a state, not a failure
	}
	asking := whatsapp.ManagerConfig{AccountID: m.BusinessID, Config: whatsapp.Config{
		BaseURL: m.GraphURL, Version: m.APIVersion, PhoneNumberID: m.PhoneID, Token: m.Token,
	}}
	if len(m.AppSecrets) > 0 {
		asking.AppSecret = m.AppSecrets[0]
	}
	manager, err := whatsapp.NewManager(asking)
	if err != nil {
		return nil, err
	}
	return &connection.Number{
		Manager: manager, PhoneNumberID: m.PhoneID, AccountID: m.BusinessID, Version: m.APIVersion,
		Callback: webhookAddress(c), VerifyToken: m.VerifyToken, Signed: asking.AppSecret != "",
	}, nil
}

// webhookAddress is where Meta reaches the program; empty where nobody said.
func webhookAddress(c *config.Config) string {
	if base := cmp.Or(c.BackendURL, c.FrontendURL); base != "" {
		return base + webhookPath
	}
	return ""
}

// simulatedManager asks the simulator, nil in production.
func (a *App) simulatedManager() (*connection.Number, error) {
	if a.Simulator == nil {
		return nil, nil //nolint:nilnil // production has no simulator
	}
	config := a.Simulator.ManagerConfig()
	manager, err := whatsapp.NewManager(config)
	if err != nil {
		return nil, err
	}
	return &connection.Number{
		Manager: manager, PhoneNumberID: config.PhoneNumberID, AccountID: config.AccountID, Version: config.Version, Signed: true, Played: true,
	}, nil
}

type templatesForMessages struct{ *App }

// Held tells why a message of a template may not leave now.
func (j templatesForMessages) Held(ctx context.Context, sender, name, language string) (messaging.Hold, error) {
	hold, err := j.Connection.Held(ctx, connection.Line(sender), name, language)
	return messaging.Hold(hold), err
}

// Heard takes what a webhook says of templates, numbers and accounts.
func (j templatesForMessages) Heard(ctx context.Context, e whatsapp.AccountEvent) error {
	return j.Connection.Heard(ctx, e)
}

type noticesForConnection struct{ *App }

// InForce gives the text of the notice in force, empty when there is none.
func (j noticesForConnection) InForce(ctx context.Context) (string, error) {
	n, err := j.Notices.Current(ctx)
	if errs.Is(err, "notice.none") {
		return "", nil
	}
	return n.Content, err
}

type messagesForConnection struct{ *App }

// LastDelivery tells when Meta delivered a webhook last.
func (j messagesForConnection) LastDelivery(ctx context.Context) (time.Time, error) {
	return j.Messages.LastDelivery(ctx)
}

// Release lets what waited for a template leave.
func (j messagesForConnection) Release(ctx context.Context, t *db.Tx, line connection.Line) error {
	return j.Messages.Release(ctx, t, string(line))
}
