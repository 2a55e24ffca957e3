package balance_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"lodestone/balance"
	"lodestone/element"
	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// blend is a small world of blending: lots of whole units, made and drawn in whole units.
type blend struct {
	begun []int // lots that come from nowhere here, with their units: lot 0 is the source
	steps []blendStep
	parts []int // of one unit of each lot: its units are so many kilograms
}

type blendStep struct {
	in, out []blendFlow
}

type blendFlow struct{ lot, units int }

// randomBlend is a world of a few steps, in which a lot may be made twice and drawn from often, and something may be lost.
func randomBlend(rng *rand.Rand, fractions bool) blend {
	var w blend
	part := func() {
		n := 1
		if fractions {
			n = 1 << rng.IntN(3)
		}
		w.parts = append(w.parts, n)
	}
	var left []int
	for range 2 + rng.IntN(2) {
		n := 1 + rng.IntN(4)
		w.begun, left = append(w.begun, n), append(left, n)
		part()
	}
	for range 1 + rng.IntN(4) {
		var s blendStep
		total := 0
		for l := range left {
			if left[l] > 0 && rng.IntN(3) > 0 && len(s.in) < 3 {
				n := 1 + rng.IntN(left[l])
				s.in = append(s.in, blendFlow{l, n})
				left[l] -= n
				total += n
			}
		}
		for n := 0; n < 2 && total > 0; n++ {
			units := 1 + rng.IntN(total)
			total -= units
			s.out = append(s.out, blendFlow{len(left), units})
			left = append(left, units)
			part()
		}
		if len(s.in) > 0 {
			w.steps = append(w.steps, s)
		}
	}
	return w
}

// extremes is the least and the most of the source that each lot can have held when it was made, whatever way its units were
// mixed, parted and drawn: every way is tried.
func (w *blend) extremes() (low, high []int) {
	n := len(w.parts)
	low, high = make([]int, n), make([]int, n)
	for i := range low {
		low[i] = 1 << 30
	}
	left, of := make([]int, n), make([]int, n) // units left of each lot, and of these the source's
	held := make([]int, n)
	copy(left, w.begun)
	left[0], of[0], held[0] = w.begun[0], w.begun[0], w.begun[0]
	seen := map[string]bool{}
	var step func(at int)
	// take tries every part of the source's units that can go over in one flow of d out of m that hold a.
	take := func(d, m, a int, then func(x int)) {
		for x := max(0, d-(m-a)); x <= min(d, a); x++ {
			then(x)
		}
	}
	step = func(at int) {
		k := fmt.Sprint(at, left, of, held)
		if seen[k] {
			return
		}
		seen[k] = true
		if at == len(w.steps) {
			for l := range held {
				low[l], high[l] = min(low[l], held[l]), max(high[l], held[l])
			}
			return
		}
		s := &w.steps[at]
		var in func(i, total, a int)
		var out func(i, total, a int)
		out = func(i, total, a int) {
			if i == len(s.out) {
				step(at + 1)
				return
			}
			f := s.out[i]
			take(f.units, total, a, func(x int) {
				left[f.lot] += f.units
				of[f.lot] += x
				held[f.lot] += x
				out(i+1, total-f.units, a-x)
				left[f.lot] -= f.units
				of[f.lot] -= x
				held[f.lot] -= x
			})
		}
		in = func(i, total, a int) {
			if i == len(s.in) {
				out(0, total, a)
				return
			}
			f := s.in[i]
			take(f.units, left[f.lot], of[f.lot], func(x int) {
				left[f.lot] -= f.units
				of[f.lot] -= x
				in(i+1, total+f.units, a+x)
				left[f.lot] += f.units
				of[f.lot] += x
			})
		}
		in(0, 0, 0)
	}
	step(0)
	return low, high
}

func blendLot(l int) supply.LotID { return supply.LotID(fmt.Sprintf("urn:t:lot:%d", l)) }

