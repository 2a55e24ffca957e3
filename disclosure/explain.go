package disclosure

import (
	"fmt"
	"strings"

	"lodestone/genealogy"
	"lodestone/rules"
	"lodestone/supply"
)

// Explanation is a verdict explained to a person: the reason in one sentence, then the tree from the paragraphs that
// decide down to events, dated legal values and documents.
type Explanation struct {
	Paper    string       `json:"paper"` // "explanation"
	Subject  string       `json:"subject"`
	Verdict  string       `json:"verdict"`
	Sentence string       `json:"sentence"`
	Books    []BookReason `json:"books"`
	AsIf     []string     `json:"as_if_enacted,omitempty"` // pending acts that were taken as enacted
	Unjudged []string     `json:"unjudged,omitempty"`
	Question Source       `json:"question"`
	Standing Standing     `json:"standing"`
}

// BookReason is one book's part of an explanation.
type BookReason struct {
	Book      string   `json:"book"`
	Version   string   `json:"version,omitempty"`
	Digest    string   `json:"digest"`
	Verdict   string   `json:"verdict"`
	Sentence  string   `json:"sentence"`
	DecidedBy []string `json:"decided_by"`
	Evidence  string   `json:"weakest_evidence"`
	Tree      []Reason `json:"tree"`
	Effects   []Reason `json:"effects"` // what the book requires, gives or asks to be told; what of it is not in force; what is less than quoted
	Missing   []Reason `json:"missing"`
	Doubts    []Reason `json:"doubts"`
	Conflicts []Reason `json:"conflicts"`
	Notes     []Reason `json:"notes"`
	Assumed   []string `json:"assumed"`
}

// The kinds of a reason. A leaf is words, a value, an event, a statement or a document; anything else has leaves under it.
const (
	KindWords     = "words"     // a paragraph of the law with its citation and where its words are from
	KindValue     = "value"     // a legal value with the day it is read on and its source
	KindFact      = "fact"      // what is held to be so, or is not known
	KindEvent     = "event"     // an event of the log
	KindStatement = "statement" // a statement of the log
	KindDocument  = "document"  // a document, known by its digest
	KindDoubt     = "doubt"     // an open question of the text, or a note to it
	KindNothing   = "nothing"   // stands where no ground could be found
)

// Reason is one line of the tree.
type Reason struct {
	Kind   string   `json:"kind"`
	Text   string   `json:"text"`
	Cite   string   `json:"cite,omitempty"`
	Sure   string   `json:"sure,omitempty"` // of the law: Q quoted, D derived, S secondary, M memory, C conflicting
	Source string   `json:"source,omitempty"`
	On     string   `json:"on,omitempty"`    // of the law: the day it is read on
	From   string   `json:"from,omitempty"`  // of a value: the days it holds for
	Until  string   `json:"until,omitempty"` //
	Fact   string   `json:"fact,omitempty"`  // field of the question
	Line   int      `json:"line,omitempty"`  // of that field in the question's file
	Entry  string   `json:"entry,omitempty"` // id of the entry of the log
	Seq    int64    `json:"position,omitempty"`
	Digest string   `json:"digest,omitempty"` // of a document
	Under  []Reason `json:"under,omitempty"`
}

// Source is the document that a question came from: its name and the digest of its bytes.
type Source struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// Record is the record that a question came from.
type Record struct {
	Graph   *genealogy.Graph
	Entries Entries
	Lot     supply.LotID
}

// Explain explains an answer to a question. from is the file of the question, or of what the contract says; in is the
// record that the rest came from, nil where the whole question stands in the file.
func Explain(a *rules.Answer, f *rules.Facts, subject string, from Source, in *Record, s Standing) *Explanation {
	x := &Explanation{Paper: "explanation", Subject: subject, Verdict: string(a.Overall()), AsIf: a.AsIf, Books: []BookReason{}, Unjudged: a.Unjudged, Question: from, Standing: s}
	e := explainer{f: f, from: from, in: in, on: a.Delivery}
	for i := range a.Books {
		x.Books = append(x.Books, e.book(&a.Books[i], subject))
	}
	x.Sentence = whole(a, x)
	return x
}

// whole is the sentence of the book that decides the overall verdict, the first of equals.
func whole(a *rules.Answer, x *Explanation) string {
	for i := range a.Books {
		if a.Books[i].Verdict == a.Overall() && (a.Verdict == "" || a.Books[i].Kind == rules.Prohibition) {
			return x.Books[i].Sentence
		}
	}
	if len(x.Books) > 0 {
		return x.Books[0].Sentence
	}
	return "no book was asked"
}

// sentence is a book's reason in one sentence.
func sentence(b *rules.BookAnswer, subject, on string) string {
	book := b.Book
	if b.Version != "" {
		book += " (" + b.Version + ")"
	}
	var says string
	switch b.Verdict {
	case rules.Compliant:
		says = "%s may be delivered on %s under %s"
	case rules.Noncompliant:
		says = "%s may not be delivered on %s under %s"
	case rules.Exempt:
		says = "%s may be delivered on %s: an exception of %s lifts the restriction"
	case rules.OutOfScope:
		says = "%s delivered on %s is not reached by %s"
	case rules.Conflicting:
		says = "whether %s may be delivered on %s is in conflict between %s and another authority"
	case rules.Undetermined:
		says = "whether %s may be delivered on %s under %s cannot be told"
	default:
		says = "for %s delivered on %s, %s answers " + strings.ReplaceAll(string(b.Verdict), "_", " ")
	}
	s := fmt.Sprintf(says, subject, on, book) + ": " + b.Because
	if len(b.DecidedBy) > 0 {
		const most = 4
		by := b.DecidedBy
		more := ""
		if len(by) > most {
			by, more = by[:most], fmt.Sprintf(" and %d more", len(b.DecidedBy)-most)
		}
		s += " [" + strings.Join(by, ", ") + more + "]"
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
