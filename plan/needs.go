package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"lodestone/plan/lp"
)

// Need is lawful material that is wanting: were it given, at these places and times, all demand under a book could be met. It
// is the least mass of which that is true.
type Need struct {
	Material string
	Lawful   string // by the rules of those who wait for it, in their words
	Site     string
	Elements []string // in it
	Phases   []string // by which it is made here
	From     string   // period
	Until    string
	Tonnes   float64
}

// String reads "Dy_oxide (Dy; separated, calcined) from outside covered countries (CN, RU, IR, KP), 2027-01 to 2028Q2: 14 t
// short at EUCLID".
func (n Need) String() string {
	about := strings.Join(n.Elements, " ")
	if len(n.Phases) > 0 {
		about += "; " + strings.Join(n.Phases, ", ")
	}
	if about != "" {
		about = " (" + strings.TrimPrefix(about, "; ") + ")"
	}
	return strings.TrimSpace(n.Material+about+" "+n.Lawful) + fmt.Sprintf(", %s: %s t short at %s", Between(n.From, n.Until), amount(n.Tonnes), n.Site)
}

// Between reads "2027-01 to 2028Q2": from one period to another, or one by its name.
func Between(from, until string) string {
	if from == until {
		return from
	}
	return from + " to " + until
}

// needs finds the least mass of clean material that, given, would let all bound demand be met from the start.
func (m *Model) needs(ctx context.Context, solver lp.Solver, limits lp.Limits, shorts []lp.Column) ([]Need, error) {
	p := m.Program.Clone()
	p.Offset = 0
	for c := range p.Columns() {
		p.SetCost(lp.Column(c), 0)
	}
	for _, c := range shorts {
		p.SetColumnBounds(c, 0, 0)
	}
	depth := m.depths()
	type gift struct {
		column lp.Column
		item   Item
	}
	var gifts []gift
	for r, it := range m.Rows {
		if it.Family != Balance || it.Colour != 0 {
			continue
		}
		// Later material counts for more, so that what is wanting is named where it begins to be: oxide, and not the
		// slightly lighter metal made of it.
		c := p.AddColumn("gift["+p.RowName(lp.Row(r))+"]", 0, math.Inf(1), math.Pow(1.5, float64(depth[it.Material])))
		p.Set(lp.Row(r), c, 1)
		gifts = append(gifts, gift{c, it})
	}
	loaded, err := solver.Load(ctx, p)
	if err != nil {
		return nil, err
	}
	s, err := loaded.Solve(ctx, limits)
	if err := errors.Join(err, loaded.Close()); err != nil {
		return nil, err
	}
	if !s.Feasible {
		return nil, nil // even with every material given: the demand's own site has no way to take it
	}
	sums := map[[2]string]*Need{}
	asked := map[*Need]Colour{} // the bans that somebody who waits for it asks about
	span := map[*Need][2]int{}  // its first and last period: states of one material come one after the other
	var out []*Need
	for _, g := range gifts {
		t := s.Column[g.column]
		if t < 1e-6 {
			continue
		}
		key := [2]string{g.item.Site, g.item.Material}
		n, ok := sums[key]
		if !ok {
			n = &Need{Material: g.item.Material, Site: g.item.Site}
			for _, c := range m.Network.contentsOf(g.item.Material) {
				n.Elements = append(n.Elements, c.Element)
			}
			n.Phases = append(n.Phases, m.phasesTo(g.item.Material)...)
			sums[key] = n
			span[n] = [2]int{g.item.Period, g.item.Period}
			out = append(out, n)
		}
		n.Tonnes += t
		asked[n] |= m.states.asked[place{g.item.Site, g.item.Material, g.item.Period}].colour
		span[n] = [2]int{min(span[n][0], g.item.Period), max(span[n][1], g.item.Period)}
	}
	for _, n := range out {
		n.From, n.Until, n.Lawful = m.Periods[span[n][0]].ID, m.Periods[span[n][1]].ID, m.colours.lawful(asked[n])
	}
	slices.SortStableFunc(out, func(a, b *Need) int { return cmp.Compare(b.Tonnes, a.Tonnes) })
	needs := make([]Need, len(out))
	for i, n := range out {
		needs[i] = *n
	}
	return needs, nil
}

