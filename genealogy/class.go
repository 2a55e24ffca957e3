package genealogy

import (
	"time"

	"lodestone/element"
	"lodestone/supply"
)

// Class is what a verdict on a bare lot depends on beside the question: its interned profile, its elements and its
// material. Two lots of one Class at one Position of one graph get the same answer to the same question.
type Class struct {
	elements element.Set
	profile  setID
	material int32
}

// Class is the lot's class, and false when the lot is no distinguishable lot of covered material of one stated material:
// then it is not judged by its own profile alone. It costs a few map look-ups; the profile was worked out when the
// entries came.
func (g *Graph) Class(id supply.LotID) (Class, bool) {
	g.read()
	defer g.mu.RUnlock()
	l, ok := g.find(id)
	if !ok || g.lots.rows[l].marks&holder != 0 {
		return Class{}, false
	}
	words := g.words(l)
	if len(words) != 1 {
		return Class{}, false
	}
	c, parts := g.cover(l, moment(time.Time{}))
	if c == nil || len(parts) > 0 {
		return Class{}, false
	}
	row := &g.lots.rows[l]
	return Class{elements: row.elems, profile: row.profile, material: words[0].material}, true
}
