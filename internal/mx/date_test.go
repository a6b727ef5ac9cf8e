package mx

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-11-23", "2024-02-29", "0001-01-01", "9999-12-31", "1900-02-28"} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %s, %v", s, d, err)
		}
	}
	for s, want := range map[string]Reason{
		"":                     ReasonEmpty,
		"2026-02-30":           ReasonDate,
		"2026-02-29":           ReasonDate,
		"1900-02-29":           ReasonDate,
		"2026-13-01":           ReasonDate,
		"2026-00-10":           ReasonDate,
		"2026-04-31":           ReasonDate,
		"0000-01-01":           ReasonDate,
		"2026-1-1":             ReasonFormat,
		"26-11-23":             ReasonFormat,
		"23/11/2026":           ReasonFormat,
		"2026/11/23":           ReasonFormat,
		" 2026-11-23":          ReasonFormat,
		"2026-11-23T00:00:00Z": ReasonFormat,
		"2026-11-2٣":           ReasonFormat,
		"+026-11-23":           ReasonFormat,
		"2026-11--3":           ReasonFormat,
	} {
		if d, err := ParseDate(s); ReasonOf(err) != want || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %s, %v; want %s", s, d, err, want)
		}
	}
}

func TestMustDatePanicsOnNonsense(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	MustDate("2026-02-30")
}

func TestDateArithmetic(t *testing.T) {
	d := MustDate("2026-02-27")
	if got := d.AddDays(2).String(); got != "2026-03-01" {
		t.Errorf("two days later: %s", got)
	}
	if got := d.AddDays(-58).String(); got != "2025-12-31" {
		t.Errorf("58 days earlier: %s", got)
	}
	if got := d.DaysUntil(MustDate("2027-02-27")); got != 365 {
		t.Errorf("a year has %d days", got)
	}
	if got := d.DaysUntil(d.AddDays(-3)); got != -3 {
		t.Errorf("three days ago is %d", got)
	}
	later := MustDate("2026-03-01")
	if !d.Before(later) || !later.After(d) || d.After(d) || d.Compare(d) != 0 || later.Compare(d) != 1 {
		t.Error("dates are out of order")
	}
	if d.Weekday() != time.Friday || d.Year() != 2026 || d.Month() != time.February || d.Day() != 27 {
		t.Error("wrong parts")
	}
}

func TestDateOfIsTheDayOfTheClockThatIsShown(t *testing.T) {
	tijuana := time.FixedZone("UTC-8", -8*60*60)
	instant := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	if got := DateOf(instant).String(); got != "2026-11-24" {
		t.Errorf("in UTC it is %s", got)
	}
	if got := DateOf(instant.In(tijuana)).String(); got != "2026-11-23" {
		t.Errorf("in Tijuana it is %s", got)
	}
}

func TestDateInJSON(t *testing.T) {
	type body struct {
		Birth Date  `json:"birth_date"`
		Due   Date  `json:"due,omitzero"`
		Other *Date `json:"other,omitempty"`
	}
	var in body
	if err := json.Unmarshal([]byte(`{"birth_date":"1980-08-14","due":null}`), &in); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(in)
	if err != nil || string(out) != `{"birth_date":"1980-08-14"}` {
		t.Errorf("%s, %v", out, err)
	}
	for _, bad := range []string{`{"birth_date":"2026-02-30"}`, `{"birth_date":20260101}`, `{"birth_date":"hoy"}`, `{"birth_date":true}`} {
		if err := json.Unmarshal([]byte(bad), &in); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestAge(t *testing.T) {
	for _, tt := range []struct {
		birth, on string
		want      Age
		text      string
	}{
		{"2026-11-23", "2026-11-23", Age{0, 0, 0}, "0 días"},
		{"2026-11-22", "2026-11-23", Age{0, 0, 1}, "1 día"},
		{"2026-10-24", "2026-11-23", Age{0, 0, 30}, "30 días"},
		{"2026-10-23", "2026-11-23", Age{0, 1, 0}, "1 mes"},
		{"2026-01-31", "2026-02-28", Age{0, 0, 28}, "28 días"},
		{"2026-01-31", "2026-03-01", Age{0, 1, 0}, "1 mes"},
		{"2026-01-31", "2026-03-30", Age{0, 1, 29}, "1 mes"},
		{"2026-01-31", "2026-03-31", Age{0, 2, 0}, "2 meses"},
		{"2025-11-23", "2026-11-23", Age{1, 0, 0}, "12 meses"},
		{"2024-11-24", "2026-11-23", Age{1, 11, 30}, "23 meses"},
		{"2024-11-23", "2026-11-23", Age{2, 0, 0}, "2 años"},
		{"1980-08-14", "2026-11-23", Age{46, 3, 9}, "46 años"},
		{"2008-02-29", "2026-02-28", Age{17, 11, 30}, "17 años"},
		{"2008-02-29", "2026-03-01", Age{18, 0, 0}, "18 años"},
		{"2026-11-24", "2026-11-23", Age{}, "0 días"},
	} {
		birth, on := MustDate(tt.birth), MustDate(tt.on)
		if got := birth.Age(on); got != tt.want {
			t.Errorf("born %s, on %s: %+v, want %+v", tt.birth, tt.on, got, tt.want)
		}
		if got := AgeText(birth, on); got != tt.text {
			t.Errorf("born %s, on %s: %q, want %q", tt.birth, tt.on, got, tt.text)
		}
	}
}

func TestAgeNeverGoesBack(t *testing.T) {
	for _, birth := range []Date{MustDate("2024-01-31"), MustDate("2024-02-29"), MustDate("2023-12-30")} {
		previous := Age{}
		for on := birth; on.Before(MustDate("2029-01-01")); on = on.AddDays(1) {
			age := birth.Age(on)
			if age.Days < 0 || age.Days > 30 || age.Months < 0 || age.Months > 11 || older(previous, age) {
				t.Fatalf("born %s, on %s: %+v after %+v", birth, on, age, previous)
			}
			previous = age
		}
	}
}

func older(a, b Age) bool {
	return a.Years*10000+a.Months*100+a.Days > b.Years*10000+b.Months*100+b.Days
}

func TestCheckBirth(t *testing.T) {
	for s, want := range map[string]Reason{
		"2026-11-23": "", "2026-11-24": ReasonFuture, "1896-11-23": "", "1895-11-24": "", "1895-11-23": ReasonTooOld, "1800-01-01": ReasonTooOld,
	} {
		if got := ReasonOf(CheckBirth(MustDate(s), today)); got != want {
			t.Errorf("born %s: %q, want %q", s, got, want)
		}
	}
	if got := ReasonOf(CheckBirth(Date{}, today)); got != ReasonEmpty {
		t.Errorf("no birth: %q", got)
	}
}
