package gs1

import "fmt"

// ID is one GS1 key with at most one qualifier. Key and Value hold the characters themselves, not percent-encoded.
type ID struct {
	AI        string // application identifier of the primary key: "01", "414"
	Key       string // "04012345123456"
	Qualifier string // application identifier of the finest qualifier, "" for none
	Value     string // its value
}

// kind says what a primary key looks like.
type kind struct {
	ai         string
	name       string   // in words, for messages
	digits     int      // the key begins with so many digits
	check      int      // of which the one at this place, counted from 1, is the check digit; 0 none
	tail       int      // and goes on with up to so many further characters
	tailDigits bool     // which are digits only
	zero       bool     // the first digit is 0
	part       bool     // the characters of the whole key are those of component identifiers: 0-9 A-Z # - /
	finest     []string // qualifiers of the canonical form, the finest first
	dropped    []string // qualifiers that the canonical form leaves out
}

// kinds is the table of primary keys. Source: GS1 Barcode Syntax Dictionary (formats and check digits) and EPCIS event hash rule 18
// (which qualifiers stay).
var kinds = [...]kind{
	{ai: "01", name: "gtin", digits: 14, check: 14, finest: []string{"21", "10", "235"}, dropped: []string{"22"}},
	{ai: "00", name: "sscc", digits: 18, check: 18},
	{ai: "414", name: "gln", digits: 13, check: 13, finest: []string{"254"}, dropped: []string{"7040"}},
	{ai: "417", name: "party gln", digits: 13, check: 13, dropped: []string{"7040"}},
	{ai: "253", name: "gdti", digits: 13, check: 13, tail: 17},
	{ai: "255", name: "gcn", digits: 13, check: 13, tail: 12, tailDigits: true},
	{ai: "401", name: "ginc", tail: 30},
	{ai: "402", name: "gsin", digits: 17, check: 17},
	{ai: "8003", name: "grai", digits: 14, check: 14, tail: 16, zero: true},
	{ai: "8004", name: "giai", tail: 30, dropped: []string{"7040"}},
	{ai: "8006", name: "itip", digits: 18, check: 14, finest: []string{"21", "10"}, dropped: []string{"22"}},
	{ai: "8010", name: "cpid", tail: 30, part: true, finest: []string{"8011"}},
	{ai: "8017", name: "gsrn", digits: 18, check: 18, dropped: []string{"8019"}},
	{ai: "8018", name: "gsrn", digits: 18, check: 18, dropped: []string{"8019"}},
}

func kindOf(ai string) *kind {
	for i := range kinds {
		if kinds[i].ai == ai {
			return &kinds[i]
		}
	}
	return nil
}

// fits tells whether a key has the form of the kind; the check digit is not looked at.
func (k *kind) fits(key string) bool {
	if len(key) < k.digits || len(key) > k.digits+k.tail || key == "" || !allDigits(key[:k.digits]) {
		return false
	}
	tail := key[k.digits:]
	switch {
	case k.tailDigits:
		return allDigits(tail)
	case k.part:
		return all(tail, isPart)
	}
	return all(tail, isText)
}

// qualifierFits tells whether a value has the form of a qualifier.
func qualifierFits(ai, value string) bool {
	switch {
	case value == "":
		return false
	case ai == "8011":
		return len(value) <= 12 && allDigits(value)
	case ai == "235":
		return len(value) <= 28 && all(value, isText)
	}
	return len(value) <= 20 && all(value, isText)
}

func all(s string, ok func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

// isText is the 82 characters of GS1 element strings (General Specifications, figure 7.11-1).
func isText(c byte) bool {
	return c == '!' || c == '"' || c >= '%' && c <= '?' || c >= 'A' && c <= 'Z' || c == '_' || c >= 'a' && c <= 'z'
}

// isPart is the 39 characters of component and part identifiers (General Specifications, figure 7.11-2).
func isPart(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '#' || c == '-' || c == '/'
}

// Check tells whether the key's check digit is right, and the leading zero of a GRAI is there; keys without one pass.
func (id ID) Check() error {
	k := kindOf(id.AI)
	if k == nil {
		return fmt.Errorf("gs1 key (%s)%s: no primary key of GS1", id.AI, id.Key)
	}
	if !k.fits(id.Key) {
		return fmt.Errorf("%s %q: does not have the form of a %[1]s", k.name, id.Key)
	}
	if k.zero && id.Key[0] != '0' {
		return fmt.Errorf("%s %q: begins with %c, want 0", k.name, id.Key, id.Key[0])
	}
	if k.check == 0 {
		return nil
	}
	return checked(k.name, id.Key[:k.check], k.check)
}

// Class tells whether the ID names a class or a lot, of which there can be an amount, and not a single thing.
func (id ID) Class() bool {
	switch id.AI {
	case "01", "8006":
		return id.Qualifier != "21" && id.Qualifier != "235"
	case "253", "255":
		return len(id.Key) == 13
	case "8003":
		return len(id.Key) == 14
	case "8010":
		return id.Qualifier == ""
	}
	return false
}

// Link is the canonical GS1 Digital Link.
func (id ID) Link() string {
	return string(id.AppendLink(make([]byte, 0, len(linkStart)+len(id.AI)+len(id.Key)+len(id.Qualifier)+len(id.Value)+8)))
}

// AppendLink appends Link to dst.
func (id ID) AppendLink(dst []byte) []byte {
	dst = append(dst, linkStart...)
	dst = append(dst, id.AI...)
	dst = append(dst, '/')
	dst = encode(dst, id.Key)
	if id.Qualifier != "" {
		dst = append(dst, '/')
		dst = append(dst, id.Qualifier...)
		dst = append(dst, '/')
		dst = encode(dst, id.Value)
	}
	return dst
}

// String is the element string in brackets, as people read it: "(01)04012345123456(10)Lot987".
func (id ID) String() string {
	if id.Qualifier == "" {
		return "(" + id.AI + ")" + id.Key
	}
	return "(" + id.AI + ")" + id.Key + "(" + id.Qualifier + ")" + id.Value
}
