package rules

import "strings"

// Trial is a question that can be put again and again with facts and readings set, for its verdict alone. One goroutine
// uses it.
type Trial struct {
	qs []question
}

// Outcome is the verdict of prohibitions with some facts and readings set, and the names of what it then hangs on.
type Outcome struct {
	Verdict Verdict
	Open    []string // names as Missing has them; of a reading "reading." and its key
}

// Trial is the question to the prohibitions that f asks, to be tried. It fails as Judge does.
func (l Library) Trial(f *Facts) (*Trial, error) {
	if _, err := l.Judge(f); err != nil {
		return nil, err
	}
	qs, _, err := l.questions(f)
	if err != nil {
		return nil, err
	}
	t := &Trial{}
	for _, q := range qs {
		if q.book.Kind == Prohibition {
			t.qs = append(t.qs, q)
		}
	}
	return t, nil
}

// Try gives facts and readings, by their names, values of Samples, and hears the books.
func (t *Trial) Try(set map[string]string) (Outcome, error) {
	o := Outcome{}
	for i := range t.qs {
		h, err := t.qs[i].hear(set)
		if err != nil {
			return Outcome{}, err
		}
		o.Verdict = worst(o.Verdict, h.verdict)
		if !h.verdict.open() {
			continue
		}
		for _, name := range h.why.list {
			if _, tried := set[name]; !tried && !strings.HasPrefix(name, "law.") {
				o.Open = merge(o.Open, []string{name})
			}
		}
	}
	return o, nil
}

// Samples are values of a fact or reading that differ for one of the books: each side of what the law asks.
func (t *Trial) Samples(name string) (values []string) {
	key, reading := strings.CutPrefix(name, "reading.")
	for i := range t.qs {
		q := &t.qs[i]
		if !reading {
			values = merge(values, q.samples(name))
		} else if d := q.doubt(key); d != nil {
			for _, r := range d.Readings {
				values = merge(values, []string{r.Value})
			}
		}
	}
	return values
}

// Whom says who could give a fact, as Missing does.
func Whom(fact string) string {
	if strings.HasPrefix(fact, "reading.") {
		return "your counsel, or the contracting officer: how the text is read"
	}
	return whom(fact)
}
