package connection

import (
	"context"
	"errors"
	"sync"
	"time"

	"historias/internal/clock"
	"historias/internal/whatsapp"
)

// answer is what Meta said to one question, or why it did not.
type answer[T any] struct {
	value T
	err   error
}

// facts is everything that a look brought home.
type facts struct {
	now          time.Time
	number       answer[whatsapp.NumberInfo]
	account      answer[whatsapp.AccountInfo]
	token        answer[whatsapp.TokenInfo]
	subscription answer[whatsapp.Subscription]
	apps         answer[[]whatsapp.SubscribedApp]
	template     answer[whatsapp.TemplateInfo]
	// callback is nil when our own address answered as it must.
	callback error
	// lastWebhook is nil where nobody looked, and zero for never.
	lastWebhook *time.Time
}

var (
	// errNotAsked is the answer to a question that depends on another one.
	errNotAsked = errors.New("connection: not asked")
	// errAbsent is the answer for a template that Meta does not have.
	errAbsent = errors.New("connection: no such template")
)

// Inspect looks at a number without keeping anything, and without what only the
// database knows.
func Inspect(ctx context.Context, n *Number, c clock.Clock) Report {
	f := gather(ctx, n, c.Now(), probeCallback)
	return Report{At: f.now, Findings: judge(n, f), Summary: summarize(n, f)}
}

// probe asks our own webhook what Meta asks.
type probe func(ctx context.Context, address, verifyToken string) error

func probeCallback(ctx context.Context, address, verifyToken string) error {
	return whatsapp.ProbeCallback(ctx, nil, address, verifyToken)
}

// gather asks everything at once: somebody waits.
func gather(ctx context.Context, n *Number, now time.Time, knock probe) facts {
	f := facts{now: now}
	var asking sync.WaitGroup
	asking.Go(func() { f.number.value, f.number.err = n.Number(ctx) })
	asking.Go(func() { f.account.value, f.account.err = n.Account(ctx) })
	asking.Go(func() { f.apps.value, f.apps.err = n.Apps(ctx) })
	asking.Go(func() { f.template = template(ctx, n) })
	asking.Go(func() { f.callback = knock.at(ctx, n) })
	asking.Go(func() {
		f.token.value, f.token.err = n.Token(ctx)
		f.subscription.err = errNotAsked
		if f.token.err == nil {
			f.subscription.value, f.subscription.err = n.Subscription(ctx, f.token.value.AppID)
		}
	})
	asking.Wait()
	return f
}

func template(ctx context.Context, n *Number) (a answer[whatsapp.TemplateInfo]) {
	ours := consentTemplate()
	found := false
	a.value, found, a.err = n.FindTemplate(ctx, ours.Name, ours.Language)
	if a.err == nil && !found {
		a.err = errAbsent
	}
	return a
}

func (knock probe) at(ctx context.Context, n *Number) error {
	if n.Callback == "" || n.VerifyToken == "" {
		return errNotAsked
	}
	return knock(ctx, n.Callback, n.VerifyToken)
}

// summarize says what Meta said.
func summarize(n *Number, f facts) Summary {
	s := Summary{
		Number: f.number.value.DisplayPhone, Name: f.number.value.Name, Quality: f.number.value.Quality,
		Limit: f.number.value.Limit, Account: f.account.value.Name, NumberID: ending(n.PhoneNumberID),
		AccountID: ending(n.AccountID), Version: n.Version,
	}
	if at := f.token.value.IssuedAt; !at.IsZero() {
		s.TokenIssued = &at
	}
	if at := f.token.value.ExpiresAt; !at.IsZero() {
		s.TokenExpires = &at
	}
	return s
}

const shown = 4

// ending is what is shown of an identifier.
func ending(id string) string {
	if len(id) <= shown {
		return ""
	}
	return id[len(id)-shown:]
}
