package genealogy

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"lodestone/epcis"
	"lodestone/gs1"
	"lodestone/quantity"
	"lodestone/supply"
)

// canon is the one form of an identifier: GS1 keys as canonical Digital Links, all else as written. EPC URN and Digital
// Link of one lot are one lot, as they are in the event hash.
func canon(id string) string { return gs1.Canonical(id) }

// extract takes from an event what the graph keeps. It depends on nothing but the event's meaning: not on the order of
// lists, the spelling of names, or what is already stored.
func (g *Graph) extract(ev *epcis.Event) draft {
	e := draft{event: event{parent: -1, txnNo: -1, txnNext: -1, same: -1, stated: -1, time: millis(ev.Time.Time)}}
	e.day = dayOf(ev)
	switch ev.Type {
	case epcis.TransformationEvent:
		e.kind = makes
	case epcis.AggregationEvent:
		e.kind = contains
	case epcis.AssociationEvent:
		e.kind = attaches
	default:
		e.kind = observes
	}
	switch ev.Action {
	case epcis.Add:
		e.action = add
	case epcis.Observe:
		e.action = observe
	case epcis.Delete:
		e.action = del
	}
	if ev.BizStep != "" {
		step := ev.BizStepURI()
		e.step = g.names.add(step)
		e.phase, _ = supply.PhaseOf(step)
		e.unknown = e.phase == supply.NoPhase && !strings.HasPrefix(step, "https://ref.gs1.org/cbv/BizStep-") && !strings.HasPrefix(step, "urn:epcglobal:cbv:bizstep:")
	}
	e.unknown = e.unknown && e.kind == observes || e.kind == makes && e.phase == supply.NoPhase
	if ev.BizStep != "" && ev.BizStepURI() == supply.AnsweredStep {
		e.unknown = false // an answer to a questionnaire: what is not answered is a gap, and no step
	}
	e.txn = g.names.add(canon(ev.TransformationID))
	if ev.ReadPoint != nil {
		e.readAt = g.names.add(canon(ev.ReadPoint.ID))
	}
	if ev.BizLocation != nil {
		e.bizAt = g.names.add(canon(ev.BizLocation.ID))
	}
	if e.kind == makes {
		e.in = g.itemsOf(ev.InputEPCs, ev.InputQuantities)
		e.out = g.itemsOf(ev.OutputEPCs, ev.OutputQuantities)
	} else {
		e.objects = g.itemsOf(ev.EPCs, ev.Quantities)
		if ev.ParentID != "" {
			e.parent = g.lots.add(canon(ev.ParentID))
		}
	}
	for _, s := range ev.Sources {
		e.moves = append(e.moves, move{g.names.add(ev.Expand(s.Type)), g.names.add(canon(s.ID)), true})
	}
	for _, d := range ev.Destinations {
		e.moves = append(e.moves, move{g.names.add(ev.Expand(d.Type)), g.names.add(canon(d.ID)), false})
	}
	slices.SortFunc(e.moves, func(a, b move) int {
		return cmp.Or(g.byName(a.kind, b.kind), g.byName(a.id, b.id), cmp.Compare(b2i(a.source), b2i(b.source)))
	})
	for lot, material := range supply.MaterialsOf(ev) {
		e.kinds = append(e.kinds, kindOf{lot: g.lots.add(canon(string(lot))), material: g.names.add(canon(string(material)))})
	}
	slices.SortFunc(e.kinds, func(a, b kindOf) int { return cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)) })
	e.elements, _, _ = supply.ElementsOf(ev)
	custody, claimed, _ := supply.CustodyOf(ev)
	e.booked = claimed && !custody.ShowsOrigin()
	e.assays = g.assaysOf(ev)
	e.losses = lossesOf(ev)
	return e
}

// lossesOf is the losses an event declares, in an order of their own.
func lossesOf(ev *epcis.Event) []loss {
	stated, _ := supply.LossesOf(ev) // what cannot be read is left out, and so is not known
	var list []loss
	for _, l := range stated {
		list = append(list, loss{int64(l.Mass), l.Element})
	}
	slices.SortFunc(list, func(a, b loss) int { return cmp.Or(cmp.Compare(a.element, b.element), cmp.Compare(a.mass, b.mass)) })
	return list
}

