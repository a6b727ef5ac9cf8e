package whatsapp

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestEveryCodeHasItsClass writes the table of Meta's codes down a second time, by class.
func TestEveryCodeHasItsClass(t *testing.T) {
	table := map[Class][]int{
		ClassRetry:         {1, 2, 4, 80007, 130429, 131000, 131016, 131049, 131057, 131064, 133004, 133016, 2494100},
		ClassRetryPair:     {131056},
		ClassHoldTemplate:  {132001, 132015},
		ClassAccountStop:   {0, 3, 10, 190, 200, 250, 299, 368, 130497, 131005, 131031, 131042, 131048},
		ClassUndeliverable: {131026},
		ClassPermanent:     {130472, 131021, 131035, 131036, 131047, 131050, 131051, 131052, 131053, 131062, 132005, 132016, 135000, 999999},
		ClassConfig:        {33, 131030, 131037, 131063, 133010},
		ClassBug:           {100, 131008, 131009, 132000, 132007, 132012, 132018},
	}
	listed := 0
	for class, codes := range table {
		for _, code := range codes {
			verdict := Classify(code)
			if verdict.Class != class {
				t.Errorf("%d is %s, want %s", code, verdict.Class, class)
			}
			if _, again := verdict.Backoff.Wait(1); again != class.Retryable() {
				t.Errorf("%d: a wait %v for class %s", code, again, class)
			}
			if reason := Reason(code); !strings.HasSuffix(reason, ".") || strings.ContainsAny(reason, "!¡") {
				t.Errorf("%d: %q", code, reason)
			}
			if _, ok := verdicts[code]; ok {
				listed++
			}
		}
	}
	if listed != len(verdicts) {
		t.Errorf("the table here lists %d of %d codes", listed, len(verdicts))
	}
	if ReasonOf(ClassUnknownOutcome) == "" {
		t.Error("no sentence for an unknown outcome")
	}
}

func TestSchedules(t *testing.T) {
	pair := Classify(131056).Backoff
	for failures, want := range map[int]time.Duration{1: time.Second, 2: 4 * time.Second, 3: 16 * time.Second, 6: 1024 * time.Second} {
		if got, again := pair.Wait(failures); !again || got != want {
			t.Errorf("4^X after %d failures: %s", failures, got)
		}
	}
	for _, failures := range []int{-1, 0, 7} {
		if _, again := pair.Wait(failures); again {
			t.Errorf("a wait after %d failures", failures)
		}
	}
	asked := &SendError{Class: ClassRetry, Backoff: secondsGrowing, RetryAfter: time.Minute}
	if wait, again := asked.Wait(1); !again || wait != time.Minute {
		t.Errorf("Meta asked for a minute: %s", wait)
	}
	never := &SendError{Class: ClassAccountStop, RetryAfter: time.Minute}
	if _, again := never.Wait(1); again {
		t.Error("a stopped account is retried")
	}
}

func TestClassOf(t *testing.T) {
	if ClassOf(nil) != "" || ClassOf(refused(ErrEmpty)) != ClassBug || ClassOf(errors.New("other")) != ClassUnknownOutcome {
		t.Error("wrong class")
	}
	if !errors.Is(refused(ErrRecipient), ErrRecipient) || !errors.Is(lost(context.Canceled, true, strings.ToLower), context.Canceled) {
		t.Error("the cause is lost")
	}
}

