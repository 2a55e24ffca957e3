package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/supply"
)

// showCommand says all there is about one lot.
func showCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show LOT",
		Short: "Say all there is about one lot",
		Long: `Says all the record has about one lot: what it is of, what happened to it and who says so, where it was and what was in
it, its papers, and its profile: every step of its history with place, elements and evidence, every gap and finding.

LOT is an identifier, or a part of one that fits one lot only.`,
		Example: `  lodestone show MAGNET-7
  lodestone show MAGNET-7 --json`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	seen := asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		return withGraph(cmd, *seen, func(_ *ledger.Ledger, g *genealogy.Graph) error {
			id, err := findLot(g, given[0])
			if err != nil {
				return err
			}
			lot, ok := g.Lot(id)
			profile, known := g.Profile(id, time.Time{})
			if !ok || !known {
				return fmt.Errorf("show %s: no entry names that lot", id)
			}
			papers := papersOf(g, lot.Documents)
			if *asJSON {
				whole := viewWhole(&lot, &profile, papers)
				whole.Position = g.Position()
				return printJSON(cmd, whole)
			}
			if err := printLot(cmd.OutOrStdout(), &lot, &profile, papers); err != nil {
				return err
			}
			return printPosition(cmd.OutOrStdout(), g)
		})
	}
	return cmd
}

// papersOf is the standing documents with these ids.
func papersOf(g *genealogy.Graph, ids []supply.DocumentID) []genealogy.Sourced[supply.Document] {
	var out []genealogy.Sourced[supply.Document]
	for _, d := range g.Register().Documents() {
		if slices.Contains(ids, d.Value.ID) {
			out = append(out, d)
		}
	}
	return out
}

func printLot(w io.Writer, lot *genealogy.Lot, p *genealogy.Profile, papers []genealogy.Sourced[supply.Document]) error {
	out := &lines{w: w}
	out.line("%s", lot.ID)
	out.field("material", materialWords(&lot.LotSummary))
	if len(lot.Materials) > 1 {
		out.field("", "in dispute: "+strings.Join(texts(lot.Materials), " or "))
	}
	if !lot.Elements.Empty() {
		out.field("elements", lot.Elements.String())
	}
	out.field("made", joined(", ", making(&lot.LotSummary), lot.Made.String()))
	if drawn := lot.Drawn.String(); drawn != "" {
		out.field("drawn", drawn)
	}
	if left := lot.Left.String(); left != "" {
		out.field("left", left)
	}
	out.part("findings", len(lot.Findings))
	for _, f := range lot.Findings {
		out.line("  ! %s", flagWords(f))
	}
	out.part("history", len(lot.History))
	for i := range lot.History {
		printHappening(out, &lot.History[i], lot.ID)
	}
	out.part("was inside", len(lot.Inside))
	for _, s := range lot.Inside {
		out.line("  %s  %s", stayWords(s), s.Parent)
	}
	out.part("contents", len(lot.Contents))
	for _, s := range lot.Contents {
		out.line("  %s  %s", stayWords(s), joined("  ", string(s.Child), s.Amount.String()))
	}
	out.part("assays", len(lot.Assays))
	for _, a := range lot.Assays {
		out.line("  %s", assayWords(a))
	}
	out.part("documents", len(papers))
	for _, d := range papers {
		printPaper(out, d)
	}
	printProfile(out, p)
	return out.err
}

func printHappening(out *lines, h *genealogy.Happening, self supply.LotID) {
	what := h.Role
	if h.Phase != supply.NoPhase {
		what += ", " + h.Phase.String()
	} else if h.BizStep != "" {
		what += ", " + lastPart(h.BizStep)
	}
	country := supply.Country("")
	if len(h.Countries) == 1 {
		country = h.Countries[0]
	}
	where := "at " + place(h.Facility, h.FacilityName, country)
	if len(h.Countries) > 1 {
		where = "at " + h.FacilityName + " (country in dispute: " + strings.Join(texts(h.Countries), " or ") + ")"
	}
	void := ""
	if h.Void {
		void = "VOID"
	}
	out.line("  %s  %s", h.Date, joined("  ", void, what, where, h.Amount.String()))
	if len(h.Corrections) > 0 {
		out.line("              replaced by %s", strings.Join(h.Corrections, ", "))
	}
	for _, in := range h.Inputs {
		if in.Lot != self {
			out.line("              from %s", joined("  ", in.Amount.String(), string(in.Lot)))
		}
	}
	for _, o := range h.Outputs {
		if o.Lot != self {
			out.line("              into %s", joined("  ", o.Amount.String(), string(o.Lot)))
		}
	}
	if h.Parent != "" && h.Parent != self {
		out.line("              in %s", h.Parent)
	}
	for _, m := range []struct {
		word string
		ids  []string
	}{{"from", h.From}, {"to", h.To}, {"event", h.EventIDs}} {
		if len(m.ids) > 0 {
			out.line("              %s %s", m.word, strings.Join(m.ids, ", "))
		}
	}
	var by []string
	for _, a := range h.Authors {
		by = append(by, author(a))
	}
	if len(by) > 0 {
		out.line("              says %s", strings.Join(by, ", "))
	}
}

