package quantity

import (
	"fmt"
	"time"
)

// Date is a calendar day without a zone: the number of days since 31 December of the year 0, so that 1 is 0001-01-01.
// The zero value is no date: open, or unknown, as the holder says.
type Date int32

const unixDay Date = 719163 // 1970-01-01

// DateOf is the day with the given year, month and day of month.
func DateOf(year int, month time.Month, day int) Date {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Day is the calendar day of t in t's own zone.
func Day(t time.Time) Date {
	y, m, d := t.Date()
	secs := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()
	return Date(floorDiv(secs, 86400)) + unixDay
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ParseDate reads "2027-01-01".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, fmt.Errorf("date %q: want YYYY-MM-DD, as in 2027-01-01", s)
	}
	return Day(t), nil
}

// MustDate is ParseDate for constants of the program; it panics on a fault.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time is midnight UTC at the start of d.
func (d Date) Time() time.Time { return time.Unix(int64(d-unixDay)*86400, 0).UTC() }

// String is "2027-01-01", "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("2006-01-02")
}

// MarshalText and UnmarshalText are String and ParseDate; the empty text is no date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2027-01-01" or nothing.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Period is the days From to Until, both included; a zero end is open.
type Period struct {
	From  Date `json:"from,omitzero"`
	Until Date `json:"until,omitzero"`
}

// Covers tells whether d lies in the period.
func (p Period) Covers(d Date) bool {
	return (p.From == 0 || d >= p.From) && (p.Until == 0 || d <= p.Until)
}

// Overlaps tells whether the two periods share a day.
func (p Period) Overlaps(q Period) bool {
	return (p.Until == 0 || q.From == 0 || q.From <= p.Until) && (q.Until == 0 || p.From == 0 || p.From <= q.Until)
}
