package sim

import (
	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

// melt makes alloy of metals, iron and boron, or of samarium and cobalt.
func (w *World) melt(p program, g grade) {
	at := pick(w.rng, w.routes[p].alloyers)
	var ins []input
	var b batch
	add := func(s stuff, amount quantity.Mass) {
		more, part := w.draw(p, s, amount, at)
		ins = append(ins, more...)
		b.left.add(&part.left)
		b.past.add(&part.past, &part.left)
	}
	share := func(m quantity.Mass, thousandths int64) quantity.Mass {
		return quantity.Mass(scale(int64(m), thousandths, 1000))
	}
	if g == gradeS {
		add(metalSm, w.between(3*kg, 4*kg))
		add(cobalt, share(b.left.of(sm), 1_950))
	} else {
		add(metalNdPr, w.between(12*kg, 18*kg))
		earth := b.left.earths()
		add(iron, share(earth, 2_250))
		add(boron, share(earth, 33))
		if g == gradeH {
			add(metalDy, share(earth, 60+w.rng.Int64N(40)))
			add(cobalt, share(earth, 40))
		}
	}
	w.lose(&b, w.yieldOf("ALLOY"))
	w.rid(&b, other)
	w.out(p, at, ins, b, alloyN.of(g), supply.Melted)
}

// pass makes powder of alloy, or fine of coarse: where the alloy was cast, or at a magnet plant.
func (w *World) pass(p program, from, to stuff, amount quantity.Mass, stage string, phase supply.Phase) {
	if g := w.sorts[from].holds; len(g) == 2 {
		amount /= 4 // SmCo is made in small lots
	}
	at := w.where(p, from, w.routes[p].magnets)
	ins, b := w.draw(p, from, amount, at)
	w.lose(&b, w.yieldOf(stage))
	w.out(p, at, ins, b, to, phase)
}

// sinter presses powder and sinters it to blocks.
func (w *World) sinter(p program, s stuff) {
	at := w.where(p, s-blockN+powderN, w.routes[p].magnets)
	ins, b := w.draw(p, s-blockN+powderN, w.between(3*kg, 5*kg), at)
	w.lose(&b, w.both("PRESS", "SINTER"))
	w.out(p, at, ins, b, s, supply.Pressed, supply.Sintered)
}

// machine cuts blocks to magnets of PieceMass, a batch's being somewhat more or less in the mean; nine tenths of what is cut
// off is kept as swarf, for the recyclers: that of allied magnets goes to the circular program.
func (w *World) machine(p program, s stuff) {
	at := w.where(p, s-bareN+blockN, w.routes[p].magnets)
	ins, b := w.draw(p, s-bareN+blockN, w.between(2500*quantity.Gram, 4*kg), at)
	total := b.left.mass()
	pieces := scale(int64(total), w.yieldOf("MACHINE"), million) / int64(PieceMass)
	magnets := batch{past: b.past, left: b.left.part(read(w.pieces, pieces*int64(PieceMass), counting), int64(total))}
	w.lose(&b, 900_000)
	good := w.newLot(s, at, magnets)
	good.pieces = pieces
	swarf := w.newLot(s-bareN+swarfN, at, b)
	w.record(&making{at: at, phases: []supply.Phase{supply.Machined}, in: ins, out: []*lot{good, swarf}})
	w.put(p, good)
	if p == allied {
		p = circular
	}
	w.put(p, swarf)
}

// diffuse brings terbium into the surface of magnets. The step touches terbium alone.
func (w *World) diffuse(p program) {
	at := w.where(p, bareN, w.routes[p].magnets)
	ins, b, n := w.drawPieces(p, bareN, 30+w.rng.Int64N(40), at)
	more, terb := w.draw(p, metalTb, quantity.Mass(scale(int64(b.left.mass()), 4, 1000)), at)
	w.lose(&terb, w.yieldOf("GBD"))
	w.rid(&terb, other)
	b.left.add(&terb.left)
	b.past.add(&terb.past, &terb.left)
	l := w.newLot(diffusedT, at, b)
	l.pieces = n
	w.finish(p, &making{at: at, phases: []supply.Phase{supply.Diffused}, in: append(ins, more...), out: []*lot{l}, touch: element.SetOf(element.Tb)})
}

// coat covers magnets. Those that fail are lost.
func (w *World) coat(p program, s stuff) {
	at := w.where(p, s-coatedN+bareN, w.routes[p].magnets)
	ins, b, n := w.drawPieces(p, s-coatedN+bareN, 25+w.rng.Int64N(50), at)
	good := scale(n, w.yieldOf("COAT"), million)
	if good == 0 {
		good = n
	}
	failed := b.left.part(n-good, n)
	w.losing.add(&failed)
	w.books.lost.add(&failed)
	l := w.newLot(s, at, b)
	l.pieces = good
	w.finish(p, &making{at: at, phases: []supply.Phase{supply.Coated}, in: ins, out: []*lot{l}})
}

// magnetize makes magnets with serials of coated ones.
func (w *World) magnetize(p program, g grade) {
	at := w.where(p, coatedN.of(g), w.routes[p].magnets)
	ins, b, n := w.drawPieces(p, coatedN.of(g), 8+w.rng.Int64N(17), at)
	s := magnetN.of(g)
	m := &making{at: at, phases: []supply.Phase{supply.Magnetized}, in: ins, of: s}
	b.past.mark(w.act(supply.Magnetized, at), &b.left, 0)
	b.past.keep(&b.left)
	c := &content{w, s, b.left, b.past, quantity.Mass(n)}
	for i := range n {
		id := w.name("lot", w.sorts[s].label+"-")
		m.serials = append(m.serials, id)
		m.truths = append(m.truths, Truth{supply.LotID(id), w.sorts[s].id(), c, quantity.Mass(i)})
	}
	w.reuse(p, m)
	w.books.delivered.add(&b.left)
	w.record(m)
	if w.rng.IntN(5) < 3 {
		w.ready[p] = append(w.ready[p], m.truths...)
	}
}

// reuse gives one magnet of a batch a serial that was given before.
func (w *World) reuse(p program, m *making) {
	if !w.sites[m.at].synthetic {
		return
	}
	if w.old[p] != "" && chance(w.double, w.cfg.Double) {
		m.serials[0] = w.old[p]
		m.truths[0].Lot = supply.LotID(w.old[p])
		m.planted = append(m.planted, Trouble{Kind: DoubleSerial, Lots: []supply.LotID{m.truths[0].Lot}})
		w.old[p] = ""
		return
	}
	w.old[p] = m.serials[len(m.serials)-1]
}

// order is what drives the world: a customer of a program wants magnets of some grade, and now and then a motor or a
// missile is built of what is ready.
func (w *World) order() {
	for _, l := range w.loot {
		w.put(program(w.theft.IntN(int(programs))), l)
	}
	w.loot = nil
	p := []program{allied, allied, market, market, circular}[w.rng.IntN(5)]
	g := []grade{gradeN, gradeN, gradeN, gradeN, gradeH, gradeH, gradeT, gradeS}[w.rng.IntN(8)]
	w.magnetize(p, g)
	for len(w.ready[p]) >= 8 {
		var parts []Truth
		n := 2 + w.rng.IntN(3)
		parts, w.ready[p] = w.ready[p][:n], w.ready[p][n:]
		w.built[p] = append(w.built[p], w.assemble(arizonaMotor, motor, parts))
	}
	for len(w.built[p]) >= 8 {
		var parts []Truth
		n := 1 + w.rng.IntN(4)
		parts, w.built[p] = w.built[p][:n], w.built[p][n:]
		w.assemble(alabamaMissile, missile, parts)
	}
}

// assemble builds parts into an item.
func (w *World) assemble(at place, s stuff, parts []Truth) Truth {
	c := &content{world: w, of: s, n: 1}
	e := w.event(epcis.AssociationEvent, at)
	e.ParentID = w.name("lot", w.sorts[s].label+"-")
	e.Action, e.BizStep = epcis.Add, supply.Assembled.URI()
	for _, part := range parts {
		e.EPCs = append(e.EPCs, string(part.Lot))
		for m := range matters {
			for o := range origins {
				c.left[m][o] += part.cell(m, o)
			}
		}
		c.past.add(&part.c.past, &part.c.left)
	}
	c.past.mark(w.act(supply.Assembled, at), &c.left, 0)
	e.Extra = []epcis.Field{{Name: supply.Term(supply.TermMaterial), Value: []byte(`{"` + e.ParentID + `":"` + string(w.sorts[s].id()) + `"}`)}}
	item := Truth{supply.LotID(e.ParentID), w.sorts[s].id(), c, 0}
	w.made++
	w.tell(Occurrence{Event: e, By: w.sites[at].clerk(), Made: []Truth{item}})
	return item
}
