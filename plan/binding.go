package plan

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
)

// never is in place of the first day of a capacity that does not stand within the plan.
const never = "never"

// starts says when a capacity that does not stand in a period begins: "" where it stands in it, or may have been built.
func (m *Model) starts(capacity string, t int) string {
	for _, x := range m.Network.Expansions {
		if x.Capacity == capacity {
			return ""
		}
	}
	var first quantity.Date
	known := false
	for _, k := range m.Network.Capacities {
		if k.ID != capacity || k.PerYear <= 0 {
			continue
		}
		site := m.Network.site(k.Site)
		from, until := max(k.From, site.From), k.Until
		if until == 0 || site.Until != 0 && site.Until < until {
			until = site.Until
		}
		if until != 0 && until < m.Periods[t].From {
			continue // gone by then
		}
		if from <= m.Periods[t].Until {
			return ""
		}
		if !known || from < first {
			first, known = from, true
		}
	}
	if !known || first > m.Periods[len(m.Periods)-1].Until {
		return never
	}
	return first.String()
}

// makes lists the materials that the processes of a capacity give.
func (m *Model) makes(capacity string) []string {
	var out []string
	for _, p := range m.Network.Processes {
		if p.Capacity != capacity {
			continue
		}
		for _, r := range m.states.outputs[p.ID] {
			if !slices.Contains(out, r.Material) {
				out = append(out, r.Material)
			}
		}
	}
	return out
}

// BindingLine is a Binding in words, beside what the plan of least cost would pay for more of it.
type BindingLine struct {
	What     string   `json:"what"`
	ID       string   `json:"id"`
	Site     string   `json:"site,omitempty"`
	Makes    []string `json:"makes,omitempty"`
	From     string   `json:"from,omitempty"`
	Until    string   `json:"until,omitempty"`
	Starts   string   `json:"stands_from,omitempty"`
	With     []string `json:"with,omitempty"`  // which have to grow with it
	Gain     float64  `json:"gain_t"`          // t more delivered under a book for one unit (t/yr of a capacity) more throughout; of a budget: without it
	Worth    float64  `json:"worth,omitempty"` // discounted: what a t/yr more saves in the plan in the same time
	Cost     float64  `json:"cost,omitempty"`  // of building one
	Sentence string   `json:"sentence"`
}

// bindings puts what binds into words, with what the plan says a t/yr more of it is worth in the same time, and in all.
func (p *Plan) bindings(r *Readiness, out *Report) []BindingLine {
	lines := []BindingLine{}
	for _, b := range r.Cut {
		line := BindingLine{What: b.what(), ID: b.ID, Site: b.Site, Makes: b.Makes, From: b.From, Until: b.Until, Starts: b.Starts, With: b.With, Gain: b.Gain, Sentence: b.words()}
		if i := slices.IndexFunc(out.Bottlenecks, func(x Bottleneck) bool { return b.Family == Limit && x.Capacity == b.ID }); i >= 0 {
			x := out.Bottlenecks[i]
			line.Worth, line.Cost = p.worth(b.ID, b.From, b.Until), x.Cost
			line.Sentence += fmt.Sprintf("; in this plan it saves %s %s in that time", money(line.Worth), out.Currency)
			if x.From != b.From || x.Until != b.Until {
				line.Sentence += fmt.Sprintf(", and %s from %s to %s", money(x.Worth), x.From, x.Until)
			}
			line.Sentence += ", discounted, unmet demand at its penalty"
			if x.Cost > 0 {
				line.Sentence += "; building one costs " + money(x.Cost)
			} else {
				line.Sentence += "; what building one costs is not in the tables"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// worth is what one more t/yr of a capacity saves from one period to another, discounted: Σ −dual·years.
func (p *Plan) worth(capacity, from, until string) float64 {
	m := p.Model
	first, last := m.index(from), m.index(until)
	sum := 0.0
	for r, it := range m.Rows {
		if it.Family == Limit && it.ID == capacity && it.Period >= first && it.Period <= last {
			sum -= p.Prices.Dual[r] * m.Periods[it.Period].Years
		}
	}
	return sum
}

// index is the number of a period, −1 where there is none of that name.
func (m *Model) index(period string) int {
	return slices.IndexFunc(m.Periods, func(p Period) bool { return p.ID == period })
}

// what is a family as a planner calls it.
func (b Binding) what() string {
	switch b.Family {
	case OfferLimit:
		return "purchase"
	case Reserve:
		return "deposit"
	case Closing:
		return "stock of"
	case LeastUse:
		return "least use of"
	case Dump:
		return "outlet for"
	}
	return string(b.Family)
}

func (b Binding) name() string { return b.what() + " " + b.ID }

func (b Binding) words() string {
	text := b.name()
	if b.Family == Spending {
		return fmt.Sprintf("%s: without it %s t more could be delivered under a book", text, amount(b.Gain))
	}
	if len(b.Makes) > 0 {
		more := ""
		if len(b.Makes) > 4 {
			more = fmt.Sprintf(" and %d more", len(b.Makes)-4)
		}
		text += " (" + strings.Join(b.Makes[:min(4, len(b.Makes))], ", ") + more + ")"
	}
	if b.From != "" {
		text += ", " + Between(b.From, b.Until)
	}
	unit, of, throughout := "one unit", " more", ""
	switch b.Family {
	case Limit, OfferLimit:
		unit, throughout = "one t/yr", " in that time"
	case LaneLimit, SaleLimit, Reserve, Closing, Dump:
		unit = "one t"
		if b.From != "" {
			throughout = " in each of these periods"
		}
	}
	switch b.Starts {
	case "":
		text += ": "
	case never:
		text, of = text+": does not stand within the plan; ", " of it"
	default:
		text, of = text+": does not stand before "+b.Starts+"; ", " of it"
	}
	if b.Family == Dump {
		text, of = text+"by a cost to dispose of it, a sale or a stock, for there is none; ", " of it"
	}
	if b.With != nil {
		return fmt.Sprintf("%smore of it alone lets nothing more be delivered; %s%s%s, and as much of %s, lets %s t more be delivered under a book",
			text, unit, of, throughout, strings.Join(b.With, " and "), amount(b.Gain))
	}
	return fmt.Sprintf("%s%s%s%s lets %s t more be delivered under a book", text, unit, of, throughout, amount(b.Gain))
}
