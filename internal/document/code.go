package document

import (
	"encoding/binary"
	"strings"

	"historias/internal/vault"
)

// Crockford's base 32: no I, L, O or U, so that a code read aloud or typed from
// paper has one reading.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	codeLength = 16 // 80 bits: nobody guesses one
	codeGroup  = 4
	letterBits = 5
)

// NewCode makes a verification code as it is printed: ABCD-EFGH-JKMN-PQRS.
func NewCode() string {
	raw := vault.RandomBytes(codeLength * letterBits / 8)
	high, low := uint64(binary.BigEndian.Uint16(raw)), binary.BigEndian.Uint64(raw[2:])
	letters := make([]byte, codeLength)
	for i := codeLength - 1; i >= 0; i-- {
		letters[i] = alphabet[low&(1<<letterBits-1)]
		low = low>>letterBits | high<<(64-letterBits)
		high >>= letterBits
	}
	return grouped(string(letters))
}

func grouped(letters string) string {
	var b strings.Builder
	for i := 0; i < len(letters); i += codeGroup {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(letters[i : i+codeGroup])
	}
	return b.String()
}

// longestTyped bounds what is read as a code at all: its letters, and what
// people put between them.
const longestTyped = 64

// plainCode reads a code as people type it: in any case, with or without
// separators, O for 0 and I or L for 1. ok is false for what can be no code.
func plainCode(typed string) (code string, ok bool) {
	if len(typed) > longestTyped {
		return "", false
	}
	letters := make([]byte, 0, codeLength)
	for _, r := range strings.ToUpper(typed) {
		switch r {
		case ' ', '\t', '\u00a0', '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '.', '_':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if !strings.ContainsRune(alphabet, r) || len(letters) == codeLength {
			return "", false
		}
		letters = append(letters, byte(r))
	}
	return string(letters), len(letters) == codeLength
}

// secret is the form of a code whose hash finds the row.
func secret(code string) string { return "verify:" + code }
