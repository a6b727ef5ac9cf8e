package mx

import "time"

// Calendar tells which days, besides Saturdays and Sundays, do not count in a legal term.
type Calendar struct {
	rules []func(Date) bool // a day off is one for which any rule holds
}

// LFPA28 returns the calendar of the Ley Federal de Procedimiento Administrativo, article 28, which the data-protection law
// points to: fixed dates. To it are added the days that the authority suspends by a publication in the DOF.
func LFPA28(published ...Date) Calendar {
	return Calendar{rules: []func(Date) bool{isLFPA28, oneOf(published)}}
}

// LFT74 returns the calendar of the Ley Federal del Trabajo, article 74: three of its days off move to a Monday. Election
// days are left out; they fall on Sundays unless the electoral laws say otherwise.
func LFT74() Calendar { return Calendar{rules: []func(Date) bool{isLFT74}} }

// bothLaws counts off only the days on which the two laws agree, so that no reading of a term ends before it does here.
var bothLaws = Calendar{rules: []func(Date) bool{func(d Date) bool { return isLFPA28(d) && isLFT74(d) }}}

// IsBusinessDay tells whether a day counts.
func (c Calendar) IsBusinessDay(d Date) bool {
	if day := d.Weekday(); day == time.Saturday || day == time.Sunday {
		return false
	}
	for _, off := range c.rules {
		if off(d) {
			return false
		}
	}
	return true
}

// AddBusinessDays returns the nth business day after a date; the date itself does not count. With n of zero or less it
// returns the date.
func AddBusinessDays(from Date, n int, calendar Calendar) Date {
	for day := from; n > 0; {
		day = day.AddDays(1)
		if calendar.IsBusinessDay(day) {
			n--
		}
		from = day
	}
	return from
}

// LegalDue returns the last day of a term of n business days that begins the day after receipt, by LFPA 28 and the days
// off published in the DOF.
func LegalDue(received Date, n int, published ...Date) Date {
	return AddBusinessDays(received, n, LFPA28(published...))
}

// SafeDue returns the earliest day on which the same term ends under any reading of the two laws. Screens and alarms use
// this one, because which list binds a private party is not settled.
func SafeDue(received Date, n int) Date { return AddBusinessDays(received, n, bothLaws) }

// isLFPA28 lists article 28. 1 December is off every sixth year, when the federal executive changes.
func isLFPA28(d Date) bool {
	switch monthDay(d) {
	case "01-01", "02-05", "03-21", "05-01", "05-05", "09-01", "09-16", "11-20", "12-25":
		return true
	case "12-01":
		return isElectedYear(d.Year())
	}
	return false
}

// isLFT74 lists article 74. 1 October is off every sixth year from 2030 on.
func isLFT74(d Date) bool {
	switch monthDay(d) {
	case "01-01", "05-01", "09-16", "12-25":
		return true
	case "10-01":
		return d.Year() >= 2030 && isElectedYear(d.Year())
	}
	return isNthMonday(d, time.February, 1) || isNthMonday(d, time.March, 3) || isNthMonday(d, time.November, 3)
}

func monthDay(d Date) string { return d.String()[5:] }

// isElectedYear tells whether a president takes office: 2018, 2024, 2030 and so on.
func isElectedYear(year int) bool { return year%6 == 2024%6 }

func isNthMonday(d Date, month time.Month, n int) bool {
	return d.Month() == month && d.Weekday() == time.Monday && (d.Day()-1)/7 == n-1
}

func oneOf(days []Date) func(Date) bool {
	return func(d Date) bool {
		for _, day := range days {
			if day == d {
				return true
			}
		}
		return false
	}
}
