package main

import (
	"fmt"
	"strconv"
	"time"

	"lodestone/ledger"
	"lodestone/quantity"
)

// parseAsOf reads "" (all), a log position such as 1200, or an RFC 3339 time.
func parseAsOf(text string) (ledger.Bound, error) {
	if text == "" {
		return ledger.Bound{}, nil
	}
	if seq, err := strconv.ParseInt(text, 10, 64); err == nil {
		if seq < 1 {
			return ledger.Bound{}, usagef("--as-of %s: positions of the log begin at 1", text)
		}
		return ledger.Bound{Seq: seq}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ledger.Bound{}, usagef("--as-of %q: neither a position of the log, as in 1200, nor a time, as in 2026-11-23T12:00:00Z", text)
	}
	return ledger.Bound{Received: at}, nil
}

// parseSpan reads the ends of a span of time, both included, each "" (open), a day in UTC or an RFC 3339 time. It gives
// the span as [from, until) with zero times for open ends.
func parseSpan(from, until string) (start, end time.Time, err error) {
	if start, err = parseMoment("--from", from, 0); err != nil {
		return start, end, err
	}
	if end, err = parseMoment("--until", until, 1); err != nil {
		return start, end, err
	}
	if !start.IsZero() && !end.IsZero() && !start.Before(end) {
		return start, end, usagef("--from %s comes after --until %s", from, until)
	}
	return start, end, nil
}

// parseMoment reads one end; last is 1 for the end of a span, which then is the first moment no longer in it.
func parseMoment(flag, text string, last int) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse("2006-01-02", text); err == nil {
		return day.AddDate(0, 0, last), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, usagef("%s %q: neither a day, as in 2026-11-23, nor a time with its offset, as in 2026-11-23T12:00:00Z", flag, text)
	}
	return at.Add(time.Duration(last)), nil
}

// dayFlag reads a flag that holds a calendar day or nothing.
func dayFlag(flag, text string) (quantity.Date, error) {
	if text == "" {
		return 0, nil
	}
	d, err := quantity.ParseDate(text)
	if err != nil {
		return 0, exitError{code: codeUsage, err: fmt.Errorf("%s: %w", flag, err)}
	}
	return d, nil
}
