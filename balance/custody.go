package balance

// Custody is a model of the chain of custody, as ISO 22095:2020 names five of them.
type Custody uint8

const (
	NoModel            Custody = iota // a part has no recorded origin: no model can be claimed
	IdentityPreserved                 // all of one source
	Segregated                        // of several sources of one place and country, mixed with no other
	ControlledBlending                // of several origins, the share of each known to lie within bounds
	MassBalance                       // the claim is handed on in the books, not with the material: never derived here
	BookAndClaim                      // the claim is traded apart from the material: never derived here
)

var custodyWords = [...]string{"none", "identity preserved", "segregated", "controlled blending", "mass balance", "book and claim"}

// String is the model's name.
func (c Custody) String() string { return custodyWords[c] }

// Origin tells whether a claim under the model says where the material itself comes from. One of mass balance or of book
// and claim does not: it says what was bought, and is no evidence of origin under DFARS, which asks where the material
// was mined, refined, separated, melted or produced.
func (c Custody) Origin() bool {
	return c == IdentityPreserved || c == Segregated || c == ControlledBlending
}

// custodyOf is the strictest model that the record of the lot bears out. Lots of this ledger are followed as material, so
// it is one of the first three or none.
func custodyOf(o *Origins) Custody {
	for _, s := range o.Shares {
		if !s.Origin.Known || s.Origin.Country == "" {
			return NoModel
		}
	}
	switch {
	case len(o.Shares) == 0:
		return NoModel
	case len(o.Shares) > 1:
		return ControlledBlending
	case o.Sources > 1:
		return Segregated
	}
	return IdentityPreserved
}
