package sim

import (
	"math/bits"

	"lodestone/element"
	"lodestone/quantity"
)

// matter is a kind of matter the world tells apart: ten elements, and everything else (oxygen, carbonate, water, gangue).
type matter uint8

const (
	la matter = iota
	ce
	pr
	nd
	sm
	tb
	dy
	fe
	bo
	co
	other
	matters
)

// elements are the elements of the matters; other is none.
func (m matter) element() element.Element {
	return [matters]element.Element{element.La, element.Ce, element.Pr, element.Nd, element.Sm, element.Tb, element.Dy, element.Fe, element.B, element.Co, element.None}[m]
}

// load is what a lot truly holds, in whole milligrams: of each matter, from each origin.
type load [matters][origins]quantity.Mass

// of is the mass of one matter.
func (l *load) of(m matter) (sum quantity.Mass) {
	for _, x := range l[m] {
		sum += x
	}
	return sum
}

// mass is the mass of all of it.
func (l *load) mass() (sum quantity.Mass) {
	for m := range matters {
		sum += l.of(m)
	}
	return sum
}

// earths is the mass of the seven rare earths.
func (l *load) earths() (sum quantity.Mass) {
	for m := la; m <= dy; m++ {
		sum += l.of(m)
	}
	return sum
}

// add puts k into l.
func (l *load) add(k *load) {
	for m := range l {
		for o := range l[m] {
			l[m][o] += k[m][o]
		}
	}
}

// part takes num/den of every cell out of l, rounded down, and gives it: nothing is made or lost by the rounding.
func (l *load) part(num, den int64) (k load) {
	for m := range l {
		l.partOf(matter(m), num, den, &k)
	}
	return k
}

// partOf takes num/den of one matter out of l and puts it into k.
func (l *load) partOf(m matter, num, den int64, k *load) {
	if num <= 0 || den <= 0 {
		return
	}
	for o, x := range l[m] {
		if x > 0 {
			y := quantity.Mass(scale(int64(x), min(num, den), den))
			l[m][o] -= y
			k[m][o] += y
		}
	}
}

// scale is x × num / den rounded down, through 128 bits. None may be negative, den not zero, and the result must fit.
func scale(x, num, den int64) int64 {
	hi, lo := bits.Mul64(uint64(x), uint64(num))
	q, _ := bits.Div64(hi, lo, uint64(den))
	return int64(q)
}

// steps is what truly happened to the matter of a lot: for each element the acts, as bits of the world's list of acts.
type steps [matters - 1][acts / 64]uint64

// acts is how many different acts (a phase at a facility) a world may have.
const acts = 192

func (s *steps) add(k *steps, only *load) {
	for m := range s {
		if only.of(matter(m)) == 0 {
			continue
		}
		for i := range s[m] {
			s[m][i] |= k[m][i]
		}
	}
}

// mark says that an act happened to the elements that l holds and to is asked for.
func (s *steps) mark(act int, l *load, to element.Set) {
	for m := range s {
		if l.of(matter(m)) > 0 && (to.Empty() || to.Has(matter(m).element())) {
			s[m][act/64] |= 1 << (act % 64)
		}
	}
}

// keep drops the steps of elements that l does not hold.
func (s *steps) keep(l *load) {
	for m := range s {
		if l.of(matter(m)) == 0 {
			s[m] = [acts / 64]uint64{}
		}
	}
}
