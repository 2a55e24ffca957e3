package main

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"lodestone/atlas"
	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
	"lodestone/tariff"
)

// TestNetworkHasBasis holds every capacity, expansion and demand of a network that comes with the program to a source, or to
// the word that it is an assumption or remembered; and the program to 120 000 columns.
func TestNetworkHasBasis(t *testing.T) {
	for _, name := range atlas.Networks() {
		m := modelOfNetwork(t, name)
		if n := m.Program.Columns(); n > 120_000 {
			t.Errorf("%s has %d columns", name, n)
		}
		founded := func(table string, row int, basis, source string) {
			open := strings.Contains(basis, "assumption") || strings.Contains(basis, "memory") || strings.Contains(source, "assumption")
			known := false
			for _, key := range strings.Split(source, ";") {
				if _, ok := atlas.SourceOf(strings.TrimSpace(key)); ok {
					known = true
				}
			}
			if !open && !known {
				t.Errorf("%s: %s row %d: neither a source of the atlas (%q) nor an assumption (%q)", name, table, row, source, basis)
			}
		}
		for _, c := range m.Network.Capacities {
			founded("capacities", c.Row, c.Basis, c.Source)
		}
		for _, x := range m.Network.Expansions {
			founded("expansions", x.Row, x.Basis, x.Source)
		}
		for _, d := range m.Network.Demands {
			founded("demands", d.Row, "", d.Source)
		}
	}
}

// TestNetworkConserves holds every recipe of the networks that come with the program to the elements of its materials: none
// gives more of an element than it takes.
func TestNetworkConserves(t *testing.T) {
	for _, name := range atlas.Networks() {
		n := modelOfNetwork(t, name).Network
		told := map[string]bool{}
		shares := map[string]map[string]float64{}
		for _, c := range n.Contents {
			told[c.Material] = true
			if shares[c.Element] == nil {
				shares[c.Element] = map[string]float64{}
			}
			shares[c.Element][c.Material] += c.Share
		}
		takes, gives := map[[2]string]float64{}, map[[2]string]float64{}
		blind := map[string]bool{} // processes that take what nothing is told of, as run of mine
		for _, r := range n.Recipes {
			blind[r.Process] = blind[r.Process] || r.Amount < 0 && !told[r.Material]
			for e, of := range shares {
				if r.Amount < 0 {
					takes[[2]string{r.Process, e}] -= r.Amount * of[r.Material]
				} else {
					gives[[2]string{r.Process, e}] += r.Amount * of[r.Material]
				}
			}
		}
		for k, out := range gives {
			if in := takes[k]; !blind[k[0]] && out > in*(1+1e-3)+1e-9 {
				t.Errorf("%s: %s makes %s: %g out of %g", name, k[0], k[1], out, in)
			}
		}
	}
}

// TestNetworkSamarium holds the samarium that lies in France, mined nobody knows where, to what the law asks of it: from
// 2027 on it bars a magnet, because the mine is not known, and before it does not.
func TestNetworkSamarium(t *testing.T) {
	from2027 := false
	for _, note := range modelOfNetwork(t, "north-america").Notes {
		if note.What != "purchase Solvay-samarium" {
			continue
		}
		if strings.Contains(note.Ban, "2026-12") {
			t.Errorf("barred before 2027: %s", note.Because)
		}
		from2027 = from2027 || strings.Contains(note.Ban, "2027-01-01") && strings.Contains(note.Because, "mined Sm")
	}
	if !from2027 {
		t.Error("nothing says that it is barred from 2027 on because its mine is not known")
	}
}

// TestNetworkSolves plans North America to the optimum: what was not found is named, and dysprosium is short in January 2027
// and not in 2028.
func TestNetworkSolves(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	m := modelOfNetwork(t, "north-america")
	_, p := solved(t, m)
	r := p.Report(nil)
	if r.Status != lp.Optimal || !(r.Residual <= 1e-6) {
		t.Fatalf("%s, residual %g", r.Status, r.Residual)
	}
	for _, want := range []string{"capacity LCM-Dy-metal: assumption: not found; low 2, base 8, high 25", "what is in mrec_brook, seg_brook, rom_brook: assumption"} {
		if !slices.ContainsFunc(r.Assumptions, func(a string) bool { return strings.HasPrefix(a, want) }) {
			t.Errorf("the report does not say %q", want)
		}
	}
	for _, d := range r.Deliveries {
		switch {
		case d.Demand == "defence-SH" && d.Period == "2027-01" && d.Short < 1:
			t.Errorf("in %s %g t of %s are short", d.Period, d.Short, d.Demand)
		case d.Book != "" && d.Period >= "2028" && d.Short > 1e-6:
			t.Errorf("in %s %g t of %s are short", d.Period, d.Short, d.Demand)
		}
	}
}

