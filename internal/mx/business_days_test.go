package mx

import "testing"

func TestLegalTerms(t *testing.T) {
	for _, tt := range []struct {
		received    string
		n           int
		legal, safe string
	}{
		{"2026-10-26", 20, "2026-11-24", "2026-11-23"},
		{"2026-11-23", 20, "2026-12-21", "2026-12-21"},
		{"2026-10-24", 20, "2026-11-23", "2026-11-20"}, // received on a Saturday
		{"2026-12-24", 1, "2026-12-28", "2026-12-28"},
		{"2026-01-30", 5, "2026-02-09", "2026-02-06"},
		{"2026-11-23", 0, "2026-11-23", "2026-11-23"},
	} {
		received := MustDate(tt.received)
		if got := LegalDue(received, tt.n).String(); got != tt.legal {
			t.Errorf("received %s, +%d: legal due %s, want %s", tt.received, tt.n, got, tt.legal)
		}
		if got := SafeDue(received, tt.n).String(); got != tt.safe {
			t.Errorf("received %s, +%d: safe due %s, want %s", tt.received, tt.n, got, tt.safe)
		}
	}
	if got := AddBusinessDays(MustDate("2026-10-26"), 20, LFT74()).String(); got != "2026-11-24" {
		t.Errorf("by LFT 74: %s", got)
	}
}

func TestPublishedDaysOffOnlyDelayTheLegalDate(t *testing.T) {
	received := MustDate("2026-11-23")
	if got := LegalDue(received, 20, MustDate("2026-12-21")).String(); got != "2026-12-22" {
		t.Errorf("legal due with a day published in the DOF: %s", got)
	}
}

func TestDaysOff(t *testing.T) {
	lfpa := []string{"2026-01-01", "2026-02-05", "2027-02-05", "2029-03-21", "2026-05-01", "2026-05-05", "2026-09-01", "2026-09-16", "2026-11-20", "2036-12-01", "2026-12-25", "2026-11-21", "2026-11-22"}
	lft := []string{"2026-01-01", "2026-02-02", "2026-03-16", "2026-05-01", "2026-09-16", "2026-11-16", "2027-02-01", "2027-03-15", "2027-11-15", "2028-02-07", "2030-10-01", "2036-10-01", "2026-12-25"}
	for _, s := range lfpa {
		if LFPA28().IsBusinessDay(MustDate(s)) {
			t.Errorf("LFPA 28: %s counts", s)
		}
	}
	for _, s := range lft {
		if LFT74().IsBusinessDay(MustDate(s)) {
			t.Errorf("LFT 74: %s counts", s)
		}
	}
	for _, s := range []string{"2026-02-02", "2026-03-16", "2026-11-16", "2026-10-01", "2026-12-01", "2027-12-01"} {
		if !LFPA28().IsBusinessDay(MustDate(s)) {
			t.Errorf("LFPA 28: %s does not count", s)
		}
	}
	for _, s := range []string{"2026-02-05", "2026-05-05", "2026-09-01", "2026-11-20", "2024-10-01", "2031-10-01", "2026-02-09", "2026-11-23"} {
		if !LFT74().IsBusinessDay(MustDate(s)) {
			t.Errorf("LFT 74: %s does not count", s)
		}
	}
}

func TestTheSafeDateIsNeverLater(t *testing.T) {
	for received := MustDate("2026-01-01"); received.Before(MustDate("2037-01-01")); received = received.AddDays(1) {
		safe := SafeDue(received, 20)
		if safe.After(LegalDue(received, 20)) || safe.After(AddBusinessDays(received, 20, LFT74())) {
			t.Fatalf("received %s: %s is later than a legal reading", received, safe)
		}
	}
}
