package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"lodestone/genealogy"
	"lodestone/supply"
)

type traceView struct {
	Root      supply.LotID `json:"root"`
	Down      bool         `json:"down"`
	Truncated bool         `json:"truncated"`
	Position  int64        `json:"log_position"`
	Nodes     []nodeView   `json:"nodes"`
	Arrows    []arrowView  `json:"arrows"`
}

type nodeView struct {
	lotView
	Depth    int        `json:"depth"`
	Origin   bool       `json:"origin"`
	Unknown  bool       `json:"unknown"`
	Cycle    bool       `json:"cycle"`
	Findings []flagView `json:"findings,omitempty"`
	Holes    []holeView `json:"holes,omitempty"`
}

type arrowView struct {
	From      supply.LotID      `json:"from"`
	To        supply.LotID      `json:"to"`
	Phase     string            `json:"phase,omitempty"`
	Facility  supply.FacilityID `json:"facility,omitempty"`
	Country   supply.Country    `json:"country,omitempty"`
	Campaign  string            `json:"campaign,omitempty"`
	Via       supply.LotID      `json:"via,omitempty"`
	Contained bool              `json:"contained,omitempty"`
	Amount    string            `json:"amount,omitempty"`
	Time      string            `json:"time,omitempty"`
	Until     string            `json:"until,omitempty"`
	Entries   []string          `json:"entries,omitempty"`
}

// viewTrace is a trace for --json.
func viewTrace(g *genealogy.Graph, t *genealogy.Trace) traceView {
	v := traceView{Root: t.Root, Down: t.Down, Truncated: t.Truncated, Position: g.Position(), Nodes: []nodeView{}, Arrows: []arrowView{}}
	for i := range t.Nodes {
		n := &t.Nodes[i]
		node := nodeView{lotView: viewLot(&n.LotSummary), Depth: n.Depth, Origin: n.Origin, Unknown: n.Unknown, Cycle: n.Cycle, Findings: viewFlags(n.Findings)}
		if lot, ok := g.Lot(n.ID); ok {
			node.Holes = viewHoles(lot.Holes)
		}
		v.Nodes = append(v.Nodes, node)
	}
	for i := range t.Arrows {
		v.Arrows = append(v.Arrows, viewArrow(&t.Arrows[i]))
	}
	return v
}

func viewArrow(a *genealogy.TraceArrow) arrowView {
	v := arrowView{From: a.From, To: a.To, Phase: a.Phase.String(), Facility: a.Facility, Country: a.Country, Campaign: a.Campaign, Via: a.Via,
		Contained: a.Contained, Amount: a.Amount.String(), Time: instant(a.Time), Until: instant(a.Until)}
	for _, e := range a.Entries {
		v.Entries = append(v.Entries, e.String())
	}
	return v
}

// nodeLabel is a node's lines in a drawing.
func nodeLabel(n *genealogy.TraceNode) []string {
	lines := []string{string(n.ID), materialWords(&n.LotSummary), making(&n.LotSummary)}
	if made := n.Made.String(); made != "" {
		lines = append(lines, made)
	}
	for _, f := range n.Findings {
		lines = append(lines, "! "+flagWords(f))
	}
	return lines
}

// drawingLabel is an arrow's text in a drawing.
func drawingLabel(a *genealogy.TraceArrow) string {
	text := a.Amount.String()
	switch {
	case a.Contained:
		text = joined(" ", text, "inside")
	case a.Phase != supply.NoPhase:
		text = joined(" ", text, a.Phase.String())
	}
	if a.Via != "" {
		text = joined(" ", text, "through "+string(a.Via))
	}
	return text
}

// writeDOT writes a trace as a digraph for Graphviz; material flows along the arrows, from left to right.
func writeDOT(w io.Writer, t *genealogy.Trace, position int64) error {
	out := bufio.NewWriter(w)
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ")
	quote := func(s string) string { return `"` + escape.Replace(s) + `"` }
	fmt.Fprintf(out, "// %s\n", asOfEntry(position))
	fmt.Fprintf(out, "digraph %s {\n  rankdir=LR;\n  node [shape=box];\n", quote(string(t.Root)))
	for i := range t.Nodes {
		n := &t.Nodes[i]
		lines := nodeLabel(n)
		for k := range lines {
			lines[k] = escape.Replace(lines[k])
		}
		style := ""
		switch {
		case len(n.Findings) > 0:
			style = ", color=red"
		case n.Unknown:
			style = ", style=dashed"
		}
		fmt.Fprintf(out, "  %s [label=\"%s\"%s];\n", quote(string(n.ID)), strings.Join(lines, `\n`), style)
	}
	for i := range t.Arrows {
		a := &t.Arrows[i]
		style := ""
		if a.Contained {
			style = ", style=dotted"
		}
		fmt.Fprintf(out, "  %s -> %s [label=%s%s];\n", quote(string(a.From)), quote(string(a.To)), quote(drawingLabel(a)), style)
	}
	fmt.Fprintln(out, "}")
	return out.Flush()
}

// writeMermaid writes a trace as a flowchart for Mermaid. Nodes are numbered, since Mermaid's ids take few signs.
func writeMermaid(w io.Writer, t *genealogy.Trace, position int64) error {
	out := bufio.NewWriter(w)
	escape := strings.NewReplacer("&", "&amp;", `"`, "#quot;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ")
	number := map[supply.LotID]int{}
	fmt.Fprintf(out, "%%%% %s\nflowchart LR\n", asOfEntry(position))
	for i := range t.Nodes {
		n := &t.Nodes[i]
		number[n.ID] = i
		lines := nodeLabel(n)
		for k := range lines {
			lines[k] = escape.Replace(lines[k])
		}
		fmt.Fprintf(out, "  n%d[\"%s\"]\n", i, strings.Join(lines, "<br>"))
	}
	for i := range t.Arrows {
		a := &t.Arrows[i]
		line := "-->"
		if a.Contained {
			line = "-.->"
		}
		label := escape.Replace(drawingLabel(a))
		if label != "" {
			line += `|"` + label + `"|`
		}
		fmt.Fprintf(out, "  n%d %s n%d\n", number[a.From], line, number[a.To])
	}
	return out.Flush()
}
