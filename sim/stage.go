package sim

import (
	"fmt"

	"lodestone/quantity"
	"lodestone/supply"
)

const (
	kg = quantity.Kilogram
	t  = quantity.Tonne
)

// make makes a lot or more of a material, and before it what it is made of.
func (w *World) make(p program, s stuff) {
	r := &w.routes[p]
	switch s {
	case ore:
		w.mine(p)
	case concentrate:
		w.beneficiate(p)
	case carbonate:
		w.leach(p)
	case oxideNdPr, oxideDy, oxideTb, oxideSm, oxideLaCe:
		w.separate(p, s)
	case metalNdPr:
		w.reduce(p, oxideNdPr, s, "METAL_LRE", w.between(30*kg, 60*kg), pick(w.rng, r.lights))
	case metalDy:
		w.reduce(p, oxideDy, s, "METAL_HRE", w.between(2*kg, 4*kg), pick(w.rng, r.heavies))
	case metalTb:
		w.reduce(p, oxideTb, s, "METAL_HRE", w.between(400*quantity.Gram, 800*quantity.Gram), pick(w.rng, r.heavies))
	case metalSm:
		w.reduce(p, oxideSm, s, "METAL_HRE", w.between(4*kg, 6*kg), pick(w.rng, r.heavies))
	case ironOre:
		at := pick(w.rng, r.iron)
		w.dig(p, ironOre, at, fe, map[place]origin{pilbaraIron: fromPilbara, hebeiIron: fromHebei}[at], w.between(2*t, 5*t), 620_000)
	case iron:
		w.reduce(p, ironOre, s, "METAL_LRE", w.between(400*kg, 900*kg), pick(w.rng, r.ironWorks))
	case borate:
		w.dig(p, borate, californiaBorate, bo, fromCalifornia, w.between(300*kg, 800*kg), 110_000)
	case boron:
		w.reduce(p, borate, s, "METAL_HRE", w.between(60*kg, 120*kg), nevadaBoron)
	case cobaltOre:
		at := pick(w.rng, r.cobalt)
		w.dig(p, cobaltOre, at, co, map[place]origin{ontarioCobalt: fromOntario, katangaCobalt: fromKatanga}[at], w.between(5*t, 9*t), 20_000)
	case cobalt:
		w.reduce(p, cobaltOre, s, "METAL_HRE", w.between(1*t, 2*t), pick(w.rng, r.cobaltWorks))
	case alloyN, alloyH, alloyS:
		w.melt(p, grade(s-alloyN))
	case coarseN, coarseH, coarseS:
		w.pass(p, s-coarseN+alloyN, s, w.between(20*kg, 40*kg), "HD", supply.Decrepitated)
	case powderN, powderH, powderS:
		w.pass(p, s-powderN+coarseN, s, w.between(15*kg, 30*kg), "JETMILL", supply.Milled)
	case blockN, blockH, blockS:
		w.sinter(p, s)
	case bareN, bareH, bareS:
		w.machine(p, s)
	case diffusedT:
		w.diffuse(p)
	case coatedN, coatedH, coatedS, coatedT:
		w.coat(p, s)
	case recoveredN, recoveredH, recoveredS:
		w.recycle(p, grade(s-recoveredN))
	default:
		panic(fmt.Sprintf("sim: nothing makes %s on demand", w.sorts[s].slug))
	}
}

// deposits are the shares of the seven rare earths in a mine's ore, in thousandths of them all, La first; and the least
// rare earths in its ore, in millionths. They are parameters of the worlds, of the kind that light and clay ores have; no
// measured figures of the mines whose names they go by.
func deposits(o origin) (shares [7]int64, leanest int64) {
	switch o {
	case fromMountainPass:
		return [7]int64{332, 480, 43, 130, 9, 1, 5}, 60_000
	case fromMtWeld:
		return [7]int64{240, 460, 53, 200, 25, 3, 19}, 70_000
	case fromBaotou:
		return [7]int64{260, 500, 52, 160, 16, 2, 10}, 40_000
	case fromJiangxi:
		return [7]int64{330, 80, 80, 330, 70, 15, 95}, 40_000
	}
	return [7]int64{230, 400, 60, 230, 40, 6, 34}, 40_000
}

