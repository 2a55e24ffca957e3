package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/quantity"
	"lodestone/supply"
)

// balanceCommand asks whether elements are conserved.
func balanceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "balance [LOT|SITE]",
		Short: "Are elements conserved: in, out, stock, loss and gap of every step, lot and site",
		Long: `Weighs what went into every step against what came out, element by element: mass times assay, each gap with its
standard uncertainty; and what left each place against what came to the next, where both ends weighed it. A gap beyond
three of them is an excess (more out than in) or unaccounted for (less, with no declared loss); where an assay or a mass
is missing the balance is unchecked, never in order. Then it reconciles the figures: the least moves that make every
balance hold, a test of all of them together, and the single weighing, assay or loss that would explain what does not
fit. A figure that no other tells of cannot be checked, and is counted as such. A campaign of several events counts on
the day of its first.

With a LOT: the lots it was made of and those made of it, and the bounds within which its origins lie, however lots
were mixed and drawn. With a SITE (an identifier, a part of it, or a name): what stands on it. With neither: every site.

Where nothing is stated, a weighing is taken to be good to 0.1 %, an assay to 0.5 % of its figure (standard uncertainty).`,
		Example: `  lodestone balance
  lodestone balance MAGNET-7 --element Nd
  lodestone balance US-EUCLID --from 2026-06-01 --until 2026-06-30
  lodestone balance CARB-1 --json`,
		Args:              args(0, 1),
		ValidArgsFunction: completeLot,
	}
	var q balanceQuestion
	cmd.Flags().StringSliceVar(&q.symbols, "element", nil, "only these elements, as in Nd or Nd,Dy (default: every rare earth that an assay names)")
	cmd.Flags().StringVar(&q.from, "from", "", "only steps from this day on, as in 2026-06-01; what was made before is opening stock")
	cmd.Flags().StringVar(&q.until, "until", "", "only steps up to this day, included")
	cmd.Flags().Float64Var(&q.alpha, "alpha", 0.01, "chance of a false alarm of each test")
	cmd.Flags().BoolVar(&q.all, "all", false, "print every row, not the first of a long list")
	q.seen = asOfFlag(cmd)
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, given []string) error {
		scope, err := q.scope()
		if err != nil {
			return err
		}
		return withGraph(cmd, *q.seen, func(l *ledger.Ledger, g *genealogy.Graph) error {
			facts, err := readBalanceFacts(cmd.Context(), l, *q.seen)
			if err != nil {
				return err
			}
			bar := newProgress(cmd, "balancing", 0, decor.Name("what is recorded"))
			r, err := unlessStopped(cmd, func() (*balanceReport, error) { return balanceOf(g, facts, given, scope, q.alpha) })
			bar.done()
			if err != nil {
				return err
			}
			r.all = q.all
			if *asJSON {
				return printJSON(cmd, viewBalance(r, g.Position()))
			}
			if err := printBalance(cmd.OutOrStdout(), r); err != nil {
				return err
			}
			return printPosition(cmd.OutOrStdout(), g)
		})
	}
	return cmd
}

// balanceOf is the balance of what is given, a lot or a site, else of everything in scope.
func balanceOf(g *genealogy.Graph, facts *balance.Facts, given []string, scope balance.Scope, alpha float64) (*balanceReport, error) {
	books := balance.Read(g, facts)
	target := balanceTarget{}
	var err error
	if len(given) == 1 {
		if target, err = findTarget(g, books, given[0]); err != nil {
			return nil, err
		}
	}
	if err := target.narrow(g, &scope); err != nil {
		return nil, err
	}
	return newBalanceReport(g, books, target, &scope, alpha)
}

// balanceQuestion is the flags.
type balanceQuestion struct {
	symbols     []string
	from, until string
	alpha       float64
	all         bool
	seen        *string
}

func (q *balanceQuestion) scope() (balance.Scope, error) {
	s := balance.Scope{AnySite: true}
	for _, symbol := range q.symbols {
		e, err := element.Parse(symbol)
		if err != nil {
			return s, exitError{code: codeUsage, err: fmt.Errorf("--element: %w", err)}
		}
		s.Elements = s.Elements.With(e)
	}
	var err error
	if s.Period.From, err = dayFlag("--from", q.from); err != nil {
		return s, err
	}
	if s.Period.Until, err = dayFlag("--until", q.until); err != nil {
		return s, err
	}
	if s.Period.From != 0 && s.Period.Until != 0 && s.Period.Until < s.Period.From {
		return s, usagef("--from %s comes after --until %s", q.from, q.until)
	}
	if !(q.alpha > 0 && q.alpha < 1) {
		return s, usagef("--alpha %g: a chance between 0 and 1, such as 0.01", q.alpha)
	}
	return s, nil
}

