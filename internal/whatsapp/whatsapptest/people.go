package whatsapptest

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"historias/internal/whatsapp"
)

// Message is one message on a simulated phone.
type Message struct {
	ID       string            `json:"id"` // wamid
	At       time.Time         `json:"at"`
	WAID     string            `json:"wa_id"`              // the person's number in WhatsApp's form
	UserID   string            `json:"user_id,omitempty"`  // her BSUID
	Inbound  bool              `json:"inbound"`            // written by the person
	Kind     string            `json:"kind"`               // template, text or button
	Template string            `json:"template,omitempty"` // its name
	Text     string            `json:"text"`               // as the person sees it
	Buttons  []whatsapp.Button `json:"buttons,omitempty"`  // that can be tapped
	State    whatsapp.State    `json:"state,omitempty"`    // of one that we sent

	InReplyTo string `json:"in_reply_to,omitempty"` // the message whose button was tapped

	payload  string
	callback string
	input    string
	toNumber bool
}

// Phone is a simulated phone with its conversation, oldest message first.
type Phone struct {
	Number   string    `json:"number"` // + and digits, without the old mobile 1
	WAID     string    `json:"wa_id"`
	UserID   string    `json:"user_id,omitempty"`
	Name     string    `json:"name"`
	Messages []Message `json:"messages"`
}

type phone struct {
	name        string
	lastInbound time.Time
}

// waID is how WhatsApp names a number: Mexican ones with the old mobile 1.
func (s *Server) waID(number string) string {
	digits := strings.TrimPrefix(number, "+")
	if len(digits) == 12 && strings.HasPrefix(digits, "52") {
		return "521" + digits[2:]
	}
	return digits
}

// userID derives a person's BSUID from her number; empty when the server names nobody by one.
func (s *Server) userID(waID string) string {
	if !s.options.UserIDs {
		return ""
	}
	sum := sha256.Sum256([]byte(s.options.AccountID + waID))
	return fmt.Sprintf("MX.%020d", binary.BigEndian.Uint64(sum[:8]))
}

// numberOf finds the number behind a BSUID.
func (s *Server) numberOf(userID string) (waID string, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for waID := range s.phones {
		if s.userID(waID) == userID && userID != "" {
			return waID, true
		}
	}
	return "", false
}

func (s *Server) now() time.Time { return s.options.Clock.Now() }

// SetName sets the profile name that a person chose for herself.
func (s *Server) SetName(number, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phone(s.waID(number)).name = name
}

// phone finds or makes a phone; the caller holds the lock.
func (s *Server) phone(waID string) *phone {
	found, ok := s.phones[waID]
	if !ok {
		found = &phone{name: numberText(waID)}
		s.phones[waID] = found
	}
	return found
}

func numberText(waID string) string {
	if rest, mexican := strings.CutPrefix(waID, "521"); mexican && len(rest) == 10 {
		return "+52" + rest
	}
	return "+" + waID
}

const mostMessages = 5000

// accept takes a message and starts its statuses.
func (s *Server) accept(send sending) Message {
	s.mu.Lock()
	message := &Message{
		ID: s.messageID(send.waID, outbound), At: s.now(), WAID: send.waID, UserID: send.userID, Kind: send.kind,
		Template: send.template, Text: send.text, Buttons: send.buttons, State: whatsapp.StateSubmitted,
		payload: send.payload, callback: send.callback, input: send.input, toNumber: send.toNumber,
	}
	s.phone(send.waID)
	s.keep(message)
	copied, unreachable, delay := *message, s.unreachable[send.waID], s.delay
	s.mu.Unlock()
	if s.options.Pace != nil {
		s.follow(copied.ID, unreachable, delay)
	}
	return copied
}

// keep adds a message and forgets the oldest beyond a limit; the caller holds the lock.
func (s *Server) keep(message *Message) {
	s.messages = append(s.messages, message)
	if len(s.messages) > mostMessages {
		s.messages = slices.Delete(s.messages, 0, len(s.messages)-mostMessages)
	}
}

type direction byte

const (
	outbound direction = 0x11
	inbound  direction = 0x12
)

// messageID makes a wamid in the layout of real ones: the base64 of the peer's number and a key, which here is the time
// and a count, so that ids stay unique when the program starts again. The caller holds the lock.
func (s *Server) messageID(waID string, way direction) string {
	s.sequence++
	key := binary.BigEndian.AppendUint64(nil, uint64(s.now().UnixNano()))
	key = binary.BigEndian.AppendUint16(key, uint16(s.sequence))
	text := strings.ToUpper(hex.EncodeToString(key))
	raw := append([]byte{0x1c, 0x18, byte(len(waID))}, waID...)
	raw = append(raw, 0x15, 0x02, 0x00, byte(way), 0x18, byte(len(text)))
	raw = append(append(raw, text...), 0x00)
	return "wamid." + base64.StdEncoding.EncodeToString(raw)
}

// Messages returns every message, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	copies := make([]Message, len(s.messages))
	for i, message := range s.messages {
		copies[i] = *message
	}
	return copies
}

// Phones returns the phones that something was sent to or came from, the one with the newest message first.
func (s *Server) Phones() []Phone {
	byWAID := map[string]*Phone{}
	for _, message := range s.Messages() {
		found, ok := byWAID[message.WAID]
		if !ok {
			found = &Phone{Number: numberText(message.WAID), WAID: message.WAID, UserID: message.UserID, Name: s.name(message.WAID)}
			byWAID[message.WAID] = found
		}
		found.Messages = append(found.Messages, message)
	}
	var phones []Phone
	for _, found := range byWAID {
		phones = append(phones, *found)
	}
	slices.SortFunc(phones, func(a, b Phone) int {
		return cmp.Or(lastOf(b).Compare(lastOf(a)), cmp.Compare(a.WAID, b.WAID))
	})
	return phones
}

func lastOf(p Phone) time.Time { return p.Messages[len(p.Messages)-1].At }

func (s *Server) name(waID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.phone(waID).name
}

// find returns a message of ours; the caller holds the lock.
func (s *Server) find(id string) (*Message, bool) {
	i := slices.IndexFunc(s.messages, func(m *Message) bool { return m.ID == id })
	if i < 0 {
		return nil, false
	}
	return s.messages[i], true
}
