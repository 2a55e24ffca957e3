package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

type foldView struct {
	Root      supply.LotID    `json:"root"`
	Down      bool            `json:"down"`
	By        string          `json:"by"`
	Lots      int             `json:"lots"`
	Links     int             `json:"links"` // arrows of the whole trace
	Truncated bool            `json:"truncated"`
	Position  int64           `json:"log_position"`
	Groups    []groupView     `json:"groups"`
	Arrows    []groupLinkView `json:"arrows"`
}

type groupView struct {
	Key       string            `json:"key"`
	Lot       supply.LotID      `json:"lot,omitempty"` // it stands for itself
	Facility  supply.FacilityID `json:"facility,omitempty"`
	Place     string            `json:"facility_name,omitempty"`
	Country   supply.Country    `json:"country,omitempty"`
	Phase     string            `json:"phase,omitempty"`
	Period    string            `json:"period,omitempty"`
	Materials []string          `json:"materials,omitempty"`
	MoreOf    bool              `json:"more_materials,omitempty"`
	Depth     int               `json:"depth"`
	Lots      int               `json:"lots"`
	Made      string            `json:"made,omitempty"`
	Pieces    int64             `json:"pieces,omitempty"`
	Unstated  int               `json:"mass_unstated"` // lots of which no mass is stated
	Origins   int               `json:"origins"`
	Unknown   int               `json:"gaps"`
	Findings  int               `json:"findings"`
	Cycles    int               `json:"on_cycles"`
	First     supply.LotID      `json:"first"`
}

type groupLinkView struct {
	From      int    `json:"from"` // index of a group
	To        int    `json:"to"`
	Phase     string `json:"phase,omitempty"`
	Contained bool   `json:"contained,omitempty"`
	Draws     int    `json:"draws"`
	Mass      string `json:"mass,omitempty"`
	Unstated  int    `json:"mass_unstated"`
}

func viewFold(g *genealogy.Graph, f *genealogy.Folded) foldView {
	v := foldView{Root: f.Root, Down: f.Down, By: f.By.String(), Lots: f.Lots, Links: f.Links, Truncated: f.Truncated, Position: g.Position(), Arrows: []groupLinkView{}}
	for i := range f.Groups {
		x := &f.Groups[i]
		v.Groups = append(v.Groups, groupView{Key: x.String(), Lot: x.Lot, Facility: x.Facility, Place: x.FacilityName, Country: x.Country, Phase: x.Phase.String(), Period: x.Period,
			Materials: x.Materials, MoreOf: x.MoreOf, Depth: x.Depth, Lots: x.Lots, Made: massWords(x.Made), Pieces: x.Pieces, Unstated: x.Unstated, Origins: x.Origins,
			Unknown: x.Unknown, Findings: x.Findings, Cycles: x.Cycles, First: x.First})
	}
	for _, a := range f.Arrows {
		v.Arrows = append(v.Arrows, groupLinkView{From: a.From, To: a.To, Phase: a.Phase.String(), Contained: a.Contained, Draws: a.Draws, Mass: massWords(a.Mass), Unstated: a.Unstated})
	}
	return v
}

// massWords is a sum of masses, "" for none.
func massWords(m quantity.Mass) string {
	if m == 0 {
		return ""
	}
	return m.String()
}

// showFold prints a folded trace in the form asked for.
func showFold(cmd *cobra.Command, g *genealogy.Graph, f *genealogy.Folded, form forms) error {
	out := cmd.OutOrStdout()
	switch {
	case *form.json:
		return printJSON(cmd, viewFold(g, f))
	case *form.csv:
		return writeFoldCSV(out, f, g.Position())
	case *form.dot:
		return writeFoldDOT(out, f, g.Position())
	case *form.mermaid:
		return writeFoldMermaid(out, f, g.Position())
	}
	if err := drawTree(out, foldTree(f)); err != nil {
		return err
	}
	cut := ""
	if f.Truncated {
		cut = ", cut at the depth asked for: there is more"
	}
	if _, err := fmt.Fprintf(out, "%s in %s, folded by %s%s; --unfold TEXT writes out the lots of the groups whose line has it, --all every lot\n", count(f.Lots, "lot"), count(len(f.Groups), "group"), foldedBy(f.By), cut); err != nil {
		return err
	}
	return printPosition(out, g)
}

