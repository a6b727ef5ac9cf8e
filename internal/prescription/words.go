package prescription

import "strings"

// Gender is that of a counted noun: un frasco, una caja.
type Gender int

// The genders.
const (
	Masculine Gender = iota
	Feminine
)

// MostInWords is the greatest number that InWords can say.
const MostInWords = 999_999

var (
	units = strings.Fields(`cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
		dieciséis diecisiete dieciocho diecinueve veinte veintiún veintidós veintitrés veinticuatro veinticinco
		veintiséis veintisiete veintiocho veintinueve`)
	tens     = strings.Fields(`- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa`)
	hundreds = strings.Fields(`- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos
		ochocientos novecientos`)
)

// InWords says a whole number from 0 to MostInWords as it stands before a noun
// of a gender: "veintiún" frascos, "veintiuna" cajas, "doscientas" cajas. Beyond
// those bounds it is empty.
func InWords(n int, g Gender) string {
	if n < 0 || n > MostInWords {
		return ""
	}
	if n < 1000 {
		return belowThousand(n, g)
	}
	// A thousand is masculine by itself ("veintiún mil"), but hundreds of
	// thousands agree with the noun ("doscientas mil cajas").
	thousands := "mil"
	if n >= 2000 {
		thousands = thousandsOf(n/1000, g) + " mil"
	}
	if n%1000 == 0 {
		return thousands
	}
	return thousands + " " + belowThousand(n%1000, g)
}

func thousandsOf(n int, g Gender) string {
	rest := ""
	if n < 100 || n%100 != 0 {
		rest = belowHundred(n%100, Masculine)
	}
	return join(hundred(n, g), rest)
}

func belowThousand(n int, g Gender) string {
	if n >= 100 && n%100 == 0 {
		return hundred(n, g)
	}
	return join(hundred(n, g), belowHundred(n%100, g))
}

func hundred(n int, g Gender) string {
	switch {
	case n < 100:
		return ""
	case n == 100:
		return "cien"
	case g == Feminine && n >= 200:
		return strings.TrimSuffix(hundreds[n/100], "os") + "as"
	}
	return hundreds[n/100]
}

func belowHundred(n int, g Gender) string {
	if n < len(units) {
		return agree(units[n], g)
	}
	if n%10 == 0 {
		return tens[n/10]
	}
	return tens[n/10] + " y " + agree(units[n%10], g)
}

// agree gives un and veintiún their feminine.
func agree(word string, g Gender) string {
	if g == Masculine {
		return word
	}
	switch word {
	case "un":
		return "una"
	case "veintiún":
		return "veintiuna"
	}
	return word
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }
