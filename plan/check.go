package plan

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"lodestone/element"
	"lodestone/quantity"
)

// complete checks rows by themselves: numbers in their bounds, days in their order, elements that are none.
func (n *Network) complete() Faults {
	var fs Faults
	fault := func(table string, row int, column, message, hint string) {
		fs = append(fs, Fault{table, row, column, message, hint})
	}
	positive := func(table string, row int, column string, v float64) {
		if v < 0 {
			fault(table, row, column, fmt.Sprintf("%v is less than nought", v), "")
		}
	}
	between := func(table string, row int, column string, v, low, high float64) {
		if !(v >= low && v <= high) {
			fault(table, row, column, fmt.Sprintf("%v does not lie between %v and %v", v, low, high), "")
		}
	}
	span := func(table string, row int, from, until quantity.Date) {
		if until != 0 && until < from {
			fault(table, row, "until", fmt.Sprintf("%s comes before %s", until, from), "")
		}
	}
	for _, r := range n.Sites {
		span("sites", r.Row, r.From, r.Until)
		positive("sites", r.Row, "fixed_cost", r.Fixed)
	}
	for _, r := range n.Materials {
		if !(r.Measure > 0) {
			fault("materials", r.Row, "measure", fmt.Sprintf("%v is no amount to speak in", r.Measure), "1 for tonnes, 0.001 for kilograms")
		}
	}
	sum := map[string]float64{}
	for _, r := range n.Contents {
		between("contents", r.Row, "share", r.Share, 0, 1)
		if _, err := element.Parse(r.Element); err != nil {
			fault("contents", r.Row, "element", err.Error(), "")
		}
		if sum[r.Material] += r.Share; sum[r.Material] > 1.005 {
			fault("contents", r.Row, "share", fmt.Sprintf("the elements of %s sum to %.4g", r.Material, sum[r.Material]), "mass fractions of one material sum to 1 at most")
		}
	}
	for _, r := range n.Capacities {
		span("capacities", r.Row, r.From, r.Until)
		positive("capacities", r.Row, "per_year", r.PerYear)
		positive("capacities", r.Row, "ramp", r.Ramp)
		between("capacities", r.Row, "least", r.Least, 0, 1)
	}
	for _, r := range n.Expansions {
		span("expansions", r.Row, r.Earliest, r.Latest)
		positive("expansions", r.Row, "least", r.Least)
		if r.Most < r.Least {
			fault("expansions", r.Row, "most", fmt.Sprintf("%v is less than the least, %v", r.Most, r.Least), "")
		}
		if !(r.Life > 0) {
			fault("expansions", r.Row, "life", fmt.Sprintf("%v is no life", r.Life), "in years")
		}
	}
	for _, r := range n.Budgets {
		span("budgets", r.Row, r.From, r.Until)
		positive("budgets", r.Row, "amount", r.Amount)
	}
	for _, r := range n.Processes {
		span("processes", r.Row, r.From, r.Until)
		positive("processes", r.Row, "use", r.Use)
		positive("processes", r.Row, "least", r.Least)
		if r.Least > 0 && (r.Capacity == "" || r.Use == 0) {
			fault("processes", r.Row, "least", "a least run needs a capacity", "name the capacity it uses, and how much of it a unit takes")
		}
	}
	for _, r := range n.Recipes {
		if r.Amount == 0 {
			fault("recipes", r.Row, "amount", fmt.Sprintf("%v says nothing", r.Amount), "negative for what a unit of the process takes, positive for what it gives")
		}
	}
	for _, r := range n.Deposits {
		span("deposits", r.Row, r.From, r.Until)
		positive("deposits", r.Row, "amount", r.Amount)
	}
	for _, r := range n.Purchases {
		span("purchases", r.Row, r.From, r.Until)
		between("purchases", r.Row, "least", r.Least, 0, r.PerYear)
		if _, err := ParseHistory(histories(r.History), 0); err != nil {
			fault("purchases", r.Row, "history", err.Error(), "")
		}
	}
	for _, r := range n.Sales {
		span("sales", r.Row, r.From, r.Until)
		positive("sales", r.Row, "per_year", r.PerYear)
	}
	for _, r := range n.Lanes {
		span("lanes", r.Row, r.From, r.Until)
		positive("lanes", r.Row, "lead", r.Lead)
		positive("lanes", r.Row, "per_year", r.PerYear)
		positive("lanes", r.Row, "fixed_cost", r.Fixed)
		if r.Fixed > 0 && math.IsInf(r.PerYear, 1) {
			fault("lanes", r.Row, "per_year", "is empty beside a fixed cost", "a lane that costs something to use at all needs the most it can carry a year: the tighter, the easier to solve")
		}
		if r.Origin == r.To {
			fault("lanes", r.Row, "to_site", "a lane leads from "+r.Origin+" to itself", "")
		}
	}
	for _, r := range n.Stocks {
		positive("stocks", r.Row, "opening", r.Opening)
		if !(r.Most >= max(r.Least, r.Closing)) {
			fault("stocks", r.Row, "most", fmt.Sprintf("%v is less than what must lie there", r.Most), "")
		}
		if _, err := ParseHistory(histories(r.History), 0); err != nil {
			fault("stocks", r.Row, "history", err.Error(), "")
		}
	}
	for _, r := range n.Demands {
		span("demands", r.Row, r.From, r.Until)
		positive("demands", r.Row, "per_year", r.PerYear)
		positive("demands", r.Row, "penalty", r.Penalty)
	}
	for _, r := range n.Rules {
		span("rules", r.Row, r.From, r.Until)
	}
	for _, r := range n.Agreements {
		span("agreements", r.Row, r.From, r.Until)
		between("agreements", r.Row, "share", r.Share, 0, 1)
		between("agreements", r.Row, "least", r.Least, 0, r.Most)
		if !math.IsNaN(r.PriceFloor) && math.IsNaN(r.Index) {
			fault("agreements", r.Row, "index", "is empty beside a price floor", "the price that the floor is held against")
		}
	}
	for _, r := range n.Duties {
		span("duties", r.Row, r.From, r.Until)
		between("duties", r.Row, "rate", r.Rate, 0, 100)
	}
	return fs
}

// histories is a history without the one word that is none.
func histories(text string) string {
	if text == "clean" {
		return ""
	}
	return text
}

// Check looks at a network as a whole before anything is solved: what would make a plan absurd or empty, with where to look.
func (n *Network) Check(periods []Period) Faults {
	var fs Faults
	fault := func(table string, row int, column, message, hint string) {
		fs = append(fs, Fault{table, row, column, message, hint})
	}
	if len(n.Demands) == 0 && len(n.Sales) == 0 {
		fault("demands", 0, "", "nobody wants anything", "a plan begins with the table demands")
	}
	for _, p := range n.Processes {
		gives := false
		for _, r := range n.Recipes {
			gives = gives || r.Process == p.ID && r.Amount > 0
		}
		if !gives {
			fault("processes", p.Row, "process", p.ID+" gives nothing", "its recipe needs a positive amount in the table recipes")
		}
		n.checkYield(&p, fault)
	}
	for _, c := range n.Expansions {
		if !slices.ContainsFunc(n.Capacities, func(x Capacity) bool { return x.ID == c.Capacity }) {
			fault("expansions", c.Row, "capacity", "there is no "+quoted(c.Capacity)+" in the table capacities", "give it a row there, of 0 t/yr where nothing stands yet")
		}
	}
	if set, err := n.Settings(); err == nil {
		for _, a := range n.Agreements {
			if set.signed(a.ID) && a.Kind == "offtake" && a.Least == 0 && math.IsInf(a.Most, 1) && math.IsNaN(a.PriceFloor) {
				fault("agreements", a.Row, "least", a.ID+" is assumed signed, and says nothing that could bind", "give the volumes it is assumed to have, least or most, or a price_floor")
			}
			if (a.Binding || set.signed(a.ID)) && a.Least > 0 && !slices.ContainsFunc(n.Lanes, func(l Lane) bool {
				return l.Origin == a.Seller && l.To == a.Buyer && l.Material == a.Material
			}) {
				fault("agreements", a.Row, "least", fmt.Sprintf("no lane brings %s from %s to %s", a.Material, a.Seller, a.Buyer), "an agreement counts what is sent over the lanes between the two: give it one in the table lanes")
			}
		}
	}
	reach := n.reachable()
	for _, d := range n.Demands {
		if !reach[[2]string{d.Site, d.Material}] {
			fault("demands", d.Row, "material", fmt.Sprintf("no %s can ever reach %s", d.Material, d.Site), n.whyNot(d.Site, d.Material, reach))
		}
		if len(periods) > 0 && (d.From > periods[len(periods)-1].Until || d.Until != 0 && d.Until < periods[0].From) {
			fault("demands", d.Row, "from", "lies outside the plan", fmt.Sprintf("the plan runs from %s to %s", periods[0].From, periods[len(periods)-1].Until))
		}
	}
	touched := map[string]bool{}
	for key := range reach {
		touched[key[0]] = true
	}
	for _, l := range n.Lanes {
		touched[l.Origin], touched[l.To] = true, true
	}
	for _, p := range n.Processes {
		touched[p.Site] = true
	}
	for _, s := range n.Sites {
		if !touched[s.ID] {
			fault("sites", s.Row, "site", s.ID+" is an island: nothing is made, dug, bought, kept or brought there", "drop it, or join it by a lane or a process")
		}
	}
	return fs
}

