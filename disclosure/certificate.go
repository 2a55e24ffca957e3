package disclosure

import (
	"fmt"
	"strings"

	"lodestone/rules"
	"lodestone/supply"
)

// Certificate is a draft of a certificate of conformance: what the record and the law books say, for a person to sign who
// answers for it. There is none unless the verdict is COMPLIANT, EXEMPT or OUT_OF_SCOPE, and it says which.
type Certificate struct {
	Paper    string      `json:"paper"` // "certificate of conformance"
	Item     string      `json:"item"`
	By       string      `json:"by"` // the party that is to sign
	Delivery string      `json:"delivery"`
	Contract string      `json:"contract"` // number, "" where no contract file names it
	Verdict  string      `json:"verdict"`
	Says     string      `json:"says"`
	Limits   []string    `json:"limits"` // what it does not say
	Weakest  string      `json:"weakest_evidence"`
	Magnets  []Certified `json:"magnets"`
	Why      Explanation `json:"explanation"`
	Standing Standing    `json:"standing"`
}

// Certified is a magnet that a certificate speaks for, with the places on record.
type Certified struct {
	Lot   string  `json:"lot"`
	Kind  string  `json:"kind"`
	Steps []Place `json:"steps"`
}

// Certify drafts a certificate. It refuses where the answer is not clean, where no prohibition was judged, and where the
// contract holds a clause that no book here speaks to.
func Certify(a *rules.Answer, f *rules.Facts, x *Explanation, in *Record, by string) (*Certificate, error) {
	judged := false
	c := &Certificate{Paper: "certificate of conformance", Item: x.Subject, By: by, Delivery: a.Delivery, Contract: f.Contract.Number, Verdict: string(a.Verdict),
		Limits: []string{}, Magnets: []Certified{}, Why: *x, Standing: x.Standing}
	for i := range a.Books {
		b := &a.Books[i]
		if b.Kind != rules.Prohibition {
			continue
		}
		judged = true
		if b.WeakestEvidence != "" && (c.Weakest == "" || weaker(b.WeakestEvidence, c.Weakest)) {
			c.Weakest = b.WeakestEvidence
		}
	}
	switch {
	case len(a.AsIf) > 0:
		return nil, fmt.Errorf("no certificate for %s: %s is taken as enacted: a scenario is not certified; leave --law out", x.Subject, strings.Join(a.AsIf, ", "))
	case !judged:
		return nil, fmt.Errorf("no certificate for %s: no prohibition was judged: name the book with --book, such as us/dfars-252.225-7052", x.Subject)
	case len(a.Unjudged) > 0:
		return nil, fmt.Errorf("no certificate for %s: the contract holds %s, for which there is no book here: what is not judged is not certified; name the book to certify with --book",
			x.Subject, strings.Join(a.Unjudged, ", "))
	}
	switch a.Verdict {
	case rules.Compliant:
		c.Says = "On the grounds below, every step in the making of the magnets of this item that counts under the clauses named, on the day of delivery, is on record and lawful."
	case rules.Exempt:
		c.Says = "On the grounds below, a named exception lifts the restriction from this delivery. This paper does not say that no step happened in a covered country."
	case rules.OutOfScope:
		c.Says = "On the grounds below, the clauses named do not reach this delivery. This paper does not say where anything was made."
	default:
		return nil, fmt.Errorf("no certificate for %s: the verdict is %s: %s%s", x.Subject, a.Verdict, x.Sentence, remedy(a.Verdict))
	}
	c.limits(a, f)
	for i := range f.Materials {
		m := &f.Materials[i]
		one := Certified{Lot: string(m.Lot), Kind: m.Kind, Steps: []Place{}}
		var ph Phase
		for j := range m.Steps {
			ph.add(place(in.Entries, &m.Steps[j], c.Standing))
		}
		one.Steps = append(one.Steps, ph.Places...)
		c.Magnets = append(c.Magnets, one)
	}
	return c, nil
}

