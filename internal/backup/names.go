package backup

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	nameTime = "20060102T150405Z"
	suffix   = ".age"
	// erasuresSuffix ends the name of the list that lies beside a copy.
	erasuresSuffix = ".erasures"
)

var nameForm = regexp.MustCompile(`^historias-(\d{8}T\d{6}Z)\.age$`)

// Archive is one copy where it lies.
type Archive struct {
	Name  string
	Bytes int64
	// At is when the copy was begun, by its name.
	At time.Time
}

func nameAt(at time.Time) string { return "historias-" + at.UTC().Format(nameTime) + suffix }

// parseName reads the moment of a name; ok is false for a file of another kind.
func parseName(name string) (at time.Time, ok bool) {
	m := nameForm.FindStringSubmatch(name)
	if m == nil {
		return at, false
	}
	at, err := time.Parse(nameTime, m[1])
	return at, err == nil
}

// newestFirst keeps what is a copy, in the order of the names.
func newestFirst(found []Archive) []Archive {
	out := found[:0]
	for _, a := range found {
		var ok bool
		if a.At, ok = parseName(a.Name); ok {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Archive) int { return strings.Compare(b.Name, a.Name) })
	return out
}

// expired are the copies older than a number of days, never the newest.
func expired(newestFirst []Archive, now time.Time, days int) []Archive {
	limit := now.AddDate(0, 0, -days)
	var out []Archive
	for i, a := range newestFirst {
		if i > 0 && a.At.Before(limit) {
			out = append(out, a)
		}
	}
	return out
}

// sidecar is the name of the list of erasures beside a copy.
func sidecar(name string) string { return strings.TrimSuffix(name, suffix) + erasuresSuffix }
