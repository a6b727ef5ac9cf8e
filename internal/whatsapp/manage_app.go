package whatsapp

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// The rights that the program needs of its token, and what each is for
// (developers.facebook.com/docs/whatsapp/access-tokens).
const (
	ScopeMessaging  = "whatsapp_business_messaging"  // to send, and to hear what people answer
	ScopeManagement = "whatsapp_business_management" // to read account and templates
)

// TokenInfo is what Meta says of the token that we send with.
type TokenInfo struct {
	AppID     string
	Kind      string // SYSTEM_USER, USER, …
	Valid     bool
	Scopes    []string
	IssuedAt  time.Time // zero when Meta did not say
	ExpiresAt time.Time // zero for a token that does not expire
}

// Token asks Meta about our own token (debug_token). The token travels in the address as well, over TLS only: Meta takes
// it nowhere else.
func (m *Manager) Token(ctx context.Context) (TokenInfo, error) {
	var wire struct {
		Data struct {
			AppID     looseString `json:"app_id"`
			Kind      looseString `json:"type"`
			Valid     bool        `json:"is_valid"`
			Scopes    []string    `json:"scopes"`
			IssuedAt  looseTime   `json:"issued_at"`
			ExpiresAt looseTime   `json:"expires_at"`
		} `json:"data"`
	}
	a := ask{method: http.MethodGet, path: "debug_token", query: url.Values{"input_token": {m.token}}}
	if _, err := m.do(ctx, a, &wire); err != nil {
		return TokenInfo{}, err
	}
	d := wire.Data
	return TokenInfo{
		AppID: string(d.AppID), Kind: string(d.Kind), Valid: d.Valid, Scopes: d.Scopes, IssuedAt: d.IssuedAt.Time, ExpiresAt: d.ExpiresAt.Time,
	}, nil
}

// Subscription is what an app hears of WhatsApp, and where.
type Subscription struct {
	Callback string
	Active   bool
	Fields   []string
}

// Subscription asks, in the app's own name, where Meta delivers its webhooks and which fields. It proves the app secret on
// the way: one of another app is refused. ErrNoSecret without one; the zero Subscription when there is none.
func (m *Manager) Subscription(ctx context.Context, appID string) (Subscription, error) {
	if m.secret == "" {
		return Subscription{}, ErrNoSecret
	}
	if !idShape.MatchString(appID) {
		return Subscription{}, &SendError{Class: ClassBug, Detail: "the app id is made of digits"}
	}
	var wire struct {
		Data []struct {
			Object   looseString `json:"object"`
			Callback looseString `json:"callback_url"`
			Active   bool        `json:"active"`
			Fields   []struct {
				Name looseString `json:"name"`
			} `json:"fields"`
		} `json:"data"`
	}
	a := ask{method: http.MethodGet, path: appID + "/subscriptions", token: appID + "|" + m.secret}
	if _, err := m.do(ctx, a, &wire); err != nil {
		return Subscription{}, err
	}
	for _, one := range wire.Data {
		if one.Object != "whatsapp_business_account" {
			continue
		}
		found := Subscription{Callback: string(one.Callback), Active: one.Active}
		for _, f := range one.Fields {
			found.Fields = append(found.Fields, string(f.Name))
		}
		return found, nil
	}
	return Subscription{}, nil
}

// SubscribedApp is an app that hears of the account.
type SubscribedApp struct {
	ID       string
	Callback string // that replaces the app's own for this account; empty without one
}

// Apps asks which apps hear of the account. An app whose webhook is verified hears nothing until it stands in this list.
func (m *Manager) Apps(ctx context.Context) ([]SubscribedApp, error) {
	if m.waba == "" {
		return nil, ErrNoAccount
	}
	var wire struct {
		Data []struct {
			App struct {
				ID looseString `json:"id"`
			} `json:"whatsapp_business_api_data"`
			Callback looseString `json:"override_callback_uri"`
		} `json:"data"`
	}
	if _, err := m.do(ctx, ask{method: http.MethodGet, path: m.waba + "/subscribed_apps"}, &wire); err != nil {
		return nil, err
	}
	apps := make([]SubscribedApp, 0, len(wire.Data))
	for _, one := range wire.Data {
		apps = append(apps, SubscribedApp{ID: string(one.App.ID), Callback: string(one.Callback)})
	}
	return apps, nil
}
