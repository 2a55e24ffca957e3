package sim

import (
	"lodestone/epcis"
	"lodestone/supply"
)

// move brings all of a lot to a place, if it is not there. Both ends weigh it; every third shipment goes on a pallet. On
// the way a thief may take part of it.
func (w *World) move(p program, l *lot, to place) {
	if l.at == to {
		return
	}
	from := w.sites[l.at]
	pallet := ""
	if w.rng.IntN(3) == 0 {
		pallet = w.name("lot", "PALLET-")
	}
	amount := w.whole(l)
	pack := func(action epcis.Action, step string, amount epcis.Quantity) {
		if pallet == "" {
			return
		}
		e := w.event(epcis.AggregationEvent, l.at)
		e.Action, e.BizStep, e.ParentID, e.Quantities = action, step, pallet, []epcis.Quantity{amount}
		w.tell(Occurrence{Event: e, By: w.sites[l.at].clerk()})
	}
	report := func(step, disposition string, amount epcis.Quantity, planted ...Trouble) {
		e := w.event(epcis.ObjectEvent, l.at)
		e.Action, e.BizStep, e.Disposition, e.Quantities = epcis.Observe, step, disposition, []epcis.Quantity{amount}
		if pallet != "" {
			e.EPCs = []string{pallet}
		}
		e.Sources = []epcis.SourceDest{{Type: "location", ID: string(from.id())}}
		e.Destinations = []epcis.SourceDest{{Type: "location", ID: string(w.sites[to].id())}}
		w.tell(Occurrence{Event: e, By: w.sites[l.at].clerk(), Planted: planted})
	}
	pack(epcis.Add, "packing", amount)
	report("shipping", "in_transit", amount)
	stolen := w.steal(l)
	l.at = to
	var planted []Trouble
	if stolen != nil {
		planted = []Trouble{{Kind: Theft, Lots: []supply.LotID{supply.LotID(l.id)}}}
	}
	arrived := w.whole(l)
	report("receiving", "in_progress", arrived, planted...)
	pack(epcis.Delete, "unpacking", arrived)
	if stolen != nil {
		w.fence(stolen)
	}
}

// steal takes a twentieth to two fifths, or the configured part, out of a lot on the road; nil when nothing is stolen.
func (w *World) steal(l *lot) *lot {
	if w.sorts[l.of].pieces || l.ghost || !chance(w.theft, w.cfg.Theft) {
		return nil
	}
	b := batch{past: l.past}
	haul := 1000 * (50 + w.theft.Int64N(350))
	if w.cfg.Haul > 0 {
		haul = int64(w.cfg.Haul * million)
	}
	b.left = l.left.part(haul, million)
	l.robbed = true
	return w.newLot(l.of, singaporeTrader, b)
}

// fence has a trader take in what was stolen, under a new id and without a word on where it is from; any program may buy it.
func (w *World) fence(l *lot) {
	l.robbed, l.suspect = true, true
	w.made++
	e := w.event(epcis.ObjectEvent, singaporeTrader)
	e.Action, e.BizStep, e.Quantities = epcis.Observe, "accepting", []epcis.Quantity{w.whole(l)}
	e.Extra = []epcis.Field{field(supply.TermMaterial, string(w.sorts[l.of].id()))}
	w.tell(Occurrence{Event: e, By: w.sites[singaporeTrader].clerk(), Made: []Truth{w.truth(l)},
		Planted: []Trouble{{Kind: Fenced, Lots: []supply.LotID{supply.LotID(l.id)}}}})
	w.loot = append(w.loot, l)
}

// sell sends a lot out of the world.
func (w *World) sell(l *lot) {
	e := w.event(epcis.ObjectEvent, l.at)
	e.Action, e.BizStep, e.Disposition, e.Quantities = epcis.Observe, "shipping", "in_transit", []epcis.Quantity{w.whole(l)}
	w.tell(Occurrence{Event: e, By: w.sites[l.at].clerk()})
	w.books.sold.add(&l.left)
}
