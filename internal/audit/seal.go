package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// sealKind says what a seal is for.
type sealKind string

const (
	sealEvents   sealKind = "events"
	sealRecovery sealKind = "recovery"
)

// seal is one link of a clinic's chain: one row of audit_seals.
type seal struct {
	clinic uuid.UUID
	seq    int64
	// at is what the clock said. The order of the chain is seq and never at,
	// so that a clock that goes back disturbs nothing.
	at        time.Time
	cluster   int64
	through   int64
	kind      sealKind
	note      string
	total     int64
	ids       []uuid.UUID
	leaves    []digest
	root      digest
	prev      digest
	hash      digest
	signature []byte
}

// digest is the hash of the seal over everything but hash and signature.
func (s *seal) digest() digest {
	b := make([]byte, 0, 256+len(s.note)+48*len(s.ids))
	b = appendField(b, "historias.seal.v1")
	b = appendField(b, s.clinic[:])
	b = appendNumber(b, s.seq)
	b = appendNumber(b, s.at.UnixMicro())
	b = appendNumber(b, s.cluster)
	b = appendNumber(b, s.through)
	b = appendField(b, string(s.kind))
	b = appendField(b, s.note)
	b = appendNumber(b, s.total)
	b = appendNumber(b, int64(len(s.ids)))
	for _, id := range s.ids {
		b = append(b, id[:]...)
	}
	b = appendField(b, joinLeaves(s.leaves))
	b = append(b, s.root[:]...)
	b = append(b, s.prev[:]...)
	return sha256.Sum256(b)
}

// sealContext parts signatures of seals from any other use of the key.
const sealContext = "historias.seal.v1\x00"

// sign completes a seal.
func (s *seal) sign(k vault.Key) {
	s.root = merkleRoot(s.leaves)
	s.hash = s.digest()
	s.signature = ed25519.Sign(signingKey(k), append([]byte(sealContext), s.hash[:]...))
}

// intact tells whether hash and root are those of the content.
func (s *seal) intact() bool {
	return s.root == merkleRoot(s.leaves) && s.hash == s.digest()
}

// signed tells whether the clinic's key signed the hash.
func (s *seal) signed(public ed25519.PublicKey) bool {
	return ed25519.Verify(public, append([]byte(sealContext), s.hash[:]...), s.signature)
}

// signingKey is the key pair of a clinic. Each clinic signs with its own, so
// that its chain can be proved apart and one stolen seed forges one chain only.
func signingKey(seed vault.Key) ed25519.PrivateKey { return ed25519.NewKeyFromSeed(seed[:]) }

func publicKey(seed vault.Key) ed25519.PublicKey {
	return publicOf(signingKey(seed))
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	return key.Public().(ed25519.PublicKey)
}

func (s *seal) head() Head { return Head{Seq: s.seq, Hash: s.hash, Events: s.total, At: s.at} }

const sealColumns = `seq, at, cluster, through_txid, kind, note, total, event_ids, hashes, root, prev, hash, signature`

// readSeal reads a row of sealColumns. A row whose lengths no longer fit is
// read as far as it goes; its hash then tells.
func readSeal(clinic uuid.UUID, r db.Row) (*seal, error) {
	s := &seal{clinic: clinic}
	var ids [][16]byte
	var hashes, root, prev, hash []byte
	err := r.Scan(&s.seq, &s.at, &s.cluster, &s.through, &s.kind, &s.note, &s.total, &ids,
		&hashes, &root, &prev, &hash, &s.signature)
	if err != nil {
		return nil, fmt.Errorf("audit: read a seal: %w", err)
	}
	s.ids = make([]uuid.UUID, len(ids))
	for i, id := range ids {
		s.ids[i] = id
	}
	s.leaves = splitLeaves(hashes)
	copy(s.root[:], root)
	copy(s.prev[:], prev)
	copy(s.hash[:], hash)
	return s, nil
}

const insertSeal = `insert into audit_seals (clinic_id, ` + sealColumns + `)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9::text::uuid[],$10,$11,$12,$13,$14)`

func (s *seal) args() []any {
	return []any{
		s.clinic, s.seq, s.at, s.cluster, s.through, string(s.kind), s.note, s.total, arrayText(s.ids),
		joinLeaves(s.leaves), s.root[:], s.prev[:], s.hash[:], s.signature,
	}
}

func joinLeaves(leaves []digest) []byte {
	b := make([]byte, 0, sha256.Size*len(leaves))
	for i := range leaves {
		b = append(b, leaves[i][:]...)
	}
	return b
}

func splitLeaves(raw []byte) []digest {
	leaves := make([]digest, 0, len(raw)/sha256.Size)
	for len(raw) >= sha256.Size {
		leaves = append(leaves, digest(raw[:sha256.Size]))
		raw = raw[sha256.Size:]
	}
	return leaves
}

// recoveryNote is the note of a recovery seal.
type recoveryNote struct {
	Reason string     `json:"reason"`
	Lost   []lostHead `json:"lost"`
}

// lostHead is a head that a checkpoint had seen and the restored copy lacks.
type lostHead struct {
	Clinic uuid.UUID `json:"clinic"`
	Seq    int64     `json:"seq"`
	Hash   []byte    `json:"hash"`
}

func (s *seal) recovery() (recoveryNote, bool) {
	var n recoveryNote
	if s.kind != sealRecovery {
		return n, false
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(s.note)))
	return n, dec.Decode(&n) == nil
}
