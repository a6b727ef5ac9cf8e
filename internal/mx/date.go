package mx

import (
	"fmt"
	"time"
)

// Date is a day of the calendar: a birth, a due date. It has no hour and no time zone, so that it can never move by a day
// on its way between a browser, the program and the database. Dates compare with ==, and the zero value means "no date".
type Date struct {
	year  int16
	month uint8
	day   uint8
}

const dateLayout = "2006-01-02"

// NewDate builds a date of the years 1 to 9999. A day that does not exist, such as 30 February, is refused (ReasonDate).
func NewDate(year int, month time.Month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < time.January || month > time.December || day < 1 || day > daysIn(year, month) {
		return Date{}, refuse(SubjectDate, ReasonDate)
	}
	return Date{int16(year), uint8(month), uint8(day)}, nil //nolint:gosec // checked above
}

// ParseDate reads exactly `YYYY-MM-DD`. Reasons: required, format, date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, refuse(SubjectDate, ReasonEmpty)
	}
	if len(s) != len(dateLayout) || s[4] != '-' || s[7] != '-' {
		return Date{}, refuse(SubjectDate, ReasonFormat)
	}
	year, okYear := digits(s[:4])
	month, okMonth := digits(s[5:7])
	day, okDay := digits(s[8:])
	if !okYear || !okMonth || !okDay {
		return Date{}, refuse(SubjectDate, ReasonFormat)
	}
	return NewDate(year, time.Month(month), day)
}

// MustDate is ParseDate for texts written in the program itself; it panics when they are wrong.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("mx: %q is not a date", s))
	}
	return d
}

// DateOf returns the day that a clock shows at t, in t's own location. To know which day it is in an office, pass
// t.In(the office's zone).
func DateOf(t time.Time) Date {
	return Date{int16(t.Year()), uint8(t.Month()), uint8(t.Day())} //nolint:gosec // years of people and papers
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the year, 1 to 9999, or 0 when there is no date.
func (d Date) Year() int { return int(d.year) }

// Month returns the month, or 0 when there is no date.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month, 1 to 31, or 0 when there is no date.
func (d Date) Day() int { return int(d.day) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// Compare returns -1, 0 or +1 as d is before, equal to or after other.
func (d Date) Compare(other Date) int {
	switch a, b := d.ordinal(), other.ordinal(); {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

// Before tells whether d comes before other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d comes after other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// AddDays returns the date n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return DateOf(d.midnight().AddDate(0, 0, n)) }

// DaysUntil returns how many days lie between d and other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.midnight().Sub(d.midnight()) / (24 * time.Hour))
}

// String returns `YYYY-MM-DD`, or "" when there is no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// MarshalText gives `YYYY-MM-DD`, or nothing when there is no date. JSON uses it too, so a field that may have no date
// carries `omitzero`.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads, and the empty text as no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// ordinal grows with the date; it is not a count of days.
func (d Date) ordinal() int { return int(d.year)<<9 | int(d.month)<<5 | int(d.day) }

// midnight lends the arithmetic of package time. It is UTC only because every day has 24 hours there.
func (d Date) midnight() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// digits reads a text made of ASCII digits only.
func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}
