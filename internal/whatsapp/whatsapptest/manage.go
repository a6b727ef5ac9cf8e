package whatsapptest

import (
	"encoding/json"
	"net/http"
	"strings"

	"historias/internal/whatsapp"
)

// FailAsking makes every question of one kind fail until it is cleared by the zero Failure. The kind is the last part of
// the path (debug_token, message_templates, subscribed_apps, subscriptions, phone_numbers) or an id.
func (s *Server) FailAsking(kind string, failure Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.askFailures[kind] = failure
}

func (s *Server) askFailure(kind string) (Failure, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	failure, waiting := s.askFailures[kind]
	return failure, waiting && (failure.kind != answerCode || failure.code != 0)
}

// manage answers what concerns account, number, app and templates; false when the request is none of these.
func (s *Server) manage(w http.ResponseWriter, r *http.Request, body []byte) bool {
	version, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	answer, known := s.edges()[r.Method+" "+path]
	if !known {
		answer, known = s.templateEdit(r.Method, path)
	}
	if !known || version != s.options.Version {
		return false
	}
	kind := path[strings.LastIndex(path, "/")+1:]
	if failure, waiting := s.askFailure(kind); waiting {
		s.fail(w, r, body, failure)
		return true
	}
	refused := s.bearer(r, path)
	var value any
	if refused == nil {
		value, refused = answer(r, body)
	}
	if refused != nil {
		refused.write(w)
		return true
	}
	b := s.arranged()
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Date", s.now().Add(b.Skew).UTC().Format(http.TimeFormat))
	w.Header().Set("Facebook-Api-Version", orElse(b.Answers, version))
	_ = json.NewEncoder(w).Encode(value) // the client may be gone, which is its affair
	return true
}

func orElse(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

// edge answers one kind of question.
type edge func(r *http.Request, body []byte) (any, *refusal)

func (s *Server) edges() map[string]edge {
	account, app := s.options.AccountID, s.arranged().AppID
	return map[string]edge{
		"GET " + s.options.PhoneNumberID:         s.numberFacts,
		"GET " + account:                         s.accountFacts,
		"GET " + account + "/phone_numbers":      s.accountNumbers,
		"GET " + account + "/subscribed_apps":    s.accountApps,
		"GET " + account + "/message_templates":  s.listTemplates,
		"POST " + account + "/message_templates": s.createTemplate,
		"GET debug_token":                        s.tokenFacts,
		"GET " + app + "/subscriptions":          s.subscriptions,
	}
}

// bearer checks who asks: the app itself for its subscriptions, the token of the account for everything else.
func (s *Server) bearer(r *http.Request, path string) *refusal {
	b := s.arranged()
	given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if strings.HasSuffix(path, "/subscriptions") {
		if given != b.AppID+"|"+s.options.AppSecret {
			return &refusal{190, "Invalid OAuth access token signature.", ""}
		}
		return nil
	}
	expired := !b.ExpiresAt.IsZero() && !s.now().Before(b.ExpiresAt)
	if given != s.options.Token || expired {
		return &refusal{190, "Error validating access token: Session has expired", ""}
	}
	return nil
}

func (s *Server) numberFacts(*http.Request, []byte) (any, *refusal) {
	b := s.arranged()
	return map[string]any{
		"id": s.options.PhoneNumberID, "display_phone_number": "+" + s.options.DisplayPhone, "verified_name": b.NumberName,
		"name_status": b.NameStatus, "status": b.NumberStatus, "quality_rating": b.Quality,
		"whatsapp_business_manager_messaging_limit": b.Limit,
	}, nil
}

func (s *Server) accountFacts(*http.Request, []byte) (any, *refusal) {
	b := s.arranged()
	return map[string]any{
		"id": s.options.AccountID, "name": b.AccountName, "account_review_status": b.Review,
		"business_verification_status": b.Verification,
	}, nil
}

func (s *Server) accountNumbers(*http.Request, []byte) (any, *refusal) {
	numbers := []any{map[string]string{"id": "100000000000099"}}
	if !s.arranged().Elsewhere {
		numbers = append(numbers, map[string]string{"id": s.options.PhoneNumberID})
	}
	return map[string]any{"data": numbers}, nil
}

func (s *Server) accountApps(*http.Request, []byte) (any, *refusal) {
	b, apps := s.arranged(), []any{}
	if b.Subscribed {
		app := map[string]any{"whatsapp_business_api_data": map[string]string{"id": b.AppID, "name": "Historias"}}
		if b.Override != "" {
			app["override_callback_uri"] = b.Override
		}
		apps = append(apps, app)
	}
	return map[string]any{"data": apps}, nil
}

func (s *Server) tokenFacts(*http.Request, []byte) (any, *refusal) {
	b := s.arranged()
	facts := map[string]any{
		"app_id": b.AppID, "type": b.TokenKind, "application": "Historias", "is_valid": true, "scopes": b.Scopes,
		"issued_at": b.IssuedAt.Unix(), "expires_at": 0,
	}
	if !b.ExpiresAt.IsZero() {
		facts["expires_at"] = b.ExpiresAt.Unix()
	}
	return map[string]any{"data": facts}, nil
}

func (s *Server) subscriptions(*http.Request, []byte) (any, *refusal) {
	b := s.arranged()
	var fields []any
	for _, name := range b.Fields {
		fields = append(fields, map[string]string{"name": name, "version": s.options.Version})
	}
	return map[string]any{"data": []any{
		map[string]any{"object": "page", "callback_url": "https://otra.example/", "active": true},
		map[string]any{"object": "whatsapp_business_account", "callback_url": b.Callback, "active": true, "fields": fields},
	}}, nil
}

func (s *Server) listTemplates(r *http.Request, _ []byte) (any, *refusal) {
	found := []any{}
	for _, t := range s.arranged().Templates {
		if strings.Contains(t.Name, r.URL.Query().Get("name")) {
			found = append(found, map[string]any{
				"id": t.ID, "name": t.Name, "language": t.Language, "status": t.Status, "category": t.Category,
				"correct_category": t.Correct, "rejected_reason": orElse(t.Reason, "NONE"), "components": t.Components,
			})
		}
	}
	return map[string]any{"data": found}, nil
}

// createTemplate takes a template for review; it stays pending until Arrange decides.
func (s *Server) createTemplate(_ *http.Request, body []byte) (any, *refusal) {
	var t whatsapp.Template
	if json.Unmarshal(body, &t) != nil || t.Validate() != nil {
		return nil, &refusal{100, "Invalid parameter", "Template could not be read"}
	}
	made := Registered{Template: t, ID: templateID(len(s.arranged().Templates) + 1), Status: whatsapp.TemplatePending}
	s.Arrange(func(b *Business) { b.Templates = append(b.Templates, made) })
	return map[string]string{"id": made.ID, "status": made.Status, "category": t.Category}, nil
}

// templateEdit takes new components for a template that stands at its own id.
func (s *Server) templateEdit(method, id string) (edge, bool) {
	for i, t := range s.arranged().Templates {
		if method != http.MethodPost || t.ID != id {
			continue
		}
		return func(_ *http.Request, body []byte) (any, *refusal) {
			var change struct {
				Components []whatsapp.Component `json:"components"`
			}
			if json.Unmarshal(body, &change) != nil || len(change.Components) == 0 {
				return nil, &refusal{100, "Invalid parameter", "components are needed"}
			}
			s.Arrange(func(b *Business) {
				b.Templates[i].Components, b.Templates[i].Status = change.Components, whatsapp.TemplatePending
			})
			return map[string]bool{"success": true}, nil
		}, true
	}
	return nil, false
}
