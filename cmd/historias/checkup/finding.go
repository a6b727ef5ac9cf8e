// Package checkup looks at an installation from outside its services: the
// variables, the file they came from, the database, keys, clock, disk, mail and
// WhatsApp. It tells everything at once, names what to do, and repeats no value.
package checkup

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Mark is what was found.
type Mark string

// The marks. Doubt is what works and should not stay so, or what could not be
// looked at.
const (
	Good  Mark = "ok"
	Bad   Mark = "fail"
	Doubt Mark = "warn"
)

// sign is how a mark is printed.
var sign = map[Mark]string{Good: "✓", Bad: "✗", Doubt: "!"}

// Finding is one thing that was looked at.
type Finding struct {
	Mark    Mark   `json:"mark"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	// Do says what to do; empty where nothing is to be done.
	Do string `json:"do,omitempty"`
}

// String is one line.
func (f Finding) String() string {
	text := sign[f.Mark] + " " + f.Subject + ": " + f.Text
	if f.Do != "" {
		text += "; " + f.Do
	}
	return text
}

func good(subject, format string, args ...any) Finding {
	return Finding{Mark: Good, Subject: subject, Text: fmt.Sprintf(format, args...)}
}

func bad(subject, text, do string) Finding {
	return Finding{Mark: Bad, Subject: subject, Text: text, Do: do}
}

func doubt(subject, text, do string) Finding {
	return Finding{Mark: Doubt, Subject: subject, Text: text, Do: do}
}

// Sound says that nothing is bad.
func Sound(all []Finding) bool {
	return !slices.ContainsFunc(all, func(f Finding) bool { return f.Mark == Bad })
}

// Complete says that everything is good.
func Complete(all []Finding) bool {
	return !slices.ContainsFunc(all, func(f Finding) bool { return f.Mark != Good })
}

// Print writes one line for each finding, or all of them as one JSON document
// with the verdict.
func Print(w io.Writer, all []Finding, sound, asJSON bool) error {
	if asJSON {
		return printJSON(w, all, sound)
	}
	for _, f := range all {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	return nil
}

func printJSON(w io.Writer, all []Finding, sound bool) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		OK       bool      `json:"ok"`
		Findings []Finding `json:"findings"`
	}{sound, all})
}