// foldedBy is what the lots of a group have in common.
func foldedBy(by genealogy.FoldBy) string {
	if by == genealogy.Altogether {
		return "place and phase"
	}
	return "place, phase and " + by.String()
}

// groupWords is a group's line: where, which phase, when, how many lots, of what, and how much, in four figures.
func groupWords(x *genealogy.Group) string {
	what := strings.Join(x.Materials, ", ")
	if x.MoreOf {
		what += " and others"
	}
	if x.Lot != "" {
		return joined(" · ", string(x.Lot)+"  "+what, groupPlace(x), massWords(x.Made))
	}
	return joined(" · ", groupPlace(x), count(x.Lots, "lot"), what, amountWords(nearest(x.Made), x.Pieces, x.Unstated, x.Lots))
}

func groupPlace(x *genealogy.Group) string {
	if x.Facility == "" && x.Phase == supply.NoPhase && x.Period == "" {
		return "no making recorded"
	}
	return joined(" ", phaseWord(x.Phase), "at "+place(x.Facility, x.FacilityName, x.Country), x.Period)
}

// amountWords is a sum with what it leaves out.
func amountWords(m quantity.Mass, pieces int64, unstated, of int) string {
	text := massWords(m)
	if pieces > 0 {
		text = joined(" and ", text, count(pieces, "piece"))
	}
	if text != "" && pieces == 0 && unstated > 0 && of > unstated {
		text = "at least " + text
	}
	return text
}

// groupRemarks is a group's findings and gaps.
func groupRemarks(x *genealogy.Group) []string {
	var lines []string
	for _, r := range []struct {
		n    int
		sign string
		text string
	}{{x.Findings, "!", "with a finding"}, {x.Cycles, "↻", "on a cycle"}, {x.Unknown, "?", "where a gap opens"}} {
		if r.n > 0 {
			lines = append(lines, r.sign+" "+count(r.n, "lot")+" "+r.text)
		}
	}
	return lines
}

// mostAbove is how many arrows of one group to groups that are drawn already have a line each; more have one together.
const mostAbove = 2

// foldTree turns a folded trace into a tree to draw; a group met again only points to where it is drawn in full.
func foldTree(f *genealogy.Folded) *branch {
	next := make([][]int, len(f.Groups))
	for i, a := range f.Arrows {
		near := a.To
		if f.Down {
			near = a.From
		}
		next[near] = append(next[near], i)
	}
	drawn := make([]bool, len(f.Groups))
	var grow func(at int, how string) *branch
	grow = func(at int, how string) *branch {
		x := &f.Groups[at]
		b := &branch{line: joined(" ", how, groupWords(x))}
		if drawn[at] {
			b.line = joined(" ", how, groupPlace(x)) + "  (as above)"
			return b
		}
		drawn[at] = true
		b.more = groupRemarks(x)
		var above []*branch
		var all genealogy.GroupArrow // to groups above, together
		for _, i := range next[at] {
			a := &f.Arrows[i]
			far := a.From
			if f.Down {
				far = a.To
			}
			if !drawn[far] {
				b.below = append(b.below, grow(far, groupArrowWords(a)+":"))
				continue
			}
			above = append(above, grow(far, groupArrowWords(a)+":"))
			all.Draws, all.Mass, all.Unstated = all.Draws+a.Draws, all.Mass+a.Mass, all.Unstated+a.Unstated
		}
		if len(above) > mostAbove {
			above = []*branch{{line: groupArrowWords(&all) + ": " + count(len(above), "group") + " drawn above"}}
		}
		b.below = append(b.below, above...)
		return b
	}
	return grow(0, "")
}

// groupArrowWords is what went over an arrow, in four figures: "1.25 t in 48 draws".
func groupArrowWords(a *genealogy.GroupArrow) string {
	one := "draw"
	if a.Contained {
		one = "stay"
	}
	mass := amountWords(nearest(a.Mass), 0, a.Unstated, a.Draws)
	if mass == "" {
		return count(a.Draws, one)
	}
	return mass + " in " + count(a.Draws, one)
}

