package supply

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
)

// The rules that Check names in its faults.
const (
	RuleOneSubject = "statement-one-subject" // exactly one of the pointers, or Retract, is set
	RuleID         = "statement-id"          // an id is an absolute URI
	RuleRequired   = "statement-required"    // a field that must be there is empty
	RuleText       = "statement-text"        // text is valid UTF-8 without control characters, of at most 4,096 bytes
	RuleWord       = "statement-word"        // a word of a closed set
	RuleNumber     = "statement-number"      // a decimal in its range
	RuleDate       = "statement-date"        // a day, a time, or a period that ends before it begins
)

// Check tells everything that is wrong with a statement by itself, all at once; nil when nothing is. The error is
// epcis.Faults, with JSON pointers into the statement. What it finds depends on the statement alone, never on others.
func (s *Statement) Check() error {
	c := checker{}
	c.subject(s)
	if s.Valid.From != 0 && s.Valid.Until != 0 && s.Valid.Until < s.Valid.From {
		c.fault("/valid", RuleDate, fmt.Sprintf("valid until %s ends before it begins on %s", s.Valid.Until, s.Valid.From), "swap the two days")
	}
	if s.Issued != "" {
		if err := checkTime(s.Issued); err != nil {
			c.fault("/issued", RuleDate, err.Error(), "")
		}
	}
	switch {
	case s.Party != nil:
		c.party(s.Party)
	case s.Facility != nil:
		c.facility(s.Facility)
	case s.Material != nil:
		c.material(s.Material)
	case s.Lot != nil:
		c.id("/lot/id", string(s.Lot.ID))
		c.id("/lot/material", string(s.Lot.Material))
		c.text("/lot/note", s.Lot.Note)
	case s.Agreement != nil:
		c.agreement(s.Agreement)
	case s.Document != nil:
		c.document(s.Document)
	case s.Determination != nil:
		c.determination(s.Determination)
	}
	return c.faults.Err()
}

type checker struct{ faults epcis.Faults }

func (c *checker) fault(pointer, rule, message, hint string) {
	c.faults = append(c.faults, epcis.Fault{Pointer: pointer, Rule: rule, Message: message, Hint: hint})
}

func (c *checker) subject(s *Statement) {
	n := 0
	for _, set := range []bool{s.Party != nil, s.Facility != nil, s.Material != nil, s.Lot != nil, s.Agreement != nil,
		s.Document != nil, s.Determination != nil, s.Retract != ""} {
		if set {
			n++
		}
	}
	if n != 1 {
		c.fault("", RuleOneSubject, fmt.Sprintf("a statement is about exactly one thing, this one about %d", n),
			"set one of party, facility, material, lot, agreement, document, determination or retract")
	}
	if s.Retract != "" && !isHex(s.Retract, 64) {
		c.fault("/retract", RuleID, "want the entry id as 64 lower-case hex digits", "")
	}
}

// id checks a required URI, optional one that may be absent.
func (c *checker) id(pointer, id string) {
	if id == "" {
		c.fault(pointer, RuleRequired, "missing", "give an absolute URI, such as urn:example:lot:1")
		return
	}
	c.optional(pointer, id)
}

func (c *checker) optional(pointer, id string) {
	if id == "" {
		return
	}
	if err := CheckURI(id); err != nil {
		c.fault(pointer, RuleID, err.Error(), "")
	}
}

func (c *checker) name(pointer, text string) {
	if strings.TrimSpace(text) == "" {
		c.fault(pointer, RuleRequired, "missing", "give a name")
	}
	c.text(pointer, text)
}

const maxTextLen = 4096

func (c *checker) text(pointer, text string) {
	if err := checkText(text); err != nil {
		c.fault(pointer, RuleText, err.Error(), "")
	}
}

func checkText(text string) error {
	switch {
	case len(text) > maxTextLen:
		return fmt.Errorf("text of %d bytes: at most %d", len(text), maxTextLen)
	case !utf8.ValidString(text):
		return fmt.Errorf("text is not valid UTF-8")
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return fmt.Errorf("text holds the control character U+%04X", r)
		}
	}
	return nil
}

func (c *checker) country(pointer string, country Country) {
	if country != "" && !country.Known() {
		hint := "want an ISO 3166-1 alpha-2 code in capitals, such as US"
		if near, err := ParseCountry(string(country)); err == nil {
			hint = "did you mean " + string(near) + "?"
		}
		c.fault(pointer, RuleWord, fmt.Sprintf("unknown country code %q", country), hint)
	}
}

func (c *checker) symbol(pointer, symbol string) element.Element {
	e, err := element.Parse(symbol)
	if err != nil {
		c.fault(pointer, RuleWord, err.Error(), "")
	}
	return e
}

// decimal checks a decimal between low and high, both included; above low when open.
func (c *checker) decimal(pointer, text, low, high string, open bool) {
	d, err := quantity.ParseDecimal(text)
	switch {
	case err != nil:
		c.fault(pointer, RuleNumber, err.Error(), "")
	case d.Less(quantity.MustDecimal(low)), quantity.MustDecimal(high).Less(d), open && d == quantity.MustDecimal(low):
		between := "between " + low + " and " + high
		if open {
			between = "above " + low + " and at most " + high
		}
		c.fault(pointer, RuleNumber, fmt.Sprintf("%s is out of range: want %s", text, between), "")
	}
}

// CheckURI tells why text is not an absolute URI: a scheme, a colon, and then only the characters of RFC 3986; at most
// 2,048 bytes. nil when it is one.
func CheckURI(text string) error {
	scheme, rest, found := strings.Cut(text, ":")
	switch {
	case len(text) > 2048:
		return fmt.Errorf("id of %d bytes: at most 2048", len(text))
	case !found || scheme == "" || rest == "" || !isAlpha(scheme[0]):
		return fmt.Errorf("%q is not a URI: want a scheme and a colon, such as urn:example:%s", text, strings.Trim(text, ":"))
	}
	for i := 0; i < len(scheme); i++ {
		if b := scheme[i]; !isAlpha(b) && !('0' <= b && b <= '9') && b != '+' && b != '-' && b != '.' {
			return fmt.Errorf("%q is not a URI: want a scheme and a colon first, such as urn:example:1", text)
		}
	}
	for i := 0; i < len(rest); i++ {
		b := rest[i]
		if b <= ' ' || b >= 0x7f || strings.IndexByte("\"<>\\^`{|}", b) >= 0 {
			return fmt.Errorf("%q is not a URI: write the character %q as %%%02X", text, rest[i:i+1], b)
		}
		if b == '%' && !(i+2 < len(rest) && isHexDigit(rest[i+1]) && isHexDigit(rest[i+2])) {
			return fmt.Errorf("%q is not a URI: a percent sign begins two hex digits", text)
		}
	}
	return nil
}

func isAlpha(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func isHexDigit(b byte) bool { return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f' }

// isHex tells whether text is n lower-case hex digits.
func isHex(text string, n int) bool {
	if len(text) != n {
		return false
	}
	for i := 0; i < n; i++ {
		if !isHexDigit(text[i]) || 'A' <= text[i] && text[i] <= 'F' {
			return false
		}
	}
	return true
}
