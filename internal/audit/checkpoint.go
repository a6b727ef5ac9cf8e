package audit

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/vault"
)

// Head is where the chain of a clinic stands.
type Head struct {
	// Seq is the number of the last seal, 0 when there is none.
	Seq  int64
	Hash [32]byte
	// Events counts the events that are sealed up to here.
	Events int64
	// At is when the last seal was made.
	At time.Time
}

func (h Head) same(o Head) bool { return h.Seq == o.Seq && h.Hash == o.Hash }

// Checkpoint is the signed word of an earlier moment about every chain.
type Checkpoint struct {
	At    time.Time
	Heads map[uuid.UUID]Head
}

// checkpointKind says what a line of the file holds.
type checkpointKind string

const (
	// checkpointFull holds every head; a reader need not look behind it.
	checkpointFull checkpointKind = "full"
	// checkpointChanges holds the heads that moved since the line before.
	checkpointChanges checkpointKind = "changes"
	// checkpointRecovery is a full line that forgets what a restore lost.
	checkpointRecovery checkpointKind = "recovery"
)

// checkpointBody is one line of the file, without its signature.
type checkpointBody struct {
	Version int              `json:"v"`
	At      time.Time        `json:"at"`
	Kind    checkpointKind   `json:"kind"`
	Reason  string           `json:"reason,omitempty"`
	Heads   []checkpointHead `json:"heads"`
}

type checkpointHead struct {
	Clinic uuid.UUID `json:"clinic"`
	Seq    int64     `json:"seq"`
	Events int64     `json:"events"`
	At     time.Time `json:"at"`
	Hash   []byte    `json:"hash"`
}

func (b checkpointBody) full() bool { return b.Kind != checkpointChanges }

func headsOf(heads map[uuid.UUID]Head) []checkpointHead {
	out := make([]checkpointHead, 0, len(heads))
	for clinic, h := range heads {
		out = append(out, checkpointHead{Clinic: clinic, Seq: h.Seq, Events: h.Events, At: h.At, Hash: h.Hash[:]})
	}
	sort.Slice(out, func(i, j int) bool { return bytes.Compare(out[i].Clinic[:], out[j].Clinic[:]) < 0 })
	return out
}

// checkpointContext parts signatures of checkpoints from any other use of the key.
const checkpointContext = "historias.checkpoint.v1\x00"

// checkpointLine is the form of a line: signature, space, JSON. What has
// another form is the rest of a write that was cut off, not a forgery.
var checkpointLine = regexp.MustCompile(`^([A-Za-z0-9+/]{86}==) (\{.*\})$`)

// encode signs a line with the platform's key, because it speaks of all clinics.
func (b checkpointBody) encode(key ed25519.PrivateKey) ([]byte, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("audit: checkpoint: %w", err)
	}
	signature := ed25519.Sign(key, append([]byte(checkpointContext), text...))
	line := base64.StdEncoding.AppendEncode(nil, signature)
	line = append(line, ' ')
	return append(append(line, text...), '\n'), nil
}

// decodeCheckpoint reads a line. whole is false for the rest of a write that
// was cut off; genuine is false for a line that the key did not sign.
func decodeCheckpoint(public ed25519.PublicKey, line []byte) (b checkpointBody, whole, genuine bool) {
	m := checkpointLine.FindSubmatch(line)
	if m == nil {
		return b, false, false
	}
	signature, err := base64.StdEncoding.DecodeString(string(m[1]))
	if err != nil || !ed25519.Verify(public, append([]byte(checkpointContext), m[2]...), signature) {
		return b, true, false
	}
	return b, true, json.Unmarshal(m[2], &b) == nil && b.Version == checkpointVersion
}

const checkpointVersion = 1

// history is what the lines since the last full one say together.
type history struct {
	Checkpoint
	found bool
	// fullAt is when every head was written last.
	fullAt time.Time
	// forged counts lines that the platform's key did not sign.
	forged int
}

// fold adds an older line. Heads never go back within a file, so the highest
// one of a clinic stands, whichever process wrote first.
func (h *history) fold(b checkpointBody) {
	if !h.found {
		h.found = true
		h.At = b.At
		h.Heads = map[uuid.UUID]Head{}
	}
	if b.full() {
		h.fullAt = b.At
	}
	for _, c := range b.Heads {
		if c.Seq > h.Heads[c.Clinic].Seq {
			head := Head{Seq: c.Seq, Events: c.Events, At: c.At}
			copy(head.Hash[:], c.Hash)
			h.Heads[c.Clinic] = head
		}
	}
}

// LastCheckpoint gives what the checkpoint file says about every chain; ok is
// false when there is no file yet, or none was named.
func (t *Trail) LastCheckpoint(ctx context.Context) (c Checkpoint, ok bool, err error) {
	h, err := t.history(ctx)
	return h.Checkpoint, h.found, err
}

func (t *Trail) history(ctx context.Context) (history, error) {
	if t.checkpoints == nil {
		return history{}, nil
	}
	key, err := t.platformKey(ctx)
	if err != nil {
		return history{}, err
	}
	return t.checkpoints.read(publicOf(key))
}

func (t *Trail) platformKey(ctx context.Context) (ed25519.PrivateKey, error) {
	seed, err := t.vault.Key(ctx, actor.Platform, vault.PurposeSeal)
	if err != nil {
		return nil, fmt.Errorf("audit: checkpoint key: %w", err)
	}
	return signingKey(seed), nil
}
