package plan

import (
	"fmt"
	"math"

	"lodestone/plan/lp"
)

// addDemands adds what customers want.
//
//	Σ over allowed states of serve[t] + short[t] = per_year·years[t]
//
// A state is allowed where its colour breaks none of the bans that the demand's book sets for deliveries in the period. What
// is not delivered is a priced shortage, so that no demand makes a plan impossible. A single-sourced demand takes all its
// material over one lane for the whole plan, with what else is taken there: ship ≤ most·choose, Σ choose ≤ 1, where most is
// what the lane can bring, or all that can be taken.
func (m *Model) addDemands() {
	for i := range m.Network.Demands {
		d := &m.Network.Demands[i]
		kind := m.Network.material(d.Material).Kind
		for t, period := range m.Periods {
			share := m.share(t, d.From, d.Until)
			if share == 0 {
				continue
			}
			name := fmt.Sprintf("%s#%d", d.ID, d.Row)
			amount := d.PerYear * period.Years * share
			it := Item{Family: Want, ID: d.ID, Site: d.Site, Material: d.Material, Period: t}
			want := m.row(it, name, amount, amount)
			if unit := m.Network.material(d.Material).Measure; unit != 1 {
				m.Program.MeasureRow(want, unit)
			}
			it.Family = Short
			m.Program.Set(want, m.column(it, name, 0, math.Inf(1), d.Penalty), 1)
			bars := Colour(0)
			if d.Book != "" {
				bars = m.colours.barring(d.Book, kind, period)
			}
			for _, s := range m.states.timed[t].at[[2]string{d.Site, d.Material}] {
				if s.colour&bars != 0 {
					continue
				}
				c := m.column(item(Serve, d.ID, s, t), name+","+m.states.label(s), 0, math.Inf(1), -d.Price)
				m.into(c, s, t, -1)
				m.Program.Set(want, c, 1)
			}
		}
		if d.Single {
			m.addSingle(d)
		}
	}
}

func (m *Model) addSingle(d *Demand) {
	taken := m.mostTaken(d.Site, d.Material)
	one := m.row(Item{Family: Single, ID: d.ID, Site: d.Site, Material: d.Material, Period: -1}, fmt.Sprintf("%s#%d", d.ID, d.Row), math.Inf(-1), 1)
	for i := range m.Network.Lanes {
		l := &m.Network.Lanes[i]
		if l.To != d.Site || l.Material != d.Material {
			continue
		}
		chosen := m.choice(Item{Family: Choose, ID: l.ID, Site: d.Site, Material: d.Material, Period: -1}, fmt.Sprintf("%s#%d,%s", d.ID, d.Row, l.ID), 0)
		m.Program.Set(one, chosen, 1)
		if math.IsInf(min(taken, l.PerYear), 1) {
			m.fault("lanes", l.Row, "per_year", fmt.Sprintf("is empty, and %s is single-sourced at %s, where no limit holds what else is taken of %s", d.ID, d.Site, d.Material), "give the most that the lane can carry a year")
			continue
		}
		for t := range m.Periods {
			sent := m.shipped[placeTime{l.ID, t}]
			if len(sent) == 0 {
				continue
			}
			r := m.row(Item{Family: Links, ID: l.ID, Site: d.Site, Material: d.Material, Period: t}, fmt.Sprintf("single,%s#%d,%s", d.ID, d.Row, l.ID), math.Inf(-1), 0)
			for _, c := range sent {
				m.Program.Set(r, c, 1)
			}
			m.Program.Set(r, chosen, -min(taken, l.PerYear*m.Periods[t].Years))
		}
	}
}

