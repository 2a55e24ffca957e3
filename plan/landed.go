package plan

import (
	"math"
	"slices"

	"lodestone/plan/lp"
)

// Cost is a cost a tonne by what it is for, undiscounted.
type Cost struct {
	Material   float64 `json:"material"` // dug or bought
	Processing float64 `json:"processing"`
	Freight    float64 `json:"freight"`
	Duty       float64 `json:"duty"`
	Holding    float64 `json:"holding"`
}

// Total is the sum.
func (c Cost) Total() float64 {
	return c.Material + c.Processing + c.Freight + c.Duty + c.Holding
}

func (c Cost) add(d Cost, times float64) Cost {
	return Cost{c.Material + times*d.Material, c.Processing + times*d.Processing, c.Freight + times*d.Freight, c.Duty + times*d.Duty, c.Holding + times*d.Holding}
}

// Landed is what a tonne delivered to a customer has cost on its way, capital and fixed costs aside.
type Landed struct {
	Demand string  `json:"demand"`
	Tonnes float64 `json:"tonnes"`
	Cost   Cost    `json:"cost_a_tonne"`
	Total  float64 `json:"total_a_tonne"`
}

// LandedBasis says how costs are followed.
const LandedBasis = "followed through the plan: at each site and period a tonne carries the mean cost of what came in; a process's cost and that of its inputs fall on its products by their worth at the plan's prices, on by-products without worth nothing; capital, fixed costs, disposal and what by-products are sold for are not in it"

// LandedCosts follows costs from mine to customer.
//
// In each balance the mean cost a tonne is Σ cost in / Σ mass in; a process's outputs share its cost in proportion to
// amount·max(0, dual). Recycle loops are followed until nothing changes.
func (p *Plan) LandedCosts() []Landed {
	if p.Solution == nil || p.Prices.Dual == nil {
		return nil
	}
	m := p.Model
	mean := make([]Cost, m.Program.Rows()) // by balance row
	matrix := m.Program.Matrix()
	type source struct {
		column lp.Column
		mass   float64
		share  float64 // of the column's cost and inputs that falls on this row
	}
	feeds := make([][]source, m.Program.Rows())
	inputs := make(map[lp.Column][]term)
	for c, it := range m.Columns {
		x := p.Solution.Column[c]
		if x <= small {
			continue
		}
		rows, values := matrix.Column(lp.Column(c))
		worth, mass := 0.0, 0.0
		for k, r := range rows {
			if m.Rows[r].Family == Balance && values[k] > 0 {
				worth += values[k] * max(0, p.Prices.Dual[r])
				mass += values[k]
			}
		}
		for k, r := range rows {
			switch {
			case m.Rows[r].Family != Balance:
			case values[k] > 0:
				share := values[k] / mass
				if it.Family == Make && worth > 0 {
					share = values[k] * max(0, p.Prices.Dual[r]) / worth
				}
				feeds[r] = append(feeds[r], source{lp.Column(c), values[k] * x, share})
			case values[k] < 0:
				inputs[lp.Column(c)] = append(inputs[lp.Column(c)], term{lp.Column(r), -values[k] * x})
			}
		}
	}
	for range 1000 {
		change := 0.0
		for r := range mean {
			if m.Rows[r].Family != Balance || len(feeds[r]) == 0 {
				continue
			}
			var sum Cost
			mass := 0.0
			for _, f := range feeds[r] {
				sum = sum.add(p.own(f.column), f.share)
				for _, in := range inputs[f.column] {
					sum = sum.add(mean[in.column], f.share*in.value)
				}
				mass += f.mass
			}
			if lower, _ := m.Program.RowBounds(lp.Row(r)); lower < 0 {
				mass -= lower // an opening stock carries no cost of this plan
			}
			next := Cost{}.add(sum, 1/mass)
			change = max(change, math.Abs(next.Total()-mean[r].Total())/(1+math.Abs(next.Total())))
			mean[r] = next
		}
		if change < 1e-12 {
			break
		}
	}
	return p.served(mean, inputs)
}

// own is a column's own cost in the plan, undiscounted, by what it is for.
func (p *Plan) own(c lp.Column) Cost {
	m := p.Model
	it := m.Columns[c]
	x := p.Solution.Column[c] / m.Periods[it.Period].Discount
	cost, duty := m.Program.Cost(c)*x, m.dutied[c]*x
	switch it.Family {
	case Dig, Buy:
		return Cost{Material: cost - duty, Duty: duty}
	case Ship:
		return Cost{Freight: cost - duty, Duty: duty}
	case Make:
		return Cost{Processing: cost}
	case Hold:
		return Cost{Holding: cost}
	}
	return Cost{}
}

// served sums up what reaches each demand.
func (p *Plan) served(mean []Cost, inputs map[lp.Column][]term) []Landed {
	m := p.Model
	var out []Landed
	for c, it := range m.Columns {
		if it.Family != Serve || p.Solution.Column[c] <= small {
			continue
		}
		i := slices.IndexFunc(out, func(l Landed) bool { return l.Demand == it.ID })
		if i < 0 {
			out = append(out, Landed{Demand: it.ID})
			i = len(out) - 1
		}
		for _, in := range inputs[lp.Column(c)] {
			out[i].Cost = out[i].Cost.add(mean[in.column], in.value)
			out[i].Tonnes += in.value
		}
	}
	for i := range out {
		out[i].Cost = Cost{}.add(out[i].Cost, 1/out[i].Tonnes)
		out[i].Total = out[i].Cost.Total()
	}
	return out
}
