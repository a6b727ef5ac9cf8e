package messaging

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/jobs"
	"historias/internal/vault"
	"historias/internal/whatsapp"
)

// parkedFor is how long an item waits for the message that it is about: a
// status can overtake the answer to our own call.
var parkedFor = []time.Duration{2 * time.Second, 15 * time.Second, time.Minute, 10 * time.Minute, time.Hour}

// together is how many items of a delivery are worked at a time.
const together = 4

// item is one item of a delivery, ready to be worked.
type item func(ctx context.Context, last bool) (Result, error)

// process works through a delivery. Each item stands alone: one that fails or
// is not understood harms no other, and one that was settled is not looked at
// again.
func (s *Service) process(ctx context.Context, job jobs.Job[processArgs]) error {
	ctx = actor.System(ctx, actor.Platform, system)
	raw, results, err := s.load(ctx, job.Args)
	if errors.Is(err, db.ErrNoRow) {
		return jobs.Abandon(err)
	}
	if err != nil {
		return err
	}
	batch, err := whatsapp.Decode(raw)
	if err != nil {
		return s.settle(ctx, job.Args, []Result{ResultBroken})
	}
	messages, rest := s.items(ctx, batch)
	all := len(messages) + len(rest)
	if len(results) != all {
		results = make([]Result, all)
	}
	last := job.Args.Run >= len(parkedFor)
	// What people did must not wait behind bookkeeping.
	s.work(ctx, messages, results[:len(messages)], last)
	s.work(ctx, rest, results[len(messages):], last)
	return s.settle(ctx, job.Args, results)
}

func (s *Service) load(ctx context.Context, a processArgs) ([]byte, []Result, error) {
	var token string
	var texts []string
	err := s.db.Read(ctx, func(q *db.Reader) error {
		q.One([]any{&token, &texts}, `select sealed, results from webhook_bodies where clinic_id = $1 and id = $2`, actor.Platform, a.Body)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	key, err := s.deps.Vault.Key(ctx, actor.Platform, vault.PurposeData)
	if err != nil {
		return nil, nil, err
	}
	content, err := vault.Sealed[body](token).Open(key, place(actor.Platform, purposeBody, a.Body))
	results := make([]Result, len(texts))
	for i, text := range texts {
		results[i] = Result(text)
	}
	return content.Raw, results, err
}

// items lists the work of a delivery: what people did, and everything else.
func (s *Service) items(ctx context.Context, batch whatsapp.Batch) (messages, rest []item) {
	for _, m := range batch.Messages {
		messages = append(messages, s.ours(m.Origin, func(ctx context.Context, last bool) (Result, error) { return s.inbound(ctx, m, last) }))
	}
	for _, st := range batch.Statuses {
		rest = append(rest, s.ours(st.Origin, func(ctx context.Context, _ bool) (Result, error) { return s.applyStatus(ctx, st) }))
	}
	for _, e := range batch.Errors {
		rest = append(rest, func(ctx context.Context, _ bool) (Result, error) {
			s.alarm(ctx, whatsapp.Classify(e.Code).Class, e.Code)
			return ResultAccount, nil
		})
	}
	for _, e := range batch.Events {
		rest = append(rest, func(ctx context.Context, _ bool) (Result, error) {
			return ResultAccount, s.deps.Templates.Heard(ctx, e)
		})
	}
	for _, b := range batch.Broken {
		rest = append(rest, func(context.Context, bool) (Result, error) {
			s.deps.Report(ctx, fmt.Errorf("whatsapp: an item could not be read at %s", b.Where))
			return ResultBroken, nil
		})
	}
	return messages, rest
}

// ours lets only items of our own numbers through.
func (s *Service) ours(from whatsapp.Origin, do item) item {
	return func(ctx context.Context, last bool) (Result, error) {
		if s.via(from.PhoneNumberID) == "" {
			return ResultForeign, nil
		}
		return do(ctx, last)
	}
}

// via says which of our numbers an id of Meta's is; empty for none.
func (s *Service) via(phoneNumberID string) senderName {
	for _, name := range []senderName{viaPlatform, viaSimulator} {
		if n := s.number(name); n != nil && n.PhoneNumberID == phoneNumberID {
			return name
		}
	}
	return ""
}

// work runs items a few at a time and keeps what became of each.
func (s *Service) work(ctx context.Context, items []item, results []Result, last bool) {
	var group sync.WaitGroup
	gate := make(chan struct{}, together)
	for i, do := range items {
		if results[i].final() {
			continue
		}
		gate <- struct{}{}
		group.Go(func() {
			defer func() { <-gate }()
			results[i] = s.one(ctx, do, last)
		})
	}
	group.Wait()
}

// one runs an item; its failure stays its own.
func (s *Service) one(ctx context.Context, do item, last bool) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			s.deps.Report(ctx, fmt.Errorf("whatsapp: panic of %T in an item", p))
			result = ResultError
		}
	}()
	result, err := do(ctx, last)
	if err != nil {
		s.deps.Log.WarnContext(ctx, "webhook item failed", "cause", err.Error())
		return ResultError
	}
	if last && result == ResultParked {
		return ResultUnknown
	}
	return result
}

// settle keeps the results and comes back for what is not settled.
func (s *Service) settle(ctx context.Context, a processArgs, results []Result) error {
	open := false
	texts := make([]string, len(results))
	for i, r := range results {
		texts[i] = string(r)
		open = open || !r.final()
	}
	return s.db.WithTx(ctx, func(ctx context.Context, t *db.Tx) error {
		now := s.clock.Now()
		t.Exec(`update webhook_bodies set results = $3, runs = $4, processed_at = $5 where clinic_id = $1 and id = $2`,
			actor.Platform, a.Body, texts, a.Run+1, now)
		if !open || a.Run >= len(parkedFor) {
			return nil
		}
		return s.deps.Queue.Enqueue(ctx, t, processArgs{a.Body, a.Run + 1}, jobs.At(now.Add(parkedFor[a.Run])))
	})
}
