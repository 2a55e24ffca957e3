package plan

import (
	"fmt"
	"math"

	"lodestone/plan/lp"
	"lodestone/quantity"
)

// addDemands adds what customers want.
//
//	Σ over allowed states of serve[t] + short[t] = per_year·years[t]
//
// A state is allowed where its colour breaks none of the bans that the demand's book sets for deliveries in the period. What
// is not delivered is a priced shortage, so that no demand makes a plan impossible. A single-sourced demand takes all its
// material over one lane for the whole plan: ship ≤ most·choose, Σ choose ≤ 1, where most is what the lane can bring, or all
// that is wanted.
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
	wanted := 0.0
	for t, period := range m.Periods {
		wanted += d.PerYear * period.Years * m.share(t, d.From, d.Until)
	}
	one := m.row(Item{Family: Single, ID: d.ID, Site: d.Site, Material: d.Material, Period: -1}, fmt.Sprintf("%s#%d", d.ID, d.Row), math.Inf(-1), 1)
	for i := range m.Network.Lanes {
		l := &m.Network.Lanes[i]
		if l.To != d.Site || l.Material != d.Material {
			continue
		}
		chosen := m.choice(Item{Family: Choose, ID: l.ID, Site: d.Site, Material: d.Material, Period: -1}, fmt.Sprintf("%s#%d,%s", d.ID, d.Row, l.ID), 0)
		m.Program.Set(one, chosen, 1)
		for t := range m.Periods {
			sent := m.shipped[placeTime{l.ID, t}]
			if len(sent) == 0 {
				continue
			}
			r := m.row(Item{Family: Links, ID: l.ID, Site: d.Site, Material: d.Material, Period: t}, fmt.Sprintf("single,%s#%d,%s", d.ID, d.Row, l.ID), math.Inf(-1), 0)
			for _, c := range sent {
				m.Program.Set(r, c, 1)
			}
			m.Program.Set(r, chosen, -min(wanted, l.PerYear*m.Periods[t].Years))
		}
	}
}

// addAgreements adds what sites have agreed, for each calendar year in which it runs.
//
//	least·years ≤ Σ over the year of what is shipped from seller to buyer + pay ≤ most·years
//
// where pay is what is paid for and not taken, at the take-or-pay price; without one it is not there. An exclusive agreement
// leaves the others at most 1 − share of what the seller ships. A floor under a price adds what the floor is above the
// index to the cost of each tonne. An agreement that is not binding binds nobody, unless the settings assume it signed.
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
	from, until := quantity.DateOf(year, 1, 1), quantity.DateOf(year, 12, 31)
	from = max(from, a.From)
	if a.Until != 0 {
		until = min(until, a.Until)
	}
	if until < from {
		return
	}
	years, latest := 0.0, -1
	var taken, others []lp.Column
	for t, p := range m.Periods {
		// A period belongs to the year its middle lies in: yearly periods are calendar years, shorter ones lie within one.
		middle := p.From + (p.Until-p.From)/2
		if middle < from || middle > until {
			continue
		}
		years += p.Years * p.overlap(a.From, a.Until)
		latest = t
		for j := range m.Network.Lanes {
			l := &m.Network.Lanes[j]
			if l.Origin != a.Seller || l.Material != a.Material {
				continue
			}
			for _, c := range m.shipped[placeTime{l.ID, t}] {
				if l.To == a.Buyer {
					taken = append(taken, c)
				} else {
					others = append(others, c)
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
			m.Program.Set(r, c, a.Share)
		}
		for _, c := range taken {
			m.Program.Set(r, c, a.Share-1)
		}
		return
	}
	r := m.row(it, name, a.Least*years, a.Most*years)
	for _, c := range taken {
		m.Program.Set(r, c, 1)
		if premium := a.PriceFloor - a.Index; premium > 0 {
			m.Program.SetCost(c, m.Program.Cost(c)+premium*m.Periods[m.Columns[c].Period].Discount)
		}
	}
	if a.TakeOrPay > 0 && a.Least > 0 {
		it.Family, it.Period = Pay, latest
		m.Program.Set(r, m.column(it, a.ID, 0, a.Least*years, a.TakeOrPay), 1)
	}
}
