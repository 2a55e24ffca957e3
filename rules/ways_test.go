package rules

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/sim"
	"lodestone/supply"
)

// TestWaysAreThePlainOnes: over simulated worlds, with clerks who are late and wrong, what is walked bare says of every lot
// what looking at each of its ancestors says.
func TestWaysAreThePlainOnes(t *testing.T) {
	fed, later, feeds := 0, 0, map[string]int{}
	for seed := range uint64(3) {
		g := worldOf(t, sim.Config{Lots: 700, Theft: 0.05, Wrong: 0.1, Late: 0.2, Double: 0.05, Missing: 0.1 * float64(seed)}, seed)
		lots := g.Lots("")
		for i := 0; i < len(lots); i += 1 + len(lots)/300 {
			id := lots[i].ID
			p, _ := g.Profile(id, time.Time{})
			w := &ways{g: g, root: id}
			got, want := w.feedGaps(p.Steps), plainFeedGaps(g, id, p.Steps)
			if !slices.EqualFunc(got, want, sameGap) {
				t.Errorf("%s: gaps before its feed %+v, want %+v", id, got, want)
			}
			fed += len(want)
			plain := plainLater(g, id)
			tr, err := g.Trace(id, genealogy.TraceOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for j := range tr.Nodes {
				n := tr.Nodes[j].ID
				if got, want := w.later(n), plain(n); !slices.Equal(got, want) {
					t.Errorf("%s: after %s came %v, want %v", id, n, got, want)
				}
				later += len(plain(n))
			}
			if rec := recycledOf(g, id, p.Steps); rec != nil {
				want := plainFeed(g, id)
				feeds[want]++
				if rec.Feed != want {
					t.Errorf("%s: recycled of %q, want %q", id, rec.Feed, want)
				}
			}
		}
	}
	if fed == 0 || later == 0 || len(feeds) < 2 {
		t.Errorf("the worlds tried nothing: %d gaps before feed, %d later phases, feeds %v", fed, later, feeds)
	}
}

func sameGap(a, b Gap) bool {
	return a.Elements == b.Elements && a.Before == b.Before && slices.Equal(a.After, b.After) && a.Where == b.Where && a.Feed == b.Feed
}

func worldOf(t *testing.T, cfg sim.Config, seed uint64) *genealogy.Graph {
	t.Helper()
	w, err := sim.New(cfg, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	g, received := genealogy.New(), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, st := range sim.Statements() {
		e, err := record.NewStatement(sim.Sender, received, &st)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	for o := range w.Run() {
		if o.Event == nil {
			continue
		}
		e, err := record.NewEvent(o.By, received, o.Event)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// plainLater is ways.later by the whole trace and whole lots.
func plainLater(g *genealogy.Graph, root supply.LotID) func(supply.LotID) []supply.Phase {
	into := map[supply.LotID][]supply.LotID{}
	if t, err := g.Trace(root, genealogy.TraceOptions{}); err == nil {
		for _, a := range t.Arrows {
			if !a.Contained {
				into[a.From] = append(into[a.From], a.To)
			}
		}
	}
	after, own := map[supply.LotID]phaseSet{root: 0}, map[supply.LotID]phaseSet{}
	for id, on := range into {
		if id != root {
			after[id] = ^phaseSet(0)
		}
		for _, to := range on {
			l, _ := g.Lot(to)
			for _, st := range l.Steps {
				own[to] |= 1 << st.Phase
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for id, on := range into {
			s := after[id]
			for _, to := range on {
				s &= own[to] | after[to]
			}
			if s != after[id] {
				after[id], changed = s, true
			}
		}
	}
	return func(id supply.LotID) (ps []supply.Phase) {
		after[id].each(func(p supply.Phase) { ps = append(ps, p) })
		return ps
	}
}

// plainFeedGaps is ways.feedGaps by the whole trace and whole lots.
func plainFeedGaps(g *genealogy.Graph, lot supply.LotID, steps []genealogy.Step) []Gap {
	t, err := g.Trace(lot, genealogy.TraceOptions{})
	if err != nil || !slices.ContainsFunc(steps, func(s genealogy.Step) bool { return s.Phase == supply.Recycled && !s.Recycled }) {
		return nil
	}
	fed := map[supply.LotID]bool{}
	for _, a := range t.Arrows {
		fed[a.To] = fed[a.To] || !a.Contained
	}
	var out []Gap
	later := plainLater(g, lot)
	for i := range t.Nodes {
		if n := &t.Nodes[i]; !fed[n.ID] && n.Phase == supply.Recycled {
			l, _ := g.Lot(n.ID)
			out = append(out, Gap{Elements: l.Elements, Before: supply.Recycled, After: later(n.ID), Where: string(n.ID), Feed: true})
		}
	}
	return out
}

// plainFeed is what was recycled, by whole lots.
func plainFeed(g *genealogy.Graph, lot supply.LotID) (feed string) {
	for _, id := range g.Lineage(lot, false) {
		up, _ := g.Lot(id)
		switch {
		case strings.Contains(up.Kind, "swarf"):
			feed = "swarf"
		case strings.Contains(up.Kind, "scrap") && feed == "":
			feed = "magnet scrap"
		}
	}
	return feed
}
