package plan

import (
	"fmt"
	"math"

	"lodestone/plan/lp"
	"lodestone/supply"
)

// addProcesses adds a column for each process, colour that its inputs can have together, and period. A unit takes each
// input from exactly that colour (cleaner material comes down to it) and gives every output at once, co-products and all:
//
//	balance of each output += amount·make,   balance of each input −= amount·make,   capacity += use·make
//
// A process with a least either rests or does at least that: least·years·on ≤ make ≤ most·on.
func (m *Model) addProcesses() {
	for i := range m.Network.Processes {
		p := &m.Network.Processes[i]
		site := m.Network.site(p.Site)
		if _, ok := m.limit[placeTime{p.Capacity, 0}]; p.Capacity != "" && !ok {
			m.fault("processes", p.Row, "capacity", "there is no "+quoted(p.Capacity)+" in the table capacities", "give it a row there; a capacity that is not known is an assumption to be named, never left out")
			continue
		}
		if p.Capacity == "" {
			m.whileOn("processes", p.Row, p.Site)
		}
		for t, period := range m.Periods {
			share := min(m.share(t, p.From, p.Until), m.share(t, site.From, site.Until))
			if share == 0 {
				continue
			}
			var runs []lp.Column
			for _, r := range m.states.timed[t].runs[p] {
				runs = append(runs, m.addRun(r, t))
			}
			if p.Least > 0 && len(runs) > 0 {
				m.addLeast(p, runs, t, p.Least*period.Years*share)
			}
		}
	}
}

func (m *Model) addRun(r run, t int) lp.Column {
	p := r.process
	it := Item{Family: Make, ID: p.ID, Site: p.Site, Colour: r.colour | m.states.own[p.ID], Origin: r.origin, Period: t}
	name := p.ID
	if text := m.colours.name(r.colour); text != "" {
		name += "!" + text
	}
	if p.Origin == "input" && r.origin != anyOrigin {
		name += "~" + string(r.origin)
	}
	c := m.column(it, name, 0, math.Inf(1), p.Cost)
	for at, in := range m.states.inputs[p.ID] {
		m.into(c, r.inputs[at], t, in.Amount)
	}
	for at, out := range m.states.outputs[p.ID] {
		m.into(c, r.outputs[at], t, out.Amount)
	}
	m.uses(c, p.Capacity, t, p.Use)
	return c
}

func (m *Model) addLeast(p *Process, runs []lp.Column, t int, least float64) {
	it := Item{Family: On, ID: p.ID, Site: p.Site, Period: t}
	on := m.choice(it, "run:"+p.ID, 0)
	it.Family = Links
	lower, upper := m.row(it, p.ID+",least", 0, math.Inf(1)), m.row(it, p.ID+",most", math.Inf(-1), 0)
	for _, c := range runs {
		m.Program.Set(lower, c, 1)
		m.Program.Set(upper, c, 1)
	}
	m.Program.Set(lower, on, -least)
	m.Program.Set(upper, on, -m.greatest(p.Capacity, t)/p.Use)
}

// addDeposits adds digging: from each cost step no more, over the whole plan, than it holds.
//
//	Σ over t of dig[step,t] ≤ amount
//
// Cheap steps are dug first of themselves, since the cost is to be least.
func (m *Model) addDeposits() {
	for i := range m.Network.Deposits {
		d := &m.Network.Deposits[i]
		site := m.Network.site(d.Site)
		s, err := m.stateOfDeposit(d)
		if err != nil {
			m.fault("deposits", d.Row, "", err.Error(), "")
			continue
		}
		if d.Capacity == "" {
			m.whileOn("deposits", d.Row, d.Site)
		}
		if !m.states.known[s] {
			m.Dead = append(m.Dead, "deposit "+d.ID)
			continue
		}
		name := d.ID + "," + d.Step
		reserve := lp.Row(-1)
		if !math.IsInf(d.Amount, 1) {
			reserve = m.row(Item{Family: Reserve, ID: d.ID, Site: d.Site, Material: d.Material, Period: -1}, name, math.Inf(-1), d.Amount)
		}
		for t := range m.Periods {
			if min(m.share(t, d.From, d.Until), m.share(t, site.From, site.Until)) == 0 {
				continue
			}
			now := m.states.as(s, t)
			c := m.column(item(Dig, d.ID, now, t), name, 0, math.Inf(1), d.Cost)
			m.into(c, now, t, 1)
			m.uses(c, d.Capacity, t, 1)
			if reserve >= 0 {
				m.Program.Set(reserve, c, 1)
			}
		}
	}
}