// readBalanceFacts reads the losses and weighings of the entries that are seen.
func readBalanceFacts(ctx context.Context, l *ledger.Ledger, seen string) (*balance.Facts, error) {
	until, err := parseAsOf(seen)
	if err != nil {
		return nil, err
	}
	facts := balance.NewFacts()
	for e, err := range l.Seen(ctx, until) {
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		facts.Take(e)
	}
	return facts, nil
}

// balanceTarget is what is asked about: a lot, a site, or, both empty, everything.
type balanceTarget struct {
	lot  supply.LotID
	site balance.Place
}

// findTarget is the lot or site that text names: a site by its whole identifier, the last part of it or its whole name;
// else a lot as everywhere; else the only site whose identifier or name contains it.
func findTarget(g *genealogy.Graph, b *balance.Books, text string) (balanceTarget, error) {
	var exact, part []balance.Place
	lower := strings.ToLower(text)
	for _, p := range b.Places() {
		switch {
		case string(p.ID) == text || endsWith(string(p.ID), text) || strings.EqualFold(p.Name, text):
			exact = append(exact, p)
		case strings.Contains(strings.ToLower(string(p.ID)+"\n"+p.Name), lower):
			part = append(part, p)
		}
	}
	if text == "" {
		exact, part = nil, nil
	}
	if len(exact) == 1 {
		return balanceTarget{site: exact[0]}, nil
	}
	if len(exact) == 0 {
		lot, err := findLot(g, text)
		if err == nil {
			return balanceTarget{lot: lot}, nil
		}
		if len(part) == 1 {
			return balanceTarget{site: part[0]}, nil
		}
		if len(part) == 0 {
			return balanceTarget{}, err
		}
		exact = part
	}
	var names strings.Builder
	for _, p := range exact {
		fmt.Fprintf(&names, "\n  %s  %s", p.ID, p.Name)
	}
	return balanceTarget{}, fmt.Errorf("%q names %s: give more of the one you mean%s", text, count(len(exact), "site"), names.String())
}

// narrow puts the target into the scope: a site, or a lot with all that it was made of and that was made of it.
func (t balanceTarget) narrow(g *genealogy.Graph, s *balance.Scope) error {
	if t.site.ID != "" {
		s.Site, s.AnySite = t.site.ID, false
	}
	if t.lot == "" {
		return nil
	}
	for _, down := range []bool{false, true} {
		tr, err := g.Trace(t.lot, genealogy.TraceOptions{Down: down})
		if err != nil {
			return err
		}
		for i := range tr.Nodes {
			s.Lots = append(s.Lots, tr.Nodes[i].ID)
		}
	}
	return nil
}

// balanceReport is the answer.
type balanceReport struct {
	target   balanceTarget
	scope    *balance.Scope
	books    *balance.Books
	makings  int
	sites    []balance.Site
	steps    []balance.Step
	stocks   []balance.Stock
	transits []balance.Transit
	origins  []balance.Origins
	fit      *balance.Reconciliation
	holds    []supply.LotID // by the lot asked for, which is a container or assembly and nothing else
	period   quantity.Period
	all      bool
}

func newBalanceReport(g *genealogy.Graph, b *balance.Books, t balanceTarget, s *balance.Scope, alpha float64) (*balanceReport, error) {
	r := &balanceReport{target: t, scope: s, books: b, period: s.Period}
	r.makings = len(b.Within(s))
	if t.lot == "" {
		r.sites = b.Sites(s)
	}
	r.steps = b.Steps(s)
	r.stocks = b.Stocks(s)
	r.transits = b.Transits(s)
	var err error
	if r.fit, err = b.Reconcile(s, alpha); err != nil {
		return nil, err
	}
	if t.lot == "" {
		return r, nil
	}
	if lot, ok := g.Lot(t.lot); ok && lot.Container && len(b.MakingsOf(t.lot)) == 0 {
		for _, stay := range lot.Contents {
			if stay.Until.IsZero() && !slices.Contains(r.holds, stay.Child) {
				r.holds = append(r.holds, stay.Child)
			}
		}
	}
	if len(r.holds) == 0 {
		r.origins = lotOrigins(b, t.lot, s.Elements)
	}
	return r, nil
}

// lotOrigins is the origins of a lot for the elements asked for, else for the rare earths it holds, else of all mass.
func lotOrigins(b *balance.Books, id supply.LotID, set element.Set) []balance.Origins {
	l := b.Lots[id]
	if l == nil {
		return nil
	}
	if set.Empty() {
		for e := range l.Holds().All() {
			if e.RareEarth() {
				set = set.With(e)
			}
		}
	}
	var list []balance.Origins
	for e := range set.All() {
		list = append(list, b.OriginsOf(id, e))
	}
	if len(list) == 0 {
		list = append(list, b.OriginsOf(id, element.None))
	}
	return list
}
