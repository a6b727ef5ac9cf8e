package mx

import (
	"slices"
	"testing"
)

var today = MustDate("2026-11-23")

func mustCURP(t *testing.T, s string) CURP {
	t.Helper()
	curp, err := ParseCURP(s, today)
	if err != nil {
		t.Fatalf("ParseCURP(%q): %v", s, err)
	}
	return curp
}

func TestParseCURP(t *testing.T) {
	for _, tt := range []struct {
		text, birth, sex, state string
	}{
		{"HEGG560427MVZRRL04", "1956-04-27", "M", "30"},
		{"SASO750909HDFNNS05", "1975-09-09", "H", "09"},
		{"ZUNA540308MNELTN05", "1954-03-08", "M", "NE"},
		{"OOVF800814MPLRLR00", "1980-08-14", "M", "21"},
		{" hegg 560427 mvzrrl04\u00a0", "1956-04-27", "M", "30"},
		{"\u200bHEGG560427MVZRRL04", "1956-04-27", "M", "30"},
		{withCheckDigit("PEXJ040229HJCRRNA"), "2004-02-29", "H", "14"},
		{withCheckDigit("PEXJ000229XASRRNA"), "2000-02-29", "X", "01"},
	} {
		curp := mustCURP(t, tt.text)
		if got := curp.BirthDate().String(); got != tt.birth {
			t.Errorf("%s: born %s, want %s", curp, got, tt.birth)
		}
		if curp.Sex() != tt.sex || curp.StateCode() != tt.state {
			t.Errorf("%s: sex %s, state %s, want %s, %s", curp, curp.Sex(), curp.StateCode(), tt.sex, tt.state)
		}
	}
}

func TestParseCURPRefuses(t *testing.T) {
	for text, want := range map[string]Reason{
		"":                                  ReasonEmpty,
		" \t ":                              ReasonEmpty,
		"HEGG560427MVZRRL0":                 ReasonLength,
		"HEGG560427MVZRRL044":               ReasonLength,
		"HEGG560427MVZRRL03":                ReasonCheckDigit,
		"SABC560626MDFLRN09":                ReasonCheckDigit,
		"HEGG560427MVZRRLO4":                ReasonFuture, // the letter O says 2056
		"HEGG560427MXXRRL04":                ReasonFormat, // no such state
		"HZGG560427MVZRRL04":                ReasonFormat, // Z is no vowel
		"HEGG560427IVZRRL04":                ReasonFormat, // I is no sex of a CURP
		"HEGG560427MVZARL04":                ReasonFormat, // A is no consonant
		"HEGG5604A7MVZRRL04":                ReasonFormat,
		"HEGG560427MVZRRL0A":                ReasonFormat,
		"ÑEGG560427MVZRRL04":                ReasonFormat,
		"HEGG560427MVZRRL0\x00":             ReasonFormat,
		"HEGG560427MVZRRL0\xff":             ReasonFormat,
		"HEGG560230MVZRRL04":                ReasonDate,
		"HEGG561327MVZRRL04":                ReasonDate,
		"HEGG010229MVZRRL04":                ReasonDate, // 1901 was no leap year
		withCheckDigit("PEXJ261124HJCRRNA"): ReasonFuture,
		"XXXX999999XXXXXX99":                ReasonGeneric,
		"XEXX010101HNEXXXA4":                ReasonGeneric,
		"XEXX010101MNEXXXA8":                ReasonGeneric,
	} {
		curp, err := ParseCURP(text, today)
		if ReasonOf(err) != want || !curp.IsZero() {
			t.Errorf("ParseCURP(%q) = %q, %v; want reason %s", text, curp, err, want)
		}
	}
	if _, err := ParseCURP(withCheckDigit("PEXJ261123HJCRRNA"), today); err != nil {
		t.Errorf("born today: %v", err)
	}
}

func TestCURPCheckDigitFindsAnySingleMistake(t *testing.T) {
	const valid = "SASO750909HDFNNS05"
	for i := 4; i < 10; i++ { // a changed digit of the birth date
		for digit := byte('0'); digit <= '9'; digit++ {
			changed := []byte(valid)
			changed[i] = digit
			if string(changed) == valid || (18-i)*int(digit-'0')%10 == (18-i)*int(valid[i]-'0')%10 {
				continue // the rule itself is blind to these
			}
			if _, err := ParseCURP(string(changed), today); err == nil {
				t.Errorf("%s was accepted", changed)
			}
		}
	}
}

func TestZeroCURP(t *testing.T) {
	var none CURP
	if none.String() != "" || none.Sex() != "" || none.StateCode() != "" || !none.BirthDate().IsZero() {
		t.Error("the absent CURP says something")
	}
	if found := none.Mismatches(Names{"Ana", "Pérez", ""}, today, "M"); found != nil {
		t.Errorf("the absent CURP disagrees: %v", found)
	}
}

