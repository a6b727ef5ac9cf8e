package mx

import "testing"

func TestParsePhone(t *testing.T) {
	for _, s := range []string{
		"5555550142", "55 5555 0142", "55-5555-0142", "(55) 5555 0142", "55.5555.0142", " 55 5555\u00a00142 ",
		"+525555550142", "+52 55 5555 0142", "525555550142", "5215555550142", "+5215555550142", "+52 1 55 5555 0142",
		"015555550142", "01 55 5555 0142", "0445555550142", "045 55 5555 0142", "+52 (55) 5555–0142", "\u202a+52 55 5555 0142\u202c",
		"+52 01 55 5555 0142", "+52 044 55 5555 0142",
	} {
		phone, err := ParsePhone(s)
		if err != nil || phone.String() != "+525555550142" {
			t.Errorf("ParsePhone(%q) = %s, %v", s, phone, err)
		}
	}
	if phone, err := ParsePhone("5223456789"); err != nil || phone.National() != "5223456789" {
		t.Errorf("a national number that begins with 52: %s, %v", phone, err)
	}
}

func TestParsePhoneRefuses(t *testing.T) {
	for s, want := range map[string]Reason{
		"":                     ReasonEmpty,
		" - ":                  ReasonEmpty,
		"555555014":            ReasonLength,
		"+52555555014":         ReasonLength,
		"52155555501":          ReasonLength,
		"55555501421":          ReasonLength,
		"15512345678":          ReasonLength, // a number of the United States without its +
		"55 5555 0142 ext 3":   ReasonFormat,
		"cincuenta y cinco":    ReasonFormat,
		"55/5555/0142":         ReasonFormat,
		"٥٥٥٥٥٥٠١٤٢":           ReasonFormat,
		"55+55550142":          ReasonFormat,
		"++525555550142":       ReasonFormat,
		"0555550142":           ReasonFormat,
		"1555550142":           ReasonFormat,
		"+520555550142":        ReasonFormat,
		"+1 650 555 1234":      ReasonForeign,
		"+34 600 000 000":      ReasonForeign,
		"5555550142\x00":       ReasonFormat,
		"55\xff55550142":       ReasonFormat,
		"55555501425555550142": ReasonLength,
		"5 5 5 5 5 5 0 1 4 2 . . . . . . . . . . . . . .": ReasonFormat,
	} {
		if phone, err := ParsePhone(s); ReasonOf(err) != want || !phone.IsZero() {
			t.Errorf("ParsePhone(%q) = %s, %v; want %s", s, phone, err, want)
		}
	}
}

func TestFromWAID(t *testing.T) {
	want, _ := ParsePhone("5555550163")
	for _, waID := range []string{"5215555550163", "525555550163"} {
		if phone, err := FromWAID(waID); err != nil || phone != want {
			t.Errorf("FromWAID(%q) = %s, %v", waID, phone, err)
		}
	}
	for waID, reason := range map[string]Reason{
		"":                        ReasonFormat,
		"MX.13491208655302741918": ReasonFormat,
		"+525555550163":           ReasonFormat,
		"16505551234":             ReasonForeign,
		"5555550163":              ReasonForeign,
		"5225555550163":           ReasonForeign,
		"52155555501633":          ReasonForeign,
		"520555550163":            ReasonFormat,
	} {
		if phone, err := FromWAID(waID); ReasonOf(err) != reason || !phone.IsZero() {
			t.Errorf("FromWAID(%q) = %s, %v; want %s", waID, phone, err, reason)
		}
	}
}

func TestPhoneDisplay(t *testing.T) {
	for national, want := range map[string]string{
		"5555550142": "55 5555 0142", "5612345678": "56 1234 5678", "3312345678": "33 1234 5678",
		"8112345678": "81 1234 5678", "2221234567": "222 123 4567", "9991234567": "999 123 4567",
	} {
		phone, err := ParsePhone(national)
		if err != nil || phone.Display() != want {
			t.Errorf("%s is shown as %q, %v; want %q", national, phone.Display(), err, want)
		}
	}
	if none := (Phone{}); none.String() != "" || none.Display() != "" || none.National() != "" {
		t.Error("the absent phone shows something")
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, seed := range []string{"", "5555550142", "+52 1 55 5555 0142", "0445555550142", "+1 650 555 1234", "\xff", "55-55-55-01-42"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		phone, err := ParsePhone(s)
		if err != nil {
			if ReasonOf(err) == "" || !phone.IsZero() {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		for _, form := range []string{phone.String(), phone.National(), phone.Display()} {
			if again, err := ParsePhone(form); err != nil || again != phone {
				t.Fatalf("%q does not read back: %v, %v", form, again, err)
			}
		}
		if again, err := FromWAID("521" + phone.National()); err != nil || again != phone {
			t.Fatalf("its WhatsApp name does not read back: %v, %v", again, err)
		}
	})
}
