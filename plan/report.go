package plan

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lodestone/plan/lp"
)

// Advice stands on every plan.
const Advice = "decision support, not advice to invest or to deliver; facts marked assumption or memory are not known"

// Report is a plan in the words of its tables: what is printed, and written as JSON. Money is in the network's currency,
// undiscounted unless it says otherwise; masses are in tonnes.
type Report struct {
	Name      string     `json:"name"`
	Goal      Goal       `json:"goal"`
	Status    lp.Status  `json:"status"`
	Currency  string     `json:"currency"`
	Objective float64    `json:"objective"` // discounted
	Gap       float64    `json:"gap,omitempty"`
	Discount  string     `json:"discounting"`
	Capital   string     `json:"capital"`
	Size      Extent     `json:"size"`
	Solver    string     `json:"solver,omitempty"`
	AsIf      []string   `json:"as_if_enacted,omitempty"` // pending acts that the plan takes as enacted: this is a scenario
	Books     []BookRead `json:"books"`

	Readiness   *ReadinessReport `json:"readiness,omitempty"`
	Bottlenecks []Bottleneck     `json:"bottlenecks"`
	Deliveries  []Delivery       `json:"deliveries"`
	Flows       []Flow           `json:"flows"`
	Builds      []BuildLine      `json:"builds"`
	Landed      []Landed         `json:"landed"`
	LandedBasis string           `json:"landed_basis"`
	Prices      []Price          `json:"prices"`
	Idle        []Idle           `json:"idle"`
	Colours     []ColourLine     `json:"colours"`
	Duties      []DutyLine       `json:"duties"`
	Assumptions []string         `json:"assumptions"`
	Conflict    *Conflict        `json:"conflict,omitempty"`
	Residual    float64          `json:"residual"` // the worst of feasibility, complementary slackness and strong duality
	Given       string           `json:"prices_given,omitempty"`
	Advice      string           `json:"advice"`
}

// BookRead is a book or a rule as the plan reads it, for deliveries on some days.
type BookRead struct {
	Rule   string `json:"rule"`
	Kind   string `json:"kind,omitempty"`
	From   string `json:"from,omitempty"`
	Until  string `json:"until,omitempty"`
	Digest string `json:"digest,omitempty"`
}

// Extent is how large the program is.
type Extent struct {
	Periods  int `json:"periods"`
	States   int `json:"states"`
	Columns  int `json:"columns"`
	Rows     int `json:"rows"`
	Integers int `json:"integers"`
}

// ReadinessReport is Readiness in words.
type ReadinessReport struct {
	Sentence string   `json:"sentence"`
	From     string   `json:"from,omitempty"`
	Period   string   `json:"period,omitempty"`
	Planned  string   `json:"planned_from,omitempty"` // the period from which on this plan itself meets it all
	Bound    float64  `json:"bound_demand_t"`
	Short    float64  `json:"short_t"`
	Needs    []string `json:"needs"`
	Cut      []string `json:"cut"`

	Shortages []Shortage    `json:"shortages"` // what Needs says, as figures
	Binds     []BindingLine `json:"binds"`     // what Cut says, as figures
}

// Flow is one column of the plan that is not nought.
type Flow struct {
	Family   Family  `json:"what"`
	ID       string  `json:"id,omitempty"`
	Site     string  `json:"site,omitempty"`
	Material string  `json:"material,omitempty"`
	Breaks   string  `json:"breaks,omitempty"` // the rules that a delivery of it would break, of those that somebody it may reach asks about
	Origin   string  `json:"origin,omitempty"` // where duty hangs on it; AU+CA where it is one of these, and all the same
	Period   string  `json:"period,omitempty"`
	Amount   float64 `json:"amount"`
	Cost     float64 `json:"cost"` // undiscounted, of all of it
}