func printPaper(out *lines, d genealogy.Sourced[supply.Document]) {
	name := d.Value.Name
	if name == "" {
		name = "(no title)"
	}
	signed := ""
	if d.Value.Signer != "" {
		signed = "signed by " + d.Value.Signer
	}
	dated := ""
	if d.Value.Dated != "" {
		dated = "dated " + d.Value.Dated
	}
	out.line("  %s", joined(", ", name, d.Value.Grade, signed, dated, validWords(d.Valid.From.String(), d.Valid.Until.String())))
	out.line("    %s", d.Value.ID)
	out.line("    says %s", author(d.Author))
}

func printProfile(out *lines, p *genealogy.Profile) {
	out.part("profile: what happened, where, to what, on what evidence", 1)
	for _, s := range p.Steps {
		elements := "the whole"
		if !s.Elements.Empty() {
			elements = s.Elements.String()
		}
		remark := ""
		if s.Recycled {
			remark = "in an earlier life"
		}
		if s.Dispute != "" {
			remark = joined(", ", remark, "in dispute")
		}
		if s.Planned {
			remark = joined(", ", remark, "at a planned place")
		}
		out.line("  %-13s %s", s.Phase, joined("  ", place(s.Facility, "", s.Country), elements, gradeWords(s.Evidence), remark))
	}
	for _, h := range p.Holes {
		out.line("  ? %s, at %s", holeWords(h), h.Lot)
	}
	for _, f := range p.Flags {
		out.line("  ! %s: %s", f.Lot, flagWords(f))
	}
	if len(p.Steps)+len(p.Holes)+len(p.Flags) == 0 {
		out.line("  ? nothing is known")
	}
}

// assayWords is an assay's figures as mass fractions: "Nd 0.29 ± 0.002, Dy 0.015".
func assayWords(a quantity.Assay) string {
	var parts []string
	for _, l := range a.Lines {
		figure := l.Element.Symbol() + " " + l.Value.String()
		if l.Known {
			figure += " ± " + l.SD.String()
		}
		parts = append(parts, figure)
	}
	return strings.Join(parts, ", ")
}

// gradeWords is a step's evidence: "certificate", or with its changes "statement, from 2025-01-01 certificate".
func gradeWords(g genealogy.Grades) string {
	if g == "" {
		return "no evidence"
	}
	parts := strings.Split(string(g), ",")
	for i, p := range parts {
		if day, grade, ok := strings.Cut(p, ":"); ok {
			parts[i] = "from " + day + " " + grade
		}
	}
	return strings.Join(parts, ", ")
}

func stayWords(s genealogy.Stay) string {
	if s.Until.IsZero() {
		return s.From.Format("2006-01-02") + " to now       "
	}
	return s.From.Format("2006-01-02") + " to " + s.Until.Format("2006-01-02")
}

// validWords is "valid 2025-05-29 to 2026-05-28", with what is open left out.
func validWords(from, until string) string {
	switch {
	case from == "" && until == "":
		return ""
	case until == "":
		return "valid from " + from
	case from == "":
		return "valid to " + until
	}
	return "valid " + from + " to " + until
}

// lastPart is the last word of a URI: "packing" of https://ref.gs1.org/cbv/BizStep-packing.
func lastPart(uri string) string {
	return strings.TrimPrefix(uri[strings.LastIndexAny(uri, ":/#")+1:], "BizStep-")
}

// lines writes text line by line and keeps the first error.
type lines struct {
	w   io.Writer
	err error
}

func (l *lines) line(format string, args ...any) {
	if l.err == nil {
		_, l.err = fmt.Fprintf(l.w, format+"\n", args...)
	}
}

func (l *lines) field(name, text string) { l.line("  %-9s %s", name, text) }

// part begins a part that has n lines, if it has any.
func (l *lines) part(name string, n int) {
	if n > 0 {
		l.line("%s", name)
	}
}
