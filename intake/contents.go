package intake

import "lodestone/epcis"

// packing is what the rows of one act of packing say of the whole.
type packing struct {
	*rec
	parent *lot
	act    string
	place  string
	time   when
	all    bool // everything is taken out
	lines  []line
}

var packingColumns = [...]string{"container", "act", "facility", "time"}

// readContents makes of every act of packing an AggregationEvent, of installing an AssociationEvent.
func (r *reader) readContents() {
	var all []*packing
	byID := map[string]*packing{}
	for _, w := range r.rows("contents.csv") {
		c, again := r.record("packing", w)
		if c == nil {
			continue
		}
		x := byID[c.id]
		if !again {
			x = &packing{rec: c, parent: r.lotNamed(w, "container", w.get("container")), act: r.word(w, "act", "packed", "unpacked", "installed", "removed"), place: r.refer(w, "facility", r.facilities)}
			x.time = r.when(w, "time", "facility", true)
			x.at = x.time
			if x.parent != nil && x.parent.tracked == asLot {
				r.faultAt(w, "container", "making", quote(x.parent.id)+" is a lot and holds nothing", "say in lots.csv that it is tracked as container or serial")
				c.broken = true
			}
			all, byID[c.id] = append(all, x), x
		} else {
			r.agree(c, w, packingColumns[:]...)
		}
		if w.get("lot") == "" {
			if x.act == "packed" || x.act == "installed" {
				r.faultAt(w, "lot", "required", "is empty", "name what goes in")
				c.broken = true
			}
			x.all = true
			continue
		}
		l, ok := r.line(w, "amount", true)
		switch {
		case !ok:
			c.broken = true
		case l.lot == x.parent:
			r.faultAt(w, "lot", "making", quote(l.lot.id)+" holds itself", "")
			c.broken = true
		default:
			x.lines = r.addLine(c, x.lines, l, "the packing")
		}
	}
	for _, x := range all {
		r.makePacking(x)
	}
}

func (r *reader) makePacking(x *packing) {
	if x.all && len(x.lines) > 0 {
		r.faultAt(x.row, "lot", "agree", "packing "+quote(x.id)+" takes out everything and also names lots", "do one of the two")
		return
	}
	if x.broken || x.parent == nil || x.act == "" || !x.time.ok() {
		return
	}
	kind, name := epcis.AggregationEvent, "AggregationEvent"
	if x.act == "installed" || x.act == "removed" {
		kind, name = epcis.AssociationEvent, "AssociationEvent"
	}
	e := r.event(x.rec, kind, name, "", x.time, x.place)
	e.ParentID = x.parent.uri
	e.EPCs, e.Quantities = split(x.lines)
	switch x.act {
	case "packed":
		e.Action, e.BizStep = epcis.Add, "packing"
	case "unpacked":
		e.Action, e.BizStep = epcis.Delete, "unpacking"
	case "installed":
		e.Action, e.BizStep = epcis.Add, "installing"
	case "removed":
		e.Action, e.BizStep = epcis.Delete, "removing"
	}
}
