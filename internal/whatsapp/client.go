package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"time"
)

// Config is what a Client needs to know.
type Config struct {
	BaseURL       string // DefaultBaseURL when empty; http only to this machine
	Version       string // DefaultVersion when empty
	PhoneNumberID string // of the number that sends
	Token         string // of a system user
	Timeout       time.Duration
	// Transport replaces the network; for tests and for the simulator inside the program.
	Transport http.RoundTripper
}

// Client sends messages from one number. It is safe for concurrent use and keeps connections open. It never repeats a
// request: that is for whoever knows what was sent before.
type Client struct {
	endpoint string
	token    string
	http     *http.Client
}

const (
	defaultTimeout = 20 * time.Second
	largestAnswer  = 1 << 20
)

var (
	versionShape = regexp.MustCompile(`^v[0-9]{1,3}\.[0-9]{1,2}$`)
	idShape      = regexp.MustCompile(`^[0-9]{1,32}$`)
	tokenShape   = regexp.MustCompile(`^[!-~]+$`)
)

// New builds a client, or says which setting is wrong. The token is not repeated in the error.
func New(config Config) (*Client, error) {
	base, err := checkBase(orDefault(config.BaseURL, DefaultBaseURL))
	if err != nil {
		return nil, err
	}
	version := orDefault(config.Version, DefaultVersion)
	switch {
	case !versionShape.MatchString(version):
		return nil, errors.New("whatsapp: the version looks like v26.0")
	case !idShape.MatchString(config.PhoneNumberID):
		return nil, errors.New("whatsapp: the phone number id is made of digits")
	case !tokenShape.MatchString(config.Token):
		return nil, errors.New("whatsapp: the token is missing or has blanks in it")
	}
	timeout := config.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	return &Client{
		endpoint: base + "/" + version + "/" + config.PhoneNumberID + "/messages",
		token:    config.Token,
		http:     &http.Client{Transport: config.Transport, Timeout: timeout, CheckRedirect: stayHere},
	}, nil
}

// stayHere keeps a redirection from carrying the token to another address.
func stayHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func orDefault(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

// checkBase takes https to anywhere and http to this machine only, so that neither the token nor a message ever crosses a
// network in the clear.
func checkBase(raw string) (string, error) {
	base, err := url.Parse(raw)
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return "", errors.New("whatsapp: the base URL is a bare address such as " + DefaultBaseURL)
	}
	safe := base.Scheme == "https" || base.Scheme == "http" && isLoopback(base.Hostname())
	if !safe {
		return "", errors.New("whatsapp: the base URL uses https, or http to this machine")
	}
	return strings.TrimRight(base.String(), "/"), nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// SendTemplate sends an approved template. Every error is a *SendError.
func (c *Client) SendTemplate(ctx context.Context, message TemplateMessage) (SendResult, error) {
	body, err := message.request()
	if err != nil {
		return SendResult{}, refused(err)
	}
	return c.send(ctx, body)
}

// SendText sends a free text. Every error is a *SendError; code 131047 means that the 24 hours are over.
func (c *Client) SendText(ctx context.Context, message TextMessage) (SendResult, error) {
	body, err := message.request()
	if err != nil {
		return SendResult{}, refused(err)
	}
	return c.send(ctx, body)
}

// refused is a message that did not leave because it could not be built.
func refused(err error) *SendError {
	return &SendError{Class: ClassBug, Detail: strings.TrimPrefix(err.Error(), "whatsapp: "), cause: err}
}

func (c *Client) send(ctx context.Context, body request) (SendResult, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return SendResult{}, refused(err)
	}
	redact := redactor(c.token, body)
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	call, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(raw))
	if err != nil {
		return SendResult{}, refused(errors.New("the request could not be built"))
	}
	call.Header.Set("Authorization", "Bearer "+c.token)
	call.Header.Set("Content-Type", "application/json")
	call.Header.Set("Accept", "application/json")

	answer, err := c.http.Do(call)
	if err != nil {
		return SendResult{}, lost(err, written.Load(), redact)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, largestAnswer))
	if err != nil {
		return SendResult{}, halfRead(err, answer.StatusCode, redact)
	}
	return interpret(answer, text, redact)
}

// lost is a call without an answer. If nothing had been written the message certainly did not leave; afterwards nobody
// knows.
func lost(err error, written bool, redact func(string) string) *SendError {
	failure := &SendError{Class: ClassRetry, Backoff: toHours, cause: err, Detail: redact(rootText(err))}
	if written {
		failure.Class, failure.Backoff = ClassUnknownOutcome, nil
	}
	return failure
}

// halfRead is an answer that broke off. A refusal stays one; a success without its message id is an unknown outcome.
func halfRead(err error, status int, redact func(string) string) *SendError {
	verdict := Verdict{Class: ClassUnknownOutcome}
	if status >= 300 {
		verdict = classifyStatus(status)
	}
	return &SendError{
		Class: verdict.Class, Backoff: verdict.Backoff, HTTPStatus: status,
		Detail: redact("the answer broke off: " + rootText(err)), cause: err,
	}
}

// rootText leaves out the address that net/http puts in front of a network error.
func rootText(err error) string {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err.Error()
	}
	return err.Error()
}

// interpret reads a whole answer.
func interpret(answer *http.Response, text []byte, redact func(string) string) (SendResult, error) {
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return SendResult{}, decodeError(answer, text, redact)
	}
	result, ok := decodeReceipt(text)
	if !ok {
		return SendResult{}, &SendError{
			Class: ClassUnknownOutcome, HTTPStatus: answer.StatusCode,
			Detail: fmt.Sprintf("a success of %d bytes without a message id", len(text)),
		}
	}
	return result, nil
}

func decodeReceipt(text []byte) (SendResult, bool) {
	var receipt struct {
		Contacts []struct {
			Input  string `json:"input"`
			WAID   string `json:"wa_id"`
			UserID string `json:"user_id"`
		} `json:"contacts"`
		Messages []struct {
			ID     string `json:"id"`
			Status string `json:"message_status"`
		} `json:"messages"`
	}
	if json.Unmarshal(text, &receipt) != nil || len(receipt.Messages) == 0 || receipt.Messages[0].ID == "" {
		return SendResult{}, false
	}
	result := SendResult{MessageID: receipt.Messages[0].ID, Status: receipt.Messages[0].Status}
	if len(receipt.Contacts) > 0 {
		contact := receipt.Contacts[0]
		result.Input, result.WAID, result.UserID = contact.Input, contact.WAID, contact.UserID
	}
	return result, true
}
