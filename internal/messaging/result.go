package messaging

import "encoding/hex"

// Result is what became of one item of a webhook.
type Result string

// The results. Parked and Broken off items are tried again; the others stand.
const (
	ResultApplied   Result = "applied"   // a status moved a message
	ResultLate      Result = "late"      // a status came late: kept, nothing moved
	ResultDuplicate Result = "duplicate" // it had come before: nothing changed
	ResultParked    Result = "parked"    // its message is not known yet
	ResultUnknown   Result = "unknown"   // its message never turned up
	ResultForeign   Result = "foreign"   // it is about a number that is not ours
	ResultIgnored   Result = "ignored"   // it says nothing that we act upon
	ResultKept      Result = "kept"      // a person's message was given to a clinic
	ResultUnrouted  Result = "unrouted"  // a person's message has no clinic
	ResultAccount   Result = "account"   // about the account, its numbers or templates
	ResultBroken    Result = "broken"    // it could not be read
	ResultError     Result = "error"     // we failed; it is tried again
	// resultTap begins what a tap came to; the consent feature names it.
	resultTap = "tap_"
)

// final tells whether an item need not be looked at again.
func (r Result) final() bool { return r != "" && r != ResultParked && r != ResultError }

func hexOf(b []byte) string { return hex.EncodeToString(b) }
