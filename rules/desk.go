package rules

import (
	"slices"
	"strings"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/supply"
)

// Desk answers one standing question, the same books and the same contract, about many lots of one record. Lots of one
// class (profile, elements, material) get one answer, which holds from the last day on which anything it depends on
// changed to the next. When the record moves on, what was held is dropped. One goroutine uses a Desk.
type Desk struct {
	lib      Library
	g        *genealogy.Graph
	said     *Facts
	books    []string
	days     []quantity.Date // on which any answer may change: of the books and the determinations
	position int64
	held     map[genealogy.Class][]heldVerdict
	named    map[string]bool // materials that determinations name and that are no kind, in lower case
	dated    bool            // a book asks for the days of steps, which a class does not know
}

type heldVerdict struct {
	from, until quantity.Date // the days it holds for; until is the first it does not
	verdict     Verdict
}

// NewDesk is a desk for the books, or with none those that the contract said calls for; said may be nil.
func NewDesk(lib Library, g *genealogy.Graph, said *Facts, books []string) *Desk {
	d := &Desk{lib: lib, g: g, said: said, books: books, held: map[genealogy.Class][]heldVerdict{}, named: NamedMaterials(g, said), position: g.Position(), dated: lib.Dates(books)}
	for _, b := range lib {
		heard := len(books) == 0 && b.Kind == Prohibition || slices.ContainsFunc(books, func(id string) bool { return id == b.ID || lib.Book(id) != nil && lib.Book(id).Consults == b.ID })
		if heard {
			d.days = append(d.days, b.Changes()...)
		}
	}
	if said != nil {
		d.days = append(d.days, said.Changes()...)
	}
	return d
}

// Verdict is the overall verdict on a lot delivered on a day.
func (d *Desk) Verdict(lot supply.LotID, on quantity.Date) (Verdict, error) {
	class, ok := d.g.Class(lot)
	if !ok {
		return d.ask(lot, on)
	}
	return d.OfClass(class, lot, on)
}

// OfClass is Verdict for a lot whose class is known.
func (d *Desk) OfClass(class genealogy.Class, lot supply.LotID, on quantity.Date) (Verdict, error) {
	if p := d.g.Position(); p != d.position {
		clear(d.held)
		d.position = p
		d.named = NamedMaterials(d.g, d.said)
	}
	if d.dated || len(d.named) > 0 && d.named[strings.ToLower(shortName(lot))] {
		return d.ask(lot, on)
	}
	for _, h := range d.held[class] {
		if on >= h.from && on < h.until {
			return h.verdict, nil
		}
	}
	v, err := d.ask(lot, on)
	if err != nil {
		return "", err
	}
	h := heldVerdict{from: -1 << 30, until: 1 << 30, verdict: v}
	for _, day := range slices.Concat(d.days, RecordChanges(d.g, lot)) {
		if day <= on {
			h.from = max(h.from, day)
		} else {
			h.until = min(h.until, day)
		}
	}
	d.held[class] = append(d.held[class], h)
	return v, nil
}

// NamedMaterials are the single materials, not kinds, that a contract's determinations and those of the record name, in
// lower case: a lot so named is judged apart from its class.
func NamedMaterials(g *genealogy.Graph, said *Facts) map[string]bool {
	named := map[string]bool{}
	note := func(material string) {
		if !slices.Contains(Kinds, material) {
			named[strings.ToLower(material)] = true
		}
	}
	if said != nil {
		for _, d := range said.Determinations {
			note(d.Material)
		}
	}
	if g != nil {
		for _, d := range g.Register().Determinations() {
			note(d.Value.Material)
		}
	}
	return named
}

func (d *Desk) ask(lot supply.LotID, on quantity.Date) (Verdict, error) {
	f, err := FromRecord(d.g, lot, d.said, on)
	if err != nil {
		return "", err
	}
	f.Books = d.books
	a, err := d.lib.Judge(f)
	if err != nil {
		return "", err
	}
	return a.Overall(), nil
}
