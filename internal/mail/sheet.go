package mail

import (
	"embed"
	"fmt"
	html "html/template"
	"strings"
	text "text/template"
)

//go:embed letters
var letters embed.FS

// Sheet is a letter ready to be read. Text and HTML say the same, because both
// are made of the same paragraphs.
type Sheet struct {
	Subject string
	Text    string
	HTML    string
}

// paragraph is a paragraph of a letter, or a button when Link is set.
type paragraph struct {
	Text string
	Link string
}

// draft is the text of a kind before it is told anything. Each part is a
// template of its own, so that no fact can begin a new paragraph or a button.
type draft struct {
	subject    *text.Template
	paragraphs []draftParagraph
}

type draftParagraph struct {
	text, link *text.Template
}

var (
	drafts = readDrafts()
	layout = html.Must(html.ParseFS(letters, "letters/layout.html"))
)

// readDrafts reads every letter. They are part of the program, and a test reads
// them all, so a fault in one ends the start.
func readDrafts() map[Kind]draft {
	out := make(map[Kind]draft, len(facts))
	for kind := range facts {
		raw, err := letters.ReadFile("letters/" + string(kind) + ".txt")
		if err != nil {
			panic(err)
		}
		out[kind] = parseDraft(string(kind), string(raw))
	}
	return out
}

// parseDraft reads a letter: the subject, then paragraphs with an empty line
// between them. «[words]({{.link}})» alone in its paragraph is a button.
func parseDraft(name, raw string) draft {
	parts := strings.Split(strings.TrimSpace(raw), "\n\n")
	template := func(part string) *text.Template {
		return text.Must(text.New(name).Option("missingkey=error").Parse(strings.Join(strings.Fields(part), " ")))
	}
	d := draft{subject: template(parts[0])}
	for _, part := range parts[1:] {
		words, link, button := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(part, "["), ")"), "](")
		if !button {
			d.paragraphs = append(d.paragraphs, draftParagraph{text: template(part)})
			continue
		}
		d.paragraphs = append(d.paragraphs, draftParagraph{text: template(words), link: template(link)})
	}
	return d
}

// write makes the sheet of a letter.
func write(l Letter) (Sheet, error) {
	data, err := told(l.Data)
	if err != nil {
		return Sheet{}, fmt.Errorf("mail: %s: a moment is none", l.Kind)
	}
	d, known := drafts[l.Kind]
	if !known {
		return Sheet{}, fmt.Errorf("mail: no letter of kind %q", l.Kind)
	}
	s := Sheet{Subject: fill(d.subject, data, &err)}
	paragraphs := make([]paragraph, 0, len(d.paragraphs))
	for _, p := range d.paragraphs {
		one := paragraph{Text: fill(p.text, data, &err)}
		if p.link != nil {
			one.Link = fill(p.link, data, &err)
		}
		paragraphs = append(paragraphs, one)
	}
	if err != nil {
		return Sheet{}, fmt.Errorf("mail: %s cannot be written", l.Kind)
	}
	s.Text = plain(paragraphs)
	s.HTML, err = page(s.Subject, paragraphs)
	return s, err
}

func fill(t *text.Template, data map[string]string, failed *error) string {
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		*failed = err
	}
	return b.String()
}

// signature ends every letter.
const signature = "Historias\nEste correo se envió de forma automática; no es necesario responderlo."

func plain(paragraphs []paragraph) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(p.Text)
		if p.Link != "" {
			b.WriteString(":\n" + p.Link)
		}
		b.WriteString("\n\n")
	}
	return b.String() + "--\n" + signature + "\n"
}

func page(subject string, paragraphs []paragraph) (string, error) {
	var b strings.Builder
	err := layout.Execute(&b, map[string]any{
		"Subject": subject, "Paragraphs": paragraphs, "Signature": strings.Split(signature, "\n"),
	})
	return b.String(), err
}
