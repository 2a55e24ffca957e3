package intake

import (
	"strings"
	"testing"
	"time"
)

func TestParseWhen(t *testing.T) {
	denver, err := parseZone("America/Denver")
	if err != nil {
		t.Fatal(err)
	}
	havana, err := parseZone("America/Havana") // its summer begins at midnight
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		zone *time.Location
		last bool
		want string // the time, or a part of the message
	}{
		{"2026-03-04 18:30", denver, false, "2026-03-04T18:30:00-07:00"},
		{"2026-07-04T18:30", denver, false, "2026-07-04T18:30:00-06:00"},
		{"2026-07-04T18:30:05.250-04:00", denver, false, "2026-07-04T18:30:05.25-04:00"},
		{"2026-07-04 18:30 UTC", nil, false, "2026-07-04T18:30:00Z"},
		{"2026-07-04T18:30z", nil, false, "2026-07-04T18:30:00Z"},
		{"2026-03-08", denver, false, "2026-03-08T00:00:00-07:00"},
		{"2026-03-08", denver, true, "2026-03-08T23:59:59-06:00"},
		{"2026-03-08 02:30", denver, true, "skipped"},
		{"2026-11-01 01:30", denver, true, "twice"},
		{"2026-11-01 01:30-06:00", denver, true, "2026-11-01T01:30:00-06:00"},
		{"2026-11-01 01:30-07:00", denver, true, "2026-11-01T01:30:00-07:00"},
		{"2026-03-08", havana, false, "2026-03-08T01:00:00-04:00"},
		{"2026-11-01", havana, false, "2026-11-01T00:00:00-04:00"},
		{"2026-03-04 18:30", nil, false, "no zone"},
		{"2026-03-04", nil, false, "no zone"},
		{"2026-02-30", denver, false, "does not exist"},
		{"2026-03-04 24:10", denver, false, "does not exist"},
		{"2026-03-04 18:30+15:00", nil, false, "does not exist"},
		{"1926-03-04", denver, false, "year"},
		{"4.3.2026", denver, false, "cannot read"},
		{"2026-03-04 6:30 PM", denver, false, "cannot read"},
		{"2026-03-04T18:30:00.1234Z", denver, false, "cannot read"},
		{"46085", denver, false, "cannot read"},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, message, _ := parseWhen(c.text, c.zone, c.last)
			if message == "" {
				message = got.text()
			} else if got.ok() {
				t.Errorf("a time and a fault: %v, %s", got, message)
			}
			if message != c.want && !strings.Contains(message, c.want) {
				t.Errorf("got %s, want %s", message, c.want)
			}
		})
	}
}

func TestParseZone(t *testing.T) {
	for _, text := range []string{"America/Denver", "America/Regina", "UTC", "Z", "-07:00", "+05:30", "UTC+01:00"} {
		if _, err := parseZone(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"", "Local", "MST", "Denver", "Mars/Olympus", "/etc/passwd", "../../etc/x", "+25:00", "-07:60", "UTC+1"} {
		if z, err := parseZone(text); err == nil {
			t.Errorf("%q is taken as %v", text, z)
		}
	}
}