// mostTaken is how much of a material can be taken at a site over the whole plan: by demands, stock that has to be left,
// processes, sales and lanes; without end where no limit holds one of them, or where it may be thrown away.
func (m *Model) mostTaken(site, material string) float64 {
	n := m.Network
	sum := 0.0
	if !math.IsNaN(n.material(material).Dispose) {
		return math.Inf(1)
	}
	for _, x := range n.Stocks {
		if x.Site == site && x.Material == material {
			sum += max(x.Least, x.Closing)
		}
	}
	for t, period := range m.Periods {
		for _, d := range n.Demands {
			if d.Site == site && d.Material == material {
				sum += d.PerYear * period.Years * m.share(t, d.From, d.Until)
			}
		}
		for _, x := range n.Sales {
			if x.Site == site && x.Material == material {
				sum += x.PerYear * period.Years
			}
		}
		for _, l := range n.Lanes {
			if l.Origin == site && l.Material == material {
				sum += l.PerYear * period.Years
			}
		}
		for _, p := range n.Processes {
			for _, in := range m.states.inputs[p.ID] {
				switch {
				case p.Site != site || in.Material != material:
				case p.Capacity == "" || p.Use == 0:
					return math.Inf(1)
				default:
					sum -= in.Amount * m.greatest(p.Capacity, t) / p.Use
				}
			}
		}
	}
	return sum
}

// addAgreements adds what sites have agreed, for each calendar year in which it runs.
//
//	least·years ≤ Σ over the year of what is shipped from seller to buyer + pay ≤ most·years
//
// where pay is what is paid for and not taken, at the take-or-pay price; without one it is not there. An exclusive agreement
// leaves the others at most 1 − share of what the seller ships. A floor under a price adds what the floor is above the
// index to the cost of each tonne. An agreement that is not binding binds nobody, unless the settings assume it signed.
//
// A plan does not tell the days of a period apart. Of one in which an agreement runs for some days only, all that is shipped
// counts towards the least, that share of it towards the most, and that share of the floor is paid on each tonne.
func (m *Model) addAgreements() {
	for i := range m.Network.Agreements {
		a := &m.Network.Agreements[i]
		if !a.Binding && !m.Settings.signed(a.ID) {
			continue
		}
		first, last := m.Periods[0].From.Time().Year(), m.Periods[len(m.Periods)-1].Until.Time().Year()
		for year := first; year <= last; year++ {
			m.addAgreementYear(a, year)
		}
	}
}

func (m *Model) addAgreementYear(a *Agreement, year int) {
	years, latest, whole := 0.0, -1, true
	type sent struct {
		column lp.Column
		share  float64
	}
	var taken, others []sent
	for t, p := range m.Periods {
		// A period belongs to the year its middle lies in: yearly periods are calendar years, shorter ones lie within one.
		share := p.overlap(a.From, a.Until)
		if (p.From+(p.Until-p.From)/2).Time().Year() != year || share == 0 {
			continue
		}
		years += p.Years * share
		whole = whole && share == 1
		latest = t
		for j := range m.Network.Lanes {
			l := &m.Network.Lanes[j]
			if l.Origin != a.Seller || l.Material != a.Material {
				continue
			}
			for _, c := range m.shipped[placeTime{l.ID, t}] {
				if l.To == a.Buyer {
					taken = append(taken, sent{c, share})
				} else {
					others = append(others, sent{c, share})
				}
			}
		}
	}
	if latest < 0 {
		return
	}
	name := fmt.Sprintf("%s,%d", a.ID, year)
	it := Item{Family: Offtake, ID: a.ID, Site: a.Seller, Material: a.Material, Period: -1}
	if a.Kind == "exclusive" {
		it.Family = Exclusive
		r := m.row(it, name, math.Inf(-1), 0)
		for _, c := range others {
			m.Program.Set(r, c.column, c.share*a.Share)
		}
		for _, c := range taken {
			m.Program.Set(r, c.column, c.share*(a.Share-1))
		}
		return
	}
	r := m.row(it, name, a.Least*years, a.Most*years)
	most := r
	if !whole && !math.IsInf(a.Most, 1) {
		m.Program.SetRowBounds(r, a.Least*years, math.Inf(1))
		most = m.row(it, name+",most", math.Inf(-1), a.Most*years)
	}
	for _, c := range taken {
		m.Program.Set(r, c.column, 1)
		if most != r {
			m.Program.Set(most, c.column, c.share)
		}
		if premium := a.PriceFloor - a.Index; premium > 0 {
			m.Program.SetCost(c.column, m.Program.Cost(c.column)+premium*c.share*m.Periods[m.Columns[c.column].Period].Discount)
		}
	}
	if a.TakeOrPay > 0 && a.Least > 0 {
		it.Family, it.Period = Pay, latest
		m.Program.Set(r, m.column(it, a.ID, 0, a.Least*years, a.TakeOrPay), 1)
	}
}