// Delivery is how far a demand is met in a period.
type Delivery struct {
	Demand  string  `json:"demand"`
	Book    string  `json:"book,omitempty"`
	Period  string  `json:"period"`
	Wanted  float64 `json:"wanted_t"`
	Served  float64 `json:"served_t"`
	Short   float64 `json:"short_t"`
	Price   float64 `json:"price"` // of one more tonne wanted, undiscounted
	Penalty float64 `json:"penalty"`
}

// Whole tells whether all that was wanted is delivered, as far as a solver can tell.
func (d Delivery) Whole() bool { return d.Short <= 1e-6*(1+d.Wanted) }

// Bottleneck is a capacity that binds, or a lane or a sale whose limit does: "lane l" or "sale s".
type Bottleneck struct {
	Capacity string  `json:"capacity"`
	Site     string  `json:"site"`
	From     string  `json:"from"`
	Until    string  `json:"until"`
	Starts   string  `json:"stands_from,omitempty"`   // where it does not stand in the first of these periods
	Rent     float64 `json:"rent"`                    // discounted: what its shortness costs over the plan
	Worth    float64 `json:"worth"`                   // discounted: one more t/yr over those periods
	More     float64 `json:"worth_of_more,omitempty"` // by planning anew with a little more: see Margins
	Less     float64 `json:"worth_of_less,omitempty"` // and with a little less
	Cost     float64 `json:"cost,omitempty"`
	Sentence string  `json:"sentence"`
}

// BuildLine is an expansion the plan begins.
type BuildLine struct {
	Expansion string  `json:"expansion"`
	Capacity  string  `json:"capacity"`
	Begun     string  `json:"begun"`
	Adds      float64 `json:"adds_t_per_year"`
}

// Price is what one more tonne of a material would be worth at a site in a period.
type Price struct {
	Site     string  `json:"site"`
	Material string  `json:"material"`
	Breaks   string  `json:"breaks,omitempty"`
	Period   string  `json:"period"`
	Price    float64 `json:"price"` // undiscounted, a tonne
}

// Idle is something the plan does not use, and at what cost it would.
type Idle struct {
	What     string  `json:"what"`
	Period   string  `json:"period"`
	Reduced  float64 `json:"reduced_cost"` // undiscounted, a unit
	Sentence string  `json:"sentence"`
}

// ColourLine says why something breaks a rule.
type ColourLine struct {
	What    string   `json:"what"`
	Rule    string   `json:"rule"`
	Because string   `json:"because"`
	Doubts  []string `json:"doubts,omitempty"`
}

// DutyLine is a rate of duty reckoned with.
type DutyLine struct {
	What   string  `json:"what"`
	HTS    string  `json:"hts"`
	Origin string  `json:"origin"`
	Into   string  `json:"into"`
	From   string  `json:"from"`
	Until  string  `json:"until"`
	Rate   float64 `json:"rate"`
	Source string  `json:"source"`
}

// small is below what a plan speaks of, in tonnes.
const small = 1e-7

