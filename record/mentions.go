package record

import (
	"slices"

	"lodestone/epcis"
	"lodestone/supply"
)

// Mentions lists the identifiers that an entry names, sorted, each once, as written: lots and containers, the event's
// own ID and those it corrects it by, transformations, places, parties, business documents, certificates; of a
// statement its subject and what it links to. An entry whose author is known names the author.
func Mentions(e Entry) []string {
	var n names
	n.add(string(e.Author))
	switch {
	case e.Event != nil:
		n.event(e.Event)
	case e.Claim != nil:
		n.claim(e.Claim)
	}
	slices.Sort(n)
	return slices.Compact(n)
}

type names []string

func (n *names) add(ids ...string) {
	for _, id := range ids {
		if id != "" {
			*n = append(*n, id)
		}
	}
}

func (n *names) event(ev *epcis.Event) {
	n.add(ev.ID, ev.ParentID, ev.TransformationID)
	n.add(ev.EPCs...)
	n.add(ev.InputEPCs...)
	n.add(ev.OutputEPCs...)
	n.add(ev.Certification...)
	for _, list := range [][]epcis.Quantity{ev.Quantities, ev.InputQuantities, ev.OutputQuantities} {
		for _, q := range list {
			n.add(q.Class)
		}
	}
	for _, at := range []*epcis.Location{ev.ReadPoint, ev.BizLocation} {
		if at != nil {
			n.add(at.ID)
		}
	}
	for _, b := range ev.BizTransactions {
		n.add(b.ID)
	}
	for _, list := range [][]epcis.SourceDest{ev.Sources, ev.Destinations} {
		for _, sd := range list {
			n.add(sd.ID)
		}
	}
	if ev.Error != nil {
		n.add(ev.Error.Corrective...)
	}
}

func (n *names) claim(s *supply.Statement) {
	n.add(s.Retract)
	if p := s.Party; p != nil {
		n.add(string(p.ID))
	}
	if f := s.Facility; f != nil {
		n.add(string(f.ID), string(f.Operator), string(f.Within))
	}
	if m := s.Material; m != nil {
		n.add(string(m.ID))
	}
	if l := s.Lot; l != nil {
		n.add(string(l.ID), string(l.Material))
	}
	if a := s.Agreement; a != nil {
		n.add(string(a.ID))
		n.add(a.Parties...)
	}
	if d := s.Document; d != nil {
		n.add(string(d.ID), d.Signer, d.URI)
		n.add(d.About...)
	}
	if d := s.Determination; d != nil {
		n.add(d.Contract, d.Material, d.By)
	}
}
