package shipment

import (
	"slices"

	"lodestone/quantity"
	"lodestone/rules"
)

// The shares by weight on which an exception of the law hangs. They are worked out from the masses of the bill only where
// every part's mass, number and kind are known and the bill is said to be complete; else they stay as the contract has them.

// covered are the kinds that count as covered material in every book's words; molybdenum counts in some only.
var covered = []string{"NdFeB magnet", "SmCo magnet", "tantalum metal", "tantalum alloy", "tungsten metal powder", "tungsten heavy alloy"}

// untungstened are the kinds that hold no tungsten by what they are.
var untungstened = []string{"NdFeB magnet", "SmCo magnet", "ferrite magnet", "AlNiCo magnet", "tantalum metal"}

// weigh counts a part of some kind, n pieces of it in the item. plain tells that the part is all of that kind.
func (it *item) weigh(c *part, kind string, n int64, plain bool) {
	w := &it.masses
	w.clean = w.clean && slices.Contains(untungstened, kind)
	switch {
	case !plain, kind == "other", kind == "molybdenum":
		w.known = false
	case slices.Contains(covered, kind):
		m, err := times(c.weight, n)
		if err == nil {
			w.covered, err = quantity.Sum(w.covered, m)
		}
		w.known = w.known && err == nil && m > 0
	}
}

// share fills in the shares of the whole.
func (it *item) share(p *part) {
	f, e := it.facts, &it.facts.EndItem
	if !f.MaterialsComplete || !it.masses.known {
		return
	}
	if it.masses.clean {
		it.worse(&e.TungstenShare, rules.Share{Known: true}, "tungsten_share")
	}
	if p.weight == 0 {
		return
	}
	s, err := quantity.DecimalOf(1).MulRatio(int64(it.masses.covered), int64(p.weight), 12)
	if err == nil {
		it.worse(&e.CoveredShare, rules.Share{Known: true, Value: s}, "covered_material_share")
	}
}

// worse takes the bill's share; where the contract file gives another, the greater, which exempts less.
func (it *item) worse(given *rules.Share, found rules.Share, field string) {
	if !given.Known {
		*given = found
		return
	}
	if given.Value != found.Value {
		if given.Value.Less(found.Value) {
			*given = found
		}
		it.facts.Assumed = append(it.facts.Assumed, "the contract file and the masses of the bill of materials give different values of "+field+"; the greater, "+given.Value.String()+", is taken")
	}
}
