package shipment

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"lodestone/genealogy"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
	"lodestone/whatif"
)

// Options is what a shipment is judged by.
type Options struct {
	Library   rules.Library
	Books     []string                // left out: those that the contract's clauses call for
	Record    *genealogy.Graph        // as it stood when it was read; nothing is applied to it while it is judged by
	Contracts map[string]*rules.Facts // by the name a row gives; under "" the one of the other rows, nil for none
	Bill      *Bill                   // nil: none
	Assume    []whatif.Assumption     // taken to be so in every question: the answers are then none on the record
}

// Desk answers one question about many items. Items of one class share one answer: bare lots of one genealogy.Class; items
// of one part of the bill; assemblies of the record whose questions differ in names alone. One goroutine uses a Desk.
type Desk struct {
	lib       rules.Library
	books     []string
	record    *genealogy.Graph
	contracts map[string]*rules.Facts
	bill      *Bill
	plain     *rules.Facts // nothing said
	assume    []whatif.Assumption
	used      []bool // by assumption: some question has what it is about

	index sync.Once
	short map[string]supply.LotID // once indexed: lots by the last part of their id; "" where several end alike
	lots  map[*part]supply.LotID
	named map[string]map[string]bool // by contract: materials that determinations or assumptions name, in lower case
	days  []quantity.Date            // on which a book may change an answer
	held  map[key][]held
	alike map[string]*Finding

	dated bool // a book asks for the days of steps, which a class does not know

	lastKey key  // of the row before
	last    held // its answer; without a finding none
}

// classed is the class of a bare lot, where it has one.
type classed struct {
	genealogy.Class
	ok bool
}

// key is what items of one class share.
type key struct {
	class    genealogy.Class
	part     *part
	contract string
	named    string // of an item that a determination or an assumption names, in lower case
	lot      supply.LotID
	on       quantity.Date // only of a question that may differ from day to day
	accepted quantity.Date
}

// held is an answer with the days it holds for, until being the first it does not.
type held struct {
	from, until quantity.Date
	found       *Finding
	names       []string // of the slots beyond the item's own
}

// heldOn is the answer that holds on both days, nil for none.
func heldOn(list []held, on, accepted quantity.Date) *held {
	for i := range list {
		if h := &list[i]; h.covers(on) && h.covers(accepted) {
			return h
		}
	}
	return nil
}

func (h *held) covers(on quantity.Date) bool { return on >= h.from && on < h.until }

// NewDesk is a desk for the question.
func NewDesk(o Options) *Desk {
	d := &Desk{lib: o.Library, books: o.Books, record: o.Record, contracts: o.Contracts, bill: o.Bill, assume: o.Assume, used: make([]bool, len(o.Assume)), plain: &rules.Facts{MinimumEvidence: supply.Stated},
		dated: o.Library.Dates(o.Books), lots: map[*part]supply.LotID{}, named: map[string]map[string]bool{}, held: map[key][]held{}, alike: map[string]*Finding{}}
	if d.record == nil {
		d.record = genealogy.New()
	}
	return d
}

// contract is what a row's contract says.
func (d *Desk) contract(name string) (*rules.Facts, error) {
	said, ok := d.contracts[name]
	if !ok && name != "" {
		return nil, fmt.Errorf("no contract %q was read", name)
	}
	return said, nil
}

// Judge answers for one row.
func (d *Desk) Judge(r *Row) (Judged, error) {
	k := key{contract: r.Contract, part: r.part}
	named := d.namedBy(r.Contract)
	if len(named) > 0 {
		if name := strings.ToLower(r.Item); named[name] || named[strings.ToLower(string(r.lot))] || named[lastPart(strings.ToLower(string(r.lot)))] {
			k.named = name
		}
	}
	switch {
	case r.lot != "" && r.class.ok && !d.dated && (k.part == nil || len(k.part.holds) == 0):
		k.class = r.class.Class
	case r.lot != "":
		k.lot = r.lot
	}
	accepted := r.Accepted
	if accepted == 0 {
		accepted = r.On
	}
	if d.last.found != nil && k == d.lastKey && d.last.covers(r.On) && d.last.covers(accepted) {
		return Judged{r, d.last.found, d.last.names}, nil // rows of one class often follow one another
	}
	if h := heldOn(d.held[k], r.On, accepted); h != nil {
		d.lastKey, d.last = k, *h
		return Judged{r, h.found, h.names}, nil
	}
	if list := d.held[k.dayed(r.On, accepted)]; len(list) > 0 {
		return Judged{r, list[0].found, list[0].names}, nil
	}
	return d.judge(r, k, accepted)
}