func TestMismatchesAgree(t *testing.T) {
	for _, tt := range []struct {
		why, curp string
		names     Names
	}{
		{"compound first name", "OOVF800814MPLRLR00", Names{"María Fernanda", "Orozco", "Villaseñor"}},
		{"abbreviated first name", "OOVF800814MPLRLR00", Names{"Ma. Fernanda", "Orozco", "Villaseñor"}},
		{"particles", withCheckDigit("CURA900115MDFRXN0"), Names{"Ana", "de la Cruz", "del Río"}},
		{"particles after María", withCheckDigit("PELA900115MDFRPN0"), Names{"María de los Ángeles", "Pérez", "López"}},
		{"José alone", withCheckDigit("PELJ900115HDFRPS0"), Names{"José", "Pérez", "López"}},
		{"ñ as initial", withCheckDigit("XULA900115MDFXPN0"), Names{"Ana", "Ñuñez", "López"}},
		{"ñ inside", withCheckDigit("PELA900115MDFXPN0"), Names{"Ana", "Peña", "López"}},
		{"ñ before the vowel", withCheckDigit("IILA900115MDFXPN0"), Names{"Ana", "Íñiguez", "López"}},
		{"decomposed accent", withCheckDigit("PELA900115MDFRPN0"), Names{"Ana", "Pe\u0301rez", "Lo\u0301pez"}},
		{"ü", withCheckDigit("GULA900115MDFMPN0"), Names{"Ana", "Gümez", "López"}},
		{"one surname", withCheckDigit("PEXA900115MDFRXN0"), Names{"Ana", "Pérez", ""}},
		{"no internal vowel", withCheckDigit("NXLA900115MNEGPN0"), Names{"Ana", "Ng", "López"}},
		{"real letter x", withCheckDigit("IALA900115MDFXPN0"), Names{"Ana", "Ixtla", "López"}},
		{"sign left out", withCheckDigit("OALA900115MDFFPN0"), Names{"Ana", "O'Farrill", "López"}},
		{"sign as x", withCheckDigit("OXLA900115MDFXPN0"), Names{"Ana", "O’Farrill", "López"}},
		{"inconvenient word", withCheckDigit("MXAR900115MDFSLN0"), Names{"Renata", "Mesa", "Alba"}},
	} {
		curp := mustCURP(t, tt.curp)
		if found := curp.Mismatches(tt.names, curp.BirthDate(), curp.Sex()); len(found) != 0 {
			t.Errorf("%s: %s disagrees with %+v: %v", tt.why, curp, tt.names, found)
		}
	}
}

func TestMismatchesDisagree(t *testing.T) {
	curp := mustCURP(t, "OOVF800814MPLRLR00")
	right := Names{"María Fernanda", "Orozco", "Villaseñor"}
	for _, tt := range []struct {
		names Names
		birth string
		sex   string
		want  []string
	}{
		{right, "1980-08-14", "M", nil},
		{right, "1980-08-14", "I", nil},
		{right, "1980-08-15", "H", []string{"birth_date", "sex"}},
		{Names{"María", "Orozco", "Villaseñor"}, "1980-08-14", "M", []string{"given_names"}},
		{Names{"Fernanda", "Pérez", "Villaseñor"}, "1980-08-14", "M", []string{"first_surname"}},
		{Names{"Fernanda", "Villaseñor", "Orozco"}, "1980-08-14", "M", []string{"first_surname", "second_surname"}},
		{Names{"Fernanda", "Orozco", ""}, "1980-08-14", "M", []string{"second_surname"}},
	} {
		var got []string
		for _, mismatch := range curp.Mismatches(tt.names, MustDate(tt.birth), tt.sex) {
			got = append(got, mismatch.Field)
			if mismatch.Message() == "" {
				t.Errorf("no sentence for %s", mismatch.Field)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v %s %s: %v, want %v", tt.names, tt.birth, tt.sex, got, tt.want)
		}
	}
}

func TestMismatchesOfUnusualCURPs(t *testing.T) {
	nonBinary := mustCURP(t, withCheckDigit("PELA900115XDFRPN0"))
	if found := nonBinary.Mismatches(Names{"Ana", "Pérez", "López"}, nonBinary.BirthDate(), "M"); len(found) != 0 {
		t.Errorf("no binario against a biological sex: %v", found)
	}
	word := mustCURP(t, withCheckDigit("MEAR900115MDFSLN0"))
	found := word.Mismatches(Names{"Renata", "Mesa", "Alba"}, word.BirthDate(), "M")
	if len(found) != 1 || found[0].Field != "curp" {
		t.Errorf("an inconvenient word that was left standing: %v", found)
	}
}

func TestInconvenientWords(t *testing.T) {
	if len(inconvenientWords) != 81 {
		t.Errorf("%d words, the instruction has 81", len(inconvenientWords))
	}
}

func FuzzParseCURP(f *testing.F) {
	for _, seed := range []string{"", "HEGG560427MVZRRL04", "XXXX999999XXXXXX99", "hegg 560427 mvzrrl04", "ÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑ", "\xff\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		curp, err := ParseCURP(s, today)
		if err != nil {
			if ReasonOf(err) == "" || !curp.IsZero() {
				t.Fatalf("refused without a reason: %v", err)
			}
			return
		}
		again, err := ParseCURP(curp.String(), today)
		if err != nil || again != curp {
			t.Fatalf("%q is not stable: %q, %v", curp, again, err)
		}
		if curp.BirthDate().After(today) || curp.StateCode() == "" || curp.Sex() == "" {
			t.Fatalf("%q was accepted without its facts", curp)
		}
		curp.Mismatches(Names{s, s, s}, curp.BirthDate(), curp.Sex())
	})
}

// withCheckDigit completes 17 characters.
func withCheckDigit(first17 string) string { return first17 + string(curpCheckDigit(first17+" ")) }
