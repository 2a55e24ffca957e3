package element

import (
	"iter"
	"math/bits"
	"strings"
)

// Set is a set of elements as bits. The zero value is the empty set.
type Set uint64

// SetOf makes a set of the elements given.
func SetOf(es ...Element) Set {
	var s Set
	for _, e := range es {
		s |= 1 << e
	}
	return s
}

// RareEarths is the set of the seventeen.
var RareEarths = Set(1<<(Lu+1) - 1<<Sc)

// Has tells whether e is in s.
func (s Set) Has(e Element) bool { return s&(1<<e) != 0 }

// With is s and e.
func (s Set) With(e Element) Set { return s | 1<<e }

// Union, Intersect and Minus are the set operations.
func (s Set) Union(t Set) Set     { return s | t }
func (s Set) Intersect(t Set) Set { return s & t }
func (s Set) Minus(t Set) Set     { return s &^ t }

// Contains tells whether every element of t is in s.
func (s Set) Contains(t Set) bool { return t&^s == 0 }

// Empty tells whether no element is in s.
func (s Set) Empty() bool { return s == 0 }

// Len is the number of elements in s.
func (s Set) Len() int { return bits.OnesCount64(uint64(s)) }

// All goes through the elements in table order.
func (s Set) All() iter.Seq[Element] {
	return func(yield func(Element) bool) {
		for s != 0 {
			e := Element(bits.TrailingZeros64(uint64(s)))
			if !yield(e) {
				return
			}
			s &= s - 1
		}
	}
}

// String is the symbols in table order, comma separated.
func (s Set) String() string {
	var b strings.Builder
	for e := range s.All() {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(e.Symbol())
	}
	return b.String()
}
