package whatsapp

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Meta sends the same field as a text in one delivery and as a number in the next. The types of this file take both, and
// read whatever they cannot understand as absent: one odd field must not cost the item it stands in.

// looseString is a text, or the text of a number or boolean.
type looseString string

func (s *looseString) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || raw[0] == '{' || raw[0] == '[' || bytes.Equal(raw, []byte("null")):
		*s = ""
	case raw[0] == '"':
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		*s = looseString(text)
	default:
		*s = looseString(raw)
	}
	return nil
}

// looseNumber is a whole number, or a text with one in it.
type looseNumber struct {
	value   int64
	present bool
}

func (n *looseNumber) UnmarshalJSON(raw []byte) error {
	var text looseString
	if err := text.UnmarshalJSON(raw); err != nil {
		return err
	}
	whole, _, _ := strings.Cut(strings.TrimSpace(string(text)), ".")
	value, err := strconv.ParseInt(whole, 10, 64)
	*n = looseNumber{value, err == nil}
	return nil
}

// looseTime is an instant in seconds, or milliseconds, since 1970.
type looseTime struct{ time.Time }

const firstMilliseconds = 100_000_000_000 // as seconds, the year 5138

func (t *looseTime) UnmarshalJSON(raw []byte) error {
	var seconds looseNumber
	if err := seconds.UnmarshalJSON(raw); err != nil {
		return err
	}
	switch {
	case !seconds.present || seconds.value <= 0:
		t.Time = time.Time{}
	case seconds.value >= firstMilliseconds:
		t.Time = time.UnixMilli(seconds.value).UTC()
	default:
		t.Time = time.Unix(seconds.value, 0).UTC()
	}
	return nil
}

// looseObject decodes into T, or leaves it empty when something else stands there.
type looseObject[T any] struct{ Value T }

func (o *looseObject[T]) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &o.Value) != nil {
		var empty T
		o.Value = empty
	}
	return nil
}
