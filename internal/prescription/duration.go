package prescription

import (
	"strconv"
	"strings"
)

// daysIn are the days of the units that a duration is written in. A month is
// thirty days, as pharmacies count.
var daysIn = map[string]int{
	"dia": 1, "dias": 1, "semana": 7, "semanas": 7, "quincena": 15, "quincenas": 15, "mes": 30, "meses": 30,
}

// longestTreatment is the most days that a duration may have: ten years.
const longestTreatment = 3650

// days gives how long an item is taken: whole days, or continuous use. Neither
// is known where nobody says a number ("hasta nueva valoración"). The text comes
// before the numbers beside it: it is what the paper prints, so it is what the
// rules of law are held against.
func (i Item) days() (n int, continuous bool) {
	if n, continuous = i.writtenDays(); n > 0 || continuous {
		return n, continuous
	}
	if s := i.Structured; s != nil {
		return s.DurationDays, s.Continuous
	}
	return 0, false
}

func (i Item) writtenDays() (n int, continuous bool) {
	words := strings.Fields(fold(i.Duration))
	for k, word := range words {
		if word == "continuo" || word == "continua" || word == "permanente" || word == "indefinido" {
			return 0, true
		}
		count, err := strconv.Atoi(word)
		if err != nil || k+1 >= len(words) || count < 1 || count > longestTreatment {
			continue
		}
		if each := daysIn[words[k+1]]; each > 0 && count*each <= longestTreatment {
			return count * each, false
		}
	}
	return 0, false
}
