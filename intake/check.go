package intake

import (
	"lodestone/quantity"
)

// crossCheck looks at what the records say of one lot together. Only what can never be meant is a fault; the rest is
// noted, for the ledger keeps what was stated and its readers judge.
func (r *reader) crossCheck() {
	makers := map[*lot][]*rec{}
	made, drawn := map[*lot]*tally{}, map[*lot]*tally{}
	for _, c := range r.order {
		if c.voidedBy != "" {
			continue
		}
		if c.made {
			for _, x := range c.outs {
				makers[x.lot] = append(makers[x.lot], c)
				count(made, x)
				if n := makers[x.lot]; len(n) == 2 {
					r.madeTwice(x, n[0], n[1])
				}
				if len(makers[x.lot]) == 1 && x.lot.material == "" && r.lots[x.lot.id] == x.lot {
					r.note(x.row, "lot "+quote(x.lot.id)+" is made here and has no material in lots.csv")
				}
			}
		}
		for _, x := range c.ins {
			count(drawn, x)
		}
	}
	for _, c := range r.order {
		if c.voidedBy != "" {
			continue
		}
		for _, x := range c.ins {
			if n := makers[x.lot]; len(n) > 0 && earliest(n).After(c.at.Time) {
				r.note(x.row, "lot "+quote(x.lot.id)+" goes into run "+quote(c.id)+" before any run has made it")
			}
		}
	}
	seen := map[*lot]bool{}
	for _, c := range r.order {
		for _, x := range c.ins {
			if m, d := made[x.lot], drawn[x.lot]; !seen[x.lot] && m != nil && d != nil && m.whole && m.unit == d.unit && m.mass.Less(d.mass) {
				seen[x.lot] = true
				r.note(x.row, "lot "+quote(x.lot.id)+": "+d.String()+" goes into runs and "+m.String()+" is made")
			}
		}
	}
}

func (r *reader) madeTwice(x line, first, second *rec) {
	if x.lot.tracked == asSerial {
		r.faultAt(x.row, "lot", "making", "item "+quote(x.lot.id)+" is made by run "+quote(first.id)+" and again by run "+quote(second.id), "a number stands for one item; if one of the runs is wrong, say so in corrections.csv")
		return
	}
	r.note(x.row, "lot "+quote(x.lot.id)+" is made by run "+quote(first.id)+" and by run "+quote(second.id)+": both count")
}

// tally is what was made or drawn of a lot, in kilograms or pieces.
type tally struct {
	mass  quantity.Decimal
	unit  quantity.Dimension
	whole bool // every amount is stated, in one dimension
}

func (t *tally) String() string {
	if t.unit == quantity.MassOf {
		return t.mass.String() + " kg"
	}
	return t.mass.String() + " pieces"
}

func count(of map[*lot]*tally, x line) {
	t := of[x.lot]
	if t == nil {
		t = &tally{whole: true}
		of[x.lot] = t
	}
	q, err := quantity.ParseQuantity(x.amount, x.unit)
	if x.amount == "" || err != nil {
		t.whole = false
		return
	}
	value := quantity.Decimal{}
	if m, ok := q.Mass(); ok {
		value = m.Kilograms()
	} else if n, ok := q.Count(); ok {
		value = quantity.DecimalOf(n)
	}
	dimension := q.Unit().Dimension()
	if t.unit == quantity.NoDimension {
		t.unit = dimension
	}
	sum, err := t.mass.Add(value)
	if err != nil || t.unit != dimension {
		t.whole = false
		return
	}
	t.mass = sum
}

func earliest(cs []*rec) when {
	first := cs[0].at
	for _, c := range cs[1:] {
		if c.at.Before(first.Time) {
			first = c.at
		}
	}
	return first
}
