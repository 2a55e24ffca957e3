package tariff

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
)

// Stretch is a run of days on which the answer is the same but for the day. Either Answer or Unknown is set; Answer is
// that of the first day.
type Stretch struct {
	From    quantity.Date `json:"from"`
	Until   quantity.Date `json:"until"`
	Answer  *Answer       `json:"answer,omitempty"`
	Unknown []Gap         `json:"unknown,omitempty"`
}

// Over answers q for every day from from to until, as the stretches between the days on which something changes.
// Questions that cannot be taken up fail; a stretch whose rate is not in hand is one of the answer.
func (s *Schedule) Over(q Query, from, until quantity.Date) ([]Stretch, error) {
	if until < from {
		return nil, fmt.Errorf("the period ends on %s before it begins on %s", until, from)
	}
	var out []Stretch
	last := ""
	for _, d := range s.changes(from, until) {
		q.On = d
		st := Stretch{From: d, Until: until}
		a, err := s.Duty(q)
		var u *Unknown
		switch {
		case errors.As(err, &u):
			st.Unknown = u.Gaps
		case err != nil:
			return nil, err
		default:
			st.Answer = a
		}
		key := st.key()
		if len(out) > 0 {
			if key == last {
				continue
			}
			out[len(out)-1].Until = d - 1
		}
		out, last = append(out, st), key
	}
	return out, nil
}

// key is what two days must share to be one stretch: the lines with their standing, or the gaps.
func (st *Stretch) key() string {
	var b strings.Builder
	for _, g := range st.Unknown {
		fmt.Fprintf(&b, "%s?%s\n", g.Layer, g.Missing)
	}
	if st.Answer != nil {
		for _, l := range st.Answer.Lines {
			if l.Outcome != Outside {
				fmt.Fprintf(&b, "%s %s %s %s %s\n", l.Layer, l.Outcome, l.Rate, l.Heading, l.Status)
			}
		}
	}
	return b.String()
}

// changes are the days in the period on which an answer may change, from itself first.
func (s *Schedule) changes(from, until quantity.Date) []quantity.Date {
	days := []quantity.Date{from}
	day := func(d quantity.Date) {
		if d > from && d <= until {
			days = append(days, d)
		}
	}
	add := func(p quantity.Period) {
		day(p.From)
		if p.Until != 0 {
			day(p.Until + 1)
		}
	}
	for _, c := range s.Codes {
		for _, r := range slices.Concat(c.General, c.Column2, c.Special) {
			add(r.Valid)
		}
	}
	for _, l := range s.Layers {
		add(l.Valid)
		for _, x := range l.Status {
			day(x.From)
		}
		for _, r := range l.Rules {
			add(r.Valid)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
