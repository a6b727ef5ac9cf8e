package whatsapptest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"historias/internal/whatsapp"
)

// Delivery is a signed webhook body on its way to the program.
type Delivery struct {
	Body      []byte
	Signature string // value of whatsapp.SignatureHeader
}

// Sink takes a delivery to the program's webhook and returns the HTTP status it answered with.
type Sink func(ctx context.Context, delivery Delivery) (status int, err error)

// PostTo returns a sink that posts to an address, such as http://127.0.0.1:8000/api/webhooks/whatsapp.
func PostTo(address string, client *http.Client) Sink {
	return func(ctx context.Context, delivery Delivery) (int, error) {
		call, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(delivery.Body))
		if err != nil {
			return 0, err
		}
		call.Header.Set("Content-Type", "application/json")
		call.Header.Set("User-Agent", "facebookexternalua")
		call.Header.Set(whatsapp.SignatureHeader, delivery.Signature)
		answer, err := client.Do(call)
		if err != nil {
			return 0, err
		}
		defer answer.Body.Close()
		_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
		return answer.StatusCode, err
	}
}

// Deliver sends the items in one delivery and returns its entry. What the items say becomes true on the simulated phones
// whatever the program answers.
func (s *Server) Deliver(ctx context.Context, items ...Item) Entry {
	s.mu.Lock()
	for _, item := range items {
		item.apply()
	}
	s.mu.Unlock()
	body := encode(s.envelope(items))
	return s.deliver(ctx, Entry{
		Direction: Webhook, Path: lists(items), Summary: summary(items), Body: string(body),
		Signature: whatsapp.Sign(s.options.AppSecret, body),
	})
}

// DeliverBody signs and delivers any bytes: events of the account, nonsense, a published example.
func (s *Server) DeliverBody(ctx context.Context, body []byte) Entry {
	return s.deliver(ctx, Entry{
		Direction: Webhook, Path: "otro", Summary: strconv.Itoa(len(body)) + " bytes", Body: string(body),
		Signature: whatsapp.Sign(s.options.AppSecret, body),
	})
}

// Repeat delivers the bytes of an earlier delivery again, as Meta does when it is not sure of an answer. False when the
// entry is no delivery or has been forgotten.
func (s *Server) Repeat(ctx context.Context, entryID int) (Entry, bool) {
	earlier, ok := s.entry(entryID)
	if !ok || earlier.Direction != Webhook {
		return Entry{}, false
	}
	earlier.Repeated = true
	return s.deliver(ctx, earlier), true
}

func (s *Server) deliver(ctx context.Context, entry Entry) Entry {
	entry.At, entry.HTTPStatus, entry.Error = s.now(), 0, ""
	if s.options.Sink == nil {
		entry.Error = "sin destino"
		return s.record(entry)
	}
	status, err := s.options.Sink(ctx, Delivery{[]byte(entry.Body), entry.Signature})
	entry.HTTPStatus = status
	if err != nil {
		entry.Error = err.Error()
	}
	return s.record(entry)
}

// Status delivers one status of a message of ours.
func (s *Server) Status(ctx context.Context, messageID, status string) (Entry, error) {
	item, err := s.StatusItem(messageID, status)
	if err != nil {
		return Entry{}, err
	}
	return s.Deliver(ctx, item), nil
}

// Fail delivers the status failed with a code.
func (s *Server) Fail(ctx context.Context, messageID string, code int) (Entry, error) {
	item, err := s.FailedItem(messageID, code)
	if err != nil {
		return Entry{}, err
	}
	return s.Deliver(ctx, item), nil
}

// Tap taps the first button of a message of ours.
func (s *Server) Tap(ctx context.Context, messageID string, tap Tap) (Entry, error) {
	item, err := s.TapItem(messageID, tap)
	if err != nil {
		return Entry{}, err
	}
	return s.Deliver(ctx, item), nil
}

// Write writes a free text from a number.
func (s *Server) Write(ctx context.Context, number, text string) Entry {
	return s.Deliver(ctx, s.TextItem(number, text))
}

// Open opens the conversation on a phone: whatever arrived there and had not been read is now. False when nothing was new.
func (s *Server) Open(ctx context.Context, number string) (Entry, bool) {
	waID := s.waID(number)
	var items []Item
	for _, message := range s.Messages() {
		if message.WAID == waID && !message.Inbound && message.State == whatsapp.StateDelivered {
			if item, err := s.StatusItem(message.ID, "read"); err == nil {
				items = append(items, item)
			}
		}
	}
	if len(items) == 0 {
		return Entry{}, false
	}
	return s.Deliver(ctx, items...), true
}

// follow delivers the statuses of a message by the Pace.
func (s *Server) follow(messageID string, unreachable bool, delay time.Duration) {
	pace := *s.options.Pace
	s.later(pace.Sent+delay, func(ctx context.Context) {
		if unreachable {
			_, _ = s.Fail(ctx, messageID, 131026) // a forgotten message needs no status
			return
		}
		_, _ = s.Status(ctx, messageID, "sent")
		s.later(pace.Delivered, func(ctx context.Context) { _, _ = s.Status(ctx, messageID, "delivered") })
	})
}

// envelope lays the items out as Meta does: one value for the messages and one for the statuses, each with the contacts
// of the people in it.
func (s *Server) envelope(items []Item) map[string]any {
	var changes []any
	for _, list := range []string{"messages", "statuses"} {
		var bodies, people []any
		seen := map[string]bool{}
		for _, item := range items {
			if item.list != list {
				continue
			}
			bodies = append(bodies, item.body)
			if key := fmt.Sprint(item.contact); item.contact != nil && !seen[key] {
				seen[key] = true
				people = append(people, item.contact)
			}
		}
		if bodies != nil {
			changes = append(changes, map[string]any{"field": "messages", "value": s.value(list, bodies, people)})
		}
	}
	entry := map[string]any{"id": s.options.AccountID, "changes": changes}
	return map[string]any{"object": "whatsapp_business_account", "entry": []any{entry}}
}

func (s *Server) value(list string, bodies, people []any) map[string]any {
	value := map[string]any{
		"messaging_product": "whatsapp",
		"metadata": map[string]any{
			"display_phone_number": s.options.DisplayPhone, "phone_number_id": s.options.PhoneNumberID,
		},
		list: bodies,
	}
	if people != nil {
		value["contacts"] = people
	}
	return value
}

func lists(items []Item) string {
	for _, item := range items {
		if item.list != items[0].list {
			return "messages, statuses"
		}
	}
	if len(items) == 0 {
		return ""
	}
	return items[0].list
}

func summary(items []Item) string {
	if len(items) == 1 {
		return items[0].summary
	}
	return strconv.Itoa(len(items)) + " elementos"
}
