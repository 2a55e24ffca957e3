package element

import "fmt"

// Scheme is a named division of the rare earths into light and heavy. There is no single one: the schemes differ on Eu
// and Gd. Keep the scheme beside every label.
type Scheme uint8

const (
	EU    Scheme = iota + 1 // European Union, critical raw materials: Eu and Gd are heavy
	USDOE                   // United States Department of Energy: Eu and Gd are light
)

// Group is light or heavy, or neither.
type Group uint8

const (
	Unclassed Group = iota // no rare earth, scandium (apart in both schemes), or promethium
	Light
	Heavy
)

var groupWords = [...]string{"unclassed", "light", "heavy"}

// String is light, heavy or unclassed.
func (g Group) String() string { return groupWords[g] }

// String is the scheme's name.
func (s Scheme) String() string {
	switch s {
	case EU:
		return "EU"
	case USDOE:
		return "US DOE"
	}
	return "no scheme"
}

// ParseScheme reads EU or US DOE.
func ParseScheme(word string) (Scheme, error) {
	switch word {
	case "EU":
		return EU, nil
	case "US DOE", "DOE":
		return USDOE, nil
	}
	return 0, fmt.Errorf("unknown scheme %q of light and heavy rare earths: EU or US DOE", word)
}

// Group is where the scheme puts e: La to Sm light and Tb to Lu with Y heavy in both; Eu and Gd heavy in the EU's and
// light in the US DOE's; Sc and Pm in neither.
func (e Element) Group(s Scheme) Group {
	switch {
	case s != EU && s != USDOE, !e.RareEarth(), e == Sc, e == Pm:
		return Unclassed
	case e == Y, e >= Tb:
		return Heavy
	case e == Eu, e == Gd:
		if s == EU {
			return Heavy
		}
	}
	return Light
}