func (w *World) mine(p program) {
	at := pick(w.rng, w.routes[p].mines)
	from := map[place]origin{mountainPass: fromMountainPass, mtWeld: fromMtWeld, wyomingMine: fromWyoming, baotou: fromBaotou, jiangxiMine: fromJiangxi}[at]
	shares, leanest := deposits(from)
	total := w.between(20*t, 40*t)
	var b batch
	earths := scale(int64(total), leanest+w.rng.Int64N(leanest/2), million)
	for m, s := range shares {
		b.left[m][from] = quantity.Mass(scale(earths, s, 1000))
	}
	b.left[other][fromReagent] = total - b.left.mass()
	w.begin(p, ore, at, b, supply.Mined)
}

// dig mines an ore of one element, of which it has so many millionths.
func (w *World) dig(p program, s stuff, at place, m matter, from origin, total quantity.Mass, grade int64) {
	var b batch
	b.left[m][from] = quantity.Mass(scale(int64(total), grade, million))
	b.left[other][fromReagent] = total - b.left.mass()
	w.begin(p, s, at, b, supply.Mined)
}

// begin begins the life of what is in hand.
func (w *World) begin(p program, s stuff, at place, b batch, phase supply.Phase) {
	w.books.in.add(&b.left)
	l := w.newLot(s, at, b)
	w.record(&making{at: at, phases: []supply.Phase{phase}, out: []*lot{l}})
	w.put(p, l)
}

// lose takes a making's loss out of what is in hand: all matters lose alike.
func (w *World) lose(b *batch, yield int64) {
	lost := b.left.part(million-yield, million)
	w.losing.add(&lost)
	w.books.lost.add(&lost)
}

// rid takes all of a matter out of what is in hand.
func (w *World) rid(b *batch, ms ...matter) {
	var lost load
	for _, m := range ms {
		b.left.partOf(m, 1, 1, &lost)
	}
	w.losing.add(&lost)
	w.books.lost.add(&lost)
}

// reagent brings in what is neither.
func (w *World) reagent(b *batch, m quantity.Mass) {
	b.left[other][fromReagent] += m
	w.books.in[other][fromReagent] += m
}

// asOxide gives what is in hand the oxygen of its oxides and half a percent of impurity; anything else but rare earths goes.
func (w *World) asOxide(b *batch) {
	w.rid(b, fe, bo, co, other)
	oxygen := quantity.Mass(0)
	for m := la; m <= dy; m++ {
		x := b.left.of(m)
		y, _ := quantity.ToOxide(m.element(), x) // no lot comes near the greatest mass
		oxygen += y - x
	}
	w.reagent(b, oxygen+b.left.mass()/200)
}

func (w *World) beneficiate(p program) {
	at := w.where(p, ore, w.routes[p].mines)
	ins, b := w.draw(p, ore, w.between(15*t, 30*t), at)
	w.lose(&b, w.yieldOf("BENEF"))
	w.rid(&b, other)
	w.reagent(&b, quantity.Mass(scale(int64(b.left.earths()), 1_200+w.rng.Int64N(400), 1000)))
	w.out(p, at, ins, b, concentrate, supply.Beneficiated)
}

func (w *World) leach(p program) {
	at := w.where(p, concentrate, w.routes[p].crackers)
	ins, b := w.draw(p, concentrate, w.between(1*t, 2*t), at)
	w.lose(&b, w.both("CRACK", "MREC"))
	w.rid(&b, other)
	w.reagent(&b, quantity.Mass(scale(int64(b.left.earths()), 900+w.rng.Int64N(500), 1000))) // carbonate, and more water or less
	w.out(p, at, ins, b, carbonate, supply.Leached, supply.Precipitated)
}

