package whatsapp

import (
	"encoding/json"
	"errors"
)

// ErrNotADelivery means that a body is not a JSON object with a list of entries: truncated, or of something else. It was
// signed, so it deserves a log line; sending it again would not help.
var ErrNotADelivery = errors.New("whatsapp: the body is not a webhook delivery")

// Decode reads the body of a webhook delivery. Unknown fields and kinds are ignored, fields are found by name in any order,
// and numbers are taken as texts and the other way round. It fails only when the body as a whole cannot be read.
func Decode(raw []byte) (Batch, error) {
	var envelope struct {
		Object  looseString       `json:"object"`
		Entries []json.RawMessage `json:"entry"`
	}
	if json.Unmarshal(raw, &envelope) != nil || envelope.Entries == nil {
		return Batch{}, ErrNotADelivery
	}
	batch := Batch{Object: string(envelope.Object)}
	for _, entry := range envelope.Entries {
		batch.addEntry(entry)
	}
	return batch, nil
}

func (b *Batch) broken(where string, raw json.RawMessage) {
	b.Broken = append(b.Broken, Broken{where, raw})
}

func (b *Batch) addEntry(raw json.RawMessage) {
	var entry struct {
		ID      looseString       `json:"id"`
		Time    looseTime         `json:"time"`
		Changes []json.RawMessage `json:"changes"`
	}
	if json.Unmarshal(raw, &entry) != nil {
		b.broken("entry", raw)
		return
	}
	for _, change := range entry.Changes {
		b.addChange(string(entry.ID), entry.Time, change)
	}
}

func (b *Batch) addChange(accountID string, at looseTime, raw json.RawMessage) {
	var change struct {
		Field looseString     `json:"field"`
		Value json.RawMessage `json:"value"`
	}
	if json.Unmarshal(raw, &change) != nil || change.Value == nil {
		b.broken("entry/change", raw)
		return
	}
	if change.Field == "messages" {
		b.addValue(accountID, change.Value)
		return
	}
	var value struct {
		Event looseString `json:"event"`
	}
	if json.Unmarshal(change.Value, &value) != nil {
		b.broken("entry/change/"+string(change.Field), change.Value)
		return
	}
	b.Events = append(b.Events, AccountEvent{
		AccountID: accountID, Field: string(change.Field), Event: string(value.Event), Timestamp: at.Time, Raw: change.Value,
	})
}

// messagesValue is the value of the field "messages". Its lists stay raw so that each item fails alone.
type messagesValue struct {
	Metadata looseObject[struct {
		PhoneNumberID looseString `json:"phone_number_id"`
		DisplayPhone  looseString `json:"display_phone_number"`
	}] `json:"metadata"`
	Contacts looseObject[contacts]          `json:"contacts"`
	Messages looseObject[[]json.RawMessage] `json:"messages"`
	Statuses looseObject[[]json.RawMessage] `json:"statuses"`
	Errors   looseObject[[]wireError]       `json:"errors"`
}

func (b *Batch) addValue(accountID string, raw json.RawMessage) {
	var value messagesValue
	if json.Unmarshal(raw, &value) != nil {
		b.broken("entry/change/messages", raw)
		return
	}
	origin := Origin{accountID, string(value.Metadata.Value.PhoneNumberID), string(value.Metadata.Value.DisplayPhone)}
	for _, item := range value.Messages.Value {
		b.addMessage(origin, value.Contacts.Value, item)
	}
	for _, item := range value.Statuses.Value {
		b.addStatus(origin, value.Contacts.Value, item)
	}
	for _, item := range value.Errors.Value {
		b.Errors = append(b.Errors, AccountError{origin, item.public()})
	}
	if value.says() == 0 {
		b.broken("entry/change/messages", raw)
	}
}

// says counts the items in a value. None at all means that a list was missing or was no list: someone should see it.
func (v messagesValue) says() int {
	return len(v.Messages.Value) + len(v.Statuses.Value) + len(v.Errors.Value)
}

func (b *Batch) addMessage(origin Origin, people contacts, raw json.RawMessage) {
	var wire wireMessage
	if json.Unmarshal(raw, &wire) != nil || wire.ID == "" {
		b.broken("entry/change/messages/message", raw)
		return
	}
	b.Messages = append(b.Messages, wire.public(origin, people))
}

func (b *Batch) addStatus(origin Origin, people contacts, raw json.RawMessage) {
	var wire wireStatus
	if json.Unmarshal(raw, &wire) != nil || wire.ID == "" || wire.Status == "" {
		b.broken("entry/change/messages/status", raw)
		return
	}
	b.Statuses = append(b.Statuses, wire.public(origin, people))
}
