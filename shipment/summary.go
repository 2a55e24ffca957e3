package shipment

import (
	"cmp"
	"slices"

	"lodestone/rules"
)

// Summary is what a shipment comes to.
type Summary struct {
	Verdict     rules.Verdict `json:"-"`                       // the worst
	Assumptions []string      `json:"assumptions,omitempty"`   // what was assumed: the verdicts are then none on the record
	AsIf        []string      `json:"as_if_enacted,omitempty"` // pending acts that were taken as enacted
	Items       int           `json:"items"`
	Counts      []Count       `json:"counts"` // the worst first; only those there are
	Unrecorded  int           `json:"in_no_record"`
	Books       []BookUsed    `json:"books"`
	Asks        []Ask         `json:"asks"` // the most items first
	Assumed     []string      `json:"assumed"`
	Unjudged    []string      `json:"unjudged"`
	Worst       []Judged      `json:"worst"` // the first rows of the worst verdicts
}

// Count is how many items have a verdict.
type Count struct {
	Verdict rules.Verdict `json:"is"`
	Items   int           `json:"items"`
}

// BookUsed is a book that was asked.
type BookUsed struct {
	Book    string `json:"book"`
	Version string `json:"version,omitempty"`
	Digest  string `json:"digest"`
}

// Ask is one missing fact, whom to ask, and how many items hang on it.
type Ask struct {
	Supplier string `json:"supplier"` // whose part it is about; "" not known
	Ask      string `json:"ask"`
	Fact     string `json:"fact"` // without the name of the lot
	Items    int    `json:"items"`
	Example  string `json:"example"` // the first item that hangs on it
}

// Tally counts as rows are judged.
type Tally struct {
	most  int
	items int
	seen  map[tallied]*counted
	order []*counted
	worst map[rules.Verdict][]Judged
}

type tallied struct {
	found    *Finding
	supplier string
}

type counted struct {
	tallied
	items int
	first Judged
}

// NewTally is an empty tally that keeps the first most rows of each verdict.
func NewTally(most int) *Tally {
	return &Tally{most: most, seen: map[tallied]*counted{}, worst: map[rules.Verdict][]Judged{}}
}

// Add counts a row.
func (t *Tally) Add(j Judged) {
	t.items++
	k := tallied{j.Found, j.Row.Supplier}
	c := t.seen[k]
	if c == nil {
		c = &counted{tallied: k, first: j}
		t.seen[k] = c
		t.order = append(t.order, c)
	}
	c.items++
	if c.items <= t.most && len(t.worst[j.Found.Verdict]) < t.most {
		t.worst[j.Found.Verdict] = append(t.worst[j.Found.Verdict], j)
	}
}

// Summary is what was counted.
func (t *Tally) Summary() *Summary {
	s := &Summary{Items: t.items, Counts: []Count{}, Books: []BookUsed{}, Asks: []Ask{}, Assumed: []string{}, Unjudged: []string{}, Worst: []Judged{}}
	byVerdict := map[rules.Verdict]int{}
	asks := map[Ask]*Ask{}
	var order []*Ask
	for _, c := range t.order {
		f := c.found
		byVerdict[f.Verdict] += c.items
		if s.Verdict == "" || f.Verdict.Worse(s.Verdict) {
			s.Verdict = f.Verdict
		}
		if !f.Record {
			s.Unrecorded += c.items
		}
		s.Assumed, s.Unjudged, s.AsIf = union(s.Assumed, f.Assumed), union(s.Unjudged, f.Unjudged), union(s.AsIf, f.AsIf)
		for _, b := range f.Books {
			if used := (BookUsed{b.Book, b.Version, b.Digest}); !slices.Contains(s.Books, used) {
				s.Books = append(s.Books, used)
			}
		}
		told := map[*Ask]bool{}
		for i := range f.Missing {
			w := &f.Missing[i]
			k := Ask{Supplier: c.first.supplier(w), Ask: w.Ask, Fact: c.first.Say(w.short)}
			a := asks[k]
			if a == nil {
				a = &Ask{k.Supplier, k.Ask, k.Fact, 0, c.first.Row.Item}
				asks[k], order = a, append(order, a)
			}
			if !told[a] { // of two lots in one item that lack the same, the item hangs once
				told[a] = true
				a.Items += c.items
			}
		}
	}
	for v, n := range byVerdict {
		s.Counts = append(s.Counts, Count{v, n})
	}
	worstFirst := func(a, b rules.Verdict) int {
		switch {
		case a.Worse(b):
			return -1
		case b.Worse(a):
			return 1
		}
		return 0
	}
	slices.SortFunc(s.Counts, func(a, b Count) int { return worstFirst(a.Verdict, b.Verdict) })
	slices.SortStableFunc(order, func(a, b *Ask) int {
		return cmp.Or(cmp.Compare(b.Items, a.Items), cmp.Compare(a.Supplier, b.Supplier), cmp.Compare(a.Ask, b.Ask), cmp.Compare(a.Fact, b.Fact))
	})
	for _, a := range order {
		s.Asks = append(s.Asks, *a)
	}
	for _, c := range s.Counts {
		if !c.Verdict.Clean() && len(s.Worst) < t.most {
			s.Worst = append(s.Worst, first(t.worst[c.Verdict], t.most-len(s.Worst))...)
		}
	}
	return s
}

func union(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