// Question is the question that Judge puts for a row, with the names as they are.
func (d *Desk) Question(r *Row) (*rules.Facts, error) {
	it, err := d.ask(r)
	if err != nil {
		return nil, fmt.Errorf("row %d, %s: %w", r.Line, r.Item, err)
	}
	for i := range it.facts.Materials {
		it.facts.Materials[i].Name = strings.ReplaceAll(it.facts.Materials[i].Name, slot(0), r.Item)
	}
	return it.facts, nil
}

// dayed is the key of a question that may differ from day to day.
func (k key) dayed(on, accepted quantity.Date) key { k.on, k.accepted = on, accepted; return k }

// judge answers for a row of a class that has no answer on these days yet.
func (d *Desk) judge(r *Row, k key, accepted quantity.Date) (Judged, error) {
	it, err := d.ask(r)
	if err != nil {
		return Judged{}, fmt.Errorf("row %d, %s: %w", r.Line, r.Item, err)
	}
	bare := k.class != genealogy.Class{} || r.lot == "" && r.part == nil
	names := it.rename(r, bare, d.namedBy(r.Contract))
	found, err := d.conclude(it)
	if err != nil {
		return Judged{}, fmt.Errorf("row %d, %s: %w", r.Line, r.Item, err)
	}
	h := held{from: r.On, until: r.On + 1, found: found, names: names}
	if !it.dated {
		h.from, h.until = -1<<30, 1<<30
		for _, days := range append(d.changes(it.lots), d.lawDays(), it.facts.Changes()) {
			for _, day := range days {
				if day <= r.On {
					h.from = max(h.from, day)
				} else {
					h.until = min(h.until, day)
				}
			}
		}
	}
	if it.dated || !h.covers(accepted) {
		k = k.dayed(r.On, accepted)
	}
	d.held[k] = append(d.held[k], h)
	return Judged{r, found, names}, nil
}

// conclude judges a question, or takes the answer of one that differs in nothing but what is not judged.
func (d *Desk) conclude(it *item) (*Finding, error) {
	if d.dated {
		it.facts = it.facts.Dated()
	}
	f := *it.facts
	f.Assumed = nil
	f.Materials = slices.Clone(f.Materials)
	for i := range f.Materials {
		m := &f.Materials[i]
		m.Steps = slices.Clone(m.Steps)
		for j := range m.Steps {
			m.Steps[j].Sources = nil
		}
	}
	if len(d.assume) > 0 {
		it.facts.Assumed = nil // lists what was done to the first item of the class
	}
	text, err := json.Marshal(struct {
		*rules.Facts
		Makers    []string
		Suppliers map[string]string
	}{&f, it.makers, it.suppliers})
	if err != nil {
		return nil, err
	}
	if found := d.alike[string(text)]; found != nil {
		return found, nil
	}
	a, err := d.lib.Judge(it.facts)
	if err != nil {
		return nil, err
	}
	found := d.finding(a, it)
	d.alike[string(text)] = found
	return found, nil
}

// Unused are the assumptions that were about nothing in any question.
func (d *Desk) Unused() (texts []string) {
	for i := range d.assume {
		if !d.used[i] {
			texts = append(texts, d.assume[i].Text)
		}
	}
	return texts
}

// Questions is how many different questions were put to the books.
func (d *Desk) Questions() int { return len(d.alike) }

func (d *Desk) changes(lots []supply.LotID) (all [][]quantity.Date) {
	for _, lot := range lots {
		all = append(all, rules.RecordChanges(d.record, lot))
	}
	return all
}

// lawDays are the days on which the books may change an answer.
func (d *Desk) lawDays() []quantity.Date {
	if d.days == nil {
		for _, b := range d.lib {
			d.days = append(d.days, b.Changes()...)
		}
		slices.Sort(d.days)
		d.days = slices.Compact(d.days)
	}
	return d.days
}

func (d *Desk) namedBy(contract string) map[string]bool {
	named, ok := d.named[contract]
	if !ok {
		named = rules.NamedMaterials(d.record, d.contracts[contract])
		for i := range d.assume {
			if name := strings.ToLower(d.assume[i].Name()); name != "" {
				named[name], named[lastPart(name)] = true, true
			}
		}
		d.named[contract] = named
	}
	return named
}

func lastPart(id string) string { return id[strings.LastIndexAny(id, ":/")+1:] }
