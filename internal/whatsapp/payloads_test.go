package whatsapp

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func readPayload(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "payloads", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func decodePayload(t *testing.T, name string) Batch {
	t.Helper()
	batch, err := Decode(readPayload(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return batch
}

// TestEveryPublishedDeliveryIsAccepted reads whatever others published and finds something to act upon in each.
func TestEveryPublishedDeliveryIsAccepted(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "payloads", "*.json"))
	if err != nil || len(names) != 71 {
		t.Fatalf("%d payloads, %v", len(names), err)
	}
	deliveries := 0
	for _, path := range names {
		name := filepath.Base(path)
		if strings.HasPrefix(name, "req_") || strings.HasPrefix(name, "resp_") {
			continue
		}
		deliveries++
		batch := decodePayload(t, name)
		if len(batch.Broken) != 0 {
			t.Errorf("%s: %d items could not be read, at %s", name, len(batch.Broken), batch.Broken[0].Where)
		}
		want := "event"
		switch kind, _, _ := strings.Cut(name, "_"); kind {
		case "msg":
			want = "message"
		case "status":
			want = "status"
		case "value":
			want = "error"
		}
		if got := whatIsIn(batch); got != want {
			t.Errorf("%s holds %s, want %s", name, got, want)
		}
	}
	if deliveries != 58 {
		t.Errorf("%d deliveries", deliveries)
	}
}

func whatIsIn(batch Batch) string {
	var kinds []string
	for kind, n := range map[string]int{
		"message": len(batch.Messages), "status": len(batch.Statuses), "error": len(batch.Errors), "event": len(batch.Events),
	} {
		if n > 0 {
			kinds = append(kinds, kind)
		}
	}
	return strings.Join(kinds, "+")
}

func TestPublishedMessages(t *testing.T) {
	for name, want := range map[string]Message{
		"msg_button_template_quick_reply.json": {
			ID: "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=", Type: "button", WAID: "16505551234",
			ButtonPayload: "Unsubscribe", ButtonText: "Unsubscribe", ProfileName: "Sheena Nelson",
			ContextID: "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=", Timestamp: time.Unix(1750091045, 0).UTC(),
		},
		"msg_button_quick_reply_NO_CONTEXT.json": {
			ID: "wamid.xsidjx", Type: "button", WAID: "972987654321", UserID: "US.13491208655302741918", ProfileName: "Test Name",
			ButtonPayload: "callback_data", ButtonText: "title", Timestamp: time.Unix(1698269027, 0).UTC(),
		},
		"msg_button_quick_reply_bsuid.json": { // the BSUID stands in the contact only
			ID: "wamid.xsidjw", Type: "button", WAID: "972987654321", UserID: "US.13491208655302741918", ProfileName: "Test Name",
			ButtonPayload: "callback_data", ButtonText: "title", ContextID: "wamid.xyzxyz==", Timestamp: time.Unix(1698269027, 0).UTC(),
		},
		"msg_text_mexico_521_MASKED.json": {
			ID: "wamid.MASKED", Type: "text", WAID: "5215500000001", ProfileName: ".", Text: "Thanks", Timestamp: time.Unix(1734487099, 0).UTC(),
		},
		"msg_text_bsuid_only_no_phone.json": {
			ID: "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", Type: "text", UserID: "US.13491208655302741918",
			Text: "Does it come in another color?", Timestamp: time.Unix(1749416383, 0).UTC(),
		},
		"msg_interactive_button_reply_2026.json": {
			ID: "wamid.TEST_IN_BUTTON_0001", Type: "interactive", WAID: "15550002222", UserID: "US.10000000000000000001", ProfileName: "Ana Pruebas",
			ContextID: "wamid.TEST_OUT_0003", ReplyID: "slot-2026-09-27T16:00", ReplyTitle: "Sáb 16:00", Timestamp: time.Unix(1790417200, 0).UTC(),
		},
		"msg_interactive_list_reply.json": {
			ID: "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=", Type: "interactive", WAID: "16505551234", ProfileName: "Sheena Nelson",
			ContextID: "wamid.HBgLMTQxMjU1NTA4MjkVAgASGBQzQUNCNjk5RDUwNUZGMUZEM0VBRAA=", ReplyID: "priority_express", ReplyTitle: "Priority Mail Express", Timestamp: time.Unix(1749854575, 0).UTC(),
		},
		"msg_system_user_changed_number.json": {
			ID: "wamid.HBgLMTk4MzU1NTE5NzQVAgASGAoxMTgyMDg2MjY3AA==", Type: "system", WAID: "16505551234", Timestamp: time.Unix(1750269342, 0).UTC(),
			System: SystemEvent{Type: "user_changed_number", WAID: "12195555358"},
		},
		"msg_system_user_changed_user_id.json": {
			ID: "wamid.TEST_IN_SYSTEM_0001", Type: "system", Timestamp: time.Unix(1790418000, 0).UTC(),
			System: SystemEvent{Type: "user_changed_user_id", UserID: "ES.20000000000000000003", PreviousUserID: "ES.20000000000000000002"},
		},
	} {
		batch := decodePayload(t, name)
		got := batch.Messages[0]
		if got.PhoneNumberID == "" || got.AccountID == "" {
			t.Errorf("%s does not say which of our numbers it is for", name)
		}
		got.Origin = Origin{}
		if gotJSON, wantJSON := asJSON(t, got), asJSON(t, want); gotJSON != wantJSON {
			t.Errorf("%s:\n got %s\nwant %s", name, gotJSON, wantJSON)
		}
	}
}

func TestPublishedStatuses(t *testing.T) {
	for name, want := range map[string]Status{
		"status_sent_biz_opaque_callback_data.json": {
			MessageID: "wamid.xyzxyz", Status: "sent", WAID: "972987654321", UserID: "US.13491208655302741918", CallbackData: "some data",
			Pricing: Pricing{true, true, "CBP", "", "service"}, Timestamp: time.Unix(1698266945, 0).UTC(),
		},
		"status_delivered_bsuid_no_phone.json": {
			MessageID: "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=", Status: "delivered", UserID: "US.13491208655302741918",
			Pricing: Pricing{true, true, "PMP", "regular", "marketing"}, Timestamp: time.Unix(1750030073, 0).UTC(),
		},
		"status_delivered_2026_service_free.json": {
			MessageID: "wamid.TEST_OUT_0001", Status: "delivered", WAID: "15550002222", UserID: "US.10000000000000000001",
			Pricing: Pricing{true, false, "PMP", "free_customer_service", "service"}, Timestamp: time.Unix(1790416832, 0).UTC(),
		},
		"status_failed_131047_window.json": {
			MessageID: "wamid.TEST_OUT_0002", Status: "failed", WAID: "15550002222", Timestamp: time.Unix(1790503200, 0).UTC(),
			Errors: []ItemError{{131047, "Re-engagement message", "More than 24 hours have passed since the recipient last replied to the sender number."}},
		},
	} {
		got := decodePayload(t, name).Statuses[0]
		got.Origin = Origin{}
		if gotJSON, wantJSON := asJSON(t, got), asJSON(t, want); gotJSON != wantJSON {
			t.Errorf("%s:\n got %s\nwant %s", name, gotJSON, wantJSON)
		}
	}
}

func TestPublishedTemplateEvents(t *testing.T) {
	for name, want := range map[string]TemplateEvent{
		"template_status_approved.json":                {"order_confirmation", "en_US", "APPROVED", "NONE", "", ""},
		"template_status_rejected_invalid_format.json": {"abandoned_cart", "en", "REJECTED", "INVALID_FORMAT", "", ""},
		"template_category_impending.json":             {"welcome_template", "en_US", "", "", "UTILITY", "MARKETING"},
		"template_category_changed.json":               {"welcome_template", "en_US", "", "", "MARKETING", ""},
		"template_quality_update.json":                 {"welcome_template", "en_US", "", "", "", ""},
	} {
		event := decodePayload(t, name).Events[0]
		if got, ok := event.Template(); !ok || got != want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, ok, want)
		}
		if event.AccountID == "" || event.Timestamp.IsZero() || !json.Valid(event.Raw) {
			t.Errorf("%s: %+v", name, event)
		}
	}
	if _, ok := decodePayload(t, "account_update_disabled.json").Events[0].Template(); ok {
		t.Error("an event of the account is taken for one of a template")
	}
}

