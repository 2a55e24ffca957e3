package plan

import (
	"fmt"
	"math"
	"slices"

	"lodestone/plan/lp"
	"lodestone/quantity"
	"lodestone/supply"
)

// addLanes adds shipping: what leaves in a period arrives in that which holds its middle plus the lead time; what would
// arrive after the plan is not sent. A lane has a limit, and a fixed cost in each year in which it is used at all:
//
//	Σ over states of ship ≤ per_year·years,   ship ≤ most·on,   cost += fixed·years·on
//
// Duty falls due when the goods leave for another country, on their customs value, at the rate for their origin.
func (m *Model) addLanes() {
	for i := range m.Network.Lanes {
		l := &m.Network.Lanes[i]
		for t, period := range m.Periods {
			arrives, share := m.sails(l, t)
			if share == 0 {
				continue
			}
			most := l.PerYear * period.Years * share
			limit := lp.Row(-1)
			// It is finite where there is a fixed cost (see complete); without one, an event may yet limit the lane.
			if !math.IsInf(most, 1) || m.Network.mayStop(l) {
				limit = m.row(Item{Family: LaneLimit, ID: l.ID, Material: l.Material, Period: t}, l.ID, math.Inf(-1), most)
			}
			if l.Fixed > 0 {
				on := m.choice(Item{Family: On, ID: l.ID, Period: t}, "lane:"+l.ID, l.Fixed*period.Years*share)
				m.Program.SetRowBounds(limit, math.Inf(-1), 0)
				m.Program.Set(limit, on, -most)
			}
			for _, s := range m.states.timed[t].at[[2]string{l.Origin, l.Material}] {
				if s.origin == anyOrigin && m.states.asked[place{l.Origin, l.Material, t}].apart {
					continue // whose origin no longer matters has come down for a process of this site: it leaves as what it was
				}
				there := m.states.moved(s, t, l.To, arrives)
				if !m.states.timed[arrives].known[there] {
					continue
				}
				duty := m.laneDuty(l, m.states.originOf(s, t), t)
				c := m.column(item(Ship, l.ID, s, t), l.ID+","+m.states.label(s), 0, math.Inf(1), l.Cost+duty)
				m.dutied[c] = duty * period.Discount
				m.into(c, s, t, -1)
				m.into(c, there, arrives, 1)
				if limit >= 0 {
					m.Program.Set(limit, c, 1)
				}
				m.shipped[placeTime{l.ID, t}] = append(m.shipped[placeTime{l.ID, t}], c)
			}
			m.comes("lanes", l.Row, l.ID, l.To, l.Material, t, arrives, most, m.shipped[placeTime{l.ID, t}]...)
		}
	}
}

// sails gives the period in which arrives what is sent over a lane in period t, and the share of t in which it runs: 0 where
// nothing is sent. Nothing is sent from a site before its first day, and nothing arrives at one before that or after its last;
// what lies there then may still leave.
func (m *Model) sails(l *Lane, t int) (arrives int, share float64) {
	arrives, ok := m.arrival(t, l.Lead)
	if to := m.Network.site(l.To); !ok || m.share(arrives, to.From, to.Until) == 0 {
		return 0, 0
	}
	return arrives, min(m.share(t, l.From, l.Until), m.share(t, m.Network.site(l.Origin).From, 0))
}

// laneTime is a crossing of a lane by goods of an origin in a period.
type laneTime struct {
	lane   *Lane
	origin supply.Country
	period int
}

// askDuties finds the duty on every lane that crosses a border, for each origin that its material can have there.
func (m *Model) askDuties() {
	for i := range m.Network.Lanes {
		l := &m.Network.Lanes[i]
		from, into := m.Network.site(l.Origin).Country, m.Network.site(l.To).Country
		var origins []supply.Country
		for _, s := range m.states.list {
			if from != into && s.site == l.Origin && s.material == l.Material && (s.origin != anyOrigin || !m.states.tracked[l.Material]) &&
				!slices.Contains(origins, s.origin) && m.states.known[state{l.To, s.material, s.colour, s.origin}] {
				origins = append(origins, s.origin)
			}
		}
		slices.Sort(origins)
		for _, o := range origins {
			for t := range m.Periods {
				if _, share := m.sails(l, t); share > 0 {
					m.duties[laneTime{l, o, t}] = m.dutyOn(crossing{what: "lane " + l.ID, table: "lanes", row: l.Row, hts: l.HTS, origin: o, from: from, into: into, value: l.Value}, t)
				}
			}
		}
	}
}

