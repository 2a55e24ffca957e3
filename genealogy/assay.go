package genealogy

import (
	"cmp"
	"slices"

	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/supply"
)

// assay is the composition of a lot as an event states it, as fractions of the element, in order of the elements.
type assay struct {
	lot   int32
	lines []quantity.Assayed
}

// assaysOf is the assays in an event, in an order of their own.
func (g *Graph) assaysOf(ev *epcis.Event) []assay {
	if len(ev.Sensors) == 0 {
		return nil
	}
	stated, _ := supply.AssaysOf(ev) // what cannot be read is left out whole, and so is not known
	var list []assay
	for _, s := range stated {
		a := assay{g.lots.add(canon(string(s.Lot))), slices.Clone(s.Assay.Lines)}
		slices.SortFunc(a.lines, func(x, y quantity.Assayed) int { return cmp.Compare(x.Element, y.Element) })
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b assay) int {
		return cmp.Or(cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)), slices.CompareFunc(a.lines, b.lines, func(x, y quantity.Assayed) int {
			return cmp.Or(cmp.Compare(x.Element, y.Element), x.Value.Cmp(y.Value), x.SD.Cmp(y.SD), cmp.Compare(b2i(x.Known), b2i(y.Known)))
		}))
	})
	return list
}
