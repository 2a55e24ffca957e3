package genealogy

import (
	"cmp"
	"slices"

	"lodestone/element"
	"lodestone/supply"
)

// An atom is one thing a profile can hold: a step, a hole or a flag. Atoms are interned: one number for equal ones.
type atom struct {
	kind  atomKind
	step  Step            // atomStep
	elem  element.Element // atomHole
	phase supply.Phase    // atomHole
	again bool            // atomHole: in an earlier life
	flag  FlagKind        // atomFlag
	lot   int32           // atomHole, atomFlag
}

type atomKind uint8

const (
	atomStep atomKind = iota + 1
	atomHole
	atomFlag
	atomMore // there is more of what the atom's other fields say, their lot apart
)

// Examples is how many holes of one element before one phase, flags of one kind, and disputes about one step a profile
// names: those at the least lot ids. Where there are more, it says so. Otherwise a plant that over-issues everything
// would make every profile downstream as long as its list of lots.
const Examples = 16

// setID is an interned set of atoms. The zero value is the empty set.
type setID int32

// sets interns atoms and sets of atoms, and remembers unions and restrictions. Equal sets have equal numbers, so a
// profile is compared by one comparison. The numbers depend on the order of arrival and never leave the package.
type sets struct {
	atoms   []atom
	atomNo  map[atom]int32
	members []int32  // of all sets, one after another, ascending in each
	ends    []uint32 // where the members of each set end
	byList  index
	unions  map[[2]setID]setID
	limits  map[limitKey]setID
	list    []int32 // scratch
	lotID   func(int32) string
}

type limitKey struct {
	set   setID
	elems element.Set
	again bool
}

func newSets() sets {
	return sets{
		atomNo: map[atom]int32{}, ends: []uint32{0},
		unions: map[[2]setID]setID{}, limits: map[limitKey]setID{},
	}
}

func (s *sets) atom(a atom) int32 {
	if n, ok := s.atomNo[a]; ok {
		return n
	}
	n := int32(len(s.atoms))
	s.atoms = append(s.atoms, a)
	s.atomNo[a] = n
	return n
}

// class is what an atom is an example of: all of it but where it shows; ok is false for an atom that stands for itself.
func (a atom) class() (class atom, ok bool) {
	switch a.kind {
	case atomStep:
		ok = a.step.Dispute != ""
		a.step.Dispute = ""
	case atomHole, atomFlag:
		ok = true
		a.lot = 0
	}
	return a, ok
}

// trim leaves the first Examples of each class in a sorted list, and says of which there are more. As it takes the least
// of a union, it does not matter in which order unions are made, nor whether their parts were trimmed.
func (s *sets) trim(list []int32) []int32 {
	if len(list) <= Examples {
		return list
	}
	classes := map[atom][]int32{}
	over := false
	for _, n := range list {
		if c, ok := s.atoms[n].class(); ok {
			classes[c] = append(classes[c], n)
			over = over || len(classes[c]) > Examples
		}
	}
	if !over {
		return list
	}
	drop := map[int32]bool{}
	for c, of := range classes {
		if len(of) <= Examples {
			continue
		}
		slices.SortFunc(of, func(i, j int32) int {
			a, b := &s.atoms[i], &s.atoms[j]
			if a.kind == atomStep {
				return cmp.Compare(a.step.Dispute, b.step.Dispute)
			}
			return cmp.Compare(s.lotID(a.lot), s.lotID(b.lot))
		})
		for _, n := range of[Examples:] {
			drop[n] = true
		}
		list = append(list, s.atom(c.more()))
	}
	list = slices.DeleteFunc(list, func(n int32) bool { return drop[n] })
	slices.Sort(list)
	return slices.Compact(list)
}

// more is the atom that says there are more of a class.
func (a atom) more() atom {
	m := atom{kind: atomMore, elem: a.elem, phase: a.phase, again: a.again, flag: a.flag}
	if a.kind == atomStep {
		m.phase = a.step.Phase
	}
	return m
}

// of is the members of a set, ascending.
func (s *sets) of(id setID) []int32 {
	if id == 0 {
		return nil
	}
	end := s.ends[id]
	return s.members[s.ends[id-1]:end:end]
}

// count is how many sets there are, the empty one included.
func (s *sets) count() int { return len(s.ends) }

// intern is the number of the set of the atoms listed, in any order and with repeats. It sorts the list in place.
func (s *sets) intern(list []int32) setID {
	slices.Sort(list)
	list = s.trim(slices.Compact(list))
	if len(list) == 0 {
		return 0
	}
	if n, ok := s.byList.find(hashList(list), func(n int32) bool { return slices.Equal(s.of(setID(n)), list) }); ok {
		return setID(n)
	}
	n := int32(len(s.ends))
	s.members = append(s.members, list...)
	s.ends = append(s.ends, uint32(len(s.members)))
	s.byList.put(n, func(n int32) uint64 { return hashList(s.of(setID(n))) })
	return setID(n)
}

func (s *sets) union(a, b setID) setID {
	if a == b || b == 0 {
		return a
	}
	if a == 0 {
		return b
	}
	if a > b {
		a, b = b, a
	}
	k := [2]setID{a, b}
	if u, ok := s.unions[k]; ok {
		return u
	}
	s.list = append(append(s.list[:0], s.of(a)...), s.of(b)...)
	u := s.intern(s.list)
	s.unions[k] = u
	return u
}

// unionAll is the union of many sets. A few go pairwise through the memory; many are merged at once, so that no
// intermediate unions are kept. It sorts the list in place.
func (s *sets) unionAll(list []setID) setID {
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) > 8 {
		s.list = s.list[:0]
		for _, id := range list {
			s.list = append(s.list, s.of(id)...)
		}
		return s.intern(s.list)
	}
	var u setID
	for _, id := range list {
		u = s.union(u, id)
	}
	return u
}

// limit restricts a set to the elements of a lot; the empty set of elements is no restriction. With again, the steps
// and holes are marked as of an earlier life. A whole-material step or a hole in every element narrows to the elements;
// a step or hole that none of them is left of is dropped; flags stay.
func (s *sets) limit(id setID, elems element.Set, again bool) setID {
	if id == 0 || elems.Empty() && !again {
		return id
	}
	k := limitKey{id, elems, again}
	if r, ok := s.limits[k]; ok {
		return r
	}
	var out []int32
	for _, n := range s.of(id) {
		a := s.atoms[n]
		switch a.kind {
		case atomStep:
			if !elems.Empty() {
				if a.step.Elements.Empty() {
					a.step.Elements = elems
				} else if a.step.Elements = a.step.Elements.Intersect(elems); a.step.Elements.Empty() {
					continue
				}
			}
			a.step.Recycled = a.step.Recycled || again
			out = append(out, s.atom(a))
		case atomHole:
			a.again = a.again || again
			switch {
			case elems.Empty():
				out = append(out, s.atom(a))
			case a.elem == element.None:
				for e := range elems.All() {
					a.elem = e
					out = append(out, s.atom(a))
				}
			case elems.Has(a.elem):
				out = append(out, s.atom(a))
			}
		case atomMore:
			if elems.Empty() || a.elem == element.None || elems.Has(a.elem) {
				out = append(out, n)
			}
		case atomFlag:
			out = append(out, n)
		}
	}
	r := s.intern(out)
	s.limits[k] = r
	return r
}
