package vault

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// Place is where a token stands. Purpose is a constant for each sealed field
// that survives a renaming of its column.
type Place struct {
	Clinic  uuid.UUID
	Purpose string
	Row     uuid.UUID
}

// Sealed is a token that opens to a T. It is plain text to PostgreSQL;
// columns of it carry CHECK (column LIKE 'gAAAA%').
type Sealed[T any] string

// Seal makes the token of v for one place.
func Seal[T any](k Key, at Place, v T) (Sealed[T], error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("vault: seal %s: %w", at.Purpose, err)
	}
	token, err := encrypt(k.derive(at), plain)
	return Sealed[T](token), err
}

// Open gives back what was sealed. It fails with ErrSealed for a token of
// another row, purpose, clinic or key, and for an altered one.
func (s Sealed[T]) Open(k Key, at Place) (T, error) {
	var v T
	plain, err := decrypt(k.derive(at), string(s))
	if err != nil {
		return v, fmt.Errorf("vault: open %s: %w", at.Purpose, err)
	}
	if err := json.Unmarshal(plain, &v); err != nil {
		// The decoder's error can repeat a value.
		return v, fmt.Errorf("vault: open %s: the content has another shape", at.Purpose)
	}
	return v, nil
}
