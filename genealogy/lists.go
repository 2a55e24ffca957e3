package genealogy

import (
	"lodestone/element"
	"lodestone/quantity"
)

// span is a stretch of one of the graph's arrays.
type span struct{ at, n uint32 }

// lay puts a list at the end of an array.
func lay[T any](array *[]T, list []T) span {
	s := span{uint32(len(*array)), uint32(len(list))}
	*array = append(*array, list...)
	return s
}

func stretch[T any](array []T, s span) []T { return array[s.at : s.at+s.n : s.at+s.n] }

// inOf is the inputs of a transformation, as it names them.
func (g *Graph) inOf(ev *event) []item {
	at := int(ev.items)
	return g.items[at : at+int(ev.inputs)]
}

// outOf is the outputs of a transformation.
func (g *Graph) outOf(ev *event) []item {
	at := int(ev.items) + int(ev.inputs)
	return g.items[at : at+int(ev.outputs)]
}

// thingsOf is an object event's objects, an aggregation's children.
func (g *Graph) thingsOf(ev *event) []item {
	at := int(ev.items) + int(ev.inputs) + int(ev.outputs)
	return g.items[at : at+int(ev.things)]
}

// viaOf is the inputs as drawn through containers, nil when none is a container.
func (g *Graph) viaOf(ev *event) []item {
	if ev.via == 0 {
		return nil
	}
	return g.vias[ev.via]
}

func (g *Graph) setVia(ev *event, via []item) {
	if ev.via == 0 {
		ev.via = int32(len(g.vias))
		g.vias = append(g.vias, nil)
	}
	g.vias[ev.via] = via
}

func (g *Graph) movesOf(ev *event) []move { return stretch(g.moves, ev.moves) }

// kindsOf is what the event says of what its lots are of.
func (g *Graph) kindsOf(ev *event) []kindOf { return stretch(g.kinds, ev.kinds) }

// assayRow is an assay as the graph keeps it.
type assayRow struct {
	lot   int32
	lines span
}

func (g *Graph) assaysIn(ev *event) []assayRow { return stretch(g.assays, ev.assays) }

func (g *Graph) lossesIn(ev *event) []loss { return stretch(g.losses, ev.losses) }

// line is one line of an assay in 24 bytes. Figures of more than 64 bits lie in Graph.wide.
type line struct {
	value, sd       uint64
	places, sdPlace uint8
	element         uint8
	form            lineForm
}

type lineForm uint8

const (
	knownSD lineForm = 1 << iota
	wideLine
)

// put lays an event down in the arrays.
func (g *Graph) put(d *draft) event {
	ev := d.event
	ev.items = uint32(len(g.items))
	ev.inputs, ev.outputs, ev.things = int32(len(d.in)), int32(len(d.out)), int32(len(d.objects))
	g.items = append(append(append(g.items, d.in...), d.out...), d.objects...)
	ev.moves = lay(&g.moves, d.moves)
	ev.kinds = lay(&g.kinds, d.kinds)
	ev.assays = span{uint32(len(g.assays)), uint32(len(d.assays))}
	for _, a := range d.assays {
		row := assayRow{a.lot, span{uint32(len(g.lines)), uint32(len(a.lines))}}
		for _, l := range a.lines {
			g.lines = append(g.lines, g.pack(l))
		}
		g.assays = append(g.assays, row)
	}
	ev.losses = lay(&g.losses, d.losses)
	return ev
}

func (g *Graph) pack(a quantity.Assayed) line {
	l := line{element: uint8(a.Element)}
	if a.Known {
		l.form |= knownSD
	}
	vh, v, vp, vneg := a.Value.Parts()
	sh, s, sp, sneg := a.SD.Parts()
	if vh != 0 || sh != 0 || vneg || sneg {
		l.form |= wideLine
		l.value = uint64(len(g.wide))
		g.wide = append(g.wide, a)
		return l
	}
	l.value, l.places, l.sd, l.sdPlace = v, vp, s, sp
	return l
}

// linesOf is the lines of an assay, in order of the elements.
func (g *Graph) linesOf(row *assayRow) []quantity.Assayed {
	list := make([]quantity.Assayed, 0, row.lines.n)
	for _, l := range stretch(g.lines, row.lines) {
		if l.form&wideLine != 0 {
			list = append(list, g.wide[l.value])
			continue
		}
		a := quantity.Assayed{Element: element.Element(l.element)}
		a.Value, a.SD, a.Known = quantity.DecimalFrom(0, l.value, l.places, false), quantity.DecimalFrom(0, l.sd, l.sdPlace, false), l.form&knownSD != 0
		list = append(list, a)
	}
	return list
}
