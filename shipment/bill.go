package shipment

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/supply"
)

// NoMaterial is the kind of a part that holds no covered or suspect material at all.
const NoMaterial = "none"

// Line is one row of a bill of materials as its file states it: so many pieces of a child in one piece of a parent, and
// what is known of the child. A line without a parent says what is known of something that is delivered.
type Line struct {
	Row           int
	Parent, Child string
	Quantity      int64         // pieces of the child in one parent; 0 not said
	Mass          quantity.Mass // of one child; 0 not said
	Kind, Form    string        // what the child is of; Kind may be NoMaterial; "" not said
	MadeIn        supply.Country
	COTS          rules.Tri
	Modified      rules.Tri
	Device        rules.Tri // an electronic device
	Complete      rules.Tri // the child's own rows name every magnet, tantalum and tungsten part in it
	Supplier      string
}

// Bill says what is in what. It is never changed once made.
type Bill struct {
	parts map[string]*part
}

type part struct {
	Line  // what is known of it; Row is where it is first named
	name  string
	holds []use

	weight  quantity.Mass // of one piece: as stated, else what is in it, where all of that is known; else 0
	weighed bool
}

type use struct {
	part     *part
	quantity int64
	row      int
}

// NewBill puts the lines together. What contradicts itself is a problem, all of them at once, and there is no bill then: a
// part in itself, a child twice in one parent, two rows that describe a part differently, parts heavier than what they are in.
func NewBill(lines []Line) (*Bill, []Problem) {
	b := &Bill{parts: map[string]*part{}}
	var wrong []Problem
	type pair struct{ parent, child string }
	seen := map[pair]int{}
	for _, l := range lines {
		child := b.part(l.Child, l.Row)
		wrong = append(wrong, child.describe(l)...)
		if l.Parent == "" {
			continue
		}
		parent := b.part(l.Parent, l.Row)
		if first, again := seen[pair{l.Parent, l.Child}]; again {
			wrong = append(wrong, Problem{Row: l.Row, Column: "child", Rule: "agree", Message: fmt.Sprintf("%q is in %q in row %d already", l.Child, l.Parent, first), Hint: "add the quantities up in one row"})
			continue
		}
		seen[pair{l.Parent, l.Child}] = l.Row
		parent.holds = append(parent.holds, use{child, l.Quantity, l.Row})
	}
	wrong = append(wrong, b.circles(lines)...)
	if len(wrong) == 0 {
		wrong = b.heavy(lines)
	}
	if len(wrong) > 0 {
		slices.SortStableFunc(wrong, func(a, b Problem) int { return cmp.Compare(a.Row, b.Row) })
		return nil, wrong
	}
	return b, nil
}

// Parts is how many parts and assemblies the bill names.
func (b *Bill) Parts() int { return len(b.parts) }

func (b *Bill) part(name string, row int) *part {
	p := b.parts[name]
	if p == nil {
		p = &part{name: name, Line: Line{Row: row, Child: name}}
		b.parts[name] = p
	}
	return p
}

// find is the part of a name, nil for none.
func (b *Bill) find(name string) *part {
	if b == nil {
		return nil
	}
	return b.parts[name]
}

// describe takes over what a line says of the part.
func (p *part) describe(l Line) (wrong []Problem) {
	differ := func(column, was, is string) {
		wrong = append(wrong, Problem{Row: l.Row, Column: column, Rule: "agree", Message: fmt.Sprintf("%q is said to be %s here and %s before", p.name, is, was), Hint: "describe a part once, or alike in every row"})
	}
	take(&p.Mass, l.Mass, func() { differ("mass", p.Mass.String(), l.Mass.String()) })
	take(&p.Kind, l.Kind, func() { differ("kind", p.Kind, l.Kind) })
	take(&p.Form, l.Form, func() { differ("form", p.Form, l.Form) })
	take(&p.MadeIn, l.MadeIn, func() { differ("manufactured in", string(p.MadeIn), string(l.MadeIn)) })
	take(&p.COTS, l.COTS, func() { differ("cots", yesNo(p.COTS), yesNo(l.COTS)) })
	take(&p.Modified, l.Modified, func() { differ("modified", yesNo(p.Modified), yesNo(l.Modified)) })
	take(&p.Device, l.Device, func() { differ("electronic device", yesNo(p.Device), yesNo(l.Device)) })
	take(&p.Complete, l.Complete, func() { differ("complete", yesNo(p.Complete), yesNo(l.Complete)) })
	take(&p.Supplier, l.Supplier, func() { differ("supplier", p.Supplier, l.Supplier) })
	return wrong
}

// take sets what is not yet known; what is known otherwise is a contradiction.
func take[T comparable](known *T, said T, differ func()) {
	var none T
	switch {
	case said == none || *known == said:
	case *known == none:
		*known = said
	default:
		differ()
	}
}

func yesNo(t rules.Tri) string { return map[rules.Tri]string{rules.Yes: "yes", rules.No: "no"}[t] }

// circles finds what holds itself, once a circle, at the row that closes it.
func (b *Bill) circles(lines []Line) (wrong []Problem) {
	done := map[*part]bool{}
	var path []*part
	var walk func(p *part)
	walk = func(p *part) {
		path = append(path, p)
		for _, u := range p.holds {
			if at := slices.Index(path, u.part); at >= 0 {
				var names []string
				for _, q := range append(path[at:len(path):len(path)], u.part) {
					names = append(names, q.name)
				}
				wrong = append(wrong, Problem{Row: u.row, Column: "child", Rule: "agree", Message: fmt.Sprintf("%q holds itself: %s", u.part.name, strings.Join(names, " > ")), Hint: "take one of these rows out"})
			} else if !done[u.part] {
				walk(u.part)
			}
		}
		path = path[:len(path)-1]
		done[p] = true
	}
	for _, l := range lines {
		for _, name := range [2]string{l.Parent, l.Child} {
			if p := b.parts[name]; p != nil && !done[p] {
				walk(p)
			}
		}
	}
	return wrong
}

// heavy weighs every part, and finds assemblies that weigh less than what is in them.
func (b *Bill) heavy(lines []Line) (wrong []Problem) {
	var weigh func(p *part)
	weigh = func(p *part) {
		if p.weighed {
			return
		}
		p.weighed, p.weight = true, p.Mass
		sum, whole := quantity.Mass(0), len(p.holds) > 0
		for _, u := range p.holds {
			weigh(u.part)
			m, err := times(u.part.weight, u.quantity)
			if err == nil {
				sum, err = quantity.Sum(sum, m) // what is not known weighs nothing here
			}
			if err != nil {
				wrong = append(wrong, Problem{Row: u.row, Column: "quantity", Rule: "number", Message: fmt.Sprintf("%d times %s is more than a mass can be", u.quantity, u.part.weight), Hint: "correct the quantity or the mass"})
				return
			}
			whole = whole && m > 0
		}
		switch {
		case p.Mass == 0 && whole:
			p.weight = sum
		case p.Mass != 0 && sum > p.Mass:
			wrong = append(wrong, Problem{Row: p.Row, Column: "mass", Rule: "agree", Message: fmt.Sprintf("%q weighs %s, and what is in it %s", p.name, p.Mass, sum), Hint: "correct one of the masses, or leave the assembly's empty"})
		}
	}
	for _, l := range lines {
		weigh(b.parts[l.Child])
		if p := b.parts[l.Parent]; p != nil {
			weigh(p)
		}
	}
	return wrong
}

// times is so many pieces' mass; an error when a mass cannot hold it.
func times(m quantity.Mass, n int64) (quantity.Mass, error) { return m.Times(quantity.DecimalOf(n)) }
