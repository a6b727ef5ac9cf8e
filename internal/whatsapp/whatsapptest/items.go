package whatsapptest

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"historias/internal/whatsapp"
)

// Item is one thing inside a delivery: a message of a person, or a status of a message of ours. Deliver takes any number
// of them in any order, which is how tests make batches, duplicates and disorder.
type Item struct {
	list    string // messages or statuses
	contact map[string]any
	body    map[string]any
	summary string
	apply   func()
}

// ErrNoMessage means that no message of ours has the id.
var ErrNoMessage = errors.New("whatsapptest: no such message")

// Tap says how a tap on a button arrives. The zero value is how it usually does.
type Tap struct {
	WithoutContext bool   // the tap does not say which message it answers; seen in production in July 2026
	ForeignContext bool   // it names the message by the id that the recipient's phone knows
	OnlyUserID     bool   // it names the person by BSUID alone; needs Options.UserIDs
	FromNumber     string // it comes from another number than the message went to
	Payload        string // instead of the one that was sent, as a forged or stale tap would have
}

// TapItem is a person's tap on the first button of a message of ours. Each call is a new tap with an id of its own.
func (s *Server) TapItem(messageID string, tap Tap) (Item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent, ok := s.find(messageID)
	if !ok || len(sent.Buttons) == 0 {
		return Item{}, ErrNoMessage
	}
	waID := sent.WAID
	if tap.FromNumber != "" {
		waID = s.waID(tap.FromNumber)
	}
	text := sent.Buttons[0].Text
	payload := firstOf(tap.Payload, sent.payload, text)
	body := map[string]any{"type": "button", "button": map[string]any{"payload": payload, "text": text}}
	switch {
	case tap.ForeignContext:
		body["context"] = map[string]any{"from": s.options.DisplayPhone, "id": s.messageID(s.options.DisplayPhone, inbound)}
	case !tap.WithoutContext:
		body["context"] = map[string]any{"from": s.options.DisplayPhone, "id": messageID}
	}
	return s.inboundItem(waID, tap.OnlyUserID, body, &Message{Kind: "button", Text: text, InReplyTo: messageID}, "button «"+text+"»"), nil
}

// TextItem is a free text that a person wrote.
func (s *Server) TextItem(number, text string) Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	body := map[string]any{"type": "text", "text": map[string]any{"body": text}}
	return s.inboundItem(s.waID(number), false, body, &Message{Kind: "text", Text: text}, "text")
}

// inboundItem completes what every message of a person carries; the caller holds the lock.
func (s *Server) inboundItem(waID string, onlyUserID bool, body map[string]any, kept *Message, summary string) Item {
	at := s.now()
	id := s.messageID(waID, inbound)
	body["id"], body["timestamp"] = id, seconds(at)
	kept.ID, kept.At, kept.WAID, kept.UserID, kept.Inbound = id, at, waID, s.userID(waID), true
	contact := s.contact(waID, onlyUserID)
	if userID := s.userID(waID); userID != "" {
		body["from_user_id"] = userID
	}
	if !onlyUserID {
		body["from"] = waID
	}
	return Item{list: "messages", contact: contact, body: body, summary: summary, apply: func() { s.received(kept) }}
}

// contact describes a person as deliveries do; the caller holds the lock.
func (s *Server) contact(waID string, onlyUserID bool) map[string]any {
	contact := map[string]any{"profile": map[string]any{"name": s.phone(waID).name}}
	if !onlyUserID {
		contact["wa_id"] = waID
	}
	if userID := s.userID(waID); userID != "" {
		contact["user_id"] = userID
	}
	return contact
}

// received puts a person's message on her phone, once however often it is delivered; the caller holds the lock.
func (s *Server) received(message *Message) {
	if _, known := s.find(message.ID); known {
		return
	}
	s.phone(message.WAID).lastInbound = message.At
	s.keep(message)
}

// StatusItem is a status of a message of ours: sent, delivered, read, played or failed. A failed one gets code 131026;
// FailedItem says another.
func (s *Server) StatusItem(messageID, status string) (Item, error) {
	if status == "failed" {
		return s.FailedItem(messageID, 131026)
	}
	return s.statusItem(messageID, status, 0)
}

// FailedItem is the status failed with a code of Meta's.
func (s *Server) FailedItem(messageID string, code int) (Item, error) {
	return s.statusItem(messageID, "failed", code)
}

func (s *Server) statusItem(messageID, status string, code int) (Item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent, ok := s.find(messageID)
	if !ok || sent.Inbound {
		return Item{}, ErrNoMessage
	}
	body := map[string]any{
		"id": messageID, "status": status, "timestamp": seconds(s.now()), "recipient_id": sent.WAID,
	}
	if sent.callback != "" {
		body["biz_opaque_callback_data"] = sent.callback
	}
	item := Item{list: "statuses", body: body, summary: status, apply: func() { advance(sent, status) }}
	if status == "failed" { // neither contacts nor a BSUID come with a failure
		body["errors"] = []any{map[string]any{
			"code": code, "title": "Simulated failure", "message": "Simulated failure",
			"error_data": map[string]any{"details": "Simulated failure"}, "href": "/documentation/business-messaging/whatsapp/support/error-codes",
		}}
		item.summary = fmt.Sprintf("failed %d", code)
		return item, nil
	}
	if status == "sent" { // the price comes once
		body["pricing"] = map[string]any{"billable": true, "pricing_model": "PMP", "type": "regular", "category": "utility"}
	}
	item.contact = s.contact(sent.WAID, false)
	if sent.UserID != "" {
		body["recipient_user_id"] = sent.UserID
	}
	return item, nil
}

// advance moves the message as the simulated phone shows it; the caller holds the lock.
func advance(sent *Message, status string) {
	if incoming, ok := whatsapp.StateOfStatus(status); ok {
		sent.State, _ = whatsapp.Advance(sent.State, incoming)
	}
}

func seconds(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