func modelOfNetwork(t testing.TB, name string) *plan.Model {
	t.Helper()
	sheets, err := readSheets(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return modelOfSheets(t, sheets)
}

func modelOfSheets(t testing.TB, sheets []plan.Sheet) *plan.Model {
	t.Helper()
	n, err := plan.Decode(sheets)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	duties, err := tariff.US()
	if err != nil {
		t.Fatal(err)
	}
	m, err := plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib}, Duties: plan.USDuties{Schedule: duties}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestNetworkScenarios checks every scenario of the networks that come with the program: each can be planned.
func TestNetworkScenarios(t *testing.T) {
	for _, name := range atlas.Networks() {
		sheets, err := readSheets(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, scenario := range plan.Scenarios(sheets) {
			edited, err := plan.Apply(sheets, scenario)
			if err != nil {
				t.Errorf("%s %s: %v", name, scenario, err)
				continue
			}
			n, err := plan.Decode(edited)
			if err != nil {
				t.Errorf("%s %s: %v", name, scenario, err)
				continue
			}
			set, err := n.Settings()
			if err != nil {
				t.Errorf("%s %s: %v", name, scenario, err)
				continue
			}
			periods, err := n.Periods(set)
			if err != nil || len(n.Check(periods)) > 0 {
				t.Errorf("%s %s: %v %v", name, scenario, err, n.Check(periods))
			}
		}
	}
}

// TestNetworkConflict makes North America impossible by an agreement on more dysprosium metal than Fort Worth can use, and holds
// what is said of it: the rows named clash by themselves, without any one of them the rest do not, and the mending mends.
func TestNetworkConflict(t *testing.T) {
	sheets, err := readSheets("north-america", []string{"yearly"})
	if err != nil {
		t.Fatal(err)
	}
	sheets = append(sheets, plan.Sheet{Table: "scenarios", Header: []string{"scenario", "table", "filter", "field", "op", "value"}, Rows: []plan.SheetRow{
		{N: 2, Cells: []string{"pact", "agreements", "agreement=pact seller=US-EUCLID buyer=US-MP-FW material=Dy_metal from=2027-01-01 least=50 binding=yes", "", "append", ""}}}})
	if sheets, err = plan.Apply(sheets, "pact"); err != nil {
		t.Fatal(err)
	}
	m := modelOfSheets(t, sheets[:len(sheets)-1])
	solver, p := solved(t, m)
	if p.Status != lp.Infeasible || p.Conflict == nil || len(p.Conflict.Rows) < 2 || len(p.Conflict.Mends) == 0 {
		t.Fatalf("%s, %+v", p.Status, p.Conflict)
	}
	named := map[string]bool{}
	for _, row := range p.Conflict.Rows {
		name, _, _ := strings.Cut(row, " ")
		named[name] = true
	}
	// possible tells whether the rows named hold together, but for one.
	possible := func(but string) bool {
		t.Helper()
		q := m.Program.Clone()
		for r := range q.Rows() {
			if name := q.RowName(lp.Row(r)); !named[name] || name == but {
				q.SetRowBounds(lp.Row(r), math.Inf(-1), math.Inf(1))
			}
		}
		return feasible(t, solver, q)
	}
	if possible("") {
		t.Errorf("these hold together: %q", p.Conflict.Rows)
	}
	for name := range named {
		if !possible(name) {
			t.Errorf("without %s the rest still clash: %q", name, p.Conflict.Rows)
		}
	}
	q := m.Program.Clone()
	for _, mend := range p.Conflict.Mends {
		r, ok := q.Row(mend.Row)
		if !ok {
			t.Fatalf("there is no row %s", mend.Row)
		}
		lower, upper := q.RowBounds(r)
		q.SetRowBounds(r, lower+min(0, mend.Amount)-1e-6, upper+max(0, mend.Amount)+1e-6)
	}
	if !feasible(t, solver, q) {
		t.Errorf("mended it is still impossible: %+v", p.Conflict.Mends)
	}
}

// solved is a plan with the solver that found it; a build without one skips the test.
func solved(t *testing.T, m *plan.Model) (*highs.Engine, *plan.Plan) {
	t.Helper()
	solver, err := highs.New(t.Context(), solverCache())
	if errors.Is(err, highs.ErrNotBuiltIn) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = solver.Close(context.Background()) })
	p, err := m.Solve(t.Context(), solver, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return solver, p
}

func feasible(t *testing.T, solver lp.Solver, p *lp.Program) bool {
	t.Helper()
	loaded, err := solver.Load(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	defer loaded.Close()
	s, err := loaded.Solve(t.Context(), lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Feasible
}