// dayOf is the calendar day of the event where it happened: its instant in its eventTimeZoneOffset, so that the
// spelling of the time does not matter; in UTC when the offset cannot be read.
func dayOf(ev *epcis.Event) quantity.Date {
	t := ev.Time.UTC()
	if o, err := time.Parse("-07:00", ev.TimeZoneOffset); err == nil {
		_, seconds := o.Zone()
		t = t.Add(time.Duration(seconds) * time.Second)
	}
	return quantity.Day(t)
}

// itemsOf is the lots of an EPC list and a quantity list, in order of their ids; amounts of one lot are kept apart, for
// each is a weighing.
func (g *Graph) itemsOf(epcs []string, quantities []epcis.Quantity) []item {
	if len(epcs)+len(quantities) == 0 {
		return nil
	}
	list := make([]item, 0, len(epcs)+len(quantities))
	for _, id := range epcs {
		id = canon(id)
		it := item{lot: g.lots.add(id), serial: true}
		if serialByScheme(id) {
			it.amount = Amount{Value: 1, Kind: ByCount}
		}
		list = append(list, it)
	}
	for _, q := range quantities {
		list = append(list, item{lot: g.lots.add(canon(q.Class)), amount: amountOf(q.Value.String(), q.Unit)})
	}
	slices.SortFunc(list, func(a, b item) int {
		return cmp.Or(cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)), cmp.Compare(b2i(a.serial), b2i(b.serial)),
			cmp.Compare(a.amount.Kind, b.amount.Kind), cmp.Compare(a.amount.Unit, b.amount.Unit), cmp.Compare(a.amount.Value, b.amount.Value))
	})
	// One serial named twice in one list is one thing.
	return slices.CompactFunc(list, func(a, b item) bool { return a.serial && b.serial && a.lot == b.lot })
}

// serialByScheme tells whether the identifier's own scheme says that it names a single thing that is used up when it is
// an input: a serial of a trade item, of a component or of a piece of one. Of any other identifier in an EPC list the
// amount is not known: a drum may be named there, and drawn from twice.
func serialByScheme(id string) bool {
	k, ok := gs1.Parse(id)
	if !ok {
		return false
	}
	return k.Qualifier == "21" || k.Qualifier == "8011"
}

// contentKey is the identity of an event and what the graph keeps of it, by meaning. The event hash has no separators,
// so two contents can be made that it lets pass as one: they are two events here.
func (g *Graph) contentKey(identity epcis.Hash, e *draft) [32]byte {
	b := append(g.scratch[:0], identity[:]...)
	num := func(v int64) { b = binary.LittleEndian.AppendUint64(b, uint64(v)) }
	text := func(s string) {
		num(int64(len(s)))
		b = append(b, s...)
	}
	items := func(list []item) {
		num(int64(len(list)))
		for _, it := range list {
			text(g.lots.id(it.lot))
			num(int64(b2i(it.serial))<<16 | int64(it.amount.Kind))
			text(it.amount.Unit.Code())
			num(it.amount.Value)
		}
	}
	num(e.time)
	num(int64(e.day))
	num(int64(e.kind)<<16 | int64(e.action)<<8 | int64(b2i(e.booked)))
	text(g.names.text(e.step))
	text(e.elements.String())
	text(g.names.text(e.txn))
	text(g.names.text(e.readAt))
	text(g.names.text(e.bizAt))
	if e.parent >= 0 {
		text(g.lots.id(e.parent))
	}
	items(e.in)
	items(e.out)
	items(e.objects)
	num(int64(len(e.kinds)))
	for _, k := range e.kinds {
		text(g.lots.id(k.lot))
		text(g.names.text(k.material))
	}
	num(int64(len(e.assays)))
	for _, a := range e.assays {
		text(g.lots.id(a.lot))
		num(int64(len(a.lines)))
		for _, l := range a.lines {
			text(l.Element.Symbol())
			text(l.Value.String())
			text(l.SD.String())
			num(int64(b2i(l.Known)))
		}
	}
	for _, l := range e.losses { // last, so that they need no number before them
		text(l.element.Symbol())
		num(l.mass)
	}
	g.scratch = b
	return sha256.Sum256(b)
}

func (g *Graph) byName(a, b int32) int { return cmp.Compare(g.names.text(a), g.names.text(b)) }

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
