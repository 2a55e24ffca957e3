package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// recallCommand lists everything that holds material from a lot, and how much.
func recallCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recall LOT",
		Short: "Everything that holds material from a lot, down to the end items, and how much at least and at most",
		Long: `Lists everything that the record leads to from a lot: what was made of it, what that was made into, and what holds any of
it now. For each it says how much of it is material of the lot, at least and at most, whatever way lots were mixed, parted
and drawn: of what was made, and of what is left. --element follows elements of which the lot has an assay too (--json and
--csv have all of them without being asked); all mass is followed through steps that keep it, while below one that adds water or reagents only "some or all" can be said of it.
A container or assembly has what is in it now. Where a mass is not stated the bounds are shares alone.

The bounds hold for the masses and assays as stated. Material whose origin nobody recorded may be of the lot too, and is
not counted.

More than 200 lots are gathered: for each phase, in the order of the chain, what its lots hold, and the places and months
where most of it is; --most says how many, --by sets the period. --unfold writes out, a line each, the lots of the groups
whose line has a text, --all those of every group; --fold gathers few lots too. Masses of groups have four figures, bounds
rounded outwards. For programs (--json, --csv) every lot is written unless --fold or --unfold is given; --dot and --mermaid
draw the trace.`,
		Example: `  lodestone recall ORE-1
  lodestone recall CARB-1 --element Nd,Dy
  lodestone recall ORE-1 --unfold "sintered at" --unfold 2026-05
  lodestone recall CARB-1 --csv > recall.csv
  lodestone recall ORE-1 --as-of 1200 --json`,
		Args:              args(1, 1),
		ValidArgsFunction: completeLot,
	}
	var q recallQuestion
	cmd.Flags().StringSliceVar(&q.symbols, "element", nil, "only these elements, as in Nd or Nd,Dy (default for programs: all that the lot has an assay of)")
	cmd.Flags().IntVar(&q.most, "most", 5, "how many groups of a phase to list (0: all)")
	q.fold.add(cmd)
	seen := asOfFlag(cmd)
	q.form = formFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		if err := q.check(); err != nil {
			return err
		}
		return withGraph(cmd, *seen, func(l *ledger.Ledger, g *genealogy.Graph) error {
			lot, err := findLot(g, given[0])
			if err != nil {
				return err
			}
			if *q.form.dot || *q.form.mermaid {
				t := traceQuestion{down: true, fold: q.fold, form: q.form}
				return t.show(cmd, g, lot)
			}
			return q.show(cmd, l, g, lot)
		})
	}
	return cmd
}

type recallQuestion struct {
	symbols  []string
	elements []element.Element
	most     int
	fold     foldFlags
	form     forms
}

func (q *recallQuestion) check() error {
	var err error
	if q.elements, err = parseElements(q.symbols); err != nil {
		return err
	}
	if err := q.form.check(); err != nil {
		return err
	}
	if q.most < 0 {
		return usagef("--most %d: want 0 or more", q.most)
	}
	return q.fold.check()
}

// parseElements reads --element; nil where it is not given.
func parseElements(symbols []string) ([]element.Element, error) {
	var list []element.Element
	for _, s := range symbols {
		e, err := element.Parse(s)
		if err != nil {
			return nil, exitError{code: codeUsage, err: fmt.Errorf("--element: %w", err)}
		}
		list = append(list, e)
	}
	return list, nil
}

func (q *recallQuestion) show(cmd *cobra.Command, l *ledger.Ledger, g *genealogy.Graph, lot supply.LotID) error {
	o := q.fold.options(genealogy.TraceOptions{Down: true})
	o.Members = true
	elements, program := q.elements, q.form.program()
	if !program && elements == nil {
		elements = []element.Element{}
	}
	var f *genealogy.Folded
	var open []bool
	var err error
	if program {
		f, err = q.fold.folded(g, lot, o, false)
	} else if f, err = g.Fold(lot, o); err == nil {
		open, err = q.fold.open(f)
	}
	if err != nil {
		return err
	}
	r, err := newRecall(cmd.Context(), l, g, lot, f, elements)
	if err != nil {
		return err
	}
	switch {
	case *q.form.json:
		return printJSON(cmd, r.view(g, q.fold.asked()))
	case *q.form.csv:
		return r.writeCSV(cmd.OutOrStdout(), g, q.fold.asked())
	case q.fold.asked() || f.Lots > foldFrom:
		for i := range open {
			open[i] = open[i] || q.fold.all
		}
		return r.printGroups(cmd.OutOrStdout(), g, open, q.most)
	}
	return r.print(cmd.OutOrStdout(), g)
}

// recall is what holds material of a lot.
type recall struct {
	source   supply.LotID
	fold     *genealogy.Folded
	elements []element.Element // None first: all mass
	assayed  []element.Element // those of which the source has an assay
	lots     []held            // the source first, then by depth of their group and id
}

// held is one lot or container with the bounds of each of the recall's elements.
type held struct {
	genealogy.LotSummary
	bounds []balance.Holding
}