func TestAnswersOfEveryForm(t *testing.T) {
	for why, tt := range map[string]struct {
		status int
		body   string
		class  Class
		code   int
	}{
		"html 500":             {500, "<html>Sorry</html>", ClassRetry, 0},
		"empty 503":            {503, "", ClassRetry, 0},
		"html 502":             {502, "<html>", ClassRetry, 0},
		"gateway timeout":      {504, "<html>", ClassUnknownOutcome, 0},
		"empty 429":            {429, "", ClassRetry, 0},
		"empty 401":            {401, "", ClassAccountStop, 0},
		"empty 403":            {403, "", ClassAccountStop, 0},
		"empty 404":            {404, "", ClassConfig, 0},
		"redirection":          {302, "", ClassConfig, 0},
		"empty 400":            {400, "", ClassBug, 0},
		"error is a text":      {400, `{"error":"nope"}`, ClassBug, 0},
		"no code":              {500, `{"error":{"message":"x"}}`, ClassRetry, 0},
		"code is a text":       {400, `{"error":{"code":"130429","message":"(#130429) Rate limit hit"}}`, ClassRetry, 130429},
		"data is a text":       {400, `{"error":{"code":100,"error_data":"plain","message":"m"}}`, ClassBug, 100},
		"data is null":         {400, `{"error":{"code":131026,"error_data":null,"message":"m"}}`, ClassUndeliverable, 131026},
		"code 0":               {401, `{"error":{"code":0,"message":"AuthException"}}`, ClassAccountStop, 0},
		"unknown code":         {400, `{"error":{"code":777777,"message":"m"}}`, ClassPermanent, 777777},
		"unknown code, 500":    {500, `{"error":{"code":777777,"message":"m"}}`, ClassRetry, 777777},
		"status contradicts":   {500, `{"error":{"code":131026,"message":"m"}}`, ClassUndeliverable, 131026},
		"truncated":            {400, `{"error":{"code":1310`, ClassBug, 0},
		"list instead":         {400, `[{"error":1}]`, ClassBug, 0},
		"code beyond an int64": {400, `{"error":{"code":99999999999999999999}}`, ClassBug, 0},
	} {
		got := decodeError(&http.Response{StatusCode: tt.status}, []byte(tt.body), redactor("", request{}))
		if got.Class != tt.class || got.Code != tt.code || got.HTTPStatus != tt.status {
			t.Errorf("%s: %+v, want %s %d", why, got, tt.class, tt.code)
		}
		if _, again := got.Wait(1); again != got.Class.Retryable() {
			t.Errorf("%s: class %s with a wait %v", why, got.Class, again)
		}
	}
}

func TestAskedWait(t *testing.T) {
	usage := `{"1234":[{"type":"messaging","call_count":100,"estimated_time_to_regain_access":7}]}`
	for why, tt := range map[string]struct {
		header http.Header
		want   time.Duration
	}{
		"nothing":  {nil, 0},
		"seconds":  {http.Header{"Retry-After": {"30"}}, 30 * time.Second},
		"a date":   {http.Header{"Retry-After": {"Mon, 23 Nov 2026 10:00:00 GMT"}}, 0},
		"usage":    {http.Header{"X-Business-Use-Case-Usage": {usage}}, 7 * time.Minute},
		"both":     {http.Header{"Retry-After": {"30"}, "X-Business-Use-Case-Usage": {usage}}, 7 * time.Minute},
		"a year":   {http.Header{"Retry-After": {"31536000"}}, 24 * time.Hour},
		"negative": {http.Header{"Retry-After": {"-3"}}, 0},
	} {
		if got := askedWait(tt.header); got != tt.want {
			t.Errorf("%s: %s, want %s", why, got, tt.want)
		}
	}
}

// TestErrorsCarryNothingPersonal lets Meta's answer repeat everything that was sent, and the token with it.
func TestErrorsCarryNothingPersonal(t *testing.T) {
	message := consentMessage()
	message.CallbackData = "outbox-1"
	body, err := message.request()
	if err != nil {
		t.Fatal(err)
	}
	redact := redactor("EAAtoken", body)
	answer := `{"error":{"code":132012,"fbtrace_id":"EAAtoken","error_data":{"details":"Bearer EAAtoken, to +525512345678 or 525512345678 or 5215512345678 (55 1234 5678), ` +
		`'Dra. Sofía Núñez' at https://example.mx/aviso/abc and https://other.mx/x, payload consent:01J9Z:accept of outbox-1, write to ana@example.com"}}}`
	got := decodeError(&http.Response{StatusCode: 400}, []byte(answer), redact)
	for _, secret := range []string{"EAAtoken", "5512345678", "1234 5678", "Sofía", "example.mx", "other.mx", "01J9Z", "outbox-1", "ana@"} {
		if text := got.Error() + got.TraceID; strings.Contains(text, secret) {
			t.Errorf("%q is in %q", secret, text)
		}
	}
	if !strings.Contains(got.Error(), "132012") {
		t.Errorf("the code is gone from %q", got)
	}
	long := decodeError(&http.Response{StatusCode: 400}, []byte(`{"error":{"code":100,"message":"`+strings.Repeat("ñ", 5000)+`"}}`), redact)
	if len([]rune(long.Detail)) > longestDetail+1 {
		t.Errorf("a detail of %d characters", len(long.Detail))
	}
}
