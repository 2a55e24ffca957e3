package supply

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lodestone/element"
	"lodestone/quantity"
)

func (c *checker) party(p *Party) {
	c.id("/party/id", string(p.ID))
	c.name("/party/name", p.Name)
	c.country("/party/country", p.Country)
}

func (c *checker) facility(f *Facility) {
	const at = "/facility/"
	c.id(at+"id", string(f.ID))
	c.name(at+"name", f.Name)
	c.country(at+"country", f.Country)
	c.text(at+"region", f.Region)
	c.text(at+"note", f.Note)
	c.optional(at+"operator", string(f.Operator))
	c.optional(at+"within", string(f.Within))
	if f.Within != "" && f.Within == f.ID {
		c.fault(at+"within", RuleID, "a facility does not stand within itself", "leave it out")
	}
	if (f.Lat == "") != (f.Lon == "") {
		c.fault(at+"lat", RuleRequired, "latitude and longitude come together", "give both or neither")
	}
	if f.Lat != "" {
		c.decimal(at+"lat", f.Lat, "-90", "90", false)
	}
	if f.Lon != "" {
		c.decimal(at+"lon", f.Lon, "-180", "180", false)
	}
}

func (c *checker) material(m *Material) {
	const at = "/material/"
	c.id(at+"id", string(m.ID))
	c.name(at+"name", m.Name)
	c.text(at+"grade", m.Grade)
	if _, err := ParseKind(m.Kind); err != nil {
		c.fault(at+"kind", RuleWord, err.Error(), "")
	}
	if m.Form != "" {
		if _, err := ParseForm(m.Form); err != nil {
			c.fault(at+"form", RuleWord, err.Error(), "")
		}
	}
	var seen element.Set
	for i, symbol := range m.Constituents {
		p := fmt.Sprintf("%sconstituents/%d", at, i)
		if e := c.symbol(p, symbol); e != element.None && seen.Has(e) {
			c.fault(p, RuleWord, fmt.Sprintf("%s stands there twice", e), "name it once")
		} else {
			seen = seen.With(e)
		}
	}
	if m.PieceMass != "" {
		c.decimal(at+"piece_mass", m.PieceMass, "0", "9200000000000", true)
	}
	c.fractions(at+"fractions/", m.Fractions)
}

func (c *checker) fractions(at string, fs []Fraction) {
	var a quantity.Assay
	a.Basis = quantity.BasisElement
	before := len(c.faults)
	for i, f := range fs {
		p := fmt.Sprintf("%s%d/", at, i)
		e := c.symbol(p+"element", f.Element)
		c.decimal(p+"value", f.Value, "0", "1", false)
		if f.SD != "" {
			c.decimal(p+"sd", f.SD, "0", "1", false)
		}
		v, _ := quantity.ParseDecimal(f.Value)
		sd, _ := quantity.ParseDecimal(f.SD)
		a.Lines = append(a.Lines, quantity.Assayed{Element: e, Measured: quantity.Measured{Value: v, SD: sd, Known: f.SD != ""}})
	}
	if len(c.faults) > before {
		return
	}
	if _, err := a.Elements(); err != nil {
		c.fault(strings.TrimSuffix(at, "/"), RuleNumber, err.Error(), "")
	}
}

func (c *checker) agreement(a *Agreement) {
	const at = "/agreement/"
	c.id(at+"id", string(a.ID))
	c.name(at+"kind", a.Kind)
	if len(a.Parties) == 0 {
		c.fault(at+"parties", RuleRequired, "an agreement has parties", "name each by its URI")
	}
	for i, p := range a.Parties {
		c.id(fmt.Sprintf("%sparties/%d", at, i), p)
		if slices.Contains(a.Parties[:i], p) {
			c.fault(fmt.Sprintf("%sparties/%d", at, i), RuleID, "a party stands there twice", "name it once")
		}
	}
	for _, f := range [][2]string{{"product", a.Product}, {"volume", a.Volume}, {"term", a.Term}, {"floor", a.Floor}, {"source", a.Source}, {"note", a.Note}} {
		c.text(at+f[0], f[1])
	}
}

func (c *checker) document(d *Document) {
	const at = "/document/"
	if hex, ok := strings.CutPrefix(string(d.ID), "sha256:"); !ok || !isHex(hex, 64) {
		c.fault(at+"id", RuleID, "want sha256: and 64 lower-case hex digits", "")
	}
	c.text(at+"name", d.Name)
	c.text(at+"signer", d.Signer)
	if d.Dated != "" {
		if _, err := quantity.ParseDate(d.Dated); err != nil {
			c.fault(at+"dated", RuleDate, err.Error(), "")
		}
	}
	if _, err := ParseEvidence(d.Grade); err != nil {
		c.fault(at+"grade", RuleWord, err.Error(), "")
	}
	c.optional(at+"uri", d.URI)
	for i, a := range d.About {
		c.id(fmt.Sprintf("%sabout/%d", at, i), a)
	}
}

// The kinds of determination, and its levels.
var (
	determinationKinds  = []string{"nonavailability", "waiver_4872c1", "national_security_4872e", "domestic_nonavailability_4863", "national_security_4863k", "commercial_derivative_4863", "fastener_certificate_4863"}
	determinationLevels = []string{"", "individual", "class"}
)

func (c *checker) determination(d *Determination) {
	const at = "/determination/"
	if !slices.Contains(determinationKinds, d.Kind) {
		c.fault(at+"kind", RuleWord, fmt.Sprintf("unknown kind of determination %q", d.Kind), "want one of "+strings.Join(determinationKinds, ", "))
	}
	if !slices.Contains(determinationLevels, d.Level) {
		c.fault(at+"level", RuleWord, fmt.Sprintf("unknown level %q", d.Level), "want individual or class")
	}
	c.name(at+"by", d.By)
	c.text(at+"contract", d.Contract)
	c.text(at+"material", d.Material)
	if d.Level == "individual" && d.Contract == "" {
		c.fault(at+"contract", RuleRequired, "an individual determination names its contract", "")
	}
}

// checkTime tells why text is no RFC 3339 time with a zone.
func checkTime(text string) error {
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("time %q: want RFC 3339 with a zone, as in 2027-01-01T12:00:00Z", text)
	}
	return nil
}