// newRecall works out a recall over the lots of a folded trace down.
func newRecall(ctx context.Context, l *ledger.Ledger, g *genealogy.Graph, source supply.LotID, f *genealogy.Folded, elements []element.Element) (*recall, error) {
	var lots []supply.LotID
	for id := range f.In {
		lots = append(lots, id)
	}
	slices.SortFunc(lots, func(a, b supply.LotID) int {
		x, y := &f.Groups[f.In[a]], &f.Groups[f.In[b]]
		if x.Depth != y.Depth {
			return x.Depth - y.Depth
		}
		return slices.Compare([]byte(a), []byte(b))
	})
	near := neighbours(g, lots)
	facts, err := factsOf(ctx, l, g, near)
	if err != nil {
		return nil, err
	}
	books := balance.ReadLots(g, facts, near)
	r := recallOver(g, books, source, lots, elements)
	r.fold = f
	return r, nil
}

// recallOver is a recall without its trace: over some lots on the ways down from the source, the source among them, by books
// that hold them. Without elements it follows all that the source has an assay of.
func recallOver(g *genealogy.Graph, books *balance.Books, source supply.LotID, lots []supply.LotID, elements []element.Element) *recall {
	assayed := books.Assayed(source)
	if elements == nil {
		elements = assayed
	}
	r := &recall{source: source, assayed: assayed, elements: append([]element.Element{element.None}, elements...)}
	index := map[supply.LotID]int{}
	for i, id := range lots {
		whole, _ := g.Lot(id)
		r.lots = append(r.lots, held{LotSummary: whole.LotSummary})
		index[id] = i
	}
	for _, e := range r.elements {
		for i, h := range books.Holdings(source, lots, e) {
			r.lots[i].bounds = append(r.lots[i].bounds, h)
		}
	}
	r.fill(g, index)
	return r
}

// fill sums up what containers hold now.
func (r *recall) fill(g *genealogy.Graph, index map[supply.LotID]int) {
	done := map[int]bool{}
	var fill func(i int)
	fill = func(i int) {
		x := &r.lots[i]
		if done[i] || !x.Container || x.Phase != supply.NoPhase && x.Made.Kind != genealogy.Unstated {
			return
		}
		done[i] = true
		whole, _ := g.Lot(x.ID)
		for k := range r.elements {
			x.bounds[k] = balance.Holding{Lot: x.ID, Known: true}
		}
		var low, high = make([]int64, len(r.elements)), make([]int64, len(r.elements))
		for _, s := range whole.Contents {
			c, ok := index[s.Child]
			if !ok || !s.Until.IsZero() {
				continue
			}
			fill(c)
			for k := range r.elements {
				h := r.lots[c].bounds[k]
				if !h.Known {
					x.bounds[k].Known = false
					continue
				}
				least, most := h.Mass()
				if m, ok := s.Amount.Mass(); ok && k == 0 && m < h.Made {
					least, most = h.Left(m)
				} else if r.drawn(g, s.Child) || k > 0 && ok && m < r.lots[c].bounds[0].Made {
					least = 0 // how much of it is inside is not known
				}
				low[k] += int64(least)
				high[k] += int64(most)
			}
		}
		for k := range r.elements {
			b := &x.bounds[k]
			if b.Made, b.High = quantity.Mass(high[k]), 1; b.Known {
				b.Low = share(low[k], high[k])
			}
		}
	}
	for i := range r.lots {
		fill(i)
	}
}

// drawn tells whether anything was drawn from a lot.
func (r *recall) drawn(g *genealogy.Graph, id supply.LotID) bool {
	l, _ := g.Lot(id)
	return slices.ContainsFunc(l.History, func(h genealogy.Happening) bool { return !h.Void && h.Role == "drawn" })
}

// neighbours is some lots with all that took part in a making or packing of any of them.
func neighbours(g *genealogy.Graph, lots []supply.LotID) []supply.LotID {
	seen := map[supply.LotID]bool{}
	var all []supply.LotID
	put := func(id supply.LotID) {
		if id != "" && !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	for _, id := range lots {
		put(id)
		l, _ := g.Lot(id)
		for _, h := range l.History {
			for _, list := range [][]genealogy.LotAmount{h.Inputs, h.Outputs} {
				for _, a := range list {
					put(a.Lot)
				}
			}
			put(h.Parent)
		}
		for _, s := range l.Inside {
			put(s.Parent)
		}
	}
	for i := 0; i < len(all); i++ { // what a container held may have been drawn through it
		l, _ := g.Lot(all[i])
		for _, s := range l.Contents {
			put(s.Child)
		}
	}
	return all
}

// factsOf reads what a balance needs of the entries about some lots: those entries alone where they are few, else the log
// as far as the graph has it.
func factsOf(ctx context.Context, l *ledger.Ledger, g *genealogy.Graph, lots []supply.LotID) (*balance.Facts, error) {
	var ids []record.ID
	for _, id := range lots {
		ids = append(ids, g.EntriesOf(id)...)
	}
	at := slices.Compact(g.PositionsOf(ids))
	facts := balance.NewFacts()
	if int64(len(at)) > g.Position()/8 {
		for e, err := range l.Entries(ctx, 1) {
			if err != nil {
				return nil, fmt.Errorf("read the log: %w", err)
			}
			if e.Seq > g.Position() {
				break
			}
			if _, wanted := slices.BinarySearch(at, e.Seq); wanted {
				facts.Take(e)
			}
		}
		return facts, nil
	}
	for _, seq := range at {
		e, err := l.Entry(ctx, seq)
		if err != nil {
			return nil, err
		}
		facts.Take(e)
	}
	return facts, nil
}
