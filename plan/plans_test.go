package plan_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/lp"
	"lodestone/tariff"
)

// TestPlans plans small networks whose answer is worked out by hand in their text. Each line of the file want is a claim:
//
//	cost 12                     the discounted cost
//	short defence 2027 3        tonnes of a demand not delivered in a period
//	more SX 4, less SX 5        what a little more or less of a capacity (lane_l: a lane, sale_s) is worth, a t/yr
//	built large                 an expansion is begun
//	worth P … words             what is said of a bottleneck holds these words
//	price SRC oxide 2027 7      undiscounted price of a tonne that breaks no rule
//	amount make separate 2027 4 of a flow, over all colours
//	landed d freight 3          cost a tonne delivered, by what it is for, or total
//	ready 2027-02, never        the readiness
//	planned 2027-06             from when on the plan itself meets it
//	need oxide SRC 8.5          what is short
//	span oxide Q1 Q3            from and until when
//	binds K Q1 Q2 0.5           a capacity binds over a span, and one t/yr more of it lets so much more be delivered
//	begins K 2028-01-01         and does not stand before
//	together K purchase ore     neither binds by itself, but one unit of each lets more be delivered
//	lifts B 160                 without a budget so much more could be delivered
//	worths K 12 30              what one t/yr more saves in the time in which it binds, and is worth in the plan in all
//	loose K                     it is not among what binds
//	lawful oxide words          what is short is to be so
//	no plan … words             the conflict names these words
//	mend … words                the mending names these words
//	barred purchase CN words    why something breaks a rule
//	mended 12                   what the plan costs then
//	unsolved words              there is no best plan, and the message holds these words
//	refused words               the network is refused, and the message holds these words
func TestPlans(t *testing.T) {
	s := solver(t)
	files, err := filepath.Glob("testdata/plans/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			claims := strings.Split(strings.TrimSpace(string(want(t, archive))), "\n")
			m, err := model(archive, t)
			if err != nil {
				for _, claim := range claims {
					words, ok := strings.CutPrefix(claim, "refused ")
					if !ok || !strings.Contains(err.Error(), words) {
						t.Errorf("%s\nbut: %v", claim, err)
					}
				}
				return
			}
			p, err := m.Solve(t.Context(), s, lp.Limits{Gap: 1e-9})
			if err != nil {
				words, ok := strings.CutPrefix(claims[0], "unsolved ")
				if !ok || !strings.Contains(err.Error(), words) {
					t.Fatal(err)
				}
				return
			}
			var ready *plan.Readiness
			if p.Solution != nil {
				if w := p.Residuals.Worst(); w > 1e-6 {
					t.Errorf("residuals %+v", p.Residuals)
				}
				if ready, err = m.Readiness(t.Context(), s, lp.Limits{}); err != nil {
					t.Fatal(err)
				}
			}
			r := p.Report(ready)
			if p.Prices != nil && p.Prices.Dual != nil {
				if err := p.Margins(t.Context(), s, r, 10); err != nil {
					t.Fatal(err)
				}
			}
			for _, claim := range claims {
				hold(t, r, strings.Fields(claim), claim)
			}
		})
	}
}

func model(archive *txtar.Archive, t *testing.T) (*plan.Model, error) {
	t.Helper()
	n, err := plan.Decode(sheets(t, archive))
	if err != nil {
		return nil, err
	}
	set, err := n.Settings()
	if err != nil {
		return nil, err
	}
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	us, err := tariff.US()
	if err != nil {
		t.Fatal(err)
	}
	return plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib, Answers: set.Answers}, Duties: plan.USDuties{Schedule: us}})
}

