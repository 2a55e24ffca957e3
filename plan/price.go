package plan

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"lodestone/plan/lp"
)

// limits names what a row limits a year: a capacity by its name, a lane or a sale with that word before it; "" of any other
// row.
func limits(it Item) string {
	switch it.Family {
	case Limit:
		return it.ID
	case LaneLimit, SaleLimit:
		return fmt.Sprintf("%s %s", it.Family, it.ID)
	}
	return ""
}

// bottlenecks are the capacities, lanes and sales that bind, by what their shortness costs over the plan. The worth of one more
// t/yr over the periods in which it binds is Σ −dual·years, discounted; against it stands the least cost of a unit of an expansion.
func (p *Plan) bottlenecks(out *Report) {
	m := p.Model
	type sum struct {
		b           Bottleneck
		first, last int
		low, high   float64
	}
	sums := map[string]*sum{}
	var order []string
	for r, it := range m.Rows {
		id := limits(it)
		if id == "" || -p.Prices.Dual[r] < 1e-9*max(1, math.Abs(p.Prices.Objective)) && -p.Prices.Dual[r] < 1e-6 {
			continue
		}
		s, ok := sums[id]
		if !ok {
			s = &sum{b: Bottleneck{Capacity: id, Site: it.Site}, first: it.Period, low: math.Inf(-1), high: math.Inf(1)}
			sums[id] = s
			order = append(order, id)
		}
		s.last = it.Period
		dual := -p.Prices.Dual[r]
		years := m.Periods[it.Period].Years
		s.b.Worth += dual * years
		s.b.Rent += dual * p.Prices.Row[r]
		if p.Ranging != nil { // how far the row may move, as t/yr
			s.low = max(s.low, (p.Ranging.RowDown[r].Value-p.Prices.Row[r])/years)
			s.high = min(s.high, (p.Ranging.RowUp[r].Value-p.Prices.Row[r])/years)
		}
	}
	for _, id := range order {
		s := sums[id]
		s.b.From, s.b.Until = m.Periods[s.first].ID, m.Periods[s.last].ID
		s.b.Cost = m.cheapest(id)
		if m.Network.capacitySite(id) != "" {
			s.b.Starts = m.starts(id, s.first)
		}
		s.b.Sentence = fmt.Sprintf("one more t/yr of %s from %s to %s saves %s %s, discounted (from %s less to %s more; each period's worth alone)",
			id, s.b.From, s.b.Until, money(s.b.Worth), m.Settings.Currency, amount(max(0, -s.low)), amount(max(0, s.high)))
		switch s.b.Starts {
		case "":
		case never:
			s.b.Sentence += "; it does not stand within the plan"
		default:
			s.b.Sentence += "; it does not stand before " + s.b.Starts
		}
		if s.b.Cost > 0 {
			word := "is not worth it"
			if s.b.Worth > s.b.Cost {
				word = "is worth it"
				if len(m.Network.Budgets) > 0 {
					word += " where the budget allows"
				}
			}
			s.b.Sentence += fmt.Sprintf("; building one costs %s: it %s", money(s.b.Cost), word)
		}
		out.Bottlenecks = append(out.Bottlenecks, s.b)
	}
	slices.SortStableFunc(out.Bottlenecks, func(a, b Bottleneck) int { return cmp.Compare(b.Rent, a.Rent) })
}

// cheapest is the least discounted cost of a t/yr of a capacity by an expansion begun as early as it can be; 0 without one.
// The fixed cost is spread over the most that can be built.
func (m *Model) cheapest(capacity string) float64 {
	best := 0.0
	for _, x := range m.Network.Expansions {
		if x.Capacity != capacity || x.Most <= 0 {
			continue
		}
		for t, period := range m.Periods {
			c, ok := m.Program.Column("size[" + x.ID + "," + period.ID + "]")
			if !ok {
				continue
			}
			fixed, _ := m.Program.Column("build[" + x.ID + "," + m.Periods[t].ID + "]")
			if cost := m.Program.Cost(c) + m.Program.Cost(fixed)/x.Most; best == 0 || cost < best {
				best = cost
			}
			break
		}
	}
	return best
}

// prices lists the dual of each balance that is not nought, undiscounted: what one more tonne wanted there would cost.
func (p *Plan) prices(out *Report) {
	m := p.Model
	for r, it := range m.Rows {
		if it.Family != Balance {
			continue
		}
		price := p.Prices.Dual[r] / m.Periods[it.Period].Discount
		if math.Abs(price) < 1e-9 {
			continue
		}
		out.Prices = append(out.Prices, Price{it.Site, it.Material, m.breaks(it), m.Periods[it.Period].ID, price})
	}
}

// idle says of each deposit, purchase, process and lane that the plan never uses by how much it is too dear: the least
// reduced cost over the periods, undiscounted.
func (p *Plan) idle(out *Report) {
	m := p.Model
	type best struct {
		reduced float64
		column  int
	}
	used := map[string]bool{}
	found := map[string]best{}
	var order []string
	for c, it := range m.Columns {
		switch it.Family {
		case Make, Dig, Buy, Ship:
		default:
			continue
		}
		key := string(it.Family) + " " + it.ID
		if p.Solution.Column[c] > small {
			used[key] = true
		}
		reduced := p.Prices.Reduced[c] / m.Periods[it.Period].Discount
		if b, ok := found[key]; !ok {
			order = append(order, key)
			found[key] = best{reduced, c}
		} else if reduced < b.reduced {
			found[key] = best{reduced, c}
		}
	}
	for _, what := range slices.Compact(slices.Sorted(slices.Values(m.Dead))) {
		i := Idle{What: what, Sentence: what + " is not used: what it gives can reach nobody who may take it"}
		for _, n := range m.Notes {
			if n.What == what {
				i.Sentence += fmt.Sprintf("; it breaks %s: %s", n.Ban, n.Because)
				break
			}
		}
		out.Idle = append(out.Idle, i)
	}
	for _, key := range order {
		if used[key] {
			continue
		}
		b := found[key]
		it := m.Columns[b.column]
		cost := m.Program.Cost(lp.Column(b.column)) / m.Periods[it.Period].Discount
		i := Idle{What: key, Period: m.Periods[it.Period].ID, Reduced: b.reduced}
		if b.reduced <= 1e-9 {
			i.Sentence = fmt.Sprintf("%s is not used, and could be at no loss in %s", key, i.Period)
		} else {
			i.Sentence = fmt.Sprintf("%s is not used: in %s, where it is nearest to it, it is %s %s a unit too dear: it enters at %s instead of %s",
				key, i.Period, money(b.reduced), m.Settings.Currency, money(cost-b.reduced), money(cost))
		}
		out.Idle = append(out.Idle, i)
	}
}

// money is an amount of money for a person: whole units from a thousand on, with thin groups of three.
func money(v float64) string {
	if math.Abs(v) < 1000 {
		return fmt.Sprintf("%.4g", v)
	}
	text := fmt.Sprintf("%.0f", math.Abs(v))
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	if v < 0 {
		return "-" + text
	}
	return text
}
