package mx

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Names is how a person is called, in the three fields of the birth certificate. SecondSurname may be empty.
type Names struct {
	GivenNames    string
	FirstSurname  string
	SecondSurname string
}

// Mismatch names one thing in which a CURP and what was typed disagree. It is something to confirm with the person, never
// a reason to refuse: RENAPO keeps exceptions to its own rules, and people correct their names.
type Mismatch struct {
	// Field is given_names, first_surname, second_surname, birth_date, sex or curp.
	Field string
}

// Message gives a sentence in Spanish that can be shown to who is registering the person.
func (m Mismatch) Message() string { return mismatchMessages[m.Field] }

var mismatchMessages = map[string]string{
	"given_names":    "La CURP no corresponde con el nombre. Confirme ambos con el documento.",
	"first_surname":  "La CURP no corresponde con el primer apellido. Confirme ambos con el documento.",
	"second_surname": "La CURP no corresponde con el segundo apellido. Confirme ambos con el documento.",
	"birth_date":     "La CURP indica otra fecha de nacimiento. Confirme ambas con el documento.",
	"sex":            "La CURP indica otro sexo. Confirme ambos con el documento.",
	"curp":           "Las primeras letras de esta CURP no son usuales. Confírmela con el documento.",
}

// Mismatches compares the CURP with what was typed. A zero birth, an empty sex or name, and the sex I (intersexual), which
// no CURP can carry, are not compared; nor is a CURP with X (no binario) compared with a biological sex.
func (c CURP) Mismatches(names Names, birth Date, sex string) []Mismatch {
	if c.IsZero() {
		return nil
	}
	var found []Mismatch
	report := func(field string, differs bool) {
		if differs {
			found = append(found, Mismatch{field})
		}
	}
	report("first_surname", names.FirstSurname != "" && !c.firstSurnameFits(names.FirstSurname))
	report("second_surname", names.FirstSurname != "" && !c.nameFits(2, 14, surnameWord(names.SecondSurname)))
	report("given_names", names.GivenNames != "" && !c.nameFits(3, 15, givenWord(names.GivenNames)))
	report("birth_date", !birth.IsZero() && c.BirthDate() != birth)
	report("sex", (sex == "H" || sex == "M") && c.Sex() != "X" && c.Sex() != sex)
	report("curp", inconvenientWords[c.text[:4]])
	return found
}

// firstSurnameFits compares positions 1, 2 and 14. RENAPO writes X as the second letter when the four initials would spell
// one of the inconvenient words.
func (c CURP) firstSurnameFits(surname string) bool {
	word := surnameWord(surname)
	if !c.nameFits(0, 13, word) {
		return false
	}
	return slices.ContainsFunc(readings(word), func(reading string) bool {
		vowel := internal(reading, vowels)
		return c.text[1] == vowel ||
			c.text[1] == 'X' && inconvenientWords[c.text[:1]+string(vowel)+c.text[2:4]]
	})
}

// nameFits compares the initial and the first internal consonant of a word with two positions of the CURP.
func (c CURP) nameFits(initialAt, consonantAt int, word string) bool {
	ways := readings(word)
	return slices.ContainsFunc(ways, func(reading string) bool { return c.text[initialAt] == initial(reading) }) &&
		slices.ContainsFunc(ways, func(reading string) bool { return c.text[consonantAt] == internal(reading, consonants) })
}

// sign stands for an apostrophe, hyphen, period or foreign letter inside a word.
const sign = '#'

// readings returns the two ways in which a word with special signs is found in CURPs: each sign standing as an X, and
// each sign left out. Ñ is read as the consonant X in both.
func readings(word string) []string {
	marked := strings.Map(func(r rune) rune {
		switch {
		case r == 'Ñ':
			return 'X'
		case r >= 'A' && r <= 'Z':
			return r
		}
		return sign
	}, word)
	return []string{marked, strings.ReplaceAll(marked, string(sign), "")}
}

func initial(reading string) byte {
	if reading == "" || reading[0] == sign {
		return 'X'
	}
	return reading[0]
}

// internal returns the first character of the set after the initial; X when a sign comes first or there is none.
func internal(reading, set string) byte {
	for i := 1; i < len(reading) && reading[i] != sign; i++ {
		if strings.IndexByte(set, reading[i]) >= 0 {
			return reading[i]
		}
	}
	return 'X'
}

// particles do not count when choosing the word that represents a name.
var particles = setOf("DA DAS DE DEL DER DI DIE DD EL LA LAS LE LES LOS MAC MC VAN VON Y")

// commonFirstNames give way to the name that follows them.
var commonFirstNames = setOf("MARIA MA MA. M M. JOSE J J.")

// surnameWord returns the word of a surname that its CURP letters are taken from.
func surnameWord(surname string) string { return firstWord(withoutParticles(curpWords(surname))) }

// givenWord returns the word of the given names that its CURP letters are taken from: of two or more, a first María or
// José is skipped.
func givenWord(given string) string {
	words := withoutParticles(curpWords(given))
	if len(words) > 1 && commonFirstNames[words[0]] {
		words = words[1:]
	}
	return firstWord(words)
}

func firstWord(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// withoutParticles drops the particles, unless nothing else is left.
func withoutParticles(words []string) []string {
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return particles[w] })
	if len(kept) == 0 {
		return words
	}
	return kept
}

// curpWords capitalises, takes the accents off the vowels and keeps Ñ.
func curpWords(name string) []string {
	var plain strings.Builder
	for _, r := range norm.NFC.String(strings.ToUpper(name)) {
		if r == 'Ñ' {
			plain.WriteRune(r)
			continue
		}
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		plain.WriteRune(base)
	}
	return strings.Fields(plain.String())
}

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// inconvenientWords are the 81 that RENAPO does not let stand at the beginning of a CURP (Anexo 2 of its instruction).
var inconvenientWords = setOf(`
	BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO FETO GETA GUEI GUEY
	JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA KULO LILO LOCA LOCO LOKA LOKO MAME MAMO
	MEAR MEAS MEON MIAR MION MOCO MOKO MULA MULO NACA NACO PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE
	ROBO RUIN SENO TETA VACA VAGA VAGO VAKA VUEI VUEY WUEI WUEY`)
