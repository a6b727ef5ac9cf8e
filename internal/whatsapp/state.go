package whatsapp

// State is how far a message that we sent has come.
type State string

// The states, from the first to the last. None of them says what the person answered: acceptance is a consent event and no
// state of a message.
const (
	StateQueued    State = "queued"    // written down, not yet sent
	StateSubmitted State = "submitted" // Meta took it
	StateSent      State = "sent"      // on its way
	StateFailed    State = "failed"    // Meta gave up
	StateDelivered State = "delivered" // on the person's device
	StateRead      State = "read"      // opened
)

// stateRank orders the states. A failure outweighs what was only under way; proof of delivery outweighs a failure. Because
// it is one order, the result does not depend on the order in which statuses arrive, nor on how often.
var stateRank = map[State]int{
	StateQueued: 1, StateSubmitted: 2, StateSent: 3, StateFailed: 4, StateDelivered: 5, StateRead: 6,
}

// Advance merges an incoming state into the current one and tells whether it changed. States never go back; unknown ones
// change nothing. A message that a person decides to send again is a new message, not a step of this one.
func Advance(current, incoming State) (next State, changed bool) {
	if stateRank[incoming] > stateRank[current] {
		return incoming, true
	}
	return current, false
}

// StateOfStatus translates the word of a status webhook; false for words that say nothing about delivery. A voice message
// that was played was read.
func StateOfStatus(status string) (State, bool) {
	switch status {
	case "sent":
		return StateSent, true
	case "delivered":
		return StateDelivered, true
	case "read", "played":
		return StateRead, true
	case "failed":
		return StateFailed, true
	}
	return "", false
}
