package sim

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

// making is one making as it truly was. With two phases it is a campaign: one event takes the inputs, another gives the
// outputs, and a transformationID joins them.
type making struct {
	at      place
	phases  []supply.Phase
	in      []input
	out     []*lot
	serials []string    // outputs named one by one
	of      stuff       // of the serials
	truths  []Truth     // of the serials
	touch   element.Set // the elements it touches; empty: all
	lost    load        // on the way from inputs to outputs
	planted []Trouble
}

// record has a clerk write a making down, and gives the events to be told.
func (w *World) record(m *making) {
	m.lost, w.losing = w.losing, load{}
	for _, l := range m.out {
		for _, p := range m.phases {
			l.past.mark(w.act(p, m.at), &l.left, m.touch)
		}
		w.made++
	}
	var made []Truth
	for _, l := range m.out {
		made = append(made, w.truth(l))
	}
	made = append(made, m.truths...)
	w.made += len(m.serials)
	if w.unrecorded(m, made) {
		return
	}
	site := &w.sites[m.at]
	var events []*epcis.Event
	last := len(m.phases) - 1
	campaign := ""
	if last > 0 {
		campaign = w.name("run", "campaign-")
	}
	for i, p := range m.phases {
		e := w.event(epcis.TransformationEvent, m.at)
		e.BizStep, e.TransformationID = p.URI(), campaign
		if i == 0 {
			for _, in := range m.in {
				e.InputQuantities = append(e.InputQuantities, in.given)
			}
		}
		if i == last {
			for _, l := range m.out {
				e.OutputQuantities = append(e.OutputQuantities, w.whole(l))
			}
			e.OutputEPCs = m.serials
			w.describe(e, m)
			w.declare(e, m)
		}
		if len(m.in) == 0 { // an origin
			e.Type, e.TypeName, e.Action = epcis.ObjectEvent, epcis.ObjectEvent.String(), epcis.Add
			e.Quantities, e.OutputQuantities = e.OutputQuantities, nil
		}
		if !m.touch.Empty() {
			var symbols []string
			for x := range m.touch.All() {
				symbols = append(symbols, x.Symbol())
			}
			e.Extra = append(e.Extra, field(supply.TermElements, symbols))
		}
		events = append(events, e)
	}
	for i, e := range events {
		o := Occurrence{Event: e, By: site.clerk()}
		if i == last {
			o.Made, o.Planted = made, m.planted
			if w.botched(m, o) {
				continue
			}
		}
		w.announce(m, i, &o)
		w.tell(o)
	}
}

// describe says what the outputs are of, and their assays.
func (w *World) describe(e *epcis.Event, m *making) {
	if n := len(m.out) + len(m.serials); n == 1 && len(m.out) == 1 {
		e.Extra = append(e.Extra, field(supply.TermMaterial, string(w.sorts[m.out[0].of].id())))
	} else {
		b := []byte{'{'}
		add := func(id string, s stuff) {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b = strconv.AppendQuote(b, id)
			b = append(b, ':')
			b = strconv.AppendQuote(b, string(w.sorts[s].id()))
		}
		for _, l := range m.out {
			add(l.id, l.of)
		}
		for _, id := range m.serials {
			add(id, m.of)
		}
		e.Extra = append(e.Extra, epcis.Field{Name: supply.Term(supply.TermMaterial), Value: append(b, '}')})
	}
	for _, l := range m.out {
		if w.sorts[l.of].basis != quantity.NoBasis {
			e.Sensors = append(e.Sensors, w.assay(l))
		}
	}
}

// declare says what a making lost of each element: weighed and analysed. Of what is none of the ten elements only the
// oxygen of molten metals is told; elsewhere it is gangue, water and carbonate, which come and go unweighed.
func (w *World) declare(e *epcis.Event, m *making) {
	if len(m.in) == 0 || !chance(w.losses, w.cfg.Losses) {
		return
	}
	type loss struct {
		Value   json.RawMessage `json:"value"`
		Unit    string          `json:"uom"`
		Element string          `json:"element"`
	}
	unit := w.sites[m.at].unit
	var list []loss
	for x := range matters {
		symbol := x.element().Symbol()
		if x == other && m.phases[0] == supply.Melted {
			symbol = element.O.Symbol()
		}
		amount := read(w.losses, int64(m.lost.of(x)), hypot)
		if text := inUnit(quantity.Mass(amount), unit); symbol != "" && amount > 0 {
			list = append(list, loss{json.RawMessage(text), unit, symbol})
		}
	}
	if len(list) > 0 {
		b, _ := json.Marshal(list)
		e.Extra = append(e.Extra, epcis.Field{Name: supply.Term(supply.TermLoss), Value: b})
	}
}

