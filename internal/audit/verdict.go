package audit

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
)

// Verdict is what the audit view says above its list.
type Verdict struct {
	Report
	// Running says that a verification has not ended yet; the report is then
	// the one before, and its At is zero when there was none.
	Running bool
}

const (
	// verdictLife is how long a verification is good for the view.
	verdictLife = time.Minute
	// verdictWait is how long a reader waits for a new one.
	verdictWait = 10 * time.Second
)

// verdicts keeps the last verification of each clinic and lets one run at a
// time. They live in the process: another one verifies for itself.
type verdicts struct {
	mu      sync.Mutex
	last    map[uuid.UUID]Report
	running map[uuid.UUID]*run
}

// run is a verification on its way; err is set before done is closed.
type run struct {
	done chan struct{}
	err  error
}

func newVerdicts() verdicts {
	return verdicts{last: map[uuid.UUID]Report{}, running: map[uuid.UUID]*run{}}
}

// Verification gives the last verification of the clinic's chain, or makes one
// when that is older than a minute or fresh asks for it, and then records that
// it was made. A chain too long to be proved in a few seconds is proved beside:
// the answer says that it is running.
func (t *Trail) Verification(ctx context.Context, fresh bool) (Verdict, error) {
	clinic := actor.Clinic(ctx)
	last, going := t.verdicts.begin(clinic, func(last Report) bool {
		age := t.clock.Now().Sub(last.At)
		return !fresh && age >= 0 && age < verdictLife
	}, func() (Report, error) { return t.verifyFor(context.WithoutCancel(ctx), clinic) })
	if going == nil {
		return Verdict{Report: last}, nil
	}
	patience := time.NewTimer(verdictWait)
	defer patience.Stop()
	select {
	case <-going.done:
		return Verdict{Report: t.verdicts.of(clinic)}, going.err
	case <-patience.C:
		return Verdict{Report: last, Running: true}, nil
	case <-ctx.Done():
		return Verdict{}, ctx.Err()
	}
}

// begin gives the last report if it is good enough, else the run that makes a
// new one, started if there was none.
func (v *verdicts) begin(clinic uuid.UUID, good func(Report) bool, verify func() (Report, error)) (Report, *run) {
	v.mu.Lock()
	defer v.mu.Unlock()
	last := v.last[clinic]
	if good(last) {
		return last, nil
	}
	if r := v.running[clinic]; r != nil {
		return last, r
	}
	r := &run{done: make(chan struct{})}
	v.running[clinic] = r
	go func() {
		report, err := verify()
		v.end(clinic, r, report, err)
	}()
	return last, r
}

func (v *verdicts) end(clinic uuid.UUID, r *run, report Report, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err == nil {
		v.last[clinic] = report
	}
	r.err = err
	delete(v.running, clinic)
	close(r.done)
}

func (v *verdicts) of(clinic uuid.UUID) Report {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.last[clinic]
}

func (t *Trail) verifyFor(ctx context.Context, clinic uuid.UUID) (Report, error) {
	report, err := t.Verify(ctx, VerifyOptions{Clinic: &clinic})
	if err != nil {
		return report, err
	}
	return report, t.recordVerified(ctx, report)
}

// recordVerified leaves an event of a verification and how it ended.
func (t *Trail) recordVerified(ctx context.Context, r Report) error {
	e := Event{Action: AuditVerified}
	if !r.OK() {
		e.Outcome, e.Reason = Failure, string(r.Faults[0].Kind)
	}
	return t.Record(ctx, e)
}
