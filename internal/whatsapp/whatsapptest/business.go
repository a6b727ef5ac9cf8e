package whatsapptest

import (
	"context"
	"slices"
	"strconv"
	"time"

	"historias/internal/whatsapp"
)

// Business is what Meta knows of the account that is played: everything that somebody sets up there by hand.
type Business struct {
	AccountName  string
	Review       string
	Verification string

	NumberName   string
	NameStatus   string
	NumberStatus string
	Quality      string
	Limit        string
	// Elsewhere puts the number into another account.
	Elsewhere bool

	AppID      string
	TokenKind  string
	Scopes     []string
	IssuedAt   time.Time
	ExpiresAt  time.Time // zero: never
	Callback   string
	Fields     []string // that the app hears
	Subscribed bool     // whether the app hears of the account
	Override   string   // address that replaces the callback for the account

	Templates []Registered
	// Skew is how far Meta's clock is ahead.
	Skew time.Duration
	// Answers is the version of the Graph API that answers; the one that was asked for when empty.
	Answers string
}

// Registered is a template with what became of it.
type Registered struct {
	whatsapp.Template
	ID      string
	Status  string
	Correct string
	Reason  string
}

// newBusiness is an account in perfect order.
func newBusiness(templates []whatsapp.Template, now time.Time) Business {
	b := Business{
		AccountName: "Consultorio simulado", Review: "APPROVED", Verification: "verified",
		NumberName: "Consultorio simulado", NameStatus: "APPROVED", NumberStatus: "CONNECTED", Quality: "GREEN", Limit: "TIER_250",
		AppID: "300000000000003", TokenKind: "SYSTEM_USER",
		Scopes:   []string{whatsapp.ScopeManagement, whatsapp.ScopeMessaging},
		IssuedAt: now.AddDate(0, -1, 0), Subscribed: true,
		Fields: []string{
			"messages", "message_template_status_update", "template_category_update", "message_template_quality_update",
			"phone_number_quality_update", "phone_number_name_update", "account_update", "account_alerts",
			"account_review_update", "business_capability_update", "security",
		},
	}
	for i, t := range templates {
		b.Templates = append(b.Templates, Registered{Template: t, ID: templateID(i), Status: whatsapp.TemplateApproved})
	}
	return b
}

func templateID(n int) string { return strconv.Itoa(400000000000001 + n) }

// Arrange changes the account, as somebody would at Meta.
func (s *Server) Arrange(change func(*Business)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.business)
}

// arranged returns a copy that may be read without the lock.
func (s *Server) arranged() Business {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.business
	b.Templates = slices.Clone(b.Templates)
	return b
}

// ManagerConfig returns the configuration of a manager that reaches this server without a network.
func (s *Server) ManagerConfig() whatsapp.ManagerConfig {
	return whatsapp.ManagerConfig{Config: s.Config(), AccountID: s.options.AccountID, AppSecret: s.options.AppSecret}
}

// AccountID returns the id of the account that is played.
func (s *Server) AccountID() string { return s.options.AccountID }

// template gives the template that a message may use, or Meta's refusal: 132001 for one that is absent or not approved,
// 132015 for one that rests, 132016 for one that is switched off.
func (s *Server) template(name, language string) (whatsapp.Template, *refusal) {
	for _, t := range s.arranged().Templates {
		if t.Name != name || t.Language != language {
			continue
		}
		switch t.Status {
		case whatsapp.TemplateApproved:
			return t.Template, nil
		case whatsapp.TemplatePaused:
			return t.Template, &refusal{132015, "Template is Paused", ""}
		case whatsapp.TemplateDisabled:
			return t.Template, &refusal{132016, "Template is Disabled", ""}
		}
	}
	return whatsapp.Template{}, &refusal{132001, "Template name does not exist in the translation", ""}
}

// Decide gives a template another state, as Meta's reviewers do, and tells the program so by webhook.
func (s *Server) Decide(ctx context.Context, name, status, reason string) Entry {
	s.Arrange(func(b *Business) {
		for i := range b.Templates {
			if b.Templates[i].Name == name {
				b.Templates[i].Status, b.Templates[i].Reason = status, reason
			}
		}
	})
	value := map[string]any{
		"event": status, "message_template_id": 1, "message_template_name": name, "message_template_language": "es-MX",
		"reason": orElse(reason, "NONE"),
	}
	return s.DeliverBody(ctx, encode(map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{
		"id": s.options.AccountID, "time": s.now().Unix(),
		"changes": []any{map[string]any{"field": "message_template_status_update", "value": value}},
	}}}))
}
