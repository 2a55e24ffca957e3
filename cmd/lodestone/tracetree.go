package main

import (
	"io"

	"lodestone/genealogy"
	"lodestone/supply"
)

// drawTrace draws a trace as a family tree.
func drawTrace(w io.Writer, g *genealogy.Graph, t *genealogy.Trace) error {
	return drawTree(w, traceTree(g, t))
}

// traceTree turns a trace into a tree to draw. A lot is drawn in full where it is first met, going down the tree from the
// root; where it is met again it only points there, and so a cycle ends.
func traceTree(g *genealogy.Graph, t *genealogy.Trace) *branch {
	b := treeBuilder{g: g, down: t.Down, nodes: map[supply.LotID]*genealogy.TraceNode{}, next: map[supply.LotID][]int{}, arrows: t.Arrows, drawn: map[supply.LotID]bool{}}
	for i := range t.Nodes {
		b.nodes[t.Nodes[i].ID] = &t.Nodes[i]
	}
	for i := range t.Arrows {
		near, _ := b.ends(i)
		b.next[near] = append(b.next[near], i)
	}
	return b.branch(t.Root, "")
}

type treeBuilder struct {
	g      *genealogy.Graph
	down   bool
	nodes  map[supply.LotID]*genealogy.TraceNode
	arrows []genealogy.TraceArrow
	next   map[supply.LotID][]int // arrows that lead away from the root, by the lot they lead from
	drawn  map[supply.LotID]bool
}

// ends is the lots at the ends of an arrow, the one nearer to the root first.
func (b *treeBuilder) ends(i int) (near, far supply.LotID) {
	if a := &b.arrows[i]; b.down {
		return a.From, a.To
	} else {
		return a.To, a.From
	}
}

// branch is a lot with what lies beyond it; how says how one comes to it.
func (b *treeBuilder) branch(lot supply.LotID, how string) *branch {
	n := b.nodes[lot]
	out := &branch{line: joined(" ", how, string(lot))}
	if b.drawn[lot] {
		out.line += "  (as above)"
		return out
	}
	b.drawn[lot] = true
	out.line += "  " + joined(" · ", materialWords(&n.LotSummary), making(&n.LotSummary), n.Made.String())
	out.more = b.remarks(n)
	for _, group := range b.groups(lot) {
		out.below = append(out.below, b.branch(group.far, group.how))
	}
	return out
}

// remarks is a lot's findings and gaps.
func (b *treeBuilder) remarks(n *genealogy.TraceNode) []string {
	var lines []string
	for _, f := range n.Findings {
		lines = append(lines, "! "+flagWords(f))
	}
	if n.Cycle {
		lines = append(lines, "↻ on a cycle of lots")
	}
	if lot, ok := b.g.Lot(n.ID); ok {
		for _, s := range lot.Steps {
			if s.Phase != n.Phase || s.Facility != n.Facility || s.Country != n.Country {
				f, _, _ := b.g.Register().Facility(s.Facility, 0)
				lines = append(lines, "+ "+stepWord(s.Phase)+" at "+place(s.Facility, f.Name, s.Country))
			}
		}
		for _, h := range lot.Holes {
			lines = append(lines, "? "+holeWords(h))
		}
	}
	return lines
}

// arrowGroup is all arrows to one lot.
type arrowGroup struct {
	far supply.LotID
	how string
}

// groups gathers the arrows that lead on from a lot, one group for each lot they lead to, in the arrows' order.
func (b *treeBuilder) groups(lot supply.LotID) []arrowGroup {
	var out []arrowGroup
	at := map[supply.LotID]int{}
	for _, i := range b.next[lot] {
		_, far := b.ends(i)
		how := arrowWords(&b.arrows[i], b.down)
		if k, known := at[far]; known {
			if how != "" {
				out[k].how = joined(" and ", out[k].how, how)
			}
			continue
		}
		at[far] = len(out)
		out = append(out, arrowGroup{far: far, how: how})
	}
	for k := range out {
		if out[k].how != "" {
			out[k].how += ":"
		}
	}
	return out
}

// arrowWords is what went over an arrow: "50 kg", "inside from 2026-05-01", "2 kg through urn:…:DRUM-7".
func arrowWords(a *genealogy.TraceArrow, down bool) string {
	via := ""
	if a.Via != "" {
		via = "through " + string(a.Via)
	}
	if !a.Contained {
		return joined(" ", a.Amount.String(), via)
	}
	stay := "inside it"
	if down {
		stay = "went into"
	}
	stay += " from " + a.Time.Format("2006-01-02")
	if !a.Until.IsZero() {
		stay += " to " + a.Until.Format("2006-01-02")
	}
	return joined(" ", a.Amount.String(), stay, via)
}
