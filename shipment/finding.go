package shipment

import (
	"slices"
	"strconv"
	"strings"

	"lodestone/rules"
)

// Finding is the answer that all items of a class share. The names of items in its texts are slots: Judged.Say fills them.
type Finding struct {
	Verdict   rules.Verdict
	Books     []BookFinding
	Because   Text
	DecidedBy []string
	Missing   []Want
	Assumed   []string // beside the common assumptions
	Unjudged  []string // clauses in the contract for which there is no book
	AsIf      []string // pending acts that were taken as enacted
	WhatIf    bool     // something was assumed: this is no verdict on the record
	Record    bool     // false: neither a record nor a kind stated in the bill speaks of the item or of a part in it

	cells []Text  // of Columns, from verdict on
	csv   [2]Text // the same as they stand in a line of CSV: from verdict to ask, and book and book digest
}

// BookFinding is one book's verdict.
type BookFinding struct {
	Book, Version, Digest string
	Kind                  rules.Kind
	Verdict               rules.Verdict
}

// Want is a missing fact: which, whom to ask, and who supplied what it speaks of ("" not known).
type Want struct {
	Fact     Text
	Ask      string
	Supplier string
	Billed   bool // the bill of materials says so
	short    Text // the fact without the name of the material
}

// finding puts an answer into columns. What decides is what the books say whose verdict is the whole's.
func (d *Desk) finding(a *rules.Answer, it *item) *Finding {
	f := &Finding{Verdict: a.Overall(), Unjudged: a.Unjudged, AsIf: a.AsIf, WhatIf: len(d.assume) > 0, Record: len(it.unrecorded) == 0}
	var because []string
	for i := range a.Books {
		b := &a.Books[i]
		f.Books = append(f.Books, BookFinding{b.Book, b.Version, b.Digest, b.Kind, b.Verdict})
		for _, text := range b.Assumed {
			if !slices.Contains(f.Assumed, text) {
				f.Assumed = append(f.Assumed, text)
			}
		}
		if b.Verdict != f.Verdict {
			continue
		}
		if !slices.Contains(because, b.Because) && b.Because != "" {
			because = append(because, b.Because)
		}
		for _, cite := range b.DecidedBy {
			if len(a.Books) > 1 && !strings.Contains(cite, "/") {
				cite = b.Book + " " + cite
			}
			if !slices.Contains(f.DecidedBy, cite) {
				f.DecidedBy = append(f.DecidedBy, cite)
			}
		}
		for _, m := range b.Missing {
			f.want(m, it)
		}
	}
	if len(it.unrecorded) > 0 && !f.Verdict.Clean() {
		for _, name := range it.unrecorded {
			if name == slot(0) || it.facts.EndItem.Name == name {
				f.Missing = append(f.Missing, Want{Fact: newText("the record of " + name), Ask: "its supplier: the lot or serial it is known by, and its history", short: newText("the record of the item")})
				continue
			}
			f.Missing = append(f.Missing, Want{Fact: newText("the record of " + name), Ask: "its supplier: the lot it came from, and its history", short: newText("the record of " + name)})
		}
		because = append(because, "in no record: "+few(it.unrecorded))
	}
	f.Because = newText(strings.Join(because, "; "))
	f.cells = f.columns()
	f.csv = [2]Text{csvOf(f.cells[:5]), csvOf(f.cells[5:])}
	return f
}

// want notes a missing fact once.
func (f *Finding) want(m rules.Missing, it *item) {
	w := Want{Fact: newText(m.Fact), Ask: m.Ask, short: newText(m.Fact)}
	for i := range f.Missing {
		if f.Missing[i].Ask == w.Ask && slices.Equal(f.Missing[i].Fact.parts, w.Fact.parts) && slices.Equal(f.Missing[i].Fact.slots, w.Fact.slots) {
			return
		}
	}
	if i := material(it.facts, m.Fact); i >= 0 {
		w.Supplier, w.Billed = it.makers[i], it.makers[i] != ""
		if !w.Billed {
			w.Supplier = lastPlace(&it.facts.Materials[i])
		}
		w.short = newText(m.Fact[len("materials[")+len(it.facts.Materials[i].Name)+len("]."):])
	} else if c := component(it.facts, m.Fact); c != "" {
		w.Supplier, w.Billed = it.suppliers[c], it.suppliers[c] != ""
	}
	f.Missing = append(f.Missing, w)
}

// few names the first three of a list, and how many more there are.
func few(list []string) string {
	if len(list) <= 3 {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:3], ", ") + " and " + strconv.Itoa(len(list)-3) + " more"
}

// first is the first n of a list, or all.
func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// Marked is the verdict as it is written: with what it is under, where it is not that of the law in force on the record.
func (f *Finding) Marked() string {
	v := string(f.Verdict)
	if len(f.AsIf) > 0 {
		v = "IF ENACTED: " + v
	}
	if f.WhatIf {
		v = "IF ASSUMED: " + v
	}
	return v
}
