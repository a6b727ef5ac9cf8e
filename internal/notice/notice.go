// Package notice holds the privacy notices of a clinic: the texts by which the
// law's responsable tells people what it does with their data (LFPDPPP 15 and
// 16). A published notice never changes, because people accepted its words; a
// clinic publishes a new version instead.
package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
)

// Kind is how much a notice says.
type Kind string

// The kinds (LFPDPPP 15 and 16).
const (
	Integral   Kind = "integral"
	Simplified Kind = "simplified"
)

// Status is where a notice stands.
type Status string

// The states of a notice.
const (
	Draft      Status = "draft"
	Published  Status = "published"
	Superseded Status = "superseded"
)

// Element is one part that the law asks of a notice, with its words.
type Element struct {
	Element string `json:"element"` // I to IX, see Elements
	Title   string `json:"title"`
	Text    string `json:"text"`
}

// Elements are the parts of a notice: I to VI of LFPDPPP 15; VII the way to
// revoke consent (7); VIII the clause by which a person accepts transfers or
// not (35); IX the medium by which access is given (32).
var Elements = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}

// demanded are the elements without which a notice of a kind is not published.
// The simplified one needs I to IV and where the integral one is (LFPDPPP 16).
func (k Kind) demanded() []string {
	if k == Simplified {
		return Elements[:4]
	}
	return Elements
}

// Notice is one version of a clinic's notice, or a draft of the next.
type Notice struct {
	ID       uuid.UUID
	ClinicID uuid.UUID
	Kind     Kind
	Lang     string
	Status   Status
	// Version counts what the clinic published of this kind; 0 for a draft.
	Version int
	// Summary and Elements are the words as they are edited: they may hold
	// {{placeholders}} for what the clinic's own data or the law's names fill.
	Summary  string
	Elements []Element
	// Content is what a person reads, placeholders filled, and Hash covers it.
	Content string
	Hash    []byte
	// Responsible is who publishes it, as it was then; empty for a draft.
	Responsible Responsible
	Parameters  map[string]string
	InForce     bool
	PublishedAt time.Time
	PublishedBy uuid.UUID
	// EffectiveFrom is when it came into force.
	EffectiveFrom time.Time
	Revision      int64
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Edit is the editable part of a draft; a PUT replaces it whole.
type Edit struct {
	Summary  string
	Elements []Element
}

// Drafting is a draft about to be made. Without words of its own it begins with
// those of the notice in force, or of the base notice.
type Drafting struct {
	Kind Kind
	Edit
}

func (n Drafting) empty() bool { return n.Summary == "" && len(n.Elements) == 0 }

const (
	longestSummary = 4000
	longestTitle   = 200
	longestText    = 20000
)

// Validate gives all faults of the words at once.
func (e Edit) Validate() error {
	var faults []errs.Field
	fault := func(field, code, message string) {
		faults = append(faults, errs.Field{Field: field, Code: code, Message: message})
	}
	if len([]rune(e.Summary)) > longestSummary {
		fault("summary", "too_long", "El resumen admite hasta 4,000 caracteres.")
	}
	seen := map[string]bool{}
	for _, part := range e.Elements {
		at := "elements." + part.Element
		switch {
		case ordinal(part.Element) < 0:
			fault("elements", "enum", "Los elementos del aviso van de I a IX.")
		case seen[part.Element]:
			fault(at, "repeated", "Este elemento viene repetido.")
		case len([]rune(part.Title)) > longestTitle:
			fault(at+".title", "too_long", "El título admite hasta 200 caracteres.")
		case len([]rune(part.Text)) > longestText:
			fault(at+".text", "too_long", "El texto admite hasta 20,000 caracteres.")
		}
		seen[part.Element] = true
	}
	return errs.Invalid(faults...)
}

func ordinal(element string) int {
	for i, name := range Elements {
		if name == element {
			return i
		}
	}
	return -1
}

// Compose writes the summary and the elements as one text, in the order in
// which they are given.
func Compose(summary string, elements []Element) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(summary))
	for _, part := range elements {
		if strings.TrimSpace(part.Text) == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString("## " + strings.TrimSpace(part.Title) + "\n\n" + strings.TrimSpace(part.Text))
	}
	return b.String()
}

// Hash is what proves which words somebody accepted: SHA-256 of the content.
func Hash(content string) []byte {
	sum := sha256.Sum256([]byte(content))
	return sum[:]
}

// HashHex writes the hash as people compare it.
func (n Notice) HashHex() string { return hex.EncodeToString(n.Hash) }

// missing lists what keeps a notice of this kind from being published: elements
// without words, and placeholders that nothing fills.
func missing(kind Kind, elements []Element, content string) []errs.Field {
	var faults []errs.Field
	written := map[string]bool{}
	for _, part := range elements {
		written[part.Element] = strings.TrimSpace(part.Text) != "" && strings.TrimSpace(part.Title) != ""
	}
	for _, name := range kind.demanded() {
		if !written[name] {
			faults = append(faults, errs.Field{Field: "elements." + name, Code: "missing", Message: demandText[name]})
		}
	}
	for _, name := range unfilled(content) {
		faults = append(faults, errs.Field{
			Field: "content", Code: "placeholder", Message: "El aviso tiene un espacio sin llenar: {{" + name + "}}.",
		})
	}
	return faults
}

// demandText says what the law asks of each element.
var demandText = map[string]string{
	"I":    "Falta la identidad y el domicilio de quien es responsable (artículo 15, fracción I).",
	"II":   "Falta decir qué datos se tratan y cuáles son sensibles (artículo 15, fracción II).",
	"III":  "Falta decir para qué se usan y qué finalidades necesitan consentimiento (artículo 15, fracción III).",
	"IV":   "Faltan las opciones para limitar el uso o la divulgación (artículo 15, fracción IV).",
	"V":    "Falta cómo ejercer los derechos ARCO (artículo 15, fracción V).",
	"VI":   "Falta cómo se comunicarán los cambios al aviso (artículo 15, fracción VI).",
	"VII":  "Falta cómo revocar el consentimiento (artículo 7).",
	"VIII": "Falta la cláusula para aceptar o no las transferencias (artículo 35).",
	"IX":   "Falta el medio por el que se entrega la información (artículo 32).",
}
