package whatsapp

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

type vector struct{ Secret, Body, Header string }

func vectors(t *testing.T) []vector {
	t.Helper()
	raw, err := os.ReadFile("testdata/hmac_vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(raw, &all); err != nil || len(all) != 5 {
		t.Fatalf("%d vectors, %v", len(all), err)
	}
	return all
}

func TestSignaturesOfOthersAreValid(t *testing.T) {
	for _, v := range vectors(t) {
		body := []byte(v.Body)
		if !VerifySignature([]string{v.Secret}, v.Header, body) {
			t.Errorf("%q does not verify", v.Body)
		}
		if Sign(v.Secret, body) != v.Header {
			t.Errorf("%q is signed otherwise here", v.Body)
		}
		if !VerifySignature([]string{"the one that comes next", "", v.Secret}, v.Header, body) {
			t.Errorf("%q does not verify while secrets rotate", v.Body)
		}
	}
}

func TestForgedSignaturesAreRefused(t *testing.T) {
	v := vectors(t)[4]
	body := []byte(v.Body)
	for why, header := range map[string]string{
		"missing": "", "prefix alone": "sha256=", "no prefix": strings.TrimPrefix(v.Header, "sha256="), "other prefix": strings.Replace(v.Header, "sha256", "sha1", 1),
		"truncated": v.Header[:len(v.Header)-1], "longer": v.Header + "0", "no hex": v.Header[:len(v.Header)-1] + "z",
		"one digit changed": v.Header[:len(v.Header)-1] + flip(v.Header[len(v.Header)-1]), "blank in front": " " + v.Header,
	} {
		if VerifySignature([]string{v.Secret}, header, body) {
			t.Errorf("%s: %q was accepted", why, header)
		}
	}
	for why, secrets := range map[string][]string{"none": nil, "empty": {""}, "other": {"otro_secreto"}} {
		if VerifySignature(secrets, v.Header, body) {
			t.Errorf("%s secret: accepted", why)
		}
	}
	if VerifySignature([]string{""}, Sign("", body), body) {
		t.Error("a body signed with the empty secret was accepted")
	}
	var again any
	if err := json.Unmarshal(body, &again); err != nil {
		t.Fatal(err)
	}
	rewritten, _ := json.Marshal(again)
	if VerifySignature([]string{v.Secret}, v.Header, rewritten) {
		t.Error("a body that was parsed and written again was accepted")
	}
	if VerifySignature([]string{v.Secret}, v.Header, body[:len(body)-1]) {
		t.Error("a truncated body was accepted")
	}
}

func flip(digit byte) string {
	if digit == '0' {
		return "1"
	}
	return "0"
}

func TestVerifyChallenge(t *testing.T) {
	if answer, ok := VerifyChallenge("subscribe", "secreto", "1158201444", "secreto"); !ok || answer != "1158201444" {
		t.Errorf("%q, %v", answer, ok)
	}
	for why, c := range map[string][4]string{
		"mode":         {"unsubscribe", "secreto", "1", "secreto"},
		"token":        {"subscribe", "secretO", "1", "secreto"},
		"nothing set":  {"subscribe", "", "1", ""},
		"no challenge": {"subscribe", "secreto", "", "secreto"},
		"endless":      {"subscribe", "secreto", strings.Repeat("1", 257), "secreto"},
	} {
		if answer, ok := VerifyChallenge(c[0], c[1], c[2], c[3]); ok || answer != "" {
			t.Errorf("%s: %q was answered", why, answer)
		}
	}
}
