package genealogy

// tarjan finds strongly connected components without recursion: chains are as deep as the history is long.
// Nodes 0 to lots-1 are lots; then come the makings: a group of one transformationID, or a single event.
type tarjan struct {
	g       *Graph
	lots    int32
	index   []int32 // order of first visit, from 1 on
	low     []int32
	comp    []int32 // component by node, from 0 on, in order of completion
	onStack []bool
	stack   []int32
	frames  []frame
	next    int32
	found   int
	kids    []int32 // neighbours of the nodes on the path, one after another
}

type frame struct {
	node       int32
	begin, end int // of its neighbours still to visit, in kids
	base       int // where its neighbours begin
}

func newTarjan(g *Graph) *tarjan {
	n := len(g.lots.rows) + len(g.txns) + len(g.events)
	return &tarjan{g: g, lots: int32(len(g.lots.rows)), index: make([]int32, n), low: make([]int32, n), comp: make([]int32, n), onStack: make([]bool, n)}
}

// making is the node of the making an event is part of.
func (t *tarjan) making(n int32) int32 {
	if x := t.g.events[n].txnNo; x >= 0 {
		return t.lots + x
	}
	return t.lots + int32(len(t.g.txns)) + n
}

// open puts a node on the path and lists its neighbours.
func (t *tarjan) open(v int32) {
	t.next++
	t.index[v], t.low[v] = t.next, t.next
	t.stack = append(t.stack, v)
	t.onStack[v] = true
	base := len(t.kids)
	g := t.g
	switch txns := int32(len(g.txns)); {
	case v < t.lots:
		g.each(g.lots.rows[v].draws, func(n int32, r role) {
			ev := &g.events[n]
			if ev.live && (r != asContent || holds(g.viaOf(ev), v)) {
				t.kids = append(t.kids, t.making(n))
			}
		})
	case v < t.lots+txns:
		for n := g.txns[v-t.lots].first; n >= 0; n = g.events[n].txnNext {
			if g.events[n].live {
				for _, it := range g.outOf(&g.events[n]) {
					t.kids = append(t.kids, it.lot)
				}
			}
		}
	default:
		for _, it := range g.outOf(&g.events[v-t.lots-txns]) {
			t.kids = append(t.kids, it.lot)
		}
	}
	t.frames = append(t.frames, frame{v, base, len(t.kids), base})
}

func holds(list []item, l int32) bool {
	for _, it := range list {
		if it.lot == l {
			return true
		}
	}
	return false
}

func (t *tarjan) run(root int32) {
	if t.index[root] != 0 {
		return
	}
	t.open(root)
	for len(t.frames) > 0 {
		f := &t.frames[len(t.frames)-1]
		if f.begin < f.end {
			w := t.kids[f.begin]
			f.begin++
			switch {
			case t.index[w] == 0:
				t.open(w)
			case t.onStack[w]:
				t.low[f.node] = min(t.low[f.node], t.index[w])
			}
			continue
		}
		v := f.node
		t.kids = t.kids[:f.base]
		t.frames = t.frames[:len(t.frames)-1]
		if len(t.frames) > 0 {
			up := t.frames[len(t.frames)-1].node
			t.low[up] = min(t.low[up], t.low[v])
		}
		if t.low[v] == t.index[v] {
			t.close(v)
		}
	}
}

// close takes a finished component off the stack. One that holds a making is a cycle: lots alone never make one.
func (t *tarjan) close(v int32) {
	var members []int32
	size := 0
	for {
		w := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[w] = false
		t.comp[w] = int32(t.found)
		size++
		if w < t.lots {
			members = append(members, w)
		}
		if w == v {
			break
		}
	}
	t.found++
	if size > 1 {
		t.g.comps = append(t.g.comps, comp{members: members})
	}
}