// record tells the world's graph, its weights exact; with assays, each lot's fraction of neodymium is one in its parts.
func (w *blend) record(t *testing.T, phase supply.Phase, assays bool) *genealogy.Graph {
	t.Helper()
	g := genealogy.New()
	at := time.Date(2025, 1, 1, 8, 0, 0, 0, time.UTC)
	n := 0
	tell := func(ev *epcis.Event, made []blendFlow) {
		n++
		when := at.Add(time.Duration(n) * time.Hour)
		ev.Time, ev.TimeZoneOffset = epcis.Time{Time: when, Text: when.Format(time.RFC3339)}, "+00:00"
		for _, f := range made {
			if assays {
				a := quantity.Assay{Basis: quantity.BasisElement, Lines: []quantity.Assayed{{Element: element.Nd, Measured: quantity.Measured{Value: quantity.MustDecimal([]string{"", "1", "0.5", "", "0.25"}[w.parts[f.lot]])}}}}
				ev.Sensors = append(ev.Sensors, supply.AssaySensor(blendLot(f.lot), a))
			}
		}
		e, err := record.NewEvent("urn:t:party", at, ev)
		if err == nil {
			e.Seq = int64(n)
			err = g.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	flows := func(list []blendFlow) (out []epcis.Quantity) {
		for _, f := range list {
			out = append(out, epcis.Quantity{Class: string(blendLot(f.lot)), Value: epcis.Number(fmt.Sprint(f.units * w.parts[f.lot])), Unit: "KGM"})
		}
		return out
	}
	for l, units := range w.begun {
		f := []blendFlow{{l, units}}
		tell(&epcis.Event{Type: epcis.ObjectEvent, TypeName: "ObjectEvent", Action: epcis.Add, BizStep: supply.Mined.URI(), Quantities: flows(f)}, f)
	}
	for _, s := range w.steps {
		tell(&epcis.Event{Type: epcis.TransformationEvent, TypeName: "TransformationEvent", BizStep: phase.URI(), InputQuantities: flows(s.in), OutputQuantities: flows(s.out)}, s.out)
	}
	return g
}

// TestHoldingsAreSound tries every way in which the units of small worlds can have been mixed and drawn: none gives a lot
// less of the source than the least that Holdings says, nor more than the most; of all mass where mass is kept, and of an
// element where it is not.
func TestHoldingsAreSound(t *testing.T) {
	tight, all := 0, 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 9))
		of, phase := element.None, supply.Melted
		if seed%2 == 1 {
			of, phase = element.Nd, supply.Separated
		}
		w := randomBlend(rng, of != element.None)
		g := w.record(t, phase, of != element.None)
		tr, err := g.Trace(blendLot(0), genealogy.TraceOptions{Down: true})
		if err != nil {
			t.Fatal(err)
		}
		var lots []supply.LotID
		for _, n := range tr.Nodes {
			lots = append(lots, n.ID)
		}
		low, high := w.extremes()
		for _, h := range balance.Read(g, balance.NewFacts()).Holdings(blendLot(0), lots, of) {
			var l int
			if _, err := fmt.Sscanf(string(h.Lot), "urn:t:lot:%d", &l); err != nil {
				t.Fatal(err)
			}
			least, most := h.Mass()
			kg := quantity.Mass(1_000_000)
			if !h.Known || least > quantity.Mass(low[l])*kg || most < quantity.Mass(high[l])*kg {
				t.Errorf("seed %d, %+v: lot %d of %s holds %s to %s of the source, it may hold %d to %d kg", seed, w, l, h.Made, least, most, low[l], high[l])
			}
			all++
			if least+1000 >= quantity.Mass(low[l])*kg && most <= quantity.Mass(high[l])*kg+1000 {
				tight++
			}
		}
	}
	if all < 800 || tight < all*7/10 {
		t.Errorf("of %d bounds %d are as tight as can be: no longer worth having", all, tight)
	}
}

// TestHoldingsUnknown: where a mass is not stated, or mass is not kept, the bounds are as wide as they must be; a lot made of
// nothing but the source is all of it; what is claimed in the books of another may hold anything.
func TestHoldingsUnknown(t *testing.T) {
	w := blend{begun: []int{4, 4}, parts: []int{1, 1, 1, 1, 1}, steps: []blendStep{
		{in: []blendFlow{{0, 2}}, out: []blendFlow{{2, 3}}},         // the source alone, with water
		{in: []blendFlow{{0, 2}, {1, 1}}, out: []blendFlow{{3, 9}}}, // and with another
	}}
	g := w.record(t, supply.Precipitated, false)
	lots := []supply.LotID{blendLot(0), blendLot(2), blendLot(3)}
	got := balance.Read(g, balance.NewFacts()).Holdings(blendLot(0), lots, element.None)
	for i, want := range []balance.Holding{
		{Lot: blendLot(0), Made: 4_000_000, Known: true, Low: 1, High: 1},
		{Lot: blendLot(2), Made: 3_000_000, Known: true, Low: 1, High: 1},
		{Lot: blendLot(3), Made: 9_000_000, Known: true, Low: 0, High: 1},
	} {
		if got[i] != want {
			t.Errorf("got %+v, want %+v", got[i], want)
		}
	}
	for _, h := range balance.Read(g, balance.NewFacts()).Holdings(blendLot(0), lots, element.Nd) {
		if h.Known {
			t.Errorf("of neodymium, of which nobody says how much there is: %+v", h)
		}
	}
	h := balance.Holding{Made: 10, Known: true, Low: 0.5, High: 0.8}
	if low, high := h.Left(4); low != 0 || high != 4 {
		t.Errorf("4 left of 10: %d to %d", low, high)
	}
	if low, high := h.Left(9); low > 4 || low < 3 || high != 8 && high != 9 {
		t.Errorf("9 left of 10: %d to %d", low, high)
	}
}