// separate parts carbonate, or what was recovered from magnets, into oxides; what is wanted is among them.
func (w *World) separate(p program, want stuff) {
	at := w.where(p, carbonate, w.routes[p].separators)
	var ins []input
	var b batch
	feed, won := map[stuff]stuff{oxideNdPr: recoveredN.of(grade(w.rng.IntN(2))), oxideDy: recoveredH, oxideSm: recoveredS}[want]
	if won && (p == circular || p == market && w.rng.IntN(6) == 0) {
		ins, b = w.draw(p, feed, w.between(60*kg, 100*kg), at)
	} else {
		ins, b = w.draw(p, carbonate, w.between(700*kg, 1100*kg), at)
	}
	w.rid(&b, other)
	m := &making{at: at, phases: []supply.Phase{supply.Separated, supply.Calcined}, in: ins}
	for s := oxideNdPr; s <= oxideLaCe; s++ {
		part := batch{past: b.past}
		for _, x := range w.sorts[s].holds {
			b.left.partOf(x, 1, 1, &part.left)
		}
		if part.left.mass() == 0 {
			continue
		}
		w.lose(&part, w.both("SX", "CALC"))
		w.asOxide(&part)
		m.out = append(m.out, w.newLot(s, at, part))
	}
	w.finish(p, m)
}

// reduce makes metal: of oxide, or of an ore of one element.
func (w *World) reduce(p program, from, to stuff, stage string, amount quantity.Mass, at place) {
	ins, b := w.draw(p, from, amount, at)
	w.lose(&b, w.yieldOf(stage))
	w.rid(&b, other)
	w.reagent(&b, b.left.mass()/500)
	w.out(p, at, ins, b, to, supply.Reduced)
}

// recycle wins rare earths back from swarf, and from scrap where there is none.
func (w *World) recycle(p program, g grade) {
	at := pick(w.rng, []place{texasRecycler, saxonyRecycler})
	from, amount := swarfN.of(g), quantity.Mass(0)
	if sum, largest := w.stock[p][from].usable(); len(w.stock[p][from].lots) >= 4 && w.rng.IntN(3) > 0 {
		amount = min(sum, 2*largest)
	} else {
		from, amount = scrapN.of(g), w.between(120*kg, 300*kg)
		for {
			if sum, largest := w.stock[p][from].usable(); sum >= amount && largest >= amount/2 && len(w.stock[p][from].lots) >= 4 {
				break
			}
			w.collect(p, g, at)
		}
	}
	ins, b := w.draw(p, from, amount, at)
	w.lose(&b, w.yieldOf("RECYCLE_LONG"))
	w.asOxide(&b)
	w.out(p, at, ins, b, recoveredN.of(g), supply.Recycled)
}

// collect takes in magnets at the end of a life outside the world.
func (w *World) collect(p program, g grade, at place) {
	total := w.between(150*kg, 300*kg)
	var b batch
	put := func(m matter, millionths int64) {
		b.left[m][fromScrap] = quantity.Mass(scale(int64(total), millionths, million))
	}
	switch g {
	case gradeN:
		put(nd, 225_000)
		put(pr, 75_000)
		put(bo, 10_000)
	case gradeH:
		put(nd, 210_000)
		put(pr, 65_000)
		put(dy, 30_000)
		put(bo, 10_000)
		put(co, 10_000)
	case gradeS:
		put(sm, 330_000)
	}
	rest := fe
	if g == gradeS {
		rest = co
	}
	b.left[rest][fromScrap] += total - b.left.mass()
	w.begin(p, scrapN.of(g), at, b, supply.Recycled)
}

// out makes one lot of what is in hand.
func (w *World) out(p program, at place, ins []input, b batch, s stuff, phases ...supply.Phase) {
	w.finish(p, &making{at: at, phases: phases, in: ins, out: []*lot{w.newLot(s, at, b)}})
}

// finish records a making and puts its lots into the stock.
func (w *World) finish(p program, m *making) {
	w.record(m)
	for _, l := range m.out {
		w.put(p, l)
	}
}
