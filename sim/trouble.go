package sim

import (
	"slices"

	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

func ids(lots []*lot) (list []supply.LotID) {
	for _, l := range lots {
		list = append(list, supply.LotID(l.id))
	}
	return list
}

// unrecorded is whether nobody records a making before the sintered block.
func (w *World) unrecorded(m *making, made []Truth) bool {
	if !w.sites[m.at].synthetic || m.phases[0] >= supply.Pressed || !chance(w.missing, w.cfg.Missing) {
		return false
	}
	for _, l := range m.out {
		l.suspect = true
	}
	w.give(Occurrence{Made: made, Planted: []Trouble{{Kind: MissingOrigin, Lots: ids(m.out)}}})
	return true
}

// announce names the ghosts that a making draws from for the first time.
func (w *World) announce(m *making, event int, o *Occurrence) {
	if event > 0 {
		return
	}
	for _, in := range m.in {
		if in.lot.ghost && !in.lot.named {
			in.lot.named = true
			o.Planted = append(o.Planted, Trouble{Kind: DoubleIssue, Lots: []supply.LotID{supply.LotID(in.lot.id)}})
		}
	}
}

// ghostOf is other material of the same composition under the id of a used-up lot, or nil: dug up without a record in a
// covered country.
func (w *World) ghostOf(l *lot) *lot {
	if !w.sites[l.at].synthetic || w.sorts[l.of].pieces || l.ghost || l.robbed || l.suspect || l.left.mass() == 0 || !chance(w.double, w.cfg.Double) {
		return nil
	}
	g := &lot{id: l.id, of: l.of, at: l.at, made: l.made, heel: l.heel, ghost: true, suspect: true}
	rest := l.left.mass() // what clung to the drums tells the composition to pass off
	for m := range matters {
		if m == other {
			g.left[m][fromReagent] = quantity.Mass(scale(int64(l.made), int64(l.left.of(m)), int64(rest)))
		} else {
			g.left[m][fromJiangxi] = quantity.Mass(scale(int64(l.made), int64(l.left.of(m)), int64(rest)))
		}
	}
	w.books.in.add(&g.left)
	g.past.mark(w.act(supply.Mined, jiangxiMine), &g.left, 0)
	return g
}

// botched is whether the clerk gets the event that tells of the outputs wrong. Then it hands in the wrong event, and half
// the time it is put right: by the clerk's declaration of the error, or, of a wrong place, by another party's account.
func (w *World) botched(m *making, o Occurrence) bool {
	if !w.sites[m.at].synthetic || len(m.in) == 0 || len(m.out) == 0 || !chance(w.wrong, w.cfg.Wrong) {
		return false
	}
	right := o.Event
	bad := *right
	t := Trouble{Lots: ids(m.out)}
	out := m.out[0]
	assayed := m.phases[0] == supply.Melted && !slices.ContainsFunc(m.in, func(i input) bool { return i.lot.suspect })
	switch n := w.wrong.IntN(3); {
	case n == 0 && !w.sorts[out.of].pieces:
		t.Kind, t.Lots = WrongWeight, t.Lots[:1]
		bad.OutputQuantities = slices.Clone(bad.OutputQuantities)
		q := &bad.OutputQuantities[0]
		up := !addsMass(m.phases) && w.wrong.IntN(2) == 0
		q.Value = slip(q.Value, up)
		out.suspect = true
	case n == 1 && assayed:
		t.Kind, t.Lots = WrongAssay, t.Lots[:1]
		bad.Sensors = []epcis.SensorElement{exaggerate(bad.Sensors[0])}
		out.suspect = true
	default:
		t.Kind = WrongPlace
		var others []place
		for p := wyomingMine; p < places; p++ {
			if w.sites[p].country != w.sites[m.at].country {
				others = append(others, p)
			}
		}
		bad.ReadPoint = &epcis.Location{ID: string(w.sites[pick(w.wrong, others)].id())}
	}
	o.Event = &bad
	after := 10 + w.wrong.IntN(100)
	if w.wrong.IntN(2) == 0 {
		fixed := *right
		fixed.ID += "-b"
		if t.Kind == WrongPlace && w.wrong.IntN(2) == 0 {
			t.Contradicted = true
			w.later(Occurrence{Event: &fixed, By: Inspector}, after)
		} else {
			t.Righted = true
			void := bad
			void.Error = &epcis.ErrorDeclaration{Time: right.Time, Reason: "incorrect_data", Corrective: []string{fixed.ID}}
			w.later(Occurrence{Event: &void, By: o.By}, after)
			w.later(Occurrence{Event: &fixed, By: o.By}, after+1)
		}
	}
	o.Planted = append(o.Planted, t)
	w.announce(m, len(m.phases)-1, &o)
	w.tell(o)
	return true
}

// slip moves the decimal point of a number one place.
func slip(n epcis.Number, up bool) epcis.Number {
	d := quantity.MustDecimal(n.String())
	by := "0.1"
	if up {
		by = "10"
	}
	d, _ = d.Mul(quantity.MustDecimal(by)) // a scale's reading has few digits
	return epcis.Number(d.String())
}

// exaggerate states the first element of an assay two fifths too high.
func exaggerate(s epcis.SensorElement) epcis.SensorElement {
	s.Reports = slices.Clone(s.Reports)
	d, _ := quantity.MustDecimal(s.Reports[0].Value.String()).Mul(quantity.MustDecimal("1.4"))
	s.Reports[0].Value = epcis.Number(d.String())
	return s
}

// addsMass tells whether one of the phases may bring in mass that no input accounts for, so that no scale can show an
// output to be too great.
func addsMass(phases []supply.Phase) bool {
	return slices.ContainsFunc(phases, func(p supply.Phase) bool {
		switch p {
		case supply.Leached, supply.Precipitated, supply.Separated, supply.Refined, supply.Decrepitated, supply.Coated, supply.Recycled:
			return true
		}
		return false
	})
}