// laneDuty is the duty a tonne.
func (m *Model) laneDuty(l *Lane, origin supply.Country, t int) float64 {
	return m.duties[laneTime{l, origin, t}]
}

// arrival is the period in which something arrives that is on the way for lead months from the middle of period t.
func (m *Model) arrival(t int, lead float64) (int, bool) {
	p := m.Periods[t]
	day := months(p.From+(p.Until-p.From)/2, lead)
	for later := t; later < len(m.Periods); later++ {
		if day <= m.Periods[later].Until {
			return later, true
		}
	}
	return 0, false
}

// DutySource knows rates of duty that the table duties does not have.
type DutySource interface {
	// Rate is the total of all layers, as a share of the customs value, for goods that enter a country evenly over the days
	// of a period: the mean of the days' rates. It is an error where the rate of any of them is not in hand.
	Rate(hts string, origin, into supply.Country, over quantity.Period) (rate float64, source string, err error)
}

// DutyUsed is a rate of duty that the plan reckons with.
type DutyUsed struct {
	What   string // lane or purchase
	HTS    string
	Origin supply.Country
	Into   supply.Country
	Period string
	Rate   float64
	Source string
}

// crossing is a border that goods cross.
type crossing struct {
	what, table string
	row         int
	hts         string
	origin      supply.Country
	from, into  supply.Country
	value       float64
}

// dutyOn is the duty a tonne in a period: the customs value times the rate, the mean over its days where the rate
// changes within it. A rate that is not in hand is a fault, never nought.
func (m *Model) dutyOn(x crossing, t int) float64 {
	if x.hts == "" || x.from == x.into {
		return 0
	}
	if math.IsNaN(x.value) {
		m.fault(x.table, x.row, "value", "a code for duty stands there without a customs value", "give the value of a tonne")
		return 0
	}
	if x.origin == "" || x.origin == anyOrigin {
		m.fault(x.table, x.row, "origin", "the customs origin of "+x.what+" is not known, so its duty is not", "give the country of its last substantial transformation")
		return 0
	}
	period := m.Periods[t]
	rate, source, err := m.rate(x, period)
	if err != nil {
		m.fault(x.table, x.row, "hts", err.Error(), "give the rate in the table duties, with its source")
		return 0
	}
	m.Duties = append(m.Duties, DutyUsed{x.what, x.hts, x.origin, x.into, period.ID, rate, source})
	return x.value * rate
}

func (m *Model) rate(x crossing, period Period) (float64, string, error) {
	sum, covered, source := 0.0, 0.0, ""
	for _, exact := range []bool{true, false} {
		for _, d := range m.Network.Duties {
			if d.HTS != x.hts || d.Into != x.into || exact && d.Origin != x.origin || !exact && d.Origin != "" {
				continue
			}
			share := period.overlap(d.From, d.Until)
			sum += share * d.Rate
			covered += share
			if share > 0 {
				source = d.Source
			}
		}
		switch {
		case covered > 1+1e-9:
			return 0, "", fmt.Errorf("rows of the table duties overlap for %s of %s into %s in %s", x.hts, x.origin, x.into, period.ID)
		case covered > 1-1e-9:
			return sum, source, nil
		case covered > 0:
			return 0, "", fmt.Errorf("the table duties has a rate for %s of %s into %s for a part of %s only", x.hts, x.origin, x.into, period.ID)
		}
	}
	if m.duty == nil {
		return 0, "", fmt.Errorf("there is no rate of duty for %s of %s into %s in %s", x.hts, x.origin, x.into, period.ID)
	}
	return m.duty.Rate(x.hts, x.origin, x.into, quantity.Period{From: period.From, Until: period.Until})
}