// phasesTo is the phases of the processes that make a material.
func (m *Model) phasesTo(material string) []string {
	var out []string
	for _, p := range m.Network.Processes {
		for _, r := range m.states.outputs[p.ID] {
			if r.Material != material {
				continue
			}
			for _, phase := range p.Phases {
				if !slices.Contains(out, phase.String()) {
					out = append(out, phase.String())
				}
			}
		}
	}
	return out
}

// depths counts, for each material, the processes on the shortest way to it.
func (m *Model) depths() map[string]int {
	depth := map[string]int{}
	for _, x := range m.Network.Materials {
		depth[x.ID] = 0
	}
	made := map[string]bool{}
	for _, out := range m.states.outputs {
		for _, r := range out {
			made[r.Material] = true
		}
	}
	known := map[string]bool{}
	for id := range depth {
		known[id] = !made[id]
	}
	for grown := true; grown; {
		grown = false
		for _, p := range m.Network.Processes {
			deepest, ready := 0, true
			for _, r := range m.states.inputs[p.ID] {
				ready = ready && known[r.Material]
				deepest = max(deepest, depth[r.Material])
			}
			for _, r := range m.states.outputs[p.ID] {
				if ready && !known[r.Material] {
					known[r.Material], depth[r.Material], grown = true, deepest+1, true
				}
			}
		}
	}
	return depth
}

// Shortage is what is short of a material, over all sites.
type Shortage struct {
	Material string             `json:"material"`
	Elements []string           `json:"elements"`
	Phases   []string           `json:"phases"`
	Rules    []string           `json:"rules"`            // that the plan reads: what is wanting breaks none of them
	Lawful   string             `json:"lawful,omitempty"` // in their words: from outside covered countries (CN, RU, IR, KP)
	From     string             `json:"from"`
	Until    string             `json:"until"`
	Tonnes   float64            `json:"short_t"`
	Sites    map[string]float64 `json:"at"`
	Sentence string             `json:"sentence"`
}

// shortages sums the needs by material, the most wanting first: which site goes without is often one of several ways to share.
func (m *Model) shortages(needs []Need) []Shortage {
	out := []Shortage{}
	for _, n := range needs {
		i := slices.IndexFunc(out, func(s Shortage) bool { return s.Material == n.Material })
		if i < 0 {
			i = len(out)
			out = append(out, Shortage{Material: n.Material, Elements: n.Elements, Phases: n.Phases, Rules: m.ruleNames(), Lawful: n.Lawful, From: n.From, Until: n.Until, Sites: map[string]float64{}})
		}
		s := &out[i]
		s.Tonnes += n.Tonnes
		s.Sites[n.Site] += n.Tonnes
		if m.index(n.From) < m.index(s.From) {
			s.From = n.From
		}
		if m.index(n.Until) > m.index(s.Until) {
			s.Until = n.Until
		}
	}
	slices.SortStableFunc(out, func(a, b Shortage) int { return cmp.Compare(b.Tonnes, a.Tonnes) })
	for i := range out {
		out[i].Sentence = out[i].words(needs)
	}
	return out
}

// words reads as a Need does, with what each of several sites lacks.
func (s Shortage) words(needs []Need) string {
	var at []string
	n := Need{Material: s.Material, Lawful: s.Lawful, Elements: s.Elements, Phases: s.Phases, From: s.From, Until: s.Until, Tonnes: s.Tonnes}
	for _, one := range needs { // in their order, the most first
		if one.Material == s.Material {
			at = append(at, one.Site+" "+amount(one.Tonnes))
			n.Site = one.Site
		}
	}
	if len(at) > 1 {
		n.Site = "several sites: " + strings.Join(at, ", ")
	}
	return n.String()
}

// ruleNames names the books and rules that the plan reads, each once.
func (m *Model) ruleNames() []string {
	out := []string{}
	for _, b := range m.colours.bans {
		if !slices.Contains(out, b.Rule) {
			out = append(out, b.Rule)
		}
	}
	return out
}
