// Package element holds the chemical elements of the magnet chain, their atomic masses and usual oxides, and sets of them.
//
// The table has the seventeen rare earths, the other elements that the law and the magnet alloys name, and the
// companions that ores, concentrates and assays name: fewer than 64 in all, so that a Set is one machine word.
//
// # Oxide factors
//
// A laboratory states rare earths as oxides. With atomic masses A and the usual oxide EaOb of an element,
//
//	element = oxide × a·A(E) / (a·A(E) + b·A(O))
//
// so 100 kg of Nd2O3 hold 100 × 288.484 / 336.481 = 85.7356 kg Nd. The factor is a ratio of two whole numbers
// (millionths of the atomic mass unit), so nothing is rounded before the end.
//
// # Sources
//
// Atomic masses are standard or abridged atomic weights of IUPAC/CIAAW as remembered, not looked up. The seventeen are
// the values of the atlas's elements.csv, whose oxide factors the tests compare with the computed ones. Promethium has
// no stable isotope; its mass is that of Pm-145, and it is not traded.
package element

import (
	"fmt"
	"strings"
)

// Element is one chemical element of the table. The zero value is no element.
// The numbers are of this program's run only: never write one to disk, write the symbol.
type Element uint8

// The elements the chain trades and the law names come first, then the companions, each group by atomic number.
const (
	None Element = iota
	Sc
	Y
	La
	Ce
	Pr
	Nd
	Pm
	Sm
	Eu
	Gd
	Tb
	Dy
	Ho
	Er
	Tm
	Yb
	Lu
	Fe
	B
	Co
	Ta
	W
	Mo
	Al
	Cu
	Ga
	Nb
	Zr
	lastTraded = Zr
)

// The companions that assays and alloys name.
const (
	H Element = lastTraded + 1 + iota
	C
	N
	O
	F
	Na
	Mg
	Si
	P
	S
	Cl
	K
	Ca
	Ti
	V
	Cr
	Mn
	Ni
	Zn
	Ge
	As
	Sr
	Ag
	Cd
	In
	Sn
	Sb
	Ba
	Hf
	Re
	Pb
	Bi
	Th
	U
	count
)

// Count is one more than the number of elements: the elements are 1 to Count-1.
const Count = int(count)

// A Set is 64 bits: this fails to compile when the table outgrows it.
const _ = uint(64 - Count)

// Parse reads a symbol such as "Nd", exactly as chemistry spells it. An unknown symbol is an error with a hint.
func Parse(symbol string) (Element, error) {
	if len(symbol) == 0 || len(symbol) > 2 {
		return None, unknown(symbol)
	}
	for i := 1; i < Count; i++ {
		if table[i].symbol == symbol {
			return Element(i), nil
		}
	}
	return None, unknown(symbol)
}

func unknown(symbol string) error {
	if len(symbol) > 32 {
		symbol = symbol[:32] + "…"
	}
	w := strings.ToLower(strings.TrimSpace(symbol))
	if w == "" {
		return fmt.Errorf("empty element: want the chemical symbol, such as Nd")
	}
	if e, ok := spoken[w]; ok {
		return fmt.Errorf("unknown element %q: %s", symbol, e)
	}
	for i := 1; i < Count; i++ {
		r := &table[i]
		switch {
		case w == strings.ToLower(r.symbol), w == r.name:
			return fmt.Errorf("unknown element %q: did you mean %s (%s)?", symbol, r.symbol, r.name)
		case r.oxide.Formula != "" && w == strings.ToLower(r.oxide.Formula):
			return fmt.Errorf("unknown element %q: that is an oxide; the element is %s", symbol, r.symbol)
		}
	}
	return fmt.Errorf("unknown element %q: want the chemical symbol, such as Nd, Pr, Dy, Tb, Sm, Co, Fe or B", symbol)
}

// spoken are words of the trade that are no single element, with what to write instead; and other spellings of names.
var spoken = map[string]string{
	"ndpr":       "name the elements one by one: Nd and Pr",
	"prnd":       "name the elements one by one: Nd and Pr",
	"didymium":   "name the elements one by one: Nd and Pr",
	"mischmetal": "name the elements one by one: La, Ce, Pr and Nd as assayed",
	"seg":        "name the elements one by one: Sm, Eu and Gd",
	"treo":       "total rare earth oxide is a sum: name the elements one by one",
	"tre":        "total rare earths is a sum: name the elements one by one",
	"reo":        "rare earth oxide is a sum: name the elements one by one",
	"lree":       "light rare earths are a group: name the elements one by one",
	"hree":       "heavy rare earths are a group: name the elements one by one",
	"aluminum":   "did you mean Al (aluminium)?",
	"wolfram":    "did you mean W (tungsten)?",
	"columbium":  "did you mean Nb (niobium)?",
	"cb":         "did you mean Nb (niobium)?",
	"sulphur":    "did you mean S (sulfur)?",
}

// Symbol is the chemical symbol, "" for None.
func (e Element) Symbol() string { return table[e].symbol }

// String is the symbol.
func (e Element) String() string { return table[e].symbol }

// Name is the English name in small letters, as IUPAC has it; "" for None.
func (e Element) Name() string { return table[e].name }

// Number is the atomic number, 0 for None.
func (e Element) Number() int { return int(table[e].number) }

// RareEarth tells whether e is Sc, Y or a lanthanide.
func (e Element) RareEarth() bool { return e >= Sc && e <= Lu }

// Traded tells whether e is one of the elements the chain trades and the law names: the rare earths but promethium,
// and Fe, B, Co, Ta, W, Mo, Al, Cu, Ga, Nb, Zr.
func (e Element) Traded() bool { return e != None && e <= lastTraded && e != Pm }