func (m *Model) stateOfDeposit(d *Deposit) (state, error) {
	country := m.Network.site(d.Site).Country
	k, err := m.colours.ofDeeds("deposit "+d.ID, []Deed{{supply.Mined, m.Network.elementsOf(d.Material), country}}, true)
	return m.states.of(d.Site, d.Material, k, country), err
}

// addPurchases adds buying, between the least and the most a year, at its price and the duty on it.
func (m *Model) addPurchases() {
	for i := range m.Network.Purchases {
		b := &m.Network.Purchases[i]
		s, err := m.states.ofPurchase(b)
		if err != nil {
			m.fault("purchases", b.Row, "history", err.Error(), "")
			continue
		}
		if !m.states.known[s] {
			m.Dead = append(m.Dead, "purchase "+b.ID)
			continue
		}
		value := b.Value
		if math.IsNaN(value) {
			value = b.Price
		}
		for t, period := range m.Periods {
			share := m.share(t, b.From, b.Until)
			if share == 0 {
				continue
			}
			duty := m.dutyOn(crossing{what: "purchase " + b.ID, table: "purchases", row: b.Row, hts: b.HTS, origin: b.Origin, from: b.Origin, into: m.Network.site(b.Site).Country, value: value}, t)
			years := period.Years * share
			now := m.states.as(s, t)
			c := m.column(item(Buy, b.ID, now, t), fmt.Sprintf("%s#%d", b.ID, b.Row), b.Least*years, b.PerYear*years, b.Price+duty)
			m.dutied[c] = duty * period.Discount
			m.into(c, now, t, 1)
			m.comes("purchases", b.Row, fmt.Sprintf("%s#%d", b.ID, b.Row), b.Site, b.Material, t, t, b.PerYear*years, c)
		}
	}
}

// addSales adds selling outside, up to the most a year, for its price. Any state will do.
func (m *Model) addSales() {
	for i := range m.Network.Sales {
		x := &m.Network.Sales[i]
		for t, period := range m.Periods {
			share := m.share(t, x.From, x.Until)
			if share == 0 {
				continue
			}
			name := fmt.Sprintf("%s#%d", x.ID, x.Row)
			limit := m.row(Item{Family: SaleLimit, ID: x.ID, Site: x.Site, Material: x.Material, Period: t}, name, math.Inf(-1), x.PerYear*period.Years*share)
			for _, s := range m.states.timed[t].at[[2]string{x.Site, x.Material}] {
				c := m.column(item(Sell, x.ID, s, t), name+","+m.states.label(s), 0, math.Inf(1), -x.Price)
				m.into(c, s, t, -1)
				m.Program.Set(limit, c, 1)
			}
		}
	}
}

// addStocks lets material lie from period to period, in all its states together between the least and the most.
func (m *Model) addStocks() {
	for i := range m.Network.Stocks {
		x := &m.Network.Stocks[i]
		if x.Opening > 0 {
			s, err := m.states.ofStock(x)
			if err != nil {
				m.fault("stocks", x.Row, "history", err.Error(), "")
				continue
			}
			if m.states.known[s] {
				r := m.balance[balanceKey{m.states.as(s, 0), 0}]
				lower, _ := m.Program.RowBounds(r)
				m.Program.SetRowBounds(r, lower-x.Opening, lower-x.Opening)
			} else {
				m.Dead = append(m.Dead, "stock of "+x.Material+" at "+x.Site)
			}
		}
		for t, period := range m.Periods {
			least := x.Least
			if t == len(m.Periods)-1 {
				least = max(least, x.Closing)
			}
			var level lp.Row = -1
			if least > 0 || !math.IsInf(x.Most, 1) {
				level = m.row(Item{Family: Closing, ID: x.Material, Site: x.Site, Material: x.Material, Period: t}, x.Site+","+x.Material, least, x.Most)
			}
			for _, s := range m.states.timed[t].at[[2]string{x.Site, x.Material}] {
				c := m.column(item(Hold, "", s, t), m.states.label(s), 0, math.Inf(1), x.Cost*period.Years)
				m.into(c, s, t, -1)
				if t+1 < len(m.Periods) {
					m.into(c, m.states.moved(s, t, s.site, t+1), t+1, 1)
				}
				if level >= 0 {
					m.Program.Set(level, c, 1)
				}
			}
		}
	}
}