func TestPublishedAccountErrors(t *testing.T) {
	got := decodePayload(t, "value_errors_130429.json").Errors[0]
	if got.Code != 130429 || Classify(got.Code).Class != ClassRetry || got.PhoneNumberID != "106540352242922" {
		t.Errorf("%+v", got)
	}
}

func TestPublishedAnswers(t *testing.T) {
	for name, want := range map[string]SendResult{
		"resp_send_template_accepted.json":               {"wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJBRkJENzExMTRFRjk2NTI1OTEA", "16505551234", "16505551234", "", "accepted"},
		"resp_send_bsuid.json":                           {"wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA", "US.13491208655302741918", "", "US.13491208655302741918", ""},
		"resp_send_mexico_input_52_waid_521_MASKED.json": {"wamid.MASKED", "525500000001", "5215500000001", "", ""},
	} {
		got, ok := decodeReceipt(readPayload(t, name))
		if !ok || got != want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
	for name, want := range map[string]SendError{
		"resp_error_130429.json": {Class: ClassRetry, Code: 130429, Detail: "Cloud API message throughput has been reached."},
		"resp_error_100_mm.json": {Class: ClassBug, Code: 100, Detail: "Message must be a template message."},
	} {
		got := decodeError(&http.Response{StatusCode: 400}, readPayload(t, name), redactor("", request{}))
		if got.Class != want.Class || got.Code != want.Code || got.Detail != want.Detail || got.TraceID == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
