package disclosure

import (
	"fmt"
	"strings"

	"lodestone/rules"
)

// Request is the request for an individual nonavailability determination under DFARS 225.7018-4, in the columns of the
// template of PGI 225.7018-4(a)(2). The words in quotation are the template's.
type Request struct {
	Paper        string      `json:"paper"` // "individual nonavailability determination"
	Item         string      `json:"item"`
	Program      string      `json:"program"`
	Contract     string      `json:"contract"`
	Verdict      string      `json:"verdict"`
	Current      [][]string  `json:"current"`      // table 1, in the order of CurrentColumns
	Alternatives [][]string  `json:"alternatives"` // table 2, in the order of AlternativeColumns
	Reasons      [][]string  `json:"reasons"`      // the table of part B, in the order of ReasonColumns
	Other        string      `json:"other"`
	Why          Explanation `json:"explanation"`
	Standing     Standing    `json:"standing"`
}

// CurrentColumns, AlternativeColumns and ReasonColumns are the columns of the template's three tables.
func CurrentColumns() []string {
	return []string{"ITEM #", "COMPONENT NAME", "COVERED MATERIAL", "CURRENT MANUFACTURER(S)", "COUNTRY OF ORIGIN", "MATERIAL SPECIFICATION OR GRADE", "DELIVERY DATE AND LEAD TIME",
		"QUANTITY REQUIRED", "PRICE PER UNIT", "TOTAL PRICE"}
}

// AlternativeColumns are the columns of table 2.
func AlternativeColumns() []string {
	return []string{"ITEM #", "COVERED MATERIAL", "POTENTIAL ALTERNATIVE MANUFACTURER(S)", "COUNTRY OF ORIGIN", "PROPOSED MATERIAL SPECIFICATION OR GRADE", "DELIVERY DATE AND LEAD TIME",
		"QUANTITY PROPOSED", "PRICE PER UNIT", "TOTAL PRICE", "RE-DESIGN OR RE-QUALIFICATION COST", "RE-DESIGN OR RE-QUALIFICATION COST TIMELINE"}
}

// ReasonColumns are the columns of part B, which a Government representative fills in. The spelling is the template's.
func ReasonColumns() []string {
	return []string{"ITEM #", "COVERED MATERIAL", "NON-SATISFACTORY QUALITY", "INSUFFICENT AVAILABLE QUANTITY", "DOES NOT MET REQUIRED FORM",
		"DOES NOT MEET TIMELINESS REQUIREMENTS FOR PROGRAM/CUSTOMER", "UNREASONABLE PRICE PER UNIT", "UNREASONABLE PRICE FOR RE-DESIGN OR RE-QUALIFICATION"}
}

// The template's words, as PGI 225.7018-4 has them.
const (
	templateSubject       = "Individual Nonavailability Determination Exception under DFARS 225.7018-4"
	templateBackground    = "Per the requirements of 10 U.S.C. 4872, DFARS 252.225-7052 prohibits acquisition of samarium-cobalt magnets, neodymium-iron-boron magnets, tantalum metal and alloys, tungsten metal powder, and tungsten heavy alloy or any finished or semi-finished component containing tungsten heavy alloy melted or produced in North Korea, China, Russia, and Iran."
	templateAuthority     = "225.7018-4, the Head of Contracting Activity (HCA) can authorize an exception to DFARS 252.225-7052 through an ‘Individual Nonavailability Determination’ if they determine that covered materials of satisfactory quality and quantity, in the required form, cannot be procured as and when needed at a reasonable price from a source other than a covered country."
	templateAnalysis      = "See Attachment A for an analysis of why alternatives that would not require a nonavailability determination are unacceptable."
	templateCertification = "Based on the satisfactory quality, quantity, required form, timeliness, and/or reasonable price issues described in Attachment A, I hereby certify that the requirements for an individual nonavailability determination under DFARS 225.7018-4"
	templatePartA         = "PART A: Data on Alternative Sources. [Can be completed either by Government or Contractor.]"
	templateTable1        = "1. Detailed information on current or proposed non-compliant DFARS 225.7018 source(s)."
	templateTable2        = "2. Detailed market research conducted on alternative compliant DFARS 225.7018 source(s)."
	templateOther         = "3. Other pertinent information regarding the need for a nonavailability determination based on satisfactory quality, quantity, required form, timeliness, and/or reasonable price:"
	templatePartB         = "PART B: Analysis of Alternatives—Must be completed by a Government Representative"
	templateVerified      = "I have verified the information in Part A and a nonavailability determination is requested for the following reason(s):"
	templateSigner        = "Signature of Government Contracting Officer or Program Representative"
	templateAction        = "Official Action on Request: __ Approved __ Disapproved [If disapproved, give reason.]"
	templateHead          = "Signature of Head of Contracting Activity"
)

// toGive marks a cell that the record does not fill.
const toGive = "[to be given]"

