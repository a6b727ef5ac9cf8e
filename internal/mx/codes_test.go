package mx

import (
	"strings"
	"testing"
)

// refusals runs one parser over texts that it must refuse, each for its reason.
func refusals(t *testing.T, parse func(string) error, cases map[string]Reason) {
	t.Helper()
	for text, want := range cases {
		if err := parse(text); ReasonOf(err) != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestParseLicense(t *testing.T) {
	for text, short := range map[string]bool{"12345": true, "123456": true, "1234567": false, " 00123456 ": false, "12 345 678": false} {
		license, err := ParseLicense(text)
		if err != nil || ShortLicense(license) != short {
			t.Errorf("%q: %q, %v", text, license, err)
		}
	}
	refusals(t, func(s string) error { _, err := ParseLicense(s); return err }, map[string]Reason{
		"": ReasonEmpty, "1234": ReasonLength, "123456789": ReasonLength, "12345A": ReasonFormat, "-12345": ReasonFormat, "00000": ReasonFormat, "１２３４５": ReasonFormat,
	})
}

func TestParsePostalCode(t *testing.T) {
	for _, text := range []string{"01000", "06700", "99999", " 72000 "} {
		if code, err := ParsePostalCode(text); err != nil || code != strings.TrimSpace(text) {
			t.Errorf("%q: %q, %v", text, code, err)
		}
	}
	refusals(t, func(s string) error { _, err := ParsePostalCode(s); return err }, map[string]Reason{
		"": ReasonEmpty, "1000": ReasonLength, "010000": ReasonLength, "0600A": ReasonFormat, "00000": ReasonFormat,
	})
}

func TestParseCLUES(t *testing.T) {
	if clues, err := ParseCLUES("dfsmp000123"); err != nil || clues != "DFSMP000123" {
		t.Errorf("%q, %v", clues, err)
	}
	refusals(t, func(s string) error { _, err := ParseCLUES(s); return err }, map[string]Reason{
		"": ReasonEmpty, "DFSMP00012": ReasonLength, "DFSM1000123": ReasonFormat, "DFSMP00012X": ReasonFormat, "ÑFSMP00012": ReasonFormat,
	})
}

func TestParseRFC(t *testing.T) {
	for text, person := range map[string]bool{
		"GODE561231GR8": true, "gode-561231-gr8": true, "GODE 561231 GR8": true,
		rfcWithCheck("ÑUÑA800229AB"): true, // 29 February exists in 1980
		rfcWithCheck("PELA000229AB"): true, // and in 2000
		rfcWithCheck("A&B010203XY"):  false,
		"SAT970701NN3":               false,
	} {
		rfc, err := ParseRFC(text)
		if err != nil || rfc.IsPerson() != person || rfc.IsZero() || strings.ContainsAny(rfc.String(), " -") {
			t.Errorf("ParseRFC(%q) = %q (person %v), %v", text, rfc, rfc.IsPerson(), err)
		}
	}
	refusals(t, func(s string) error { _, err := ParseRFC(s); return err }, map[string]Reason{
		"": ReasonEmpty, "GODE561231": ReasonLength, "GODE561231GR88": ReasonLength, "GODE561231GR9": ReasonCheckDigit,
		"GOD1561231GR8": ReasonFormat, "GODE56123AGR8": ReasonFormat, "GODE561231G-Ñ8": ReasonFormat, "GODE561231GRB": ReasonFormat,
		"GODE561331GR8": ReasonDate, "GODE990229GR8": ReasonDate, "XAXX010101000": ReasonGeneric, "XEXX010101000": ReasonGeneric,
		"\xff\xff": ReasonLength,
	})
}

// rfcWithCheck completes an RFC that lacks its last character.
func rfcWithCheck(text string) string {
	return text + string(rfcCheckCharacter([]rune(text+" ")))
}

func TestParseEmail(t *testing.T) {
	for text, want := range map[string]string{
		"ana@example.com":                  "ana@example.com",
		"  Ana.Perez+Cita@Example.COM.MX ": "Ana.Perez+Cita@example.com.mx",
		"a@b.mx":                           "a@b.mx",
		"o'farrill@xn--clnica-9va.mx":      "o'farrill@xn--clnica-9va.mx",
	} {
		email, err := ParseEmail(text)
		if err != nil || email.String() != want || email.Canonical() != strings.ToLower(want) {
			t.Errorf("ParseEmail(%q) = %q, %v", text, email, err)
		}
	}
	refusals(t, func(s string) error { _, err := ParseEmail(s); return err }, map[string]Reason{
		"": ReasonEmpty, "   ": ReasonEmpty,
		"ana perez@example.com": ReasonFormat, "ana@exam ple.com": ReasonFormat, "ana@example": ReasonFormat, "ana": ReasonFormat,
		"@example.com": ReasonFormat, "ana@": ReasonFormat, "ana@@example.com": ReasonFormat, "ana..p@example.com": ReasonFormat,
		"Ana <ana@example.com>": ReasonFormat, `"ana p"@example.com`: ReasonFormat, "ana@[127.0.0.1]": ReasonFormat,
		"ana@127.0.0.1": ReasonFormat, "ana@-example.com": ReasonFormat, "ana@example.com.": ReasonFormat, "ana@exa_mple.com": ReasonFormat,
		"peña@example.com": ReasonFormat, "ana@clínica.mx": ReasonFormat, "ana(x)@example.com": ReasonFormat, "ana@example.com\x00": ReasonFormat,
		"ana\n@example.com": ReasonFormat, "ana@example.com,b@example.com": ReasonFormat,
		strings.Repeat("a", 65) + "@example.com":  ReasonLength,
		strings.Repeat("a", 250) + "@example.com": ReasonLength,
	})
	if none := (Email{}); none.String() != "" || none.Canonical() != "" || !none.IsZero() {
		t.Error("the absent address shows something")
	}
}

func TestValidStateCode(t *testing.T) {
	for code, want := range map[string]bool{"01": true, "09": true, "32": true, "00": false, "33": false, "1": false, "001": false, "NE": false, "": false} {
		if ValidStateCode(code) != want {
			t.Errorf("%q: %v", code, !want)
		}
	}
}

func TestEveryRefusalHasItsSentence(t *testing.T) {
	for key, text := range messages {
		if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "!¡") {
			t.Errorf("%v: %q", key, text)
		}
	}
	for _, subject := range []Subject{SubjectCURP, SubjectRFC, SubjectPhone, SubjectLicense, SubjectPostalCode, SubjectCLUES, SubjectName, SubjectEmail, SubjectDate} {
		unforeseen := &Error{subject, "unforeseen"}
		if unforeseen.Message() == "" {
			t.Errorf("%s has no sentence to fall back on", subject)
		}
	}
	if ReasonOf(nil) != "" {
		t.Error("no error has a reason")
	}
	if got := (&Error{SubjectCURP, ReasonLength}).Error(); got != "mx: curp: length" {
		t.Error(got)
	}
}
