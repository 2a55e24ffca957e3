package shipment

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"lodestone/supply"
)

// What the rows of a shipment speak of, and what keeps them from being judged.

// Check finds what each row speaks of, and everything that keeps the rows from being judged. It must have been called,
// without a problem, before Judge.
func (d *Desk) Check(rows []Row) []Problem {
	again := d.twoNames()
	const workers = 4
	var wrong [workers][]Problem
	var wait sync.WaitGroup
	each := len(rows)/workers + 1
	for w := range workers {
		wait.Go(func() {
			for i := w * each; i < min((w+1)*each, len(rows)); i++ {
				if p, ok := d.check(&rows[i]); !ok {
					wrong[w] = append(wrong[w], p)
				}
			}
		})
	}
	wait.Wait()
	return slices.Concat(again, slices.Concat(wrong[:]...), twoParts(rows))
}

// check finds what one row speaks of. Several goroutines call it.
func (d *Desk) check(r *Row) (p Problem, ok bool) {
	r.part = d.bill.find(r.Item)
	if r.Part != "" {
		if r.part = d.bill.find(r.Part); r.part == nil {
			hint := "add it to the bill of materials, or correct the name"
			if d.bill == nil {
				hint = "give the bill of materials with --bom FILE"
			}
			return Problem{Row: r.Line, Column: "part", Rule: "reference", Message: fmt.Sprintf("no part %q in a bill of materials", r.Part), Hint: hint}, false
		}
	}
	lot, many := d.lot(r.Item)
	if many {
		return Problem{Row: r.Line, Column: "item", Rule: "reference", Message: fmt.Sprintf("%q is the end of more than one lot's name", r.Item), Hint: "give the whole id, as lodestone lots has it"}, false
	}
	if r.part != nil {
		switch of := d.lots[r.part]; {
		case of == "" || of == lot:
		case lot == "":
			lot = of
		default:
			return Problem{Row: r.Line, Column: "part", Rule: "agree", Message: fmt.Sprintf("%q is lot %s of the record, and part %q is lot %s", r.Item, lot, r.Part, of), Hint: "leave part empty, or name the lot as the item"}, false
		}
	}
	r.lot, r.class = lot, classed{}
	if lot != "" {
		class, ok := d.record.Class(lot)
		r.class = classed{class, ok}
	}
	return Problem{}, true
}

// twoNames finds parts of the bill that are one lot of the record by two names: what their rows say of it is not compared.
func (d *Desk) twoNames() (wrong []Problem) {
	if d.bill == nil {
		return nil
	}
	parts := slices.SortedFunc(maps.Values(d.bill.parts), func(a, b *part) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.name, b.name)) })
	first := map[supply.LotID]*part{}
	for _, p := range parts {
		lot := d.lotOf(p)
		if lot == "" {
			continue
		}
		if other := first[lot]; other != nil {
			wrong = append(wrong, Problem{Row: p.Row, Column: "child", Rule: "agree", Message: fmt.Sprintf("%q is the lot %s of the record, which row %d calls %q", p.name, lot, other.Row, other.name), Hint: "call it alike in every row of the bill"})
			continue
		}
		first[lot] = p
	}
	return wrong
}

// twoParts finds rows by which one item is of two parts of the bill.
func twoParts(rows []Row) (wrong []Problem) {
	first := map[string]*Row{}
	for i := range rows {
		r := &rows[i]
		if r.Part == "" {
			continue
		}
		name := cmp.Or(string(r.lot), r.Item)
		other := first[name]
		switch {
		case other == nil:
			first[name] = r
		case other.Part != r.Part:
			wrong = append(wrong, Problem{Row: r.Line, Column: "part", Rule: "agree", Message: fmt.Sprintf("%q is part %q here, and part %q in row %d", r.Item, r.Part, other.Part, other.Line), Hint: "name one part, or leave one of the rows out"})
		}
	}
	return wrong
}

// lot is the lot of the record that text names: its whole id in any spelling, or the part of it after the last colon or
// slash. many tells that several end so.
func (d *Desk) lot(text string) (lot supply.LotID, many bool) {
	if id, ok := d.record.ID(supply.LotID(text)); ok {
		return id, false
	}
	d.index.Do(func() {
		ids := d.record.IDs()
		d.short = make(map[string]supply.LotID, len(ids))
		for _, id := range ids {
			end := lastPart(string(id))
			if _, again := d.short[end]; again {
				id = ""
			}
			d.short[end] = id
		}
	})
	id, ok := d.short[text]
	if !ok || text == "" {
		return "", false
	}
	return id, id == ""
}

// lotOf is the lot of the record that a part of the bill names; a name that several lots end in names none.
func (d *Desk) lotOf(p *part) supply.LotID {
	lot, ok := d.lots[p]
	if !ok {
		lot, _ = d.lot(p.name)
		d.lots[p] = lot
	}
	return lot
}
