package rules

import "slices"

// What an answer under a scenario says on every line that matters: in its reason, beside each paragraph that decides, before
// each clause and value of the amendment, and in as_if_enacted of the book and of the whole.

// by is the amendment that words or a value come from, as the beginning of a line.
func by(label string) string {
	if label == "" {
		return ""
	}
	return label + ": "
}

// cited are the places of the rule, each with the amendment it comes from.
func (r *Rule) cited() []string {
	if r.By == "" {
		return r.Cites
	}
	var out []string
	for _, c := range r.Cites {
		out = append(out, c+" ("+r.By+")")
	}
	return out
}

// amended notes the acts that the book asked, and the statute it hears, are read with.
func (q *question) amended(a *BookAnswer) {
	for _, b := range []*Book{q.book, q.statute} {
		if b == nil {
			continue
		}
		for _, x := range b.Amended {
			list := &a.AmendedBy
			if x.Pending {
				list = &a.AsIf
			}
			if !slices.Contains(*list, x.Name) {
				*list = append(*list, x.Name)
			}
			a.Assumed = append(a.Assumed, x.label()+" from "+x.From.String()+" ["+string(x.Sure)+": "+x.Source+"], "+b.ID+", text "+x.Digest)
		}
	}
}

// asIf puts the scenario before the reason.
func (q *question) asIf(a *BookAnswer) {
	for _, name := range slices.Backward(a.AsIf) {
		a.Because = "as if enacted: " + name + ": " + a.Because
	}
}

func asIfOf(qs []question) []string {
	var out []string
	for _, q := range qs {
		for _, b := range []*Book{q.book, q.statute} {
			if b == nil {
				continue
			}
			for _, x := range b.Amended {
				if x.Pending && !slices.Contains(out, x.Name) {
					out = append(out, x.Name)
				}
			}
		}
	}
	return out
}
