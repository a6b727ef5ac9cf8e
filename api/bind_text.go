package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// pathAt gives the path of the value at which a document was read to an offset, as
// the other faults name it: items[1].dose. encoding/json leaves the index out.
func pathAt(raw []byte, offset int64) string {
	w := walker{dec: json.NewDecoder(bytes.NewReader(raw)), offset: offset}
	w.value("")
	return w.found
}

// walker reads a document, which is known to be valid, as far as an offset.
type walker struct {
	dec    *json.Decoder
	offset int64
	found  string
}

// value reads one value; false says that the offset was reached in it.
func (w *walker) value(at string) bool {
	tok, err := w.dec.Token()
	if err != nil || w.dec.InputOffset() >= w.offset {
		w.found = at
		return false
	}
	switch tok {
	case json.Delim('{'):
		return w.members(at)
	case json.Delim('['):
		return w.elements(at)
	}
	return true
}

func (w *walker) members(at string) bool {
	for w.dec.More() {
		key, err := w.dec.Token()
		if err != nil || !w.value(joined(at, fmt.Sprint(key))) {
			return false
		}
	}
	return w.end(at)
}

func (w *walker) elements(at string) bool {
	for n := 0; w.dec.More(); n++ {
		if !w.value(fmt.Sprintf("%s[%d]", at, n)) {
			return false
		}
	}
	return w.end(at)
}

func (w *walker) end(at string) bool {
	if _, err := w.dec.Token(); err != nil || w.dec.InputOffset() >= w.offset {
		w.found = at
		return false
	}
	return true
}

func joined(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

// loneSurrogate tells whether a document escapes one half of a character outside
// the basic plane without the other (RFC 8259, 8.2). encoding/json would put a
// replacement in its place, and keep what nobody wrote.
func loneSurrogate(raw []byte) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		high := escaped(raw[i:])
		if !half(high) {
			i++ // what is escaped is no escape itself
			continue
		}
		i += escapeLength - 1
		if high >= lowHalves || !lowHalf(escaped(raw[i+1:])) {
			return true
		}
		i += escapeLength
	}
	return false
}

// The code units that are halves of a character: first those that begin one.
const (
	highHalves   = 0xD800
	lowHalves    = 0xDC00
	lastHalf     = 0xDFFF
	escapeLength = len(`\u0000`)
)

func half(unit int) bool { return unit >= highHalves && unit <= lastHalf }

func lowHalf(unit int) bool { return unit >= lowHalves && unit <= lastHalf }

// escaped gives the code unit of the escape that a text begins with, -1 where it
// begins with none of four digits.
func escaped(raw []byte) int {
	if len(raw) < escapeLength || raw[0] != '\\' || raw[1] != 'u' {
		return -1
	}
	unit, err := strconv.ParseUint(string(raw[2:escapeLength]), 16, 16)
	if err != nil {
		return -1
	}
	return int(unit)
}