func writeFoldCSV(w io.Writer, f *genealogy.Folded, position int64) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"from", "from_lots", "to", "to_lots", "phase", "contained", "draws", "mass_kg", "mass_unstated", "log_position"}) // kept by the writer until Flush
	name := func(i int) string {
		if x := &f.Groups[i]; x.Lot != "" {
			return string(x.Lot)
		}
		return f.Groups[i].String()
	}
	for _, a := range f.Arrows {
		_ = out.Write([]string{name(a.From), strconv.Itoa(f.Groups[a.From].Lots), name(a.To), strconv.Itoa(f.Groups[a.To].Lots), a.Phase.String(), strconv.FormatBool(a.Contained),
			strconv.Itoa(a.Draws), kilograms(a.Mass), strconv.Itoa(a.Unstated), strconv.FormatInt(position, 10)})
	}
	out.Flush()
	return out.Error()
}

// kilograms is a mass as a number of kilograms, exact.
func kilograms(m quantity.Mass) string {
	d, err := quantity.DecimalOf(int64(m)).MulRatio(1, 1_000_000, 6)
	if err != nil {
		return ""
	}
	return d.String()
}

// writeTraceCSV writes the arrows of a trace as a table.
func writeTraceCSV(w io.Writer, t *genealogy.Trace, position int64) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"from", "to", "phase", "facility", "country", "via", "contained", "amount", "time", "until", "log_position"})
	for i := range t.Arrows {
		a := &t.Arrows[i]
		_ = out.Write([]string{string(a.From), string(a.To), a.Phase.String(), string(a.Facility), string(a.Country), string(a.Via), strconv.FormatBool(a.Contained),
			a.Amount.String(), instant(a.Time), instant(a.Until), strconv.FormatInt(position, 10)})
	}
	out.Flush()
	return out.Error()
}

// groupLabel is a group's lines in a drawing.
func groupLabel(x *genealogy.Group) []string {
	head := count(x.Lots, "lot")
	if x.Lot != "" {
		head = string(x.Lot)
	}
	lines := []string{head, groupPlace(x)}
	if len(x.Materials) > 0 {
		lines = append(lines, strings.Join(x.Materials, ", "))
	}
	if text := amountWords(x.Made, x.Pieces, x.Unstated, x.Lots); text != "" {
		lines = append(lines, text)
	}
	return append(lines, groupRemarks(x)...)
}

func writeFoldDOT(w io.Writer, f *genealogy.Folded, position int64) error {
	out := bufio.NewWriter(w)
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ")
	fmt.Fprintf(out, "// %s\n", asOfEntry(position))
	fmt.Fprintf(out, "digraph \"%s\" {\n  rankdir=LR;\n  node [shape=box];\n", escape.Replace(string(f.Root)))
	for i := range f.Groups {
		x := &f.Groups[i]
		lines := groupLabel(x)
		for k := range lines {
			lines[k] = escape.Replace(lines[k])
		}
		style := ""
		switch {
		case x.Findings > 0:
			style = ", color=red"
		case x.Unknown > 0:
			style = ", style=dashed"
		}
		fmt.Fprintf(out, "  g%d [label=\"%s\"%s];\n", i, strings.Join(lines, `\n`), style)
	}
	for i := range f.Arrows {
		a := &f.Arrows[i]
		style := ""
		if a.Contained {
			style = ", style=dotted"
		}
		fmt.Fprintf(out, "  g%d -> g%d [label=\"%s\"%s];\n", a.From, a.To, escape.Replace(groupArrowWords(a)), style)
	}
	fmt.Fprintln(out, "}")
	return out.Flush()
}

func writeFoldMermaid(w io.Writer, f *genealogy.Folded, position int64) error {
	out := bufio.NewWriter(w)
	escape := strings.NewReplacer("&", "&amp;", `"`, "#quot;", "<", "&lt;", ">", "&gt;", "\n", " ", "\r", " ")
	fmt.Fprintf(out, "%%%% %s\nflowchart LR\n", asOfEntry(position))
	for i := range f.Groups {
		lines := groupLabel(&f.Groups[i])
		for k := range lines {
			lines[k] = escape.Replace(lines[k])
		}
		fmt.Fprintf(out, "  g%d[\"%s\"]\n", i, strings.Join(lines, "<br>"))
	}
	for i := range f.Arrows {
		a := &f.Arrows[i]
		line := "-->"
		if a.Contained {
			line = "-.->"
		}
		fmt.Fprintf(out, "  g%d %s|\"%s\"| g%d\n", a.From, line, escape.Replace(groupArrowWords(a)), a.To)
	}
	return out.Flush()
}
