package rules

import (
	"slices"

	"lodestone/quantity"
	"lodestone/supply"
)

// Two clocks. The text in force on a day: every rule, value, status and version has its days (Book.Changes). The facts as
// known on a day: evidence has a last day on which it counts, and a fact the day from which it is known (KnownOn). For a
// question from the record the second clock is the log's own, --as-of.

// on is the grade of a step's evidence on a day: none once the evidence has run out.
func (s *Step) on(d quantity.Date) supply.Evidence {
	if s.EvidenceUntil != 0 && d > s.EvidenceUntil {
		return supply.NoEvidence
	}
	return s.Evidence
}

// KnownOn is the question as it was known on a day: without the steps, determinations and licences that became known
// later. A material that loses a step is no longer said to be complete.
func (f *Facts) KnownOn(d quantity.Date) *Facts {
	out := *f
	out.Materials = slices.Clone(f.Materials)
	for i := range out.Materials {
		m := &out.Materials[i]
		steps := slices.DeleteFunc(slices.Clone(m.Steps), func(s Step) bool { return s.KnownFrom > d })
		if len(steps) < len(m.Steps) {
			m.Steps, m.Complete = steps, false
		}
	}
	out.Determinations = slices.DeleteFunc(slices.Clone(f.Determinations), func(x Determination) bool { return x.KnownFrom > d })
	out.Assumed = append(slices.Clip(f.Assumed), "the facts are those known on "+day(d))
	return &out
}

// Dated is the question with a step for each day on which the record knows it to have happened. What two questions share
// before may differ after.
func (f *Facts) Dated() *Facts {
	out := *f
	out.Materials = slices.Clone(f.Materials)
	for i := range out.Materials {
		m := &out.Materials[i]
		var steps []Step
		for _, s := range m.Steps {
			days := []quantity.Date{s.Date}
			if s.days != nil {
				days, s.days = s.days(), nil
			}
			for _, s.Date = range days {
				steps = append(steps, s)
			}
			if len(days) == 0 {
				steps = append(steps, s)
			}
		}
		m.Steps = steps
	}
	return &out
}

// Changes are the days on which the question's own facts may change an answer: evidence that runs out, determinations and
// licences that begin or end.
func (f *Facts) Changes() []quantity.Date {
	var days []quantity.Date
	add := func(p quantity.Period) {
		if p.From != 0 {
			days = append(days, p.From)
		}
		if p.Until != 0 {
			days = append(days, p.Until+1)
		}
	}
	for i := range f.Materials {
		for j := range f.Materials[i].Steps {
			add(quantity.Period{Until: f.Materials[i].Steps[j].EvidenceUntil})
		}
	}
	for i := range f.Determinations {
		add(f.Determinations[i].Valid)
	}
	for i := range f.Shipment.Licences {
		add(f.Shipment.Licences[i].Valid)
	}
	return days
}

// spanned says a period in words, "" for all days.
func spanned(p quantity.Period) string {
	switch {
	case p.From == 0 && p.Until == 0:
		return ""
	case p.Until == 0:
		return " from " + p.From.String()
	case p.From == 0:
		return " until " + p.Until.String()
	}
	return " from " + p.From.String() + " to " + p.Until.String()
}
