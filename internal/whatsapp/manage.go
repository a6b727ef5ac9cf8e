package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ManagerConfig is what a Manager needs to know besides what a Client does.
type ManagerConfig struct {
	Config
	// AccountID is the WhatsApp Business Account (WABA) of the number; empty when nobody told.
	AccountID string
	// AppSecret is the secret of the app at Meta: what concerns the app itself is asked in its own name. Empty when nobody
	// told.
	AppSecret string
}

// Manager asks Meta about the account and its number, and registers templates. It reads and never sends a message. It is
// safe for concurrent use. Every error of its methods is a *SendError without tokens or secrets; nothing is asked twice.
//
// Meta counts these calls: 200 an hour for each app and account, 5,000 once a number is registered
// (developers.facebook.com/docs/whatsapp/business-management-api).
type Manager struct {
	root   string // base address and version
	phone  string
	waba   string
	token  string
	secret string
	http   *http.Client
}

// managerTimeout bounds each call: somebody waits for the answer at a screen.
const managerTimeout = 8 * time.Second

// ErrNoAccount means that no WhatsApp Business Account was configured.
var ErrNoAccount = errors.New("whatsapp: no account id")

// ErrNoSecret means that no app secret was configured.
var ErrNoSecret = errors.New("whatsapp: no app secret")

// NewManager builds a manager, or says which setting is wrong. No secret is repeated in the error.
func NewManager(config ManagerConfig) (*Manager, error) {
	if config.AccountID != "" && !idShape.MatchString(config.AccountID) {
		return nil, errors.New("whatsapp: the account id is made of digits")
	}
	if config.Timeout <= 0 {
		config.Timeout = managerTimeout
	}
	client, err := New(config.Config)
	if err != nil {
		return nil, err
	}
	return &Manager{
		root:  strings.TrimSuffix(client.endpoint, "/"+config.PhoneNumberID+"/messages"),
		phone: config.PhoneNumberID, waba: config.AccountID, token: config.Token, secret: config.AppSecret, http: client.http,
	}, nil
}

// ask is one call of the Graph API.
type ask struct {
	method string
	path   string
	query  url.Values
	token  string // the manager's own when empty
	body   any
}

// get asks for fields of an object or an edge.
func get(path, fields string) ask {
	return ask{method: http.MethodGet, path: path, query: url.Values{"fields": {fields}}}
}

// heard is what an answer says besides its body.
type heard struct {
	at      time.Time // Meta's clock, to the second; zero when it did not say
	version string    // of the Graph API that answered; empty when it did not say
}

// do makes the call and decodes the answer into dest.
func (m *Manager) do(ctx context.Context, a ask, dest any) (heard, error) {
	request, err := m.request(ctx, a)
	if err != nil {
		return heard{}, err
	}
	redact := m.redactor(a.token)
	answer, err := m.http.Do(request)
	if err != nil {
		return heard{}, lost(err, false, redact)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, largestAnswer))
	if err != nil {
		return heard{}, &SendError{Class: ClassRetry, HTTPStatus: answer.StatusCode, Detail: redact("the answer broke off: " + rootText(err)), cause: err}
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return heard{}, decodeError(answer, text, redact)
	}
	if json.Unmarshal(text, dest) != nil {
		return heard{}, &SendError{Class: ClassRetry, HTTPStatus: answer.StatusCode, Detail: fmt.Sprintf("a success of %d bytes that is no JSON", len(text))}
	}
	at, _ := http.ParseTime(answer.Header.Get("Date")) // zero when absent
	return heard{at: at, version: answer.Header.Get("Facebook-Api-Version")}, nil
}

func (m *Manager) request(ctx context.Context, a ask) (*http.Request, error) {
	raw, err := json.Marshal(a.body)
	if err != nil {
		return nil, refused(err)
	}
	address := m.root + "/" + a.path
	if len(a.query) > 0 {
		address += "?" + a.query.Encode()
	}
	var body io.Reader
	if a.body != nil {
		body = bytes.NewReader(raw)
	}
	request, err := http.NewRequestWithContext(ctx, a.method, address, body)
	if err != nil {
		return nil, refused(errors.New("the request could not be built"))
	}
	request.Header.Set("Authorization", "Bearer "+orDefault(a.token, m.token))
	request.Header.Set("Accept", "application/json")
	if a.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}

// redactor takes every secret of the manager out of a text.
func (m *Manager) redactor(token string) func(string) string {
	base := redactor(m.token, request{})
	return func(text string) string {
		for _, secret := range []string{token, m.secret} {
			if secret != "" {
				text = strings.ReplaceAll(text, secret, "#")
			}
		}
		return base(text)
	}
}
