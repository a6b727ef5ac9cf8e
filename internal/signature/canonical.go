package signature

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
)

// Canonical gives the one byte form of a document: JSON whose keys are sorted,
// without spaces, with every character as it is (no escapes but those that JSON
// asks for), numbers as they were written. Texts stay as they were given; they are
// not normalised, so that what was written is what is signed. The same document
// gives the same bytes whatever order its keys came in.
func Canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("signature: canonical: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, fmt.Errorf("signature: canonical: %w", err)
	}
	var out bytes.Buffer
	writeValue(&out, tree)
	return out.Bytes(), nil
}

// Hash is SHA-256 over the canonical form.
func Hash(canonical []byte) []byte {
	sum := sha256.Sum256(canonical)
	return sum[:]
}

func writeValue(out *bytes.Buffer, v any) {
	switch v := v.(type) {
	case map[string]any:
		writeObject(out, v)
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			writeValue(out, item)
		}
		out.WriteByte(']')
	case string:
		writeText(out, v)
	case json.Number:
		out.WriteString(v.String())
	case bool:
		fmt.Fprint(out, v)
	default:
		out.WriteString("null")
	}
}

func writeObject(out *bytes.Buffer, object map[string]any) {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	out.WriteByte('{')
	for i, key := range keys {
		if i > 0 {
			out.WriteByte(',')
		}
		writeText(out, key)
		out.WriteByte(':')
		writeValue(out, object[key])
	}
	out.WriteByte('}')
}

func writeText(out *bytes.Buffer, s string) {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s)           // a string that was decoded can be encoded
	out.Truncate(out.Len() - 1) // the encoder ends with a new line
}