// checkYield finds recipes that make more of an element than they take: matter out of nothing.
func (n *Network) checkYield(p *Process, fault func(table string, row int, column, message, hint string)) {
	balance := map[string]float64{}
	taken := map[string]float64{}
	takes := false
	for _, r := range n.Recipes {
		if r.Process != p.ID {
			continue
		}
		takes = takes || r.Amount < 0
		contents := n.contentsOf(r.Material)
		if len(contents) == 0 {
			if r.Amount < 0 {
				return // what an input holds is not told: nothing can be said
			}
			continue
		}
		for _, c := range contents {
			balance[c.Element] += r.Amount * c.Share
			if r.Amount < 0 {
				taken[c.Element] -= r.Amount * c.Share
			}
		}
	}
	if !takes {
		return
	}
	for _, symbol := range slices.Sorted(maps.Keys(balance)) {
		if more := balance[symbol]; more > 1e-6+0.005*taken[symbol] {
			fault("recipes", 0, "amount", fmt.Sprintf("a unit of %s gives %.4g t more %s than it takes", p.ID, more, symbol), "elements are conserved: look at the amounts, and at the table contents")
		}
	}
}

// reachable finds which materials can come up at which sites, colours aside.
func (n *Network) reachable() map[[2]string]bool {
	reach := map[[2]string]bool{}
	for _, d := range n.Deposits {
		reach[[2]string{d.Site, d.Material}] = true
	}
	for _, p := range n.Purchases {
		reach[[2]string{p.Site, p.Material}] = true
	}
	for _, s := range n.Stocks {
		if s.Opening > 0 {
			reach[[2]string{s.Site, s.Material}] = true
		}
	}
	for grown := true; grown; {
		before := len(reach)
		for _, l := range n.Lanes {
			if reach[[2]string{l.Origin, l.Material}] {
				reach[[2]string{l.To, l.Material}] = true
			}
		}
		for _, p := range n.Processes {
			ready := true
			for _, r := range n.Recipes {
				ready = ready && (r.Process != p.ID || r.Amount > 0 || reach[[2]string{p.Site, r.Material}])
			}
			for _, r := range n.Recipes {
				if ready && r.Process == p.ID && r.Amount > 0 {
					reach[[2]string{p.Site, r.Material}] = true
				}
			}
		}
		grown = len(reach) > before
	}
	return reach
}

// whyNot says what stands in the way of a material at a site, one step up.
func (n *Network) whyNot(site, material string, reach map[[2]string]bool) string {
	for _, p := range n.Processes {
		for _, r := range n.Recipes {
			if r.Process != p.ID || p.Site != site || r.Material != material || r.Amount < 0 {
				continue
			}
			for _, in := range n.Recipes {
				if in.Process == p.ID && in.Amount < 0 && !reach[[2]string{site, in.Material}] {
					return fmt.Sprintf("%s would make it and lacks %s: no lane, purchase or deposit brings that to %s", p.ID, in.Material, site)
				}
			}
		}
	}
	for _, l := range n.Lanes {
		if l.To == site && l.Material == material {
			return fmt.Sprintf("lane %s would bring it from %s, where there is none", l.ID, l.Origin)
		}
	}
	return "no lane brings it and nothing there makes it"
}

// capacitySite is the site of a capacity.
func (n *Network) capacitySite(id string) string {
	for _, c := range n.Capacities {
		if c.ID == id {
			return c.Site
		}
	}
	return ""
}

// signed tells whether an agreement that does not bind is assumed signed.
func (s Settings) signed(id string) bool { return slices.Contains(s.Signed, id) }
