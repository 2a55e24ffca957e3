// Package element holds the chemical elements of the magnet chain and sets of them.
package element

import "fmt"

// Element is one chemical element of the table. The zero value is no element.
// The numbers are of this program's run only: never write one to disk, write the symbol.
type Element uint8

// The elements the chain trades and the law names come first, in the order of the atomic number within each group.
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

// Parse reads a symbol such as "Nd", exactly as chemistry spells it.
func Parse(symbol string) (Element, error) {
	for i, s := range symbols {
		if s == symbol && s != "" {
			return Element(i), nil
		}
	}
	return None, fmt.Errorf("unknown element %q", symbol)
}

var symbols = [...]string{"", "Sc", "Y", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Fe", "B", "Co", "Ta", "W", "Mo", "Al", "Cu", "Ga", "Nb", "Zr"}

// Symbol is the chemical symbol, "" for None.
func (e Element) Symbol() string { return symbols[e] }

// String is the symbol.
func (e Element) String() string { return symbols[e] }

// RareEarth tells whether e is Sc, Y or a lanthanide.
func (e Element) RareEarth() bool { return e >= Sc && e <= Lu }