// remedy is what to do about a verdict that cannot be certified.
func remedy(v rules.Verdict) string {
	switch v {
	case rules.Undetermined:
		return " Ask the suppliers: lodestone paper questionnaire."
	case rules.Noncompliant:
		return " lodestone paper noncompliance drafts the notice, lodestone paper nonavailability the request."
	}
	return " lodestone explain shows the grounds."
}

// weaker tells whether one grade of evidence, by its word, is weaker than another.
func weaker(a, b string) bool {
	x, errX := supply.ParseEvidence(a)
	y, errY := supply.ParseEvidence(b)
	return errX == nil && errY == nil && x < y
}

// limits are what the certificate does not say, and what it takes for granted.
func (c *Certificate) limits(a *rules.Answer, f *rules.Facts) {
	c.Limits = append(c.Limits, "It speaks for the delivery on "+a.Delivery+" and for the record at the position named below; a later entry can change it.")
	if c.Weakest == "statement" {
		c.Limits = append(c.Limits, "The weakest evidence is a party's own statement: nobody else has looked.")
	}
	for _, s := range f.Assumed {
		c.Limits = append(c.Limits, "Taken for granted: "+s)
	}
	for _, b := range a.Books {
		for _, d := range b.Doubts {
			if d.Class != rules.NoteOnly && d.Chosen != "" {
				c.Limits = append(c.Limits, fmt.Sprintf("Open question %s is read as %s: %s", d.ID, d.Chosen, d.Question))
			}
		}
	}
	for i := range f.Materials {
		c.Limits = join(c.Limits, f.Materials[i].Remarks)
	}
	if c.By == "" {
		c.Limits = append(c.Limits, "Nobody is named who is to sign.")
	}
}

// Page is the certificate as a paper.
func (c *Certificate) Page() Page {
	title := map[string]string{"COMPLIANT": "Certificate of conformance", "EXEMPT": "Certificate of an exception", "OUT_OF_SCOPE": "Certificate that no restriction applies"}[c.Verdict]
	p := Page{Title: title, Says: c.Says, Standing: c.Standing, Head: []Field{{"Item", c.Item}, {"Delivery", c.Delivery}, {"Contract", orUnsaid(c.Contract)}, {"By", orUnsaid(c.By)},
		{"Verdict", c.Verdict}, {"Weakest evidence", orUnsaid(c.Weakest)}}}
	for _, b := range c.Why.Books {
		p.section("Ground: "+b.Book+" "+b.Version, paragraph(b.Sentence), Block{Fields: []Field{{"Decided by", strings.Join(b.DecidedBy, ", ")}, {"Book digest", b.Digest}}})
	}
	for _, m := range c.Magnets {
		t := &Table{Heads: []string{"Step", "Elements", "Country", "Facility", "Stated by", "Evidence", "Entries and documents"}, Widths: []int{3, 2, 3, 4, 4, 2, 4}, Wide: true}
		for _, s := range m.Steps {
			t.Rows = append(t.Rows, []string{strings.Join(s.Steps, ", "), elementWords(s.Elements), countryWords(s.Country), orUnsaid(s.Facility), statedWords(s.StatedBy), s.Evidence, groundWords(&s)})
		}
		p.section(m.Kind+" "+m.Lot, Block{Table: t})
	}
	for _, b := range c.Why.Books {
		p.section("Open questions of the text of "+b.Book, Block{Tree: nodes(b.Doubts)})
	}
	p.list("What this certificate does not say", c.Limits)
	p.section("Signature", paragraph("This is a draft made from the record. It is a certificate when a person who answers for it has read and signed it. Keep the signed copy, and record it by its digest: "+
		"lodestone attach FILE --to LOT --grade certificate --signer PARTY --valid-until DATE."), Block{Blanks: []string{"Name and title", "Signature", "Date"}})
	return p
}

func orUnsaid(s string) string {
	if s == "" {
		return "not said"
	}
	return s
}
