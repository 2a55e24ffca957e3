package supply

import "fmt"

// Evidence is how well a fact is attested, weakest first.
type Evidence uint8

const (
	NoEvidence Evidence = iota // nobody stands behind it
	Stated                     // a party's own statement
	Certified                  // a signed certificate
	Audited                    // a third party looked
	Measured                   // an instrument says so
)

var evidenceWords = [...]string{"none", "statement", "certificate", "audited", "measured"}

// ParseEvidence reads none, statement, certificate, audited or measured.
func ParseEvidence(word string) (Evidence, error) {
	for i, w := range evidenceWords {
		if w == word {
			return Evidence(i), nil
		}
	}
	return 0, fmt.Errorf("unknown evidence grade %q: none, statement, certificate, audited or measured", word)
}

// String is the grade's word.
func (e Evidence) String() string { return evidenceWords[e] }
