package patient

import (
	"strconv"
	"strings"

	"historias/internal/mx"
)

// ageText says an age as charts do: days below one month, months below two
// years, then years and, where there are some, the months beyond them.
func ageText(birth, on mx.Date) string {
	if birth.IsZero() {
		return ""
	}
	age := birth.Age(on)
	text := mx.AgeText(birth, on)
	switch {
	case age.Years < 2 || age.Months == 0:
		return text
	case age.Months == 1:
		return text + " 1 mes"
	}
	return text + " " + strconv.Itoa(age.Months) + " meses"
}

// isMinor tells whether somebody is known to be under age.
func isMinor(birth, on mx.Date) bool {
	return !birth.IsZero() && birth.Age(on).Years < MajorityAge
}

func joinNames(parts ...string) string {
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
