package genealogy

import (
	"cmp"
	"slices"
	"time"

	"lodestone/element"
	"lodestone/supply"
)

// CoveredLot is a lot of covered material in an item, or one that may be.
type CoveredLot struct {
	Lot      supply.LotID
	Material supply.MaterialID // "" not said
	Kind     string            // "" not said
	Suspect  bool              // whether it is covered material cannot be told
	Why      string            // why it is suspect
	Path     []supply.LotID    // from the item to the lot, both included; the shortest, of several the first by ids
}

// Covered is the distinguishable lots of covered or suspect material in an item, by id: the lot itself when its material
// is of a kind that the law names; else those in what it holds at the moment, and in what was assembled into it, and so
// on down. Of an item that is a component, an assembly or an end item every making counts as assembling, of one whose
// kind nobody states those that are assembled or of no phase. An item of which nothing inside is recorded is suspect
// itself, for what is not known is not clean.
func (g *Graph) Covered(id supply.LotID, at time.Time) []CoveredLot {
	g.read()
	defer g.mu.RUnlock()
	root, ok := g.find(id)
	if !ok {
		return nil
	}
	type way struct {
		lot  int32
		path []supply.LotID
	}
	var found []CoveredLot
	seen := map[int32]bool{root: true}
	level := []way{{root, []supply.LotID{supply.LotID(g.lots.id(root))}}}
	for len(level) > 0 {
		var next []way
		for _, w := range level {
			c, parts := g.cover(w.lot, moment(at))
			if c != nil {
				c.Path = w.path
				found = append(found, *c)
			}
			for _, p := range parts {
				if seen[p.lot] {
					continue
				}
				seen[p.lot] = true
				path := slices.Clone(w.path)
				if p.via >= 0 {
					path = append(path, supply.LotID(g.lots.id(p.via)))
				}
				next = append(next, way{p.lot, append(path, supply.LotID(g.lots.id(p.lot)))})
			}
		}
		slices.SortFunc(next, func(a, b way) int { return slices.Compare(a.path, b.path) })
		level = next
	}
	slices.SortFunc(found, func(a, b CoveredLot) int { return slices.Compare([]supply.LotID{a.Lot}, []supply.LotID{b.Lot}) })
	return found
}

// signature is the elements without which no material is covered: the rare earths, tantalum, tungsten, molybdenum.
var signature = element.RareEarths.Union(element.SetOf(element.Ta, element.W, element.Mo))

// cover tells whether a lot is covered or suspect, or else what parts to look at.
func (g *Graph) cover(l int32, at int64) (*CoveredLot, []fed) {
	c := &CoveredLot{Lot: supply.LotID(g.lots.id(l))}
	elems := g.lots.rows[l].elems
	barred := !elems.Empty() && elems.Intersect(signature).Empty()
	var unknown, part, half, certain, other bool
	words := g.words(l)
	for i, w := range words {
		k := g.materialFacts(w.material)
		if i == 0 {
			c.Material = supply.MaterialID(g.names.text(w.material))
		}
		if len(k.kinds) == 0 {
			unknown = true
		}
		for _, kind := range k.kinds {
			if c.Kind == "" {
				c.Kind = kind
			}
			known, err := supply.ParseKind(kind)
			switch {
			case err != nil:
				unknown = true
			case kind == "other":
				other, c.Kind = true, kind
			case known.Covered:
				if !certain {
					c.Kind = kind
				}
				certain = true
			case kind == "component" || kind == "assembly" || kind == "end item" || kind == "container":
				part = true
			case kind == "alloy" || kind == "powder" || kind == "metal" || kind == "green compact":
				half = true
			}
		}
	}
	if certain {
		return c, nil
	}
	unknown = unknown || len(words) == 0
	parts := g.parts(l, at, part, unknown)
	switch {
	case other:
		c.Suspect, c.Why = true, "its kind claims nothing either way"
	case len(parts) > 0 || barred:
		return nil, parts
	case part:
		c.Suspect, c.Why = true, "nothing is recorded of what is in it"
	case half && elems.Empty():
		c.Suspect, c.Why = true, "its constituents are not stated"
	case half:
		c.Suspect, c.Why = true, "it holds an element of covered material"
	case unknown:
		c.Suspect, c.Why = true, "nobody states what it is of"
	default:
		return nil, nil
	}
	return c, parts
}

// parts is what a lot holds and what was assembled into it, by id.
func (g *Graph) parts(l int32, at int64, every, unstated bool) []fed {
	var parts []fed
	for _, s := range g.contents(l, at) {
		parts = append(parts, fed{lot: s.child, via: -1})
	}
	for _, m := range g.makingsOf(l) {
		bits := g.phases(m)
		if every || bits&(1<<supply.Assembled) != 0 || unstated && bits == 1<<supply.NoPhase {
			parts = append(parts, g.drawnInto(m)...)
		}
	}
	slices.SortStableFunc(parts, func(a, b fed) int { return cmp.Compare(g.lots.id(a.lot), g.lots.id(b.lot)) })
	return slices.DeleteFunc(parts, func(p fed) bool { return p.lot == l })
}
