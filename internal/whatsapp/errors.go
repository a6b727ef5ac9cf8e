package whatsapp

import (
	"errors"
	"fmt"
	"time"
)

// Class says what an error asks of whoever sent the message.
type Class string

// The classes. Only the first two may be sent again by a machine.
const (
	// ClassRetry: nothing was sent; try again by the error's Backoff.
	ClassRetry Class = "retry"
	// ClassRetryPair: too many messages to this one person; others are unaffected. Try again by the Backoff.
	ClassRetryPair Class = "retry_pair"
	// ClassHoldTemplate: the template is not approved, or paused. Hold its messages until a webhook says APPROVED or UNPAUSE.
	ClassHoldTemplate Class = "hold_template"
	// ClassHoldText: the approved text is not the one that is kept as what the person saw. Hold until they agree. Ours, never
	// Meta's.
	ClassHoldText Class = "hold_text"
	// ClassAccountStop: the account, its token or its payment is in trouble. Stop the queue, keep it, call the owner.
	ClassAccountStop Class = "account_stop"
	// ClassPermanent: this message will never be sent as it is.
	ClassPermanent Class = "permanent"
	// ClassUndeliverable: this number cannot be reached by WhatsApp. Use another channel. It is not a refusal of consent.
	ClassUndeliverable Class = "undeliverable"
	// ClassConfig: something was set up wrong at Meta or here; no message passes until a person corrects it.
	ClassConfig Class = "config"
	// ClassBug: we built a request that Meta refuses. Sending it again changes nothing.
	ClassBug Class = "bug"
	// ClassUnknownOutcome: the request left and its answer did not arrive. The message may have been sent: never send it
	// again blindly, wait for a status with its callback data.
	ClassUnknownOutcome Class = "unknown_outcome"
)

// Retryable tells whether a machine may send the message again by itself.
func (c Class) Retryable() bool { return c == ClassRetry || c == ClassRetryPair }

// SendError is why a message was not, or perhaps not, accepted. It holds no token, no telephone number and nothing of what
// was written, so it can be logged and stored.
type SendError struct {
	Class      Class
	Code       int           // Meta's code; 0 when none was given
	HTTPStatus int           // 0 when there was no answer
	Detail     string        // what Meta or the network said, with everything of the request taken out; for logs, in English
	TraceID    string        // fbtrace_id, which Meta's support asks for
	RetryAfter time.Duration // the wait that Meta asked for; 0 when it did not
	Backoff    Schedule      // the suggested waits; empty when not retryable

	cause error
}

// Error gives a short English text for logs.
func (e *SendError) Error() string {
	text := "whatsapp: " + string(e.Class)
	if e.Code != 0 {
		text += fmt.Sprintf(": code %d", e.Code)
	}
	if e.HTTPStatus != 0 {
		text += fmt.Sprintf(": HTTP %d", e.HTTPStatus)
	}
	if e.Detail != "" {
		text += ": " + e.Detail
	}
	return text
}

// Unwrap lets errors.Is find context.Canceled and context.DeadlineExceeded.
func (e *SendError) Unwrap() error { return e.cause }

// Wait returns how long to wait before trying again after so many failed tries (1 after the first), and false when it
// should not be tried again. The caller adds jitter; the wait that Meta asked for counts when it is longer.
func (e *SendError) Wait(failures int) (time.Duration, bool) {
	wait, again := e.Backoff.Wait(failures)
	if !again {
		return 0, false
	}
	return max(wait, e.RetryAfter), true
}

// ClassOf returns the class of a send's error: "" for nil, and ClassUnknownOutcome for an error of another kind, which is
// the reading that never sends twice.
func ClassOf(err error) Class {
	if err == nil {
		return ""
	}
	var sent *SendError
	if errors.As(err, &sent) {
		return sent.Class
	}
	return ClassUnknownOutcome
}

// Schedule is a list of waits: the first after the first failure, and so on. When it is used up, the message has failed.
type Schedule []time.Duration

// Wait returns the wait after so many failed tries, and false when there is none left.
func (s Schedule) Wait(failures int) (time.Duration, bool) {
	if failures < 1 || failures > len(s) {
		return 0, false
	}
	return s[failures-1], true
}

// Verdict is what a code of Meta's asks for.
type Verdict struct {
	Class   Class
	Backoff Schedule
}

// Classify returns the verdict on a code, which may come in the answer to a send, in a failed status, or in both. A code
// that is not in Meta's table is ClassPermanent: a message is not repeated for reasons that nobody knows.
func Classify(code int) Verdict {
	if verdict, known := verdicts[code]; known {
		return verdict
	}
	if code >= 200 && code <= 299 {
		return accountStop // permissions
	}
	return Verdict{Class: ClassPermanent}
}

// classifyStatus is for answers that carry no code of Meta's: a proxy's page, an empty body.
func classifyStatus(status int) Verdict {
	switch {
	case status == 504: // the gateway gave up waiting; what stands behind it may have gone on
		return Verdict{Class: ClassUnknownOutcome}
	case status == 429 || status >= 500:
		return Verdict{ClassRetry, toHours}
	case status == 401 || status == 403:
		return accountStop
	case status == 404 || status >= 300 && status < 400:
		return Verdict{Class: ClassConfig}
	}
	return Verdict{Class: ClassBug}
}
