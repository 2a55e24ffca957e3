package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"lodestone/genealogy"
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
	fl.StringVar(&f.by, "by", "", "fold by this period: day, month (the default), quarter, year or all")
	fl.StringArrayVar(&f.unfold, "unfold", nil, "write the lots of this group out: FACILITY/PHASE/PERIOD (again for more)")
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
	return genealogy.FoldOptions{TraceOptions: o, By: by, Unfold: f.unfold}
}

// found refuses a group to unfold that is not there.
func (f *foldFlags) found(x *genealogy.Folded) error {
	for _, key := range f.unfold {
		if !slices.ContainsFunc(x.Groups, func(g genealogy.Group) bool { return g.Lot != "" && g.String() == key }) {
			return fmt.Errorf("--unfold %s: there is no such group here: the lines of the folded tree have their keys in brackets", key)
		}
	}
	return nil
}
