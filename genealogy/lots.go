package genealogy

import "lodestone/element"

// lot is what the graph keeps of one lot, 48 bytes beside its id. The heads begin chains in Graph.refs and
// Graph.claims, by index and one up, so that 0 is the end.
type lot struct {
	elems   element.Set // what it is made of; empty: not known, no restriction
	makers  int32       // head: events that make it
	draws   int32       // head: events that draw from it
	others  int32       // head: events that name it otherwise
	claims  int32       // head: statements on what it is of
	profile setID
	adds    setID // what the lot itself brings to its profile
	comp    int32 // its cycle, an index into Graph.comps; -1 none
	rank    int32 // lower than that of every lot made from it, outside its cycle; 0 not yet placed
	marks   mark
}

type mark uint8

const (
	noted   mark = 1 << iota // its own facts are to be worked out again
	queued                   // its profile is to be worked out again
	holder                   // it has been a parent of an aggregation or association
	rebuild                  // containers drawn from are to be opened again
)

// lotTable holds the lots by number, with their ids.
type lotTable struct {
	texts
	rows []lot
}

func (t *lotTable) add(id string) int32 {
	n, fresh := t.texts.add(id)
	if fresh {
		t.rows = append(t.rows, lot{comp: -1})
	}
	return n
}

func (t *lotTable) id(n int32) string { return t.text(n) }

// ref is one link of a chain: an event that names the lot.
type ref struct {
	event int32
	next  int32
	role  role
}

type role uint8

const (
	asOutput role = iota
	asInput
	asContent // drawn from through a container that held it
	asObject
	asParent
	asSubject // of an assay or a material the event tells
	asPlace   // of a facility: the readPoint or bizLocation
)

func (g *Graph) link(l, ev int32, r role) {
	row := &g.lots.rows[l]
	head := &row.others
	switch r {
	case asOutput:
		head = &row.makers
	case asInput, asContent:
		head = &row.draws
	}
	g.refs = append(g.refs, ref{event: ev, next: *head, role: r})
	*head = int32(len(g.refs))
}

// each calls f for each event of a chain, latest arrival first; an event may come twice.
func (g *Graph) each(head int32, f func(ev int32, r role)) {
	for head != 0 {
		r := g.refs[head-1]
		f(r.event, r.role)
		head = r.next
	}
}
