// Package page holds the paging of lists: a limit and an opaque cursor.
package page

import (
	"encoding/base64"
	"encoding/json"
	"errors"
)

// ErrCursor says that a cursor is not one of ours; package api answers 400.
var ErrCursor = errors.New("page: cursor is not readable")

// The limits of every list of the API.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Request is what a caller asks of a list.
type Request struct {
	Limit  int
	Cursor string
}

// Size is the limit within bounds.
func (r Request) Size() int {
	switch {
	case r.Limit <= 0:
		return DefaultLimit
	case r.Limit > MaxLimit:
		return MaxLimit
	}
	return r.Limit
}

// List is one page. NextCursor is empty on the last one.
type List[T any] struct {
	Items      []T
	NextCursor string
}

// Encode makes a cursor of the position of the last row shown. It holds sort
// keys and ids only, never a person's data.
func Encode(position any) string {
	raw, err := json.Marshal(position)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Decode reads a cursor into position. A cursor that is not ours is
// ErrCursor; an empty one leaves position as it is.
func Decode(cursor string, position any) error {
	if cursor == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(raw, position)
	}
	if err != nil {
		return ErrCursor
	}
	return nil
}

// Cut turns rows read with limit+1 into a page; key gives the position of a row.
func Cut[T any](rows []T, limit int, key func(T) any) List[T] {
	if len(rows) <= limit {
		return List[T]{Items: rows}
	}
	rows = rows[:limit]
	return List[T]{Items: rows, NextCursor: Encode(key(rows[limit-1]))}
}