// hold checks one claim.
func hold(t *testing.T, r *plan.Report, words []string, claim string) {
	t.Helper()
	last := words[len(words)-1]
	value, _ := strconv.ParseFloat(last, 64)
	check := func(got float64) {
		t.Helper()
		if math.Abs(got-value) > 1e-6*max(1, math.Abs(value)) {
			t.Errorf("%s: it is %v", claim, got)
		}
	}
	rest := func(from int) string { return strings.Join(words[from:], " ") }
	switch words[0] {
	case "cost":
		check(r.Objective)
	case "short":
		i := slices.IndexFunc(r.Deliveries, func(d plan.Delivery) bool { return d.Demand == words[1] && d.Period == words[2] })
		if i < 0 {
			t.Fatalf("%s: there is no such delivery", claim)
		}
		check(r.Deliveries[i].Short)
	case "price":
		got := 0.0
		for _, p := range r.Prices {
			if p.Site == words[1] && p.Material == words[2] && p.Period == words[3] && p.Breaks == "" {
				got = p.Price
			}
		}
		check(got)
	case "landed":
		i := slices.IndexFunc(r.Landed, func(l plan.Landed) bool { return l.Demand == words[1] })
		if i < 0 {
			t.Fatalf("%s: nothing is delivered", claim)
		}
		c := r.Landed[i].Cost
		check(map[string]float64{"material": c.Material, "processing": c.Processing, "freight": c.Freight, "duty": c.Duty, "holding": c.Holding, "total": r.Landed[i].Total}[words[2]])
	case "amount":
		got := 0.0
		for _, f := range r.Flows {
			if string(f.Family) == words[1] && (f.ID == words[2] || f.ID == "" && f.Site == words[2]) && f.Period == words[3] {
				got += f.Amount
			}
		}
		check(got)
	case "ready":
		if got := r.Readiness.Period; got != last && !(last == "never" && got == "" && r.Readiness.Bound > 0) {
			t.Errorf("%s: it is %q", claim, got)
		}
	case "planned":
		if got := r.Readiness.Planned; got != last {
			t.Errorf("%s: it is %q, %q", claim, got, r.Readiness.Sentence)
		}
	case "need":
		if !slices.ContainsFunc(r.Readiness.Needs, func(n string) bool {
			return strings.HasPrefix(n, words[1]) && strings.Contains(n, last+" t short at "+words[2])
		}) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Needs)
		}
	case "span":
		if !slices.ContainsFunc(r.Readiness.Needs, func(n string) bool {
			return strings.HasPrefix(n, words[1]) && strings.Contains(n, words[2]+" to "+words[3]+": ")
		}) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Needs)
		}
	case "binds":
		i := slices.IndexFunc(r.Readiness.Binds, func(b plan.BindingLine) bool { return b.ID == words[1] && b.From == words[2] && b.Until == words[3] })
		if i < 0 {
			t.Fatalf("%s: it is %q", claim, r.Readiness.Cut)
		}
		check(r.Readiness.Binds[i].Gain)
	case "begins":
		if !slices.ContainsFunc(r.Readiness.Binds, func(b plan.BindingLine) bool {
			return b.ID == words[1] && b.Starts == last && strings.Contains(b.Sentence, "does not stand before "+last)
		}) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Cut)
		}
	case "together":
		with := "capacity " + words[1]
		if !slices.ContainsFunc(r.Readiness.Binds, func(b plan.BindingLine) bool {
			return b.What+" "+b.ID == rest(2) && slices.Equal(b.With, []string{with}) && strings.Contains(b.Sentence, "alone lets nothing more be delivered")
		}) || !slices.ContainsFunc(r.Readiness.Binds, func(b plan.BindingLine) bool {
			return b.ID == words[1] && slices.Equal(b.With, []string{rest(2)})
		}) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Cut)
		}
	case "lifts":
		i := slices.IndexFunc(r.Readiness.Binds, func(b plan.BindingLine) bool { return b.What == "budget" && b.ID == words[1] })
		if i < 0 {
			t.Fatalf("%s: it is %q", claim, r.Readiness.Cut)
		}
		check(r.Readiness.Binds[i].Gain)
	case "worths":
		i := slices.IndexFunc(r.Readiness.Binds, func(b plan.BindingLine) bool { return b.ID == words[1] })
		k := slices.IndexFunc(r.Bottlenecks, func(b plan.Bottleneck) bool { return b.Capacity == words[1] })
		if i < 0 || k < 0 {
			t.Fatalf("%s: it is %q", claim, r.Readiness.Cut)
		}
		check(r.Bottlenecks[k].Worth)
		if got := fmt.Sprintf("%.4g", r.Readiness.Binds[i].Worth); got != words[2] {
			t.Errorf("%s: in that time it is %s", claim, got)
		}
	case "lawful":
		if !slices.ContainsFunc(r.Readiness.Needs, func(n string) bool { return strings.HasPrefix(n, words[1]) && strings.Contains(n, rest(2)) }) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Needs)
		}
	case "loose":
		if slices.ContainsFunc(r.Readiness.Binds, func(b plan.BindingLine) bool { return b.ID == words[1] }) {
			t.Errorf("%s: it is %q", claim, r.Readiness.Cut)
		}
	case "no":
		if r.Status != lp.Infeasible || r.Conflict == nil || !strings.Contains(strings.Join(r.Conflict.Rows, "\n"), rest(2)) {
			t.Errorf("%s: %s, %+v", claim, r.Status, r.Conflict)
		}
	case "mended":
		if r.Conflict == nil {
			t.Fatalf("%s: there is a plan", claim)
		}
		check(r.Conflict.Cost)
	case "mend":
		if r.Conflict == nil || !slices.ContainsFunc(r.Conflict.Mends, func(m plan.Mend) bool { return strings.Contains(m.Words, rest(1)) }) {
			t.Errorf("%s: %+v", claim, r.Conflict)
		}
	case "barred":
		if !slices.ContainsFunc(r.Colours, func(c plan.ColourLine) bool {
			return c.What == words[1]+" "+words[2] && strings.Contains(c.Rule+": "+c.Because, rest(3))
		}) {
			t.Errorf("%s: %+v", claim, r.Colours)
		}
	case "more", "less": // worth of a little more and a little less of a capacity
		i := slices.IndexFunc(r.Bottlenecks, func(b plan.Bottleneck) bool { return strings.ReplaceAll(b.Capacity, " ", "_") == words[1] })
		if i < 0 {
			t.Fatalf("%s: it is no bottleneck", claim)
		}
		check(map[string]float64{"more": r.Bottlenecks[i].More, "less": r.Bottlenecks[i].Less}[words[0]])
	case "worth":
		if !slices.ContainsFunc(r.Bottlenecks, func(b plan.Bottleneck) bool {
			return strings.ReplaceAll(b.Capacity, " ", "_") == words[1] && strings.Contains(b.Sentence, rest(2))
		}) {
			t.Errorf("%s: %+v", claim, r.Bottlenecks)
		}
	case "built":
		if !slices.ContainsFunc(r.Builds, func(b plan.BuildLine) bool { return b.Expansion == words[1] }) {
			t.Errorf("%s: %+v", claim, r.Builds)
		}
	case "idle":
		if !slices.ContainsFunc(r.Idle, func(i plan.Idle) bool { return strings.Contains(i.Sentence, rest(1)) }) {
			t.Errorf("%s: %+v", claim, r.Idle)
		}
	default:
		t.Errorf("%q is no claim", claim)
	}
}
