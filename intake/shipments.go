package intake

import "lodestone/epcis"

// sending is what the rows of one shipment say of the whole.
type sending struct {
	*rec
	from, to           string
	fromOwner, toOwner string
	shipped, received  when
	waybill            string
	sent, arrived      []line
}

var shipmentColumns = [...]string{"from", "to", "from party", "to party", "shipped", "received", "waybill"}

// readShipments makes of every shipment an event of shipping, of receiving, or both.
func (r *reader) readShipments() {
	var all []*sending
	byID := map[string]*sending{}
	for _, w := range r.rows("shipments.csv") {
		c, again := r.record("shipment", w)
		if c == nil {
			continue
		}
		x := byID[c.id]
		if !again {
			x = r.shipment(c, w)
			all, byID[c.id] = append(all, x), x
		} else {
			r.agree(c, w, shipmentColumns[:]...)
		}
		sent, ok := r.line(w, "amount", true)
		if !ok {
			c.broken = true
			continue
		}
		x.sent = r.addLine(c, x.sent, sent, "the shipment")
		arrived := line{lot: sent.lot, row: w}
		if w.get("received amount") != "" {
			if arrived, ok = r.line(w, "received amount", true); !ok {
				c.broken = true
				continue
			}
		}
		x.arrived = append(x.arrived, arrived)
	}
	for _, x := range all {
		r.makeShipment(x)
	}
}

func (r *reader) shipment(c *rec, w row) *sending {
	x := &sending{rec: c, from: r.refer(w, "from", r.facilities), to: r.refer(w, "to", r.facilities),
		fromOwner: r.refer(w, "from party", r.parties), toOwner: r.refer(w, "to party", r.parties)}
	x.shipped = r.when(w, "shipped", "from", true)
	x.received = r.when(w, "received", "to", true)
	if x.shipped.ok() && x.received.ok() && x.received.Before(x.shipped.Time) {
		r.faultAt(w, "received", "order", "received "+x.received.text()+" before it was shipped "+x.shipped.text(), "")
	}
	if w.get("shipped") == "" && w.get("received") == "" {
		r.faultAt(w, "shipped", "required", "is empty, and so is received", "say when it left, when it arrived, or both")
	}
	if x.waybill = w.get("waybill"); x.waybill != "" && !isURI(x.waybill) {
		x.waybill = r.mint("waybill", x.waybill)
	} else if err := checkURI(x.waybill); x.waybill != "" && err != nil {
		r.faultAt(w, "waybill", "id", quote(x.waybill)+" is no URI", err.Error())
	}
	return x
}

func (r *reader) makeShipment(x *sending) {
	if x.broken {
		return
	}
	dress := func(e *epcis.Event) {
		if x.waybill != "" {
			e.BizTransactions = []epcis.BizTransaction{{Type: "bol", ID: x.waybill}}
		}
		e.Sources = ends(x.fromOwner, x.from)
		e.Destinations = ends(x.toOwner, x.to)
	}
	if x.shipped.ok() {
		e := r.object(x.rec, epcis.Observe, "shipped", "shipping", x.shipped, x.from, x.sent)
		e.BizLocation, e.Disposition = nil, "in_transit"
		dress(e)
	}
	if x.received.ok() {
		e := r.object(x.rec, epcis.Observe, "received", "receiving", x.received, x.to, x.arrived)
		e.Disposition = "in_progress"
		dress(e)
	}
}

func ends(owner, place string) []epcis.SourceDest {
	var found []epcis.SourceDest
	if owner != "" {
		found = append(found, epcis.SourceDest{Type: "owning_party", ID: owner})
	}
	if place != "" {
		found = append(found, epcis.SourceDest{Type: "location", ID: place})
	}
	return found
}

// agree refuses a later row of a record that says something else of the whole than the first. Empty cells agree.
func (r *reader) agree(c *rec, w row, columns ...string) {
	for _, column := range columns {
		if text := w.get(column); text != "" && text != c.row.get(column) {
			r.faultAt(w, column, "agree", c.kind+" "+quote(c.id)+" has "+quote(c.row.get(column))+" in its first row, "+quote(text)+" here", "one "+c.kind+" says one thing; another "+c.kind+" has another id")
			c.broken = true
		}
	}
}
