package whatsapp

import (
	"context"
	"net/http"
	"strings"
)

// TemplateInfo is a template as Meta keeps it.
type TemplateInfo struct {
	Template
	ID     string
	Status string // APPROVED, PENDING, REJECTED, PAUSED, DISABLED, …
	// Correct is the category that Meta holds to be right, when it is another one.
	Correct string
	Reason  string // of a rejection: INVALID_FORMAT, TAG_CONTENT_MISMATCH, … or NONE
}

// The states of a template that the program tells apart. Meta has more, and adds some.
const (
	TemplateApproved = "APPROVED"
	TemplatePending  = "PENDING"
	TemplateRejected = "REJECTED"
	TemplatePaused   = "PAUSED"
	TemplateDisabled = "DISABLED"
	// TemplateAbsent is ours, for one that Meta does not have.
	TemplateAbsent = "ABSENT"
)

type wireTemplateInfo struct {
	ID         looseString `json:"id"`
	Name       looseString `json:"name"`
	Language   looseString `json:"language"`
	Status     looseString `json:"status"`
	Category   looseString `json:"category"`
	Correct    looseString `json:"correct_category"`
	Reason     looseString `json:"rejected_reason"`
	Components []Component `json:"components"`
}

const templateFields = "id,name,language,status,category,correct_category,rejected_reason,components"

// FindTemplate asks for a template by its name and language; false when the account has none. ErrNoAccount when no account
// was configured.
func (m *Manager) FindTemplate(ctx context.Context, name, language string) (TemplateInfo, bool, error) {
	if m.waba == "" {
		return TemplateInfo{}, false, ErrNoAccount
	}
	a := get(m.waba+"/message_templates", templateFields)
	a.query.Set("name", name) // Meta finds names that contain it, too
	a.query.Set("limit", "100")
	var wire struct {
		Data []wireTemplateInfo `json:"data"`
	}
	if _, err := m.do(ctx, a, &wire); err != nil {
		return TemplateInfo{}, false, err
	}
	for _, t := range wire.Data {
		if string(t.Name) != name || NormalLanguage(string(t.Language)) != NormalLanguage(language) {
			continue
		}
		return TemplateInfo{
			Template: Template{Name: name, Language: language, Category: strings.ToUpper(string(t.Category)), Components: t.Components},
			ID:       string(t.ID), Status: strings.ToUpper(string(t.Status)), Correct: strings.ToUpper(string(t.Correct)), Reason: string(t.Reason),
		}, true, nil
	}
	return TemplateInfo{}, false, nil
}

// CreateTemplate hands a template in for approval, which takes up to a day. Meta may answer with another category than the
// one that was asked for, and then charges for that one.
func (m *Manager) CreateTemplate(ctx context.Context, t Template) (TemplateInfo, error) {
	if m.waba == "" {
		return TemplateInfo{}, ErrNoAccount
	}
	if err := t.Validate(); err != nil {
		return TemplateInfo{}, refused(err)
	}
	return m.hand(ctx, m.waba+"/message_templates", t, t)
}

// EditTemplate replaces the text of a template that was rejected, paused or approved; an approved one may be edited once a
// day. Its category stays.
func (m *Manager) EditTemplate(ctx context.Context, id string, t Template) (TemplateInfo, error) {
	if !idShape.MatchString(id) {
		return TemplateInfo{}, &SendError{Class: ClassBug, Detail: "the template id is made of digits"}
	}
	if err := t.Validate(); err != nil {
		return TemplateInfo{}, refused(err)
	}
	info, err := m.hand(ctx, id, edit{t.Category, t.Components}, t)
	info.ID = id
	return info, err
}

// edit is the body of a change: neither name nor language can be changed.
type edit struct {
	Category   string      `json:"category"`
	Components []Component `json:"components"`
}

func (m *Manager) hand(ctx context.Context, path string, body any, t Template) (TemplateInfo, error) {
	var wire wireTemplateInfo
	if _, err := m.do(ctx, ask{method: http.MethodPost, path: path, body: body}, &wire); err != nil {
		return TemplateInfo{}, err
	}
	info := TemplateInfo{Template: t, ID: string(wire.ID), Status: strings.ToUpper(orDefault(string(wire.Status), TemplatePending))}
	if wire.Category != "" {
		info.Category = strings.ToUpper(string(wire.Category))
	}
	return info, nil
}

// SameText tells whether two templates show a person the same: text and buttons. Blanks at the ends of lines do not count,
// since Meta takes them away.
func (t Template) SameText(other Template) bool {
	if trimmedLines(t.Body()) != trimmedLines(other.Body()) || len(t.Buttons()) != len(other.Buttons()) {
		return false
	}
	for i, button := range t.Buttons() {
		if button.Text != other.Buttons()[i].Text || !strings.EqualFold(button.Type, other.Buttons()[i].Type) {
			return false
		}
	}
	return true
}

func trimmedLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}
