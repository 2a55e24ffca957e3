package supply

import (
	"fmt"
	"strings"
)

// Kind is one word of the closed set of material kinds.
type Kind struct {
	Name    string
	Covered bool   // a kind that the law names: the others are steps on the way, or what holds it
	Gloss   string // what it is, in a few words
}

var kinds = [...]Kind{
	{"NdFeB magnet", true, "neodymium-iron-boron magnet or magnet material, sintered or bonded"},
	{"SmCo magnet", true, "samarium-cobalt magnet or magnet material"},
	{"tantalum metal", true, "tantalum metal"},
	{"tantalum alloy", true, "tantalum alloy"},
	{"tungsten metal powder", true, "tungsten metal powder"},
	{"tungsten heavy alloy", true, "tungsten heavy alloy"},
	{"molybdenum", true, "molybdenum"},
	{"ferrite magnet", true, "hard ferrite magnet, without rare earths unless it says so"},
	{"AlNiCo magnet", true, "aluminium-nickel-cobalt magnet"},
	{"other", true, "a material that the law's other words do not name"},
	{"ore", false, "run-of-mine ore"},
	{"concentrate", false, "mineral or group concentrate"},
	{"leach liquor", false, "solution of the metal values"},
	{"mixed rare earth carbonate", false, "mixed rare earth carbonate or like precipitate"},
	{"carbonate", false, "carbonate of one element or group"},
	{"oxalate", false, "oxalate of one element or group"},
	{"chloride", false, "chloride of one element or group"},
	{"fluoride", false, "fluoride of one element or group"},
	{"oxide", false, "oxide of one element or group"},
	{"metal", false, "metal of one element or group"},
	{"alloy", false, "alloy, as flake, ingot or strip"},
	{"powder", false, "powder of an alloy or metal"},
	{"green compact", false, "pressed powder, not yet sintered"},
	{"swarf", false, "cuttings and grinding sludge"},
	{"scrap", false, "rejected or used material for recycling"},
	{"chemical", false, "reagent or other chemical"},
	{"waste", false, "tailings, residue or slag"},
	{"component", false, "part that holds the material: rotor, motor, sensor"},
	{"assembly", false, "assembly or subsystem"},
	{"end item", false, "what a contract line delivers"},
	{"container", false, "drum, bag, box, pallet"},
}

// Kinds is the closed set of material kinds: the law's first, then the chain's.
func Kinds() []Kind { return append([]Kind(nil), kinds[:]...) }

// ParseKind reads the name of a kind exactly. An unknown name is an error with a hint.
func ParseKind(name string) (Kind, error) {
	for _, k := range kinds {
		if k.Name == name {
			return k, nil
		}
	}
	low := strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), " "))
	if k, ok := kindHints[low]; ok {
		return Kind{}, fmt.Errorf("unknown kind of material %q: did you mean %q?", name, k)
	}
	for _, k := range kinds {
		if l := strings.ToLower(k.Name); l == low || l+"s" == low {
			return Kind{}, fmt.Errorf("unknown kind of material %q: did you mean %q?", name, k.Name)
		}
	}
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return Kind{}, fmt.Errorf("unknown kind of material %q: want one of %s", name, strings.Join(names, ", "))
}

// kindHints are other words for a kind, for hints only.
var kindHints = map[string]string{
	"ndfeb": "NdFeB magnet", "neodymium magnet": "NdFeB magnet", "nib magnet": "NdFeB magnet", "neo magnet": "NdFeB magnet",
	"magnet": "NdFeB magnet", "smco": "SmCo magnet", "samarium cobalt magnet": "SmCo magnet", "mrec": "mixed rare earth carbonate",
	"mixed carbonate": "mixed rare earth carbonate", "alnico": "AlNiCo magnet", "ferrite": "ferrite magnet", "tantalum": "tantalum metal",
	"tungsten": "tungsten metal powder", "wha": "tungsten heavy alloy", "motor": "component", "rotor": "component", "missile": "end item",
	"drum": "container", "pallet": "container", "liquor": "leach liquor", "slag": "waste", "tailings": "waste",
}

// forms is the closed set of the shapes in which a material comes; the law's mill-product forms stand among them.
var forms = [...]string{
	"finished", "blank", "block", "bar", "billet", "slab", "ingot", "plate", "sheet", "strip", "foil", "rod", "wire", "tube", "ring", "disc",
	"cube", "sphere", "arc", "powder", "flake", "granule", "cake", "compact", "sponge", "lump", "solution", "slurry", "forging", "casting", "piece",
}

// Forms is the closed set of forms.
func Forms() []string { return append([]string(nil), forms[:]...) }

// ParseForm checks the name of a form.
func ParseForm(name string) (string, error) {
	for _, f := range forms {
		if f == name {
			return f, nil
		}
	}
	low := strings.ToLower(strings.TrimSpace(name))
	for _, f := range forms {
		if f == low || f+"s" == low {
			return "", fmt.Errorf("unknown form %q: did you mean %q?", name, f)
		}
	}
	return "", fmt.Errorf("unknown form %q: want one of %s", name, strings.Join(forms[:], ", "))
}