// RequestDetermination drafts a request. It refuses where the delivery is not barred and nothing keeps it open: then no
// determination is needed.
func RequestDetermination(lib rules.Library, a *rules.Answer, f *rules.Facts, x *Explanation, in *Record, given *Given) (*Request, error) {
	if len(a.AsIf) > 0 {
		return nil, fmt.Errorf("no request for %s: %s is taken as enacted: a determination is asked under the law as it is; leave --law out", x.Subject, strings.Join(a.AsIf, ", "))
	}
	if a.Verdict == "" {
		return nil, fmt.Errorf("no request for %s: no prohibition was judged: name the book with --book, such as us/dfars-252.225-7052", x.Subject)
	}
	if a.Verdict.Clean() {
		return nil, fmt.Errorf("no request for %s: the verdict is %s, and needs no determination: %s", x.Subject, a.Verdict, x.Sentence)
	}
	r := &Request{Paper: "individual nonavailability determination", Item: x.Subject, Program: given.Program, Contract: f.Contract.Number, Verdict: string(a.Verdict),
		Current: [][]string{}, Alternatives: [][]string{}, Reasons: [][]string{}, Other: given.Reason, Why: *x, Standing: x.Standing}
	if r.Contract == "" {
		r.Contract = given.Contract
	}
	if r.Program == "" && f.EndItem.Name != x.Subject {
		r.Program = f.EndItem.Name
	}
	os, err := offences(lib, f, in, x.Standing)
	if err != nil {
		return nil, err
	}
	for lot := range given.Prices {
		found := false
		for _, o := range os {
			found = found || o.Lot == lot
		}
		if !found {
			return nil, fmt.Errorf("a price is given for %s, which is none of the materials that need a determination", lot)
		}
	}
	for i, o := range os {
		no := count(i + 1)
		p := given.Prices[o.Lot]
		var makers, countries []string
		for _, m := range o.Made {
			makers = join(makers, []string{orUnsaid(m.Facility)})
			countries = join(countries, []string{countryWords(m.Country)})
		}
		for _, s := range o.Steps {
			if s.Covered {
				countries = join(countries, []string{fmt.Sprintf("%s: %s", strings.Join(s.Steps, ", "), countryWords(s.Country))})
			}
		}
		component := o.In
		if component != o.Lot {
			component += " (lot " + o.Lot + ")"
		}
		delivery := p.Delivery
		if delivery == "" {
			delivery = a.Delivery + "; lead time " + toGive
		}
		quantity := p.Quantity
		if quantity == "" {
			quantity = orGive(o.Quantity)
		}
		r.Current = append(r.Current, []string{no, component, strings.TrimSpace(o.Kind + " " + o.Material), orGive(strings.Join(makers, "; ")), orGive(strings.Join(countries, "; ")),
			orGive(strings.TrimSpace(o.Grade + " " + o.Form)), delivery, quantity, orGive(p.Unit), orGive(p.Total)})
		r.Reasons = append(r.Reasons, []string{no, o.Kind, "", "", "", "", "", ""})
	}
	for i, x := range given.Alternatives {
		r.Alternatives = append(r.Alternatives, []string{count(i + 1), orGive(x.Material), orGive(x.Manufacturer), orGive(x.Country), orGive(x.Specification), orGive(x.Delivery), orGive(x.Quantity),
			orGive(x.Unit), orGive(x.Total), orGive(x.Redesign), orGive(x.Timeline)})
	}
	if len(r.Alternatives) == 0 {
		row := make([]string, len(AlternativeColumns()))
		for i := range row {
			row[i] = toGive
		}
		row[0] = "1"
		r.Alternatives = append(r.Alternatives, row)
	}
	return r, nil
}

func orGive(s string) string {
	if strings.TrimSpace(s) == "" {
		return toGive
	}
	return s
}

// Page is the request as a paper, in the order of the template.
func (r *Request) Page() Page {
	p := Page{Title: templateSubject, Standing: r.Standing, Head: []Field{{"PROGRAM, ITEM, OR PART DESCRIPTION", orGive(r.Program)}, {"CONTRACT OR SOLICITATION NUMBER", orGive(r.Contract)}, {"Item of the record", r.Item}, {"Verdict without it", r.Verdict}}}
	p.section("BACKGROUND", paragraph(templateBackground+" Per DFARS "+templateAuthority),
		paragraph("(These are the template's words of before 2027. For deliveries from 2027-01-01 the clause also reaches material mined, refined or separated there.)"))
	p.section("ANALYSIS OF ALTERNATIVES", paragraph(templateAnalysis))
	p.section("CERTIFICATION", paragraph(templateCertification+" have been met."), Block{Blanks: []string{templateSigner, "Date"}}, paragraph(templateAction), Block{Blanks: []string{templateHead, "Date"}})
	p.section("ATTACHMENT A: Analysis of Alternatives Required for an Individual Nonavailability Determination as per DFARS 225.7018-4", paragraph(templatePartA), paragraph(templateTable1),
		Block{Table: &Table{Heads: CurrentColumns(), Widths: []int{2, 5, 4, 5, 5, 4, 4, 4, 3, 3}, Rows: r.Current, Wide: true}}, paragraph(templateTable2),
		Block{Table: &Table{Heads: AlternativeColumns(), Widths: []int{2, 4, 5, 4, 5, 4, 4, 3, 3, 5, 5}, Rows: r.Alternatives, Wide: true}}, paragraph(templateOther), paragraph(orGive(r.Other)))
	p.section(templatePartB, paragraph(templateVerified), Block{Table: &Table{Heads: ReasonColumns(), Widths: []int{2, 4, 4, 4, 4, 5, 4, 5}, Rows: r.Reasons, Wide: true}}, Block{Blanks: []string{templateSigner, "Date"}})
	var why []Block
	for _, b := range r.Why.Books {
		why = append(why, paragraph(b.Sentence))
	}
	p.section("Why a determination is needed, as the record has it", why...)
	p.section("Where it goes", paragraph("An individual determination is for the head of the contracting activity (225.7018-4(a)(1)); one for more than one contract needs USD(A&S) (225.7018-4(b)). "+
		"It must state specifically why alternatives that would need no determination are unacceptable (225.7018-4(a)(2))."))
	return p
}
