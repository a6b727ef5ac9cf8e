package whatsapp

import "time"

// The schedules that Meta's table of errors suggests.
var (
	secondsGrowing = Schedule{1 * time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second, 64 * time.Second}
	powersOfFour   = Schedule{1 * time.Second, 4 * time.Second, 16 * time.Second, 64 * time.Second, 256 * time.Second, 1024 * time.Second}
	someMinutes    = Schedule{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}
	eachMinute     = Schedule{time.Minute, time.Minute, time.Minute, 2 * time.Minute, 5 * time.Minute}
	fewTimes       = Schedule{5 * time.Second, 30 * time.Second, 2 * time.Minute}
	once           = Schedule{5 * time.Second}
	toHours        = Schedule{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}
	nextDay        = Schedule{24 * time.Hour}
)

var accountStop = Verdict{Class: ClassAccountStop}

// Codes that the program names elsewhere.
const (
	codeInvalidParameter = 100
	codeTokenInvalid     = 190
	codePhoneIDGone      = 33
)

// verdicts follows Meta's page of error codes (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes) as of
// June 2026. 131063 and 131064 are known from one client library only.
var verdicts = map[int]Verdict{
	// too fast
	4:      {ClassRetry, someMinutes},
	80007:  {ClassRetry, someMinutes},
	133016: {ClassRetry, someMinutes},
	130429: {ClassRetry, secondsGrowing},
	131056: {ClassRetryPair, powersOfFour},
	131064: {ClassRetry, nextDay}, // the portfolio's limit of people in 24 hours
	131049: {ClassRetry, nextDay}, // "healthy ecosystem": a utility template should never see it

	// trouble at Meta
	1:       {ClassRetry, once},
	2:       {ClassRetry, toHours},
	131000:  {ClassRetry, fewTimes},
	131016:  {ClassRetry, toHours},
	131057:  {ClassRetry, eachMinute},
	133004:  {ClassRetry, toHours},
	2494100: {ClassRetry, toHours},

	// the account
	0:                accountStop,
	codeTokenInvalid: accountStop,
	3:                accountStop,
	10:               accountStop,
	368:              accountStop,
	130497:           accountStop,
	131005:           accountStop,
	131031:           accountStop,
	131042:           accountStop,
	131048:           accountStop, // spam limit: sending on makes it worse

	// the template
	132001: {Class: ClassHoldTemplate},
	132015: {Class: ClassHoldTemplate},
	132016: {Class: ClassPermanent}, // disabled: a new template is needed

	// this person, this message
	131026: {Class: ClassUndeliverable},
	130472: {Class: ClassPermanent},
	131021: {Class: ClassPermanent},
	131035: {Class: ClassPermanent},
	131036: {Class: ClassPermanent},
	131047: {Class: ClassPermanent}, // outside the 24 hours: send a template instead
	131050: {Class: ClassPermanent},
	131051: {Class: ClassPermanent},
	131052: {Class: ClassPermanent},
	131053: {Class: ClassPermanent},
	131062: {Class: ClassPermanent}, // needs a telephone number instead of a BSUID
	132005: {Class: ClassPermanent},
	135000: {Class: ClassPermanent},

	// set-up
	codePhoneIDGone: {Class: ClassConfig},
	131030:          {Class: ClassConfig},
	131037:          {Class: ClassConfig},
	131063:          {Class: ClassConfig},
	133010:          {Class: ClassConfig},

	// our request
	codeInvalidParameter: {Class: ClassBug},
	131008:               {Class: ClassBug},
	131009:               {Class: ClassBug},
	132000:               {Class: ClassBug},
	132007:               {Class: ClassBug},
	132012:               {Class: ClassBug},
	132018:               {Class: ClassBug},
}
