package disclosure

import "strings"

// Page is the explanation as a paper.
func (x *Explanation) Page() Page {
	p := Page{Title: "Why " + strings.ReplaceAll(x.Verdict, "_", " "), Says: x.Sentence, Standing: x.Standing,
		Head: []Field{{"Delivery", x.Subject}, {"On", x.Standing.Day}, {"Verdict", x.Verdict}, {"Question", x.Question.Name + " " + brief(x.Question.Digest)}}}
	if len(x.AsIf) > 0 {
		p.Head = append(p.Head, Field{"As if enacted", strings.Join(x.AsIf, "; ") + ": a scenario, and not the law"})
	}
	for i := range x.Books {
		b := &x.Books[i]
		title := b.Book
		if b.Version != "" {
			title += " (" + b.Version + ")"
		}
		head := []Field{{"Verdict", b.Verdict}, {"Decided by", strings.Join(b.DecidedBy, ", ")}}
		if b.Evidence != "" {
			head = append(head, Field{"Weakest evidence", b.Evidence})
		}
		says := b.Sentence
		if says == x.Sentence {
			says = "" // it stands at the head
		}
		p.section(title+": "+b.Verdict, paragraph(says), Block{Fields: head}, Block{Tree: nodes(b.Tree)})
		p.section("What it requires, gives, or asks to be told", Block{Tree: nodes(b.Effects)})
		p.section("What is missing, and whom to ask", Block{Tree: nodes(b.Missing)})
		p.section("Open questions of the text", Block{Tree: nodes(b.Doubts)})
		p.section("Authorities that disagree", Block{Tree: nodes(b.Conflicts)})
		p.section("To be seen with it", Block{Tree: nodes(b.Notes)})
		p.list("Taken for granted", b.Assumed)
	}
	for _, c := range x.Unjudged {
		p.section("Not judged", paragraph(c+" is in the contract, and there is no book for it here."))
	}
	return p
}

// nodes is a tree as a paper shows it. An entry is told once in full; where it comes again, as those on the common way up
// do, its position stands for it.
func nodes(rs []Reason) []Node {
	told := map[string]bool{}
	var of func(rs []Reason) []Node
	of = func(rs []Reason) []Node {
		var out []Node
		var again []string
		for i := range rs {
			r := &rs[i]
			if r.Seq > 0 && told[r.Entry] {
				again = append(again, count(int(r.Seq)))
				continue
			}
			told[r.Entry] = r.Entry != ""
			n := Node{Label: r.Kind, Text: r.Text, Note: r.note(), Under: of(r.Under)}
			if r.Kind == KindWords {
				n.Text = r.Cite + ": " + r.Text
			}
			out = append(out, n)
		}
		if len(again) > 0 {
			text := "the entry at position "
			if len(again) > 1 {
				text = "the entries at positions "
			}
			out = append(out, Node{Label: "as above", Text: text + strings.Join(again, ", ")})
		}
		return out
	}
	return of(rs)
}

// note is where a reason comes from, on one line.
func (r *Reason) note() string {
	var s []string
	if r.Kind == KindValue && r.Cite != "" {
		s = append(s, r.Cite)
	}
	if r.Sure != "" {
		s = append(s, sureWords[r.Sure])
	}
	if r.Source != "" {
		s = append(s, r.Source)
	}
	if r.From != "" || r.Until != "" {
		s = append(s, "in force "+span(r.From, r.Until))
	}
	if r.On != "" {
		s = append(s, "read as on "+r.On)
	}
	if r.Seq > 0 {
		s = append(s, "position "+count(int(r.Seq))+", entry "+brief(r.Entry))
	}
	if r.Digest != "" && r.Seq == 0 {
		s = append(s, r.Digest)
	}
	return strings.Join(s, "; ")
}

// sureWords is how well a legal fact is known, in words.
var sureWords = map[string]string{"Q": "quoted from the primary text", "D": "derived from a copy of the primary text", "S": "from a secondary source", "M": "from memory, not verified", "C": "sources conflict"}
