package main

import (
	"testing"
	"time"

	"lodestone/ledger"
)

func TestParseSpan(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		from, until string
		start, end  time.Time
		bad         bool
	}{
		{from: "", until: ""},
		{from: "2026-01-02", until: "2026-01-02", start: at("2026-01-02T00:00:00Z"), end: at("2026-01-03T00:00:00Z")},
		{from: "2026-01-02T00:00:00-05:00", start: at("2026-01-02T05:00:00Z")},
		{until: "2026-01-02T00:00:00Z", end: at("2026-01-02T00:00:00.000000001Z")},
		{from: "2026-01-02T00:00:00Z", until: "2026-01-02T00:00:00Z", start: at("2026-01-02T00:00:00Z"), end: at("2026-01-02T00:00:00.000000001Z")},
		{from: "2026-01-03", until: "2026-01-02", bad: true},
		{from: "2026-01-02T00:00:00", bad: true}, // no offset
		{from: "yesterday", bad: true},
	} {
		start, end, err := parseSpan(c.from, c.until)
		if (err != nil) != c.bad || err == nil && (!start.Equal(c.start) || !end.Equal(c.end)) {
			t.Errorf("%q to %q: got %v, %v, %v", c.from, c.until, start, end, err)
		}
	}
}

func TestAsOf(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]ledger.Bound{
		"":                          {},
		"7":                         {Seq: 7},
		"2026-11-23T12:00:00Z":      {Received: noon},
		"2026-11-23T12:00:00+01:00": {Received: noon.Add(-time.Hour)},
	} {
		if a, err := parseAsOf(text); err != nil || a.Seq != want.Seq || !a.Received.Equal(want.Received) {
			t.Errorf("--as-of %q is %+v, %v: want %+v", text, a, err, want)
		}
	}
	for _, bad := range []string{"0", "-3", "2026-11-23", "now"} {
		if _, err := parseAsOf(bad); err == nil {
			t.Errorf("--as-of %q was accepted", bad)
		}
	}
}

func TestCount(t *testing.T) {
	for want, got := range map[string]string{"1 entry": count(1, "entry"), "2 entries": count(2, "entry"), "12 stays": count(12, "stay"), "1,234 lots": count(1234, "lot")} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
