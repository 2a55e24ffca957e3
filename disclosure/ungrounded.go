package disclosure

import "strings"

// Ungrounded is the leaves of an explanation that are neither an event, a statement, a document nor the law with its day
// and source: each in words. There are none.
func (x *Explanation) Ungrounded() []string {
	var bad []string
	var walk func(at string, rs []Reason)
	walk = func(at string, rs []Reason) {
		for i := range rs {
			r := &rs[i]
			here := at + " > " + r.Kind + " " + r.Text
			if len(r.Under) > 0 {
				walk(here, r.Under)
				continue
			}
			ok := false
			switch r.Kind {
			case KindWords, KindValue:
				ok = r.Source != "" && r.On != "" && (r.Kind == KindValue || r.Cite != "")
			case KindEvent, KindStatement:
				ok = r.Entry != "" && r.Seq > 0
			case KindDocument:
				ok = strings.HasPrefix(r.Digest, "sha256:")
			}
			if !ok {
				bad = append(bad, here)
			}
		}
	}
	for _, b := range x.Books {
		for _, rs := range [][]Reason{b.Tree, b.Effects, b.Missing, b.Doubts, b.Conflicts, b.Notes} {
			walk(b.Book, rs)
		}
		if len(b.Tree) == 0 {
			bad = append(bad, b.Book+": no ground at all for "+b.Verdict)
		}
	}
	return bad
}
