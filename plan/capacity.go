package plan

import (
	"fmt"
	"math"
	"slices"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// addSites adds the choice to open or close a site, where there is one.
//
//	on[t] = on[t−1] + open[t] − close[t],  on[0 − 1] = 1 of a site that stands, 0 of one that may open
//
// Fixed costs fall due while a site is on; of a site without a choice they are a constant.
func (m *Model) addSites() {
	p := m.Program
	for i := range m.Network.Sites {
		s := &m.Network.Sites[i]
		for t, period := range m.Periods {
			there := m.share(t, s.From, s.Until)
			fixed := s.Fixed * period.Years * there
			if s.Choice == "stands" {
				p.Offset += fixed * period.Discount
				continue
			}
			it := Item{Family: On, ID: s.ID, Site: s.ID, Period: t}
			on := m.choice(it, s.ID, fixed)
			m.on[placeTime{s.ID, t}] = on
			before := 0.0
			if s.Choice == "may_close" {
				before = 1
			}
			if t > 0 {
				before = 0
			}
			it.Family = Standing
			r := m.row(it, s.ID, before, before)
			p.Set(r, on, 1)
			if t > 0 {
				p.Set(r, m.on[placeTime{s.ID, t - 1}], -1)
			}
			switch {
			case s.Choice == "may_close":
				it.Family = Close
				p.Set(r, m.choice(it, s.ID, s.CloseCost), 1)
			case there > 0:
				it.Family = Open
				p.Set(r, m.choice(it, s.ID, s.OpenCost), -1)
			}
		}
	}
}

// whileOn refuses what a site that may be closed does without a capacity: nothing would hold it to nought.
func (m *Model) whileOn(table string, row int, site string) {
	if m.Network.site(site).Choice != "stands" {
		m.fault(table, row, "capacity", fmt.Sprintf("is empty, and %s may be opened or closed", site), "what such a site can do at most is a capacity: name it, and give it a row in the table capacities")
	}
}

// comes holds what comes to a site that may be closed, and can leave it or be taken there as it came, to the time in which
// it is open, as a warehouse:
//
//	Σ over states of ship (or buy) ≤ most·on
//
// What is only worked there needs no such row: the capacities hold it.
func (m *Model) comes(table string, row int, name, site, material string, t, arrives int, most float64, columns ...lp.Column) {
	on, chosen := m.on[placeTime{site, arrives}]
	n := m.Network
	if !chosen || len(columns) == 0 ||
		!slices.ContainsFunc(n.Lanes, func(l Lane) bool { return l.Origin == site && l.Material == material }) &&
			!slices.ContainsFunc(n.Sales, func(x Sale) bool { return x.Site == site && x.Material == material }) &&
			!slices.ContainsFunc(n.Demands, func(d Demand) bool { return d.Site == site && d.Material == material }) {
		return
	}
	if math.IsInf(most, 1) {
		m.fault(table, row, "per_year", fmt.Sprintf("is empty, and %s, where %s can leave as it came, may be opened or closed", site, material), "give the most that can come a year: the tighter, the easier to solve")
		return
	}
	r := m.row(Item{Family: Links, ID: site, Site: site, Material: material, Period: t}, "open,"+site+","+name, math.Inf(-1), 0)
	m.Program.Set(r, on, -most)
	for _, c := range columns {
		m.Program.Set(r, c, 1)
	}
}

// addCapacities adds a row for each capacity and period.
//
//	Σ use·make + Σ dig  ≤  years[t] · ( Σ blocks per_year·ramp[t] + Σ size of expansions·ramp[t] )
//
// and, where a share of it has to be used, the same sum from below. While a site may be closed, the blocks are times on; and
// where something may be built there, the same sum is at most everything that can ever stand, times on. The dual, divided by
// the discount and the length of the period, is what one more t/yr would save.
func (m *Model) addCapacities() {
	p := m.Program
	type total struct {
		site   string
		amount []float64
		least  []float64
	}
	totals := map[string]*total{}
	var order []string
	for _, c := range m.Network.Capacities {
		sum, ok := totals[c.ID]
		if !ok {
			sum = &total{site: c.Site, amount: make([]float64, len(m.Periods)), least: make([]float64, len(m.Periods))}
			totals[c.ID] = sum
			order = append(order, c.ID)
		}
		if sum.site != c.Site {
			m.fault("capacities", c.Row, "site", c.ID+" stands at "+sum.site+" in an earlier row", "a capacity is of one site: give this one another name")
		}
		site := m.Network.site(c.Site)
		for t, period := range m.Periods {
			from, until := max(c.From, site.From), c.Until
			if until == 0 || site.Until != 0 && site.Until < until {
				until = site.Until
			}
			amount := c.PerYear * period.Years * period.ramped(from, until, c.Ramp)
			sum.amount[t] += amount
			sum.least[t] += c.Least * amount
		}
	}
	for _, id := range order {
		sum := totals[id]
		for t := range m.Periods {
			it := Item{Family: Limit, ID: id, Site: sum.site, Period: t}
			on, chosen := m.on[placeTime{sum.site, t}]
			upper := sum.amount[t]
			if chosen {
				upper = 0
			}
			r := m.row(it, id, math.Inf(-1), upper)
			if chosen {
				p.Set(r, on, -sum.amount[t])
			}
			m.limit[placeTime{id, t}] = r
			if sum.least[t] > 0 {
				it.Family = LeastUse
				lower := sum.least[t]
				if chosen {
					lower = 0
				}
				l := m.row(it, id, lower, math.Inf(1))
				if chosen {
					p.Set(l, on, -sum.least[t])
				}
				m.limit[placeTime{id + "\x00least", t}] = l
			}
			if chosen && slices.ContainsFunc(m.Network.Expansions, func(x Expansion) bool { return x.Capacity == id }) {
				it.Family = Links
				l := m.row(it, "open,"+id, math.Inf(-1), 0)
				p.Set(l, on, -m.greatest(id, t))
				m.limit[placeTime{id + "\x00open", t}] = l
			}
		}
	}
}

// uses has a column use a capacity.
func (m *Model) uses(c lp.Column, capacity string, t int, amount float64) {
	if capacity == "" {
		return
	}
	for _, beside := range []string{"", "\x00least", "\x00open"} {
		if r, ok := m.limit[placeTime{capacity + beside, t}]; ok {
			m.Program.Set(r, c, amount)
		}
	}
}

// greatest is what a capacity can be in a period at the very most: with everything that may be built, at no ramp.
func (m *Model) greatest(capacity string, t int) float64 {
	sum := 0.0
	for _, c := range m.Network.Capacities {
		if c.ID == capacity {
			sum += c.PerYear
		}
	}
	for _, x := range m.Network.Expansions {
		if x.Capacity == capacity {
			sum += x.Most
		}
	}
	return sum * m.Periods[t].Years
}

// addExpansions adds what may be built: once at most, in one period, between the least and the most of it.
//
//	Σ over t of build[t] ≤ 1 (over all of a group),   least·build[t] ≤ size[t] ≤ most·build[t]
//	Σ over what is begun in the days of a budget of fixed_cost·build + cost·size ≤ amount
//
// What is begun on the first day of a period works from the build time on, and grows over its ramp. Capital is charged by
// annuity, cost·σ a year from then on while it serves, σ = ρ/(1 − (1+ρ)^−life) (Kendrick, Meeraus and Alatorre 1984), or as
// a lump when begun, less the share of its life left at the end of the plan, discounted from there (Howells et al. 2011).
// A fixed cost beside a cost a unit is what economies of scale look like in one straight line. What is begun falls into its
// period's first day.
func (m *Model) addExpansions() {
	p := m.Program
	groups := map[string]lp.Row{}
	budgets := make([]lp.Row, len(m.Network.Budgets))
	for i, b := range m.Network.Budgets {
		budgets[i] = m.row(Item{Family: Spending, ID: b.ID, Period: -1}, b.ID, math.Inf(-1), b.Amount)
	}
	last := m.Periods[len(m.Periods)-1]
	for i := range m.Network.Expansions {
		x := &m.Network.Expansions[i]
		if _, ok := m.limit[placeTime{x.Capacity, 0}]; !ok {
			m.fault("expansions", x.Row, "capacity", "there is no "+quoted(x.Capacity)+" in the table capacities", "give it a row there, of 0 t/yr where nothing stands yet")
			continue
		}
		name := x.Group
		if name == "" {
			name = x.ID
		}
		once, ok := groups[name]
		if !ok {
			once = m.row(Item{Family: Once, ID: name, Period: -1}, name, math.Inf(-1), 1)
			groups[name] = once
		}
		site := m.Network.capacitySite(x.Capacity)
		for t, period := range m.Periods {
			if period.From < x.Earliest || x.Latest != 0 && period.From > x.Latest {
				continue
			}
			works := months(period.From, x.Build)
			if works > last.Until {
				continue // it would serve nobody within the plan
			}
			end := months(works, 12*x.Life) - 1
			charge := m.charge(period, works, end, x.Life)
			it := Item{Family: Build, ID: x.ID, Site: site, Period: t}
			b := p.AddColumn("build["+x.ID+","+period.ID+"]", 0, 1, x.Fixed*charge)
			p.SetInteger(b, true)
			m.Columns = append(m.Columns, it)
			p.Set(once, b, 1)
			it.Family = Size
			size := p.AddColumn("size["+x.ID+","+period.ID+"]", 0, math.Inf(1), x.Cost*charge)
			m.Columns = append(m.Columns, it)
			it.Family = Links
			for i, spent := range m.Network.Budgets {
				if period.From >= spent.From && (spent.Until == 0 || period.From <= spent.Until) {
					p.Set(budgets[i], b, x.Fixed)
					p.Set(budgets[i], size, x.Cost)
				}
			}
			most := m.row(it, x.ID+",most", math.Inf(-1), 0)
			p.Set(most, size, 1)
			p.Set(most, b, -x.Most)
			least := m.row(it, x.ID+",least", 0, math.Inf(1))
			p.Set(least, size, 1)
			p.Set(least, b, -x.Least)
			for later := t; later < len(m.Periods); later++ {
				if share := m.Periods[later].ramped(works, end, x.Ramp); share > 0 {
					p.Set(m.limit[placeTime{x.Capacity, later}], size, -m.Periods[later].Years*share)
				}
			}
		}
	}
}

// charge is the discounted cost of a unit of money spent on capacity.
func (m *Model) charge(begun Period, works, end quantity.Date, life float64) float64 {
	if !m.Settings.Annuity {
		last := m.Periods[len(m.Periods)-1]
		left := max(0, float64(end-last.Until)/(life*daysYear))
		return begun.Discount - min(1, left)*last.Discount
	}
	sigma := 1 / life
	if rate := m.Settings.Rate; rate != 0 && !m.Settings.Present {
		sigma = rate / (1 - math.Pow(1+rate, -life))
	}
	sum := 0.0
	for _, period := range m.Periods {
		sum += sigma * period.Years * period.overlap(works, end) * period.Discount
	}
	return sum
}
