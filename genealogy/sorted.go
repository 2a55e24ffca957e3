package genealogy

import (
	"cmp"
	"slices"
	"sync"
)

// sorted is the lots in order of their ids, kept beside the graph for answers that must come out in one order. It is
// brought up to date by whoever asks first: new lots are sorted and merged in.
type sorted struct {
	mu sync.Mutex
	order
}

// order is the lots by their ids.
type order struct {
	list []int32  // lots
	pos  []int32  // place of each lot in the list
	ids  []uint64 // places of their ids, as in texts, so that a list of ids is read from one end to the other
}

// order is the lots by id. The caller holds the read lock and changes nothing of it.
func (g *Graph) order() order {
	s := &g.sorted
	s.mu.Lock()
	defer s.mu.Unlock()
	known, all := len(s.list), len(g.lots.rows)
	if known == all {
		return s.order
	}
	more := make([]int32, 0, all-known)
	for l := known; l < all; l++ {
		more = append(more, int32(l))
	}
	slices.SortFunc(more, func(a, b int32) int { return cmp.Compare(g.lots.id(a), g.lots.id(b)) })
	merged := make([]int32, 0, all)
	old := s.list
	for len(old) > 0 && len(more) > 0 {
		if g.lots.id(old[0]) < g.lots.id(more[0]) {
			merged, old = append(merged, old[0]), old[1:]
		} else {
			merged, more = append(merged, more[0]), more[1:]
		}
	}
	s.list = append(append(merged, old...), more...)
	s.pos, s.ids = make([]int32, all), make([]uint64, all)
	for i, l := range s.list {
		s.pos[l], s.ids[i] = int32(i), g.lots.at[l]
	}
	return s.order
}

// ordered tells whether the order is at hand. The caller holds the read lock.
func (g *Graph) ordered() bool {
	g.sorted.mu.Lock()
	defer g.sorted.mu.Unlock()
	return len(g.sorted.list) == len(g.lots.rows)
}
