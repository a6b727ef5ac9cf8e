package whatsapp

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// delivery wraps the value of a "messages" change.
func delivery(value string) []byte {
	return []byte(`{"entry":[{"changes":[{"value":` + value + `,"field":"messages"}],"id":"1"}],"object":"whatsapp_business_account"}`)
}

func TestOnlyAWholeDeliveryIsRead(t *testing.T) {
	for _, body := range []string{"", "null", "[]", "{}", `"x"`, `{"object":"whatsapp_business_account"}`, `{"entry":{}}`, `{"entry":[`, "\xff", `{"entry":null}`} {
		if _, err := Decode([]byte(body)); !errors.Is(err, ErrNotADelivery) {
			t.Errorf("%q: %v", body, err)
		}
	}
	if batch, err := Decode([]byte(`{"object":"whatsapp_business_account","entry":[]}`)); err != nil || len(batch.Broken) != 0 {
		t.Errorf("an empty delivery: %v", err)
	}
}

// TestOneBadItemHarmsNoOther mixes good items with ones that cannot be read.
func TestOneBadItemHarmsNoOther(t *testing.T) {
	batch, err := Decode([]byte(`{"entry":[
		7,
		{"changes":[
			"nonsense",
			{"field":"messages"},
			{"field":"messages","value":"text"},
			{"field":"messages","value":{"messages":{"not":"a list"}}},
			{"field":"account_update","value":[1]},
			{"field":"messages","value":{"metadata":"odd","contacts":7,
				"messages":[1,{"type":"text"},{"id":"wamid.A","timestamp":[],"type":"button","button":"odd","from":5215500000001},{"id":"wamid.B","type":"text","text":{"body":"hola"}}],
				"statuses":[null,{"id":"wamid.C"},{"id":"wamid.D","status":"delivered","errors":"odd","pricing":3},{"id":"wamid.E","status":"read"}],
				"errors":[{"code":"131000"}]}}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, message := range batch.Messages {
		ids = append(ids, message.ID)
	}
	for _, status := range batch.Statuses {
		ids = append(ids, status.MessageID)
	}
	if got := strings.Join(ids, " "); got != "wamid.A wamid.B wamid.D wamid.E" {
		t.Errorf("read %s", got)
	}
	if batch.Messages[0].WAID != "5215500000001" || !batch.Messages[0].Timestamp.IsZero() {
		t.Errorf("%+v", batch.Messages[0])
	}
	if len(batch.Errors) != 1 || batch.Errors[0].Code != 131000 {
		t.Errorf("%+v", batch.Errors)
	}
	if len(batch.Broken) != 10 {
		t.Errorf("%d broken items", len(batch.Broken))
		for _, broken := range batch.Broken {
			t.Logf("%s: %s", broken.Where, broken.Raw)
		}
	}
}

func TestLooseTypes(t *testing.T) {
	batch, err := Decode(delivery(`{"metadata":{"phone_number_id":106540352242922},"statuses":[
		{"id":"wamid.A","status":"sent","timestamp":1750030073,"recipient_id":5215500000001,"biz_opaque_callback_data":42,"pricing":{"billable":"true"}},
		{"id":"wamid.B","status":"sent","timestamp":"1750030073000","pricing":null},
		{"id":"wamid.C","status":"failed","timestamp":"soon","errors":[{"code":"131026","error_data":"text","message":"m"}]},
		{"id":"wamid.D","status":"sent","timestamp":1750030073.9,"new_field":{"a":[1]}},
		{"id":"wamid.E","status":"sent","timestamp":-1}]}`))
	if err != nil || len(batch.Statuses) != 5 {
		t.Fatalf("%d statuses, %v", len(batch.Statuses), err)
	}
	a, b, c, d, e := batch.Statuses[0], batch.Statuses[1], batch.Statuses[2], batch.Statuses[3], batch.Statuses[4]
	if a.Timestamp.Unix() != 1750030073 || a.WAID != "5215500000001" || a.CallbackData != "42" || a.PhoneNumberID != "106540352242922" || !a.Pricing.Billable {
		t.Errorf("%+v", a)
	}
	if b.Timestamp.Unix() != 1750030073 || b.Pricing.Present || d.Timestamp.Unix() != 1750030073 || !e.Timestamp.IsZero() {
		t.Errorf("%+v\n%+v\n%+v", b, d, e)
	}
	if !c.Timestamp.IsZero() || c.Errors[0].Code != 131026 || c.Errors[0].Details != "m" {
		t.Errorf("%+v", c)
	}
}

// TestPeopleAreNamedByShape covers a BSUID in the place of a number, and a contact that completes the person.
func TestPeopleAreNamedByShape(t *testing.T) {
	for why, tt := range map[string]struct{ value, waID, userID string }{
		"bsuid in from": {
			`{"contacts":[{"wa_id":"MX.13491208655302741918"}],"messages":[{"id":"w","from":"MX.13491208655302741918","type":"text"}]}`, "", "MX.13491208655302741918",
		},
		"parent id": {
			`{"messages":[{"id":"w","from_user_id":"US.ENT.11815799212886844830","type":"text"}]}`, "", "US.ENT.11815799212886844830",
		},
		"contact with the old mobile 1": {
			`{"contacts":[{"wa_id":"5215500000001","user_id":"MX.1"}],"messages":[{"id":"w","from":"525500000001","type":"text"}]}`, "525500000001", "MX.1",
		},
		"only contact, nameless message": {
			`{"contacts":[{"wa_id":"5215500000001","user_id":"MX.1"}],"messages":[{"id":"w","type":"text"}]}`, "5215500000001", "MX.1",
		},
		"contact of somebody else": {
			`{"contacts":[{"wa_id":"5215500000002","user_id":"MX.2"}],"messages":[{"id":"w","from":"5215500000001","type":"text"}]}`, "5215500000001", "",
		},
		"two contacts, nameless message": {
			`{"contacts":[{"wa_id":"5215500000001"},{"wa_id":"5215500000002"}],"messages":[{"id":"w","type":"text"}]}`, "", "",
		},
		"two contacts": {
			`{"contacts":[{"wa_id":"5215500000001","user_id":"MX.1"},{"wa_id":"5215500000002","user_id":"MX.2"}],"messages":[{"id":"w","from_user_id":"MX.2","type":"text"}]}`, "5215500000002", "MX.2",
		},
	} {
		batch, err := Decode(delivery(tt.value))
		if err != nil || len(batch.Messages) != 1 {
			t.Fatalf("%s: %v", why, err)
		}
		if got := batch.Messages[0]; got.WAID != tt.waID || got.UserID != tt.userID {
			t.Errorf("%s: %q %q, want %q %q", why, got.WAID, got.UserID, tt.waID, tt.userID)
		}
	}
}

func TestSameWAID(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"5215500000001", "525500000001"}: true, {"5215500000001", "5215500000001"}: true, {"5215500000001", "5215500000002"}: false,
		{"16505551234", "6505551234"}: false, {"521550000001", "52550000001"}: false,
	} {
		if SameWAID(pair[0], pair[1]) != want {
			t.Errorf("%v: %v", pair, !want)
		}
	}
}

func TestNormalLanguage(t *testing.T) {
	for language, want := range map[string]string{"es_MX": "es_MX", "es-MX": "es_MX", "ES_mx": "es_MX", "en": "en", "EN": "en", "": ""} {
		if got := NormalLanguage(language); got != want {
			t.Errorf("%q: %q", language, got)
		}
	}
}

// TestAThousandItemsInOneDelivery is the greatest batch that Meta announces.
func TestAThousandItemsInOneDelivery(t *testing.T) {
	var statuses []string
	for i := range 1000 {
		statuses = append(statuses, `{"id":"wamid.`+strconv.Itoa(i)+`","status":"delivered","timestamp":"1750030073"}`)
	}
	batch, err := Decode(delivery(`{"statuses":[` + strings.Join(statuses, ",") + `]}`))
	if err != nil || len(batch.Statuses) != 1000 || batch.Statuses[999].MessageID != "wamid.999" {
		t.Errorf("%d statuses, %v", len(batch.Statuses), err)
	}
}

func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("testdata", "payloads", "*.json"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		batch, err := Decode(raw)
		if err != nil {
			return
		}
		for _, message := range batch.Messages {
			if message.ID == "" || IsUserID(message.WAID) {
				t.Fatalf("%+v", message)
			}
		}
		for _, event := range batch.Events {
			event.Template()
			if !json.Valid(event.Raw) {
				t.Fatalf("%q", event.Raw)
			}
		}
	})
}