// assay is the laboratory's word on a lot. In an alloy iron, or else cobalt, is the balance, and not reported.
func (w *World) assay(l *lot) epcis.SensorElement {
	basis := w.sorts[l.of].basis
	s := epcis.SensorElement{Extra: []epcis.Field{field(supply.TermLot, l.id), field(supply.TermBasis, basis.String())}}
	total := int64(l.left.mass())
	balance := other
	if holds := w.sorts[l.of].holds; len(holds) > 1 && slices.Contains(holds, fe) {
		balance = fe
	} else if len(holds) > 1 && slices.Contains(holds, co) {
		balance = co
	}
	for m := range other {
		x := l.left.of(m)
		if x == 0 || m == balance {
			continue
		}
		substance := supply.ElementURI(m.element())
		if basis == quantity.BasisOxide {
			substance = supply.OxideURI(m.element())
			x, _ = quantity.ToOxide(m.element(), x) // no lot comes near the greatest mass
		}
		const one = 1_000_000_000
		v, sd := analysis(w.noise, scale(int64(x), one, total), one)
		s.Reports = append(s.Reports, epcis.SensorReport{Type: "Dimensionless", ChemicalSubstance: substance,
			Value: epcis.Number(decimal(v, 7)), SDev: epcis.Number(decimal(max(sd, 1), 7)), Unit: "P1"})
	}
	return s
}

// event is a new event at a place, one tick later.
func (w *World) event(t epcis.Type, at place) *epcis.Event {
	w.now = w.now.Add(w.tick)
	if w.now.After(w.end) {
		w.now = w.end
	}
	s := &w.sites[at]
	return &epcis.Event{
		Context: w.context, Type: t, TypeName: t.String(), ID: w.name("run", ""), Time: moment(w.now),
		TimeZoneOffset: s.offset, ReadPoint: &epcis.Location{ID: string(s.id())},
	}
}

func moment(t time.Time) epcis.Time {
	return epcis.Time{Time: t, Text: t.Format("2006-01-02T15:04:05.000Z")}
}

// field is an extension field of the project's vocabulary.
func field[T string | []string](local string, value T) epcis.Field {
	var b []byte
	switch v := any(value).(type) {
	case string:
		b = strconv.AppendQuote(nil, v)
	case []string:
		b, _ = json.Marshal(v)
	}
	return epcis.Field{Name: supply.Term(local), Value: b}
}

// waiting is an occurrence that is handed in later.
type waiting struct {
	due int
	o   Occurrence
}

// tell hands an occurrence in: at once, late, or twice.
func (w *World) tell(o Occurrence) {
	if o.Event != nil && Synthetic(supply.FacilityID(o.Event.ReadPoint.ID)) {
		again := chance(w.late, w.cfg.Late/4)
		if again {
			w.later(Occurrence{Event: o.Event, By: o.By, Planted: []Trouble{{Kind: Repeated, Lots: supply.MadeBy(o.Event)}}}, w.late.IntN(100))
		}
		if chance(w.late, w.cfg.Late) {
			o.Planted = append(o.Planted, Trouble{Kind: Late, Lots: supply.MadeBy(o.Event)})
			w.later(o, 1+w.late.IntN(200))
			return
		}
	}
	w.hand(o)
}

// later hands an occurrence in after so many others.
func (w *World) later(o Occurrence, after int) {
	w.waiting = append(w.waiting, waiting{w.events + after, o})
}

// hand hands an occurrence in now, and after it those that are due.
func (w *World) hand(o Occurrence) {
	w.give(o)
	for i := 0; i < len(w.waiting); i++ {
		if w.waiting[i].due <= w.events {
			o := w.waiting[i].o
			w.waiting = append(w.waiting[:i], w.waiting[i+1:]...)
			w.give(o)
			i--
		}
	}
}

func (w *World) give(o Occurrence) {
	if o.Event != nil {
		w.events++
	}
	if !w.stopped && !w.yield(o) {
		w.stopped = true
	}
}

// flush hands in all that waits.
func (w *World) flush() {
	for _, x := range w.waiting {
		w.give(x.o)
	}
	w.waiting = nil
}
