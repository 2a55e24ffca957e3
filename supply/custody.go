package supply

import (
	"strings"

	"lodestone/epcis"
)

// Custody is a model of the chain of custody, as ISO 22095:2020 names five of them.
type Custody uint8

const (
	NoCustody          Custody = iota // none is claimed, or none can be
	IdentityPreserved                 // all of one source
	Segregated                        // of several sources of one place and country, mixed with no other
	ControlledBlending                // of several origins, the share of each known to lie within bounds
	MassBalance                       // the claim is handed on in the books of a site or group, not with the material
	BookAndClaim                      // the claim is traded apart from the material
)

var custodyWords = [...]string{"none", "identity preserved", "segregated", "controlled blending", "mass balance", "book and claim"}

// String is the model's name.
func (c Custody) String() string { return custodyWords[c] }

// ShowsOrigin tells whether a claim under the model says where the material itself comes from. One of mass balance or of
// book and claim does not: it says what was bought, and is no evidence of origin under DFARS, which asks where the material
// was mined, refined, separated, melted or produced.
func (c Custody) ShowsOrigin() bool {
	return c == IdentityPreserved || c == Segregated || c == ControlledBlending
}

// CustodyOf is the model under which an event's word on its lots is claimed, as urn:lodestone:voc:custody states it: one of
// the five names of ISO 22095, whatever the case, with blanks, hyphens or underscores. stated is false when the event says
// nothing. A model that cannot be read is an error; it shows no origin.
func CustodyOf(ev *epcis.Event) (c Custody, stated bool, err error) {
	v, ok := field(ev, ev.Extra, TermCustody)
	if !ok {
		return NoCustody, false, nil
	}
	s, _ := text(v)
	name := strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), " ")
	for c := IdentityPreserved; c <= BookAndClaim; c++ {
		if c.String() == name {
			return c, true, nil
		}
	}
	return NoCustody, true, at("/"+Term(TermCustody), "unknown model of custody %s: want one of %s", v, strings.Join(custodyWords[1:], ", "))
}
