package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
	"lodestone/supply"
)

// foldFrom is how many lots a tree drawn as text may have before it is folded unasked.
const foldFrom = 200

// foldFlags is how a trace is folded.
type foldFlags struct {
	fold, all bool
	by        string
	unfold    []string
}

func (f *foldFlags) add(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.BoolVar(&f.fold, "fold", false, "fold by facility, phase and period, also a small tree")
	fl.BoolVar(&f.all, "all", false, "write every lot out")
	fl.StringVar(&f.by, "by", "", "fold by this period: day, month, quarter, year or all")
	fl.StringArrayVar(&f.unfold, "unfold", nil, "write out the lots of the groups whose line, or key, has this text; all is every group (again for more)")
}

func (f *foldFlags) check() error {
	if _, err := f.period(); err != nil {
		return usagef("--by: %w", err)
	}
	if f.all && f.asked() {
		return usagef("--all writes every lot out: it does not go with --fold, --unfold or --by")
	}
	return nil
}

func (f *foldFlags) period() (genealogy.FoldBy, error) {
	if f.by == "" {
		return genealogy.ByMonth, nil
	}
	return genealogy.ParseFoldBy(f.by)
}

// asked tells whether the command line asks for folding.
func (f *foldFlags) asked() bool {
	return f.fold || len(f.unfold) > 0 || f.by != ""
}

// wanted tells whether to look if it is to be folded: asked for, or a text that may be long.
func (f *foldFlags) wanted(program bool) bool { return f.asked() || !f.all && !program }

func (f *foldFlags) options(o genealogy.TraceOptions) genealogy.FoldOptions {
	by, _ := f.period() // checked
	return genealogy.FoldOptions{TraceOptions: o, By: by}
}

// fewGroups is as many groups as a person reads.
const fewGroups = 60

// folded folds a trace, the groups asked for unfolded. For a person who names no period it is the shortest of a month, a
// quarter and a year by which there are few groups, else all time.
func (f *foldFlags) folded(g *genealogy.Graph, lot supply.LotID, o genealogy.FoldOptions, person bool) (*genealogy.Folded, error) {
	periods := []genealogy.FoldBy{o.By}
	if person && f.by == "" {
		periods = []genealogy.FoldBy{genealogy.ByMonth, genealogy.ByQuarter, genealogy.ByYear, genealogy.Altogether}
	}
	var x *genealogy.Folded
	var err error
	for _, o.By = range periods {
		if x, err = g.Fold(lot, o); err != nil || len(x.Groups) <= fewGroups {
			break
		}
	}
	if err != nil || len(f.unfold) == 0 {
		return x, err
	}
	open, err := f.open(x)
	if err != nil {
		return nil, err
	}
	for i := range x.Groups {
		if open[i] {
			o.Unfold = append(o.Unfold, x.Groups[i].String())
		}
	}
	return g.Fold(lot, o)
}

// open is which groups are to be unfolded: for each text asked for the one whose key it is, else all whose line or key has
// it, in either case of letters. A text that no group has is refused.
func (f *foldFlags) open(x *genealogy.Folded) ([]bool, error) {
	open := make([]bool, len(x.Groups))
	for _, text := range f.unfold {
		lower := strings.ToLower(text)
		fits := func(i int) bool { return x.Groups[i].String() == text }
		if !slices.ContainsFunc(x.Groups, func(g genealogy.Group) bool { return g.String() == text }) {
			fits = func(i int) bool {
				k := &x.Groups[i]
				return text == "all" || strings.Contains(strings.ToLower(groupPlace(k)+"\n"+k.String()), lower)
			}
		}
		found := false
		for i := range x.Groups {
			if x.Groups[i].Lot == "" && fits(i) {
				open[i], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("--unfold %s: there is no such group here: give a part of a line of the folded answer, as in \"melted at\" or 2026-05, or all", text)
		}
	}
	return open, nil
}
