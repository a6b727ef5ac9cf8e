package whatsapp

import (
	"encoding/json"
	"strings"
	"time"
)

// Batch is a decoded delivery. Up to a thousand items of any kind may come together; each was decoded on its own, and one
// that could not be read is in Broken and harms no other. Handle the messages before the statuses: an answer of a person
// must not wait behind bookkeeping.
type Batch struct {
	Object   string // whatsapp_business_account
	Messages []Message
	Statuses []Status
	Errors   []AccountError
	Events   []AccountEvent
	Broken   []Broken
}

// Origin says which of our accounts an item belongs to.
type Origin struct {
	AccountID     string // WABA
	PhoneNumberID string // of our number; empty for account and template events
	DisplayPhone  string // of our number, digits
}

// Message is something a person did: wrote, tapped a button, changed her number. What she wrote is personal data and must
// not be logged.
type Message struct {
	Origin
	ID        string // wamid; the key against duplicates
	Timestamp time.Time
	Type      string // button, text, interactive, system, image, … or a word that did not exist when this was written

	// Who sent it. Any of these may be empty; they were sorted by their shape, not by the field they came in.
	WAID        string // number in WhatsApp's form, 521… or 52… for Mexico
	UserID      string // BSUID
	ProfileName string // chosen by the person: never an identity

	// A quick reply of a template. ButtonPayload is what we sent with it; without one Meta repeats the button's text.
	ButtonPayload string
	ButtonText    string
	// ContextID is the message answered. It may be missing on a tap, and may differ from the id that we were given.
	ContextID string

	Text       string      // of a text message
	ReplyID    string      // of an interactive button or list
	ReplyTitle string      // of the same
	System     SystemEvent // of a system message
	Errors     []ItemError // of an unsupported message
}

// SystemEvent is a change of the person's account. After one, "the same phone" is no longer the same evidence.
type SystemEvent struct {
	Type           string // user_changed_number, user_changed_user_id, customer_identity_changed
	WAID           string // the new number
	UserID         string // the new BSUID
	PreviousUserID string
}

// Status is what became of a message of ours. State gives its meaning by StateOfStatus.
type Status struct {
	Origin
	MessageID    string // wamid of the message; may arrive before the answer to our send does
	Status       string // sent, delivered, read, failed, played
	Timestamp    time.Time
	WAID         string // recipient's number in WhatsApp's form; may be empty
	UserID       string // recipient's BSUID; may be empty
	CallbackData string // ours, as sent
	Errors       []ItemError
	Pricing      Pricing
}

// Pricing says what a message costs. It comes with one of a message's statuses, not with all.
type Pricing struct {
	Present  bool // whether the status carried it
	Billable bool
	Model    string // PMP, CBP
	Type     string // regular, free_customer_service, …
	Category string // utility, service, …
}

// ItemError is an error inside a message or status. Classify and Reason tell what it means; Details is Meta's text with
// numbers and addresses taken out.
type ItemError struct {
	Code    int
	Title   string
	Details string
}

// AccountError is an error of one of our numbers that belongs to no message.
type AccountError struct {
	Origin
	ItemError
}

// AccountEvent is a delivery about templates, numbers or the account.
type AccountEvent struct {
	AccountID string
	Field     string // message_template_status_update, account_update, …
	Event     string // the event inside it (APPROVED, PAUSED, DISABLED_UPDATE, …); often empty
	Timestamp time.Time
	Raw       json.RawMessage // the whole value
}

// Broken is an item that could not be read. It is kept so that a person can look at it: a message that vanishes without a
// trace is worse than one that is not understood.
type Broken struct {
	Where string // such as entry/change/messages
	Raw   json.RawMessage
}

// NormalLanguage writes a language as sends do, es_MX; webhooks have been seen with es-MX and other capitals.
func NormalLanguage(language string) string {
	lang, region, found := strings.Cut(strings.ReplaceAll(language, "-", "_"), "_")
	if !found {
		return strings.ToLower(lang)
	}
	return strings.ToLower(lang) + "_" + strings.ToUpper(region)
}

// TemplateEvent is what an AccountEvent says about a template.
type TemplateEvent struct {
	Name            string
	Language        string // as in NormalLanguage
	Event           string // APPROVED, REJECTED, PAUSED, DISABLED, FLAGGED, REINSTATED, …
	Reason          string
	NewCategory     string // of a change of category
	CorrectCategory string // of one that is announced
}

// Template reads the event as one about a template; false when it is about something else.
func (e AccountEvent) Template() (TemplateEvent, bool) {
	var value struct {
		Name            looseString `json:"message_template_name"`
		Language        looseString `json:"message_template_language"`
		Reason          looseString `json:"reason"`
		NewCategory     looseString `json:"new_category"`
		CorrectCategory looseString `json:"correct_category"`
	}
	if json.Unmarshal(e.Raw, &value) != nil || value.Name == "" {
		return TemplateEvent{}, false
	}
	return TemplateEvent{
		Name: string(value.Name), Language: NormalLanguage(string(value.Language)), Event: e.Event,
		Reason: string(value.Reason), NewCategory: string(value.NewCategory), CorrectCategory: string(value.CorrectCategory),
	}, true
}
