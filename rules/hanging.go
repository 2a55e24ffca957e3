package rules

import (
	"fmt"
	"slices"
)

// Hanging is one verdict of a case that hangs on a doubt: what each of its readings gives.
type Hanging struct {
	Key      string           `json:"key"`
	Book     string           `json:"book"`
	Case     string           `json:"case"`
	On       string           `json:"on"`
	Readings []ReadingVerdict `json:"readings"`
	Others   string           `json:"others,omitempty"` // how the other open doubts were read, where they hide this one: "strictest", "most lenient"
}

// Hangings puts cases to their books under each reading of each doubt that their conditions ask about, the facts otherwise
// as they are, and gives every verdict that differs. Where another open doubt hides the difference, the others are read at
// their strictest, then at their most lenient.
func (l Library) Hangings(cases []Case) ([]Hanging, error) {
	var out []Hanging
	for i := range cases {
		c := &cases[i]
		for _, w := range c.Want {
			f := *c.Facts
			f.Delivery = w.On
			qs, _, err := l.questions(&f)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", c.Where, c.Name, err)
			}
			for j := range qs {
				found, err := qs[j].hangings()
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", c.Where, c.Name, err)
				}
				for _, h := range found {
					h.Case, h.On = c.Name, w.On.String()
					out = append(out, h)
				}
			}
		}
	}
	return out, nil
}

func (q *question) hangings() ([]Hanging, error) {
	h, err := q.hear(nil)
	if err != nil {
		return nil, err
	}
	keys := slices.DeleteFunc(sortedKeys(h.asked), func(k string) bool { return q.doubt(k) == nil })
	var out []Hanging
	for _, key := range keys {
		for _, others := range []string{"", "strictest", "most lenient"} {
			one, differs, err := q.tryReadings(key, keys, others)
			if err != nil {
				return nil, err
			}
			if differs {
				out = append(out, one)
				break
			}
		}
	}
	return out, nil
}

// tryReadings hears the question under each reading of a doubt, with the other open ones read as told.
func (q *question) tryReadings(key string, keys []string, others string) (Hanging, bool, error) {
	set := map[string]string{}
	for _, k := range keys {
		d := q.doubt(k)
		if k == key || d.Class != Open || q.f.Answers[k] != "" {
			continue
		}
		switch others {
		case "strictest":
			set["reading."+k] = d.Readings[0].Value
		case "most lenient":
			set["reading."+k] = d.Readings[len(d.Readings)-1].Value
		}
	}
	out := Hanging{Key: key, Book: q.book.ID, Others: others}
	if others != "" && len(set) == 0 {
		return out, false, nil
	}
	for _, r := range q.doubt(key).Readings {
		set["reading."+key] = r.Value
		h, err := q.hear(set)
		if err != nil {
			return out, false, err
		}
		out.Readings = append(out.Readings, ReadingVerdict{Value: r.Value, Says: r.Says, Verdict: h.verdict})
	}
	differs := slices.ContainsFunc(out.Readings, func(r ReadingVerdict) bool { return r.Verdict != out.Readings[0].Verdict })
	return out, differs, nil
}
