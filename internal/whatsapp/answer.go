package whatsapp

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// graphError is Meta's error, in every form it has been seen in.
type graphError struct {
	Message string          `json:"message"`
	Code    looseNumber     `json:"code"`
	Data    json.RawMessage `json:"error_data"` // an object with details; a plain text in other parts of the Graph API
	TraceID string          `json:"fbtrace_id"`
}

// details returns the most precise text there is.
func (e graphError) details() string {
	var object struct {
		Details string `json:"details"`
	}
	if json.Unmarshal(e.Data, &object) == nil && object.Details != "" {
		return object.Details
	}
	var text string
	if json.Unmarshal(e.Data, &text) == nil && text != "" {
		return text
	}
	return e.Message
}

// decodeError reads a refusal. What decides is Meta's code, not the HTTP status; the status only where there is no code,
// as in an empty body or a proxy's page.
func decodeError(answer *http.Response, text []byte, redact func(string) string) *SendError {
	var envelope struct {
		Error *graphError `json:"error"`
	}
	failure := &SendError{HTTPStatus: answer.StatusCode, RetryAfter: askedWait(answer.Header)}
	if json.Unmarshal(text, &envelope) != nil || envelope.Error == nil || !envelope.Error.Code.present {
		verdict := classifyStatus(answer.StatusCode)
		failure.Class, failure.Backoff = verdict.Class, verdict.Backoff
		failure.Detail = "an answer of " + strconv.Itoa(len(text)) + " bytes without a Graph error"
		return failure
	}
	failure.Code = int(envelope.Error.Code.value)
	failure.Detail = redact(envelope.Error.details())
	failure.TraceID = redact(envelope.Error.TraceID)
	verdict := verdictOn(failure.Code, answer.StatusCode)
	failure.Class, failure.Backoff = verdict.Class, verdict.Backoff
	return failure
}

// verdictOn prefers what is known of the code; of an unknown one the status still tells whether to wait or to stop.
func verdictOn(code, status int) Verdict {
	verdict := Classify(code)
	_, known := verdicts[code]
	if !known && verdict.Class == ClassPermanent && classifyStatus(status).Class != ClassBug {
		return classifyStatus(status)
	}
	return verdict
}

// askedWait reads how long Meta wants us to wait: Retry-After in seconds, or the minutes inside the usage headers.
func askedWait(header http.Header) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds > 0 {
		wait = time.Duration(seconds) * time.Second
	}
	for _, match := range regainAccess.FindAllStringSubmatch(header.Get("X-Business-Use-Case-Usage"), -1) {
		if minutes, err := strconv.Atoi(match[1]); err == nil {
			wait = max(wait, time.Duration(minutes)*time.Minute)
		}
	}
	return min(wait, longestAskedWait)
}

const longestAskedWait = 24 * time.Hour

var regainAccess = regexp.MustCompile(`"estimated_time_to_regain_access"\s*:\s*([0-9]{1,6})`)

var (
	longNumber = regexp.MustCompile(`\+?[0-9][0-9 ()\-.]{5,}[0-9]`)
	address    = regexp.MustCompile(`[^\s@]+@[^\s@]+|https?://\S+`)
)

const longestDetail = 300

// redactor returns a function that takes out of a text whatever the request carried (token, recipient, values, payload)
// and anything that looks like a number, an address of mail or of the web.
func redactor(token string, body request) func(string) string {
	secrets := append([]string{token}, body.values()...)
	return func(text string) string {
		for _, secret := range secrets {
			if secret != "" {
				text = strings.ReplaceAll(text, secret, "#")
			}
		}
		text = address.ReplaceAllString(text, "#")
		text = longNumber.ReplaceAllString(text, "#")
		text = strings.Join(strings.Fields(visible(text, false)), " ")
		if runes := []rune(text); len(runes) > longestDetail {
			text = string(runes[:longestDetail]) + "…"
		}
		return text
	}
}

// values lists everything in the request that is about a person.
func (r request) values() []string {
	values := []string{r.To, strings.TrimPrefix(r.To, "+"), r.Recipient, r.Callback}
	if r.Text != nil {
		values = append(values, r.Text.Body)
	}
	if r.Template != nil {
		for _, component := range r.Template.Components {
			for _, param := range component.Parameters {
				values = append(values, param.Text, param.Payload)
			}
		}
	}
	return values
}
