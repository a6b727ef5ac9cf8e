package audit

import (
	"crypto/sha256"
	"math/bits"
)

// digest is a SHA-256.
type digest = [sha256.Size]byte

// The prefixes of RFC 6962 2.1, which keep a leaf from passing for a node.
const (
	leafPrefix = 0x00
	nodePrefix = 0x01
)

// leaf is the hash of one event in its seal: over its canonical form, its MAC
// and the columns by which the sealer takes it, so that none can move. scratch
// must hold nothing but the canonical form from its second byte on.
func (e *entry) leaf(scratch []byte) digest {
	scratch[0] = leafPrefix
	scratch = appendNumber(scratch, e.cluster)
	scratch = appendNumber(scratch, e.txid)
	return sha256.Sum256(append(scratch, e.mac...))
}

// merkleRoot is the Merkle tree hash of RFC 6962 2.1 over leaf hashes.
func merkleRoot(leaves []digest) digest {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	}
	half := 1 << (bits.Len(uint(len(leaves)-1)) - 1)
	return node(merkleRoot(leaves[:half]), merkleRoot(leaves[half:]))
}

func node(left, right digest) digest {
	var b [1 + 2*sha256.Size]byte
	b[0] = nodePrefix
	copy(b[1:], left[:])
	copy(b[1+sha256.Size:], right[:])
	return sha256.Sum256(b[:])
}
