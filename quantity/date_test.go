package quantity

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]Date{"0001-01-01": 1, "1970-01-01": 719163, "2027-01-01": 739_982} {
		d, err := ParseDate(text)
		if err != nil || d != want || d.String() != text {
			t.Errorf("%s is day %d (%s), %v; want %d", text, d, d, err, want)
		}
	}
	for _, text := range []string{"", "2027-1-1", "2027-02-30", "01/02/2027", "2027-01-01T00:00:00Z", "20270101"} {
		if d, err := ParseDate(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
	for d := MustDate("1899-12-28"); d < MustDate("1904-03-02"); d++ {
		if Day(d.Time()) != d || d.Time().Add(24*time.Hour) != (d+1).Time() {
			t.Fatalf("day %d does not come back", d)
		}
	}
	east := time.FixedZone("east", 10*3600)
	if Day(time.Date(2027, 1, 1, 3, 0, 0, 0, east)) != MustDate("2027-01-01") {
		t.Error("a day is that of its own zone")
	}
}

func TestPeriods(t *testing.T) {
	open, year := Period{}, Period{MustDate("2027-01-01"), MustDate("2027-12-31")}
	later := Period{From: MustDate("2027-12-31")}
	if !open.Covers(1) || !year.Covers(year.From) || !year.Covers(year.Until) || year.Covers(year.Until+1) || year.Covers(year.From-1) {
		t.Error("periods cover the wrong days")
	}
	if !year.Overlaps(later) || !later.Overlaps(year) || year.Overlaps(Period{From: MustDate("2028-01-01")}) || !open.Overlaps(year) {
		t.Error("periods overlap wrongly")
	}
}
