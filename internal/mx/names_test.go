package mx

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestValidateName(t *testing.T) {
	for text, want := range map[string]string{
		"Ana":                         "Ana",
		"  María   José ":             "María José",
		"Mari\u0301a":                 "María",
		"O'Farrill":                   "O'Farrill",
		"Oʼfarrill":                   "Oʼfarrill",
		"D’Angelo-Núñez":              "D’Angelo-Núñez",
		"Güemes Ñáñez":                "Güemes Ñáñez",
		"Ma. de los Á.":               "Ma. de los Á.",
		"Ng":                          "Ng",
		"O":                           "O",
		"Мария":                       "Мария",
		"李":                           "李",
		"أحمد":                        "أحمد",
		"Ana\u00a0Luisa":              "Ana Luisa",
		"\u202aAna\u202c\u200b":       "Ana",
		strings.Repeat("ñ", 60):       strings.Repeat("ñ", 60),
		strings.Repeat("n\u0303", 60): strings.Repeat("ñ", 60),
	} {
		if name, err := ValidateName(text); err != nil || name != want {
			t.Errorf("ValidateName(%q) = %q, %v; want %q", text, name, err, want)
		}
	}
	refusals(t, func(s string) error { _, err := ValidateName(s); return err }, map[string]Reason{
		"": ReasonEmpty, "  ": ReasonEmpty, "\u200b": ReasonEmpty, strings.Repeat("a", 61): ReasonLength,
		"Ana2": ReasonFormat, "Ana\x00": ReasonFormat, "Ana\tLuisa": ReasonFormat, "Ana\nLuisa": ReasonFormat, "An\xffa": ReasonFormat,
		"-": ReasonFormat, "'": ReasonFormat, "ʼ": ReasonFormat, "...": ReasonFormat, "<b>Ana</b>": ReasonFormat, "Ana, Luisa": ReasonFormat,
		"Ana 😀": ReasonFormat, "Ana;": ReasonFormat, "Ana/Luisa": ReasonFormat,
	})
}

func TestNormalize(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"MARÍA José":              "maria jose",
		"Nu\u0301n\u0303ez":       "nunez",
		"Güemes":                  "guemes",
		"O'Farrill":               "ofarrill",
		"OFarrill":                "ofarrill",
		"o farrill":               "ofarrill",
		"O’FARRILL":               "ofarrill",
		"Oʼfarrill":               "ofarrill",
		"O´Farrill":               "ofarrill",
		"D`Angelo":                "dangelo",
		"Marisela de la O Zárate": "marisela de la o zarate",
		"García-López":            "garcia lopez",
		"Ma.Elena":                "ma elena",
		"Straße Øre Łukasz":       "strasse ore lukasz",
		"ﬁdel Ａna":                "fidel ana",
		"İSTANBUL":                "istanbul",
		"  (Ana),  Luisa\x00\n3 ": "ana luisa 3",
		"An\xffa":                 "an a",
		"МАРИЯ":                   "мария",
	} {
		if got := Normalize(text); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestBeginnings(t *testing.T) {
	for word, want := range map[string][]string{
		"":           nil,
		"o":          {"o"},
		"li":         {"li"},
		"ana":        {"an", "ana"},
		"guadalup":   {"gu", "gua", "guad", "guada", "guadal", "guadalu", "guadalup"},
		"guadalupe":  {"gu", "gua", "guad", "guada", "guadal", "guadalu", "guadalup", "guadalupe"},
		"марияалекс": {"ма", "мар", "мари", "мария", "марияа", "марияал", "марияале", "марияалекс"},
	} {
		if got := Beginnings(word); !reflect.DeepEqual(got, want) {
			t.Errorf("Beginnings(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSearchTerms(t *testing.T) {
	for query, want := range map[string][]string{
		"maria l":           {"maria"},
		"Guadalupe GUA":     {"guadalup", "gua"},
		"pérez perez":       {"perez"},
		"o'f":               {"of"},
		"x":                 nil,
		"villaseñor orozco": {"villasen", "orozco"},
	} {
		if got := SearchTerms(query); !reflect.DeepEqual(got, want) {
			t.Errorf("SearchTerms(%q) = %q, want %q", query, got, want)
		}
	}
}

// TestPeopleAreFound plays the whole circle: a person indexed by her names is found when each term of the query is one
// of the beginnings of her words, and the final check agrees.
func TestPeopleAreFound(t *testing.T) {
	for _, tt := range []struct {
		names   []string
		queries string // separated by |
		missing string
	}{
		{
			[]string{"María José", "O'Farrill", "García-López"},
			"o'farrill|OFarrill|o farrill|oʼfarrill|farrill|ofa|garcia|lopez|lópez gar|garcia-lopez|garcialopez|jose maria|MARÍA|mar far gar",
			"farrillo|garcial lopezz|ana",
		},
		{[]string{"Juan", "O Farrill", ""}, "o'farrill|ofarrill|o farrill|farrill juan", "juana"},
		{[]string{"Juan", "OFarrill", ""}, "o'farrill|ofarrill|o farrill|juan o", "farrill"},
		{[]string{"Marisela", "de la O", "Zárate"}, "de la o|de la o zarate|marisela zarate|zárate", "ozarate"},
		{[]string{"Guadalupe", "Villaseñor", "Ñáñez"}, "guadalupe|villasenor|villaseno|nanez guad|ñañez|NANEZ", "villasenora|guadalupes"},
	} {
		index := map[string]bool{}
		for _, word := range IndexWords(tt.names...) {
			for _, beginning := range Beginnings(word) {
				index[beginning] = true
			}
		}
		for _, query := range strings.Split(tt.queries, "|") {
			for _, term := range SearchTerms(query) {
				if !index[term] {
					t.Errorf("%q is not found by %q: no %q", tt.names, query, term)
				}
			}
			if !Matches(query, tt.names...) {
				t.Errorf("%q does not match %q", query, tt.names)
			}
		}
		for _, query := range strings.Split(tt.missing, "|") {
			if Matches(query, tt.names...) {
				t.Errorf("%q matches %q", query, tt.names)
			}
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"", "María José", "O'Farrill", "de la O", "İǅﬁ", "\xff\x00", "ñ̃", "d'd'd", "l l l", "d la o x", "l a o x", "´´o´f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain := Normalize(s)
		if again := Normalize(plain); again != plain {
			t.Fatalf("%q normalizes to %q and then to %q", s, plain, again)
		}
		if !utf8.ValidString(plain) || strings.TrimSpace(plain) != plain || strings.Contains(plain, "  ") || !norm.NFC.IsNormalString(plain) {
			t.Fatalf("%q normalizes to %q", s, plain)
		}
		if !Matches(s, s) {
			t.Fatalf("%q does not find itself", s)
		}
		if name, err := ValidateName(s); err == nil {
			if again, err := ValidateName(name); err != nil || again != name {
				t.Fatalf("%q is kept as %q and then as %q, %v", s, name, again, err)
			}
		}
	})
}
