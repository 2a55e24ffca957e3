package rules

import (
	"fmt"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// Facts is one delivery question: what is known of a contract, an end item and the covered material in it.
// What is not known is told apart from what is known to be no: see Tri, Share and the empty Country.
type Facts struct {
	Books             []string // left out: every prohibition that the clauses call for
	Delivery          quantity.Date
	Accepted          quantity.Date // acceptance; 0: the day of delivery
	Contract          Contract
	EndItem           EndItem
	Components        []Component
	MaterialsComplete bool // Materials names every covered material in the end item
	Materials         []Material
	Determinations    []Determination
	Shipment          Shipment
	Product           Product
	Claim             Claim
	Company           Company
	MinimumEvidence   supply.Evidence
	Answers           map[string]string // how the user reads an open doubt: key → value
	Assumed           []string          // what was taken for granted where the question did not say

	place func(field string) int                  // the line of a field in the question's file; nil without a file
	from  func(field, problem, hint string) error // an error about a field at its place in the file; nil without a file
}

// wrong is an error about a field of the question, with its place where the question came from a file.
func (f *Facts) wrong(field, problem, hint string) error {
	if f.from != nil {
		return f.from(field, problem, hint)
	}
	if hint != "" {
		problem += " (" + hint + ")"
	}
	return fmt.Errorf("%s: %s", field, problem)
}

// Tri is yes, no or unknown.
type Tri int8

const (
	Unknown Tri = iota
	No
	Yes
)

// Share is a mass fraction of one, or unknown.
type Share struct {
	Known bool
	Value quantity.Decimal
}

// Clause is one clause of a contract: number and version as printed, "252.225-7052" and "MAY 2024".
type Clause struct{ Number, Version string }

// Contract is what the law asks of the purchase.
type Contract struct {
	ClausesGiven   bool
	Clauses        []Clause
	Number         string
	Awarded        quantity.Date
	Value          Share // US dollars of the prime purchase
	Subcontract    Share // US dollars; a flow-down has no floor, so it decides nothing
	BoughtIn       supply.Country
	UsedIn         supply.Country
	DevicesCovered bool     // the contract says that electronic devices are covered
	Contingency    bool     // bought in support of contingency operations
	Circumstances  []string // others that a law names: combat operations, purchase card
}

// EndItem is what the contract line delivers.
type EndItem struct {
	Name             string
	IsMaterial       bool // the bare covered material itself
	MadeIn           supply.Country
	COTS, Modified   Tri
	ElectronicDevice Tri
	System           string
	CoveredShare     Share
	TungstenShare    Share
	// NoncompliantShare is the mass of specialty metal that meets no other exception, of all specialty metal in the item.
	NoncompliantShare Share
}

// Component is an assembly between the end item and a material.
type Component struct {
	Name, In         string
	MadeIn           supply.Country
	COTS             Tri
	ElectronicDevice Tri
	Subsystem        Tri // performs a major function of the end item; left out, one that is COTS is taken for it
}

// Material is one distinguishable lot of covered or suspect material in the end item.
type Material struct {
	Name, In      string
	Lot           supply.LotID // in the record that the question comes from; "" of a fact file
	Kind, Form    string
	Incorporated  Tri
	COTS          Tri // the magnet's own commercial availability: specialty metals only
	ElementsGiven bool
	Elements      []ElementShare
	Present       element.Set // elements known to be there whatever their share
	Box           string
	Purity        Share
	Mass          Weight
	Recycled      *Recycled
	Steps         []Step
	Complete      bool
	Gaps          []Gap
	Findings      []string // what cannot be true in its record, in words: each leaves the material undetermined
	Remarks       []string // findings in its record that are shown and leave it as it is
}

// ElementShare is the mass fraction of one element.
type ElementShare struct {
	Element element.Element
	Share   quantity.Decimal
}

// Recycled says where and how recycled feed was won.
type Recycled struct {
	Feed, Route string // route: powder, alloy, chemical
	MilledIn    supply.Country
	SinteredIn  supply.Country
	ProducedIn  supply.Country // where the feed itself was produced
	Blend       bool           // only part of the material was recycled
}

// Step is one phase of the making of a material.
type Step struct {
	Phase    supply.Phase
	Elements element.Set // empty: the whole material
	Country  supply.Country
	Claims   []supply.Country // rival claims: one of these, or unknown where one is ""; Country is then empty
	Region   string           // part of the country, as an ISO 3166-2 code where it is one of China; "" unknown
	Date     quantity.Date    // 0 unknown
	Operator Party

	EvidenceUntil quantity.Date // the last day on which the evidence counts; 0 it does not run out
	KnownFrom     quantity.Date // the day from which the step is known; 0 always

	line       int    // in the question's file
	recycledAs string // the field of recycled that it stands for, where it is no step of its own
	Facility   string
	Evidence   supply.Evidence
	Sources    []string // entries and documents it rests on

	EarlierLife Tri // of the first life of recycled feed; meant only where the material is recycled

	Planned bool                   // the place was said to be planned on the day; where it was, is then a claim and ""
	days    func() []quantity.Date // on which it happened, where the record may know more than one; nil: see Date
}

// Gap says that for part of the material nothing before a phase is known.
type Gap struct {
	Elements element.Set // empty: every element
	Before   supply.Phase
	After    []supply.Phase // phases known to have happened to that part later: they are no gap
	Where    string         // the lot at which the record stops
	Feed     bool           // what is not known is the first life of recycled feed
}

// Determination is an official act that lifts a restriction.
type Determination struct {
	Kind     string // nonavailability, waiver_4872c1, national_security_4872e, domestic_nonavailability_4863 …
	Level    string // individual, class
	Contract string
	Material string // a material's name or kind
	By       string
	Valid    quantity.Period

	KnownFrom quantity.Date // the day from which it is known; 0 always
}
