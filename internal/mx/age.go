package mx

import "strconv"

// MaxAge is the greatest age, in complete years, that a birth date may give.
const MaxAge = 130

// Age is the time lived, in complete years, complete months beyond them, and days beyond those.
type Age struct {
	Years  int `json:"years"`
	Months int `json:"months"`
	Days   int `json:"days"`
}

// Age returns the age that someone born on d has on a day; zero when that day is before the birth.
//
// A month is complete when the same day of the month arrives or, where the month is too short to have it, the first day
// of the next one: who was born on 29 February becomes 18 on 1 March, never a day too early.
func (d Date) Age(on Date) Age {
	if d.IsZero() || on.Before(d) {
		return Age{}
	}
	months := (on.Year()-d.Year())*12 + int(on.Month()) - int(d.Month())
	if on.Day() < d.Day() {
		months--
	}
	since := d.monthsLater(months)
	return Age{Years: months / 12, Months: months % 12, Days: since.DaysUntil(on)}
}

// monthsLater returns the day on which n months are complete.
func (d Date) monthsLater(n int) Date {
	first := DateOf(Date{d.year, d.month, 1}.midnight().AddDate(0, n, 0))
	day := min(d.Day(), daysIn(first.Year(), first.Month())+1)
	return first.AddDays(day - 1)
}

// AgeText says an age as clinical documents do: days below one month, months below two years, then years
// (NOM-004-SSA3-2012, 5.9, asks for the age on every note; the units are our choice).
func AgeText(birth, on Date) string {
	age := birth.Age(on)
	switch {
	case age.Years >= 2:
		return count(age.Years, "año", "años")
	case age.Years*12+age.Months >= 1:
		return count(age.Years*12+age.Months, "mes", "meses")
	}
	return count(age.Days, "día", "días")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// CheckBirth refuses a birth date that cannot be: after today (ReasonFuture) or giving more than MaxAge years
// (ReasonTooOld). No date at all is ReasonEmpty.
func CheckBirth(birth, today Date) error {
	switch {
	case birth.IsZero():
		return refuse(SubjectDate, ReasonEmpty)
	case birth.After(today):
		return refuse(SubjectDate, ReasonFuture)
	case birth.Age(today).Years > MaxAge:
		return refuse(SubjectDate, ReasonTooOld)
	}
	return nil
}
