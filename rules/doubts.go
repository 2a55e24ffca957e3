package rules

import (
	"strings"

	"lodestone/supply"
)

// ListedDoubt is a doubt with the books that hold it.
type ListedDoubt struct {
	ID       string     `json:"id"`
	Key      string     `json:"key,omitempty"`
	Class    DoubtClass `json:"class"`
	Question string     `json:"question"`
	Readings []Reading  `json:"readings"`
	Chosen   string     `json:"chosen,omitempty"`
	Source   string     `json:"source"`
	Books    []string   `json:"books"`
}

// Doubts are the doubts of all books, each once, in the order of the books: open ones first, then settled ones, conflicts
// of authorities, and notes.
func (l Library) Doubts() []ListedDoubt {
	var out []ListedDoubt
	for _, class := range []DoubtClass{Open, Settled, Conflict, NoteOnly} {
		at := map[string]int{}
		for _, b := range l {
			for _, d := range b.Doubts {
				if d.Class != class {
					continue
				}
				name := d.Key + d.ID
				if d.Key != "" {
					name = d.Key
				}
				if i, ok := at[name]; ok {
					out[i].Books = append(out[i].Books, b.ID)
					continue
				}
				at[name] = len(out)
				id := strings.Join(append([]string{d.ID}, d.Also...), ", ")
				rs := d.Readings
				if rs == nil {
					rs = []Reading{}
				}
				out = append(out, ListedDoubt{ID: id, Key: d.Key, Class: class, Question: d.Question, Readings: rs, Chosen: d.Chosen, Source: d.Source, Books: []string{b.ID}})
			}
		}
	}
	return out
}

// String is the phases' words in chain order, comma separated.
func (s phaseSet) String() string {
	var ws []string
	s.each(func(p supply.Phase) { ws = append(ws, p.String()) })
	return strings.Join(ws, ", ")
}
