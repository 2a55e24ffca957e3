package shipment_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/law"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/shipment"
	"lodestone/sim"
	"lodestone/supply"
)

var seven = []string{"us/dfars-252.225-7052"}

// world is a record of a simulated world, each clerk under its own name.
func world(t testing.TB, seed uint64, lots int) *genealogy.Graph {
	t.Helper()
	w, err := sim.New(sim.Config{Lots: lots, Name: "w", Theft: 0.02, Wrong: 0.03, Late: 0.1, Double: 0.05, Missing: 0.05}, rand.New(rand.NewPCG(seed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	g := genealogy.New()
	received := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, st := range sim.Statements() {
		apply(record.NewStatement(sim.Sender, received, &st))
	}
	for o := range w.Run() {
		if o.Event != nil {
			apply(record.NewEvent(o.By, received, o.Event))
		}
	}
	return g
}

func books(t testing.TB) rules.Library {
	t.Helper()
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// same holds a row's answer against that of its single question.
func same(t *testing.T, lib rules.Library, j shipment.Judged, f *rules.Facts) {
	t.Helper()
	a, err := lib.Judge(f)
	if err != nil {
		t.Fatal(err)
	}
	if j.Found.Verdict != a.Verdict {
		t.Errorf("%s on %s: %s, alone %s: %s", j.Row.Item, j.Row.On, j.Found.Verdict, a.Verdict, a.Books[0].Because)
		return
	}
	if !slices.Equal(j.Found.DecidedBy, a.Books[0].DecidedBy) {
		t.Errorf("%s on %s: decided by %v, alone by %v", j.Row.Item, j.Row.On, j.Found.DecidedBy, a.Books[0].DecidedBy)
	}
	var facts []string
	for _, m := range a.Books[0].Missing {
		facts = append(facts, m.Fact)
	}
	var said []string
	for _, w := range j.Found.Missing {
		if fact := j.Say(w.Fact); len(fact) > 13 && fact[:13] != "the record of" {
			said = append(said, fact)
		}
	}
	if len(facts) != len(said) {
		t.Errorf("%s on %s: misses %v, alone %v", j.Row.Item, j.Row.On, said, facts)
	}
}

var days = []quantity.Date{quantity.MustDate("2026-06-01"), quantity.MustDate("2026-12-31"), quantity.MustDate("2027-01-01"), quantity.MustDate("2027-01-02"), quantity.MustDate("2028-02-29")}

// TestLotsAsAlone judges every lot, item and container of worlds full of trouble, each on its own and all at once.
func TestLotsAsAlone(t *testing.T) {
	lib := books(t)
	for seed := range uint64(1) {
		g := world(t, seed, 100)
		ids := g.IDs()
		slices.Sort(ids)
		var rows []shipment.Row
		for i, id := range ids {
			for k := range 2 {
				rows = append(rows, shipment.Row{Line: len(rows) + 2, Item: string(id), On: days[(i+k*2)%len(days)]})
			}
		}
		desk := shipment.NewDesk(shipment.Options{Library: lib, Books: seven, Record: g})
		if wrong := desk.Check(rows); len(wrong) > 0 {
			t.Fatal(wrong)
		}
		verdicts := map[rules.Verdict]int{}
		for i := range rows {
			j, err := desk.Judge(&rows[i])
			if err != nil {
				t.Fatal(err)
			}
			f, err := rules.FromRecord(g, supply.LotID(rows[i].Item), nil, rows[i].On)
			if err != nil {
				t.Fatal(err)
			}
			f.Books = seven
			same(t, lib, j, f)
			verdicts[j.Found.Verdict]++
		}
		if len(verdicts) < 3 || desk.Questions() >= len(rows) {
			t.Errorf("%d rows, %d questions, verdicts %v: nothing is tried", len(rows), desk.Questions(), verdicts)
		}
	}
}

// TestBillsAsAlone judges items made of random bills several levels deep, whose parts are lots of the record, items of it,
// parts nobody records and parts that hold nothing; and holds each against the question put together here, level by level.
func TestBillsAsAlone(t *testing.T) {
	lib := books(t)
	g := world(t, 9, 100)
	ids := g.IDs()
	slices.Sort(ids)
	rng := rand.New(rand.NewPCG(3, 4))
	tris := []rules.Tri{rules.Unknown, rules.No, rules.Yes, rules.No}
	made := []supply.Country{"", "US", "US", "JP", "CN"}
	for n := range 10 {
		var lines []shipment.Line
		kids := map[string][]string{}
		about := map[string]shipment.Line{}
		var grow func(name string, depth int)
		grow = func(name string, depth int) {
			about[name] = shipment.Line{Child: name, MadeIn: made[rng.IntN(len(made))], COTS: tris[rng.IntN(4)], Device: tris[rng.IntN(4)], Complete: tris[rng.IntN(3)]}
			for k := range 1 + rng.IntN(3) {
				child := fmt.Sprintf("%s.%d", name, k)
				switch c := rng.IntN(8); {
				case depth < 4 && c < 3:
					grow(child, depth+1)
				case c < 6:
					child = string(ids[rng.IntN(len(ids))])
				case c == 6:
					about[child] = shipment.Line{Child: child, Kind: "none"}
				}
				if !slices.Contains(kids[name], child) {
					kids[name] = append(kids[name], child)
					l := about[child]
					l.Parent, l.Child, l.Quantity = name, child, int64(1+rng.IntN(4))
					lines = append(lines, l)
				}
			}
		}
		top := fmt.Sprintf("top%d", n)
		grow(top, 0)
		lines = append(lines, about[top])
		for i := range lines {
			lines[i].Row = i + 2
		}
		bill, wrong := shipment.NewBill(lines)
		if len(wrong) > 0 {
			t.Fatal(wrong)
		}
		desk := shipment.NewDesk(shipment.Options{Library: lib, Books: seven, Record: g, Bill: bill})
		var rows []shipment.Row
		for i, on := range days {
			rows = append(rows, shipment.Row{Line: i + 2, Item: fmt.Sprint("SN-", i), Part: top, On: on})
		}
		rows = append(rows, shipment.Row{Line: 99, Item: top, On: days[1]})
		if wrong := desk.Check(rows); len(wrong) > 0 {
			t.Fatal(wrong)
		}
		for i := range rows {
			j, err := desk.Judge(&rows[i])
			if err != nil {
				t.Fatal(err)
			}
			same(t, lib, j, byHand(t, g, kids, about, top, rows[i].On))
		}
	}
}

// byHand is the question about the item at the top of a bill.
func byHand(t *testing.T, g *genealogy.Graph, kids map[string][]string, about map[string]shipment.Line, top string, on quantity.Date) *rules.Facts {
	f := rules.Unrecorded(g, "item", nil, on)
	f.Books = seven
	e, say := &f.EndItem, about[top]
	e.MadeIn = say.MadeIn
	if say.COTS != rules.Unknown {
		e.COTS = say.COTS
	}
	if say.Device != rules.Unknown {
		e.ElectronicDevice = say.Device
	}
	f.MaterialsComplete = say.Complete == rules.Yes
	var fill func(name, in string)
	fill = func(name, in string) {
		for _, child := range kids[name] {
			if _, assembly := kids[child]; assembly {
				a := about[child]
				f.Components = append(f.Components, rules.Component{Name: child, In: in, MadeIn: a.MadeIn, COTS: a.COTS, ElectronicDevice: a.Device})
				f.MaterialsComplete = f.MaterialsComplete && a.Complete == rules.Yes
				fill(child, child)
				continue
			}
			if about[child].Kind == "none" {
				continue
			}
			rec, err := rules.FromRecord(g, supply.LotID(child), &rules.Facts{}, on)
			if err != nil {
				f.Materials = append(f.Materials, rules.Material{Name: child, In: in, Kind: "other", Incorporated: rules.Yes})
				continue
			}
			inner := in
			if !rec.EndItem.IsMaterial {
				inner = child + " in " + in
				f.Components = append(f.Components, rules.Component{Name: inner, In: in, MadeIn: rec.EndItem.MadeIn})
				f.MaterialsComplete = false
			}
			for _, m := range rec.Materials {
				m.In, m.Incorporated, m.Name = inner, rules.Yes, m.Name+" in "+inner
				f.Materials = append(f.Materials, m)
			}
		}
	}
	fill(top, "end_item")
	return f
}