// Report puts a plan into words. r may be nil.
func (p *Plan) Report(r *Readiness) *Report {
	m := p.Model
	out := &Report{Name: m.Program.Name, Goal: p.Goal, Status: p.Status, Currency: m.Settings.Currency, Conflict: p.Conflict, Advice: Advice,
		Size:        Extent{len(m.Periods), len(m.states.list), m.Program.Columns(), m.Program.Rows(), m.Program.Integers()},
		Bottlenecks: []Bottleneck{}, Deliveries: []Delivery{}, Flows: []Flow{}, Builds: []BuildLine{}, Prices: []Price{}, Idle: []Idle{}, Colours: []ColourLine{}, Duties: []DutyLine{}, Assumptions: m.assumptions()}
	out.Discount = fmt.Sprintf("%g %% a year from %s", 100*m.Settings.Rate, m.Settings.Base)
	if m.Settings.Present {
		out.Discount = "costs are present values; nothing is discounted"
	}
	out.Capital = "by annuity over the life of what is built"
	if !m.Settings.Annuity {
		out.Capital = "as a lump when begun, less what is left of its life at the end of the plan"
	}
	if r != nil {
		out.Readiness = r.report(m)
	}
	out.Books = []BookRead{}
	for _, b := range m.colours.bans {
		out.Books = append(out.Books, BookRead{b.Rule, b.Kind, b.From.String(), b.Until.String(), b.Digest})
		for _, act := range b.AsIf {
			if !slices.Contains(out.AsIf, act) {
				out.AsIf = append(out.AsIf, act)
			}
		}
	}
	out.Colours = m.colourLines()
	out.Duties = m.dutyLines()
	if p.Solution == nil {
		return out
	}
	out.Objective, out.Gap, out.Residual = p.Solution.Objective, p.Solution.Gap, p.Residuals.Worst()
	if p.Fixed {
		out.Given = "prices hold given the choices of this plan: what is built, opened and run"
	}
	p.flows(out)
	p.deliveries(out)
	if out.Readiness != nil && out.Readiness.Bound > 0 {
		p.planned(out)
	}
	if p.Prices.Dual != nil {
		p.bottlenecks(out)
		p.prices(out)
		out.Landed, out.LandedBasis = p.LandedCosts(), LandedBasis
		p.idle(out)
	}
	if r != nil {
		out.Readiness.Binds = p.bindings(r, out)
		for _, b := range out.Readiness.Binds {
			out.Readiness.Cut = append(out.Readiness.Cut, b.Sentence)
		}
	}
	return out
}

func (r *Readiness) report(m *Model) *ReadinessReport {
	out := &ReadinessReport{Bound: r.Bound, Short: r.Short, Needs: []string{}, Cut: []string{}, Shortages: m.shortages(r.Needs), Binds: []BindingLine{}}
	switch {
	case r.Bound == 0:
		out.Sentence = "no demand is under a book or a rule, so there is nothing to be ready for"
	case !r.Ready:
		out.Sentence = fmt.Sprintf("in no period of the plan can all demand under a book be met from then on: %s of %s t are out of reach", amount(r.Short), amount(r.Bound))
	default:
		out.From, out.Period = r.From.String(), r.Period
		out.Sentence = fmt.Sprintf("from %s on all demand under a book can be met", r.Period)
		if r.Short > small {
			out.Sentence += fmt.Sprintf("; before that %s of %s t are out of reach", amount(r.Short), amount(r.Bound))
		}
	}
	for _, s := range out.Shortages {
		out.Needs = append(out.Needs, s.Sentence)
	}
	return out
}

// assumptions lists what the network marks as not known, of each table what rests on the same basis in one line.
func (m *Model) assumptions() []string {
	type marked struct {
		head, basis string
		ids         []string
	}
	var all []*marked
	mark := func(head, id, basis string) {
		if !strings.Contains(basis, "assumption") && !strings.Contains(basis, "memory") {
			return
		}
		i := slices.IndexFunc(all, func(x *marked) bool { return x.head == head && x.basis == basis })
		if i < 0 {
			i = len(all)
			all = append(all, &marked{head: head, basis: basis})
		}
		if !slices.Contains(all[i].ids, id) {
			all[i].ids = append(all[i].ids, id)
		}
	}
	n := m.Network
	for _, s := range n.Sites {
		mark("site", s.ID, s.Basis)
	}
	for _, c := range n.Capacities {
		mark("capacity", c.ID, c.Basis)
	}
	for _, x := range n.Expansions {
		mark("expansion", x.ID, x.Basis)
	}
	for _, d := range n.Demands {
		mark("demand", d.ID, d.Source)
	}
	for _, c := range n.Contents {
		mark("what is in", c.Material, c.Basis)
	}
	for _, r := range n.Recipes {
		mark("recipe of", r.Process, r.Basis)
	}
	for _, p := range n.Processes {
		mark("process", p.ID, p.Source)
	}
	for _, d := range n.Deposits {
		mark("deposit", d.ID, d.Basis)
	}
	for _, b := range n.Purchases {
		mark("purchase", b.ID, b.Basis)
	}
	for _, s := range n.Sales {
		mark("sale", s.ID, s.Basis)
	}
	for _, l := range n.Lanes {
		mark("lane", l.ID, l.Basis)
	}
	for _, s := range n.Stocks {
		mark("stock of", s.Material+" at "+s.Site, s.Basis)
	}
	for _, d := range n.Duties {
		mark("duty on", d.HTS, d.Source)
	}
	for _, e := range n.Events {
		mark("event", e.ID, e.Basis)
	}
	out := []string{}
	for _, x := range all {
		ids := strings.Join(x.ids[:min(len(x.ids), 5)], ", ")
		if more := len(x.ids) - 5; more > 0 {
			ids += fmt.Sprintf(" and %d more", more)
		}
		out = append(out, x.head+" "+ids+": "+x.basis)
	}
	for _, a := range n.Agreements {
		if !a.Binding && m.Settings.signed(a.ID) {
			out = append(out, "agreement "+a.ID+" is not binding and is assumed signed")
		}
	}
	return out
}

func (m *Model) colourLines() []ColourLine {
	out := []ColourLine{}
	seen := map[string]bool{}
	for _, n := range m.Notes {
		if key := n.What + "\x00" + n.Ban; !seen[key] {
			seen[key] = true
			out = append(out, ColourLine{n.What, n.Ban, n.Because, n.Doubts})
		}
	}
	return out
}

func (p *Plan) flows(out *Report) {
	m := p.Model
	for c, it := range m.Columns {
		x := p.Solution.Column[c]
		if math.Abs(x) < small || it.Family == Downgrade || it.Family == Short {
			continue
		}
		f := Flow{Family: it.Family, ID: it.ID, Site: it.Site, Material: it.Material, Breaks: m.breaks(it), Amount: x, Cost: x * m.Program.Cost(lp.Column(c))}
		if it.Origin != anyOrigin {
			f.Origin = string(it.Origin)
		}
		if it.Period >= 0 {
			f.Period = m.Periods[it.Period].ID
			f.Cost /= m.Periods[it.Period].Discount
		}
		if it.Family == Size {
			for _, e := range m.Network.Expansions {
				if e.ID == it.ID {
					out.Builds = append(out.Builds, BuildLine{e.ID, e.Capacity, f.Period, x})
				}
			}
		}
		out.Flows = append(out.Flows, f)
	}
}

// planned says from when on this plan itself meets all demand under a book. Readiness asks what can be, and lets earlier
// orders go short for later ones; a plan may do otherwise.
func (p *Plan) planned(out *Report) {
	first := 0
	for _, d := range out.Deliveries {
		if d.Book != "" && !d.Whole() {
			first = max(first, 1+p.Model.index(d.Period))
		}
	}
	if first == len(p.Model.Periods) {
		out.Readiness.Sentence += "; this plan never does so to its end"
		return
	}
	out.Readiness.Planned = p.Model.Periods[first].ID
	if out.Readiness.Planned != out.Readiness.Period {
		out.Readiness.Sentence += "; this plan itself meets it from " + out.Readiness.Planned + " on"
	}
}

func (p *Plan) deliveries(out *Report) {
	m := p.Model
	for r, it := range m.Rows {
		if it.Family != Want {
			continue
		}
		wanted, _ := m.Program.RowBounds(lp.Row(r))
		d := Delivery{Demand: it.ID, Book: m.bookOf(it.ID), Period: m.Periods[it.Period].ID, Wanted: wanted}
		if c, ok := m.Program.Column(strings.Replace(m.Program.RowName(lp.Row(r)), string(Want)+"[", string(Short)+"[", 1)); ok {
			d.Short = p.Solution.Column[c]
			d.Penalty = m.Program.Cost(c) / m.Periods[it.Period].Discount
		}
		d.Served = wanted - d.Short
		if p.Prices.Dual != nil {
			d.Price = p.Prices.Dual[r] / m.Periods[it.Period].Discount
		}
		out.Deliveries = append(out.Deliveries, d)
	}
}
