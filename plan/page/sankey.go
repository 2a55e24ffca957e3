package page

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"math"
	"slices"

	"lodestone/plan"
)

// flowLink is a stream of one thing from one node to another.
type flowLink struct {
	from, to string
	standing string
	amount   float64
	says     string
}

// sankeys draws where material goes, left the mine and right the customer: by mass, and for each element by its mass.
func sankeys(p *plan.Plan) []namedPicture {
	out := []namedPicture{{"mass", sankey(links(p, ""), "mass")}}
	for _, e := range elements(p.Model.Network) {
		if of := links(p, e); len(of) > 0 {
			out = append(out, namedPicture{e, sankey(of, e)})
		}
	}
	return out
}

// namedPicture is a picture with the word that chooses it.
type namedPicture struct {
	Name    string
	Picture template.HTML
}

func elements(n *plan.Network) []string {
	set := map[string]bool{}
	for _, c := range n.Contents {
		set[c.Element] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// links are the streams over the whole plan: into and out of processes, along lanes, from deposits and purchases, to
// demands, sales and disposal. Of an element, its mass in them.
func links(p *plan.Plan, symbol string) []flowLink {
	m := p.Model
	share := func(material string) float64 {
		if symbol == "" {
			return 1
		}
		for _, c := range m.Network.Contents {
			if c.Material == material && c.Element == symbol {
				return c.Share
			}
		}
		return 0
	}
	sums := map[[3]string]*flowLink{}
	add := func(from, to, material, standing string, amount float64) {
		amount *= share(material)
		if amount < 1e-9 {
			return
		}
		key := [3]string{from, to, material + "\x00" + standing}
		if sums[key] == nil {
			sums[key] = &flowLink{from: from, to: to, standing: standing}
		}
		sums[key].amount += amount
		sums[key].says = material
	}
	for c, it := range m.Columns {
		x := p.Solution.Column[c]
		if x < 1e-9 {
			continue
		}
		standing := standing(m, it)
		switch it.Family {
		case plan.Dig:
			add("mine "+it.ID, it.Site, it.Material, standing, x)
		case plan.Buy:
			add("bought "+it.ID, it.Site, it.Material, standing, x)
		case plan.Ship:
			for _, l := range m.Network.Lanes {
				if l.ID == it.ID {
					add(it.Site, l.To, it.Material, standing, x)
				}
			}
		case plan.Serve:
			add(it.Site, "→ "+it.ID, it.Material, standing, x)
		case plan.Sell:
			add(it.Site, "sold "+it.ID, it.Material, standing, x)
		case plan.Dump:
			add(it.Site, "thrown away", it.Material, standing, x)
		}
	}
	var out []flowLink
	for _, key := range slices.SortedFunc(maps.Keys(sums), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) }) {
		if l := sums[key]; l.from != l.to {
			l.says = fmt.Sprintf("%s → %s: %s t of %s over the plan", l.from, l.to, figure(l.amount), l.says)
			out = append(out, *l)
		}
	}
	return out
}

// standing is how a flow is drawn, as a class of the page: what breaks a rule, and what nobody asks about, stand apart.
func standing(m *plan.Model, it plan.Item) string {
	switch {
	case m.Unasked(it):
		return " unasked"
	case it.Colour != 0:
		return " barred"
	}
	return ""
}

// node is a bar of the Sankey: where it stands, and how much of its sides streams have taken up.
type node struct {
	name         string
	x, y, h      float64
	in, out      float64 // tonnes
	taken, given float64
}

func (n *node) size() float64   { return max(n.in, n.out) }
func (n *node) middle() float64 { return n.y + n.h/2 }

// stream is a link between two bars, and where on them it begins and ends.
type stream struct {
	flowLink
	a, b   *node
	y1, y2 float64
	width  float64
}

// sankey lays nodes out in columns by the longest way to them, in each near to what they are joined with.
func sankey(of []flowLink, title string) template.HTML {
	column := columns(of)
	nodes := map[string]*node{}
	for name := range column {
		nodes[name] = &node{name: name}
	}
	streams := make([]*stream, len(of))
	last := 0
	for i, l := range of {
		streams[i] = &stream{flowLink: l, a: nodes[l.from], b: nodes[l.to]}
		nodes[l.from].out += l.amount
		nodes[l.to].in += l.amount
		last = max(last, column[l.to], column[l.from])
	}
	byColumn := make([][]*node, last+1)
	for _, name := range slices.Sorted(maps.Keys(nodes)) {
		at := column[name]
		if nodes[name].out == 0 { // what goes no further stands at the right
			at = last
		}
		byColumn[at] = append(byColumn[at], nodes[name])
	}
	const width, side, head, gap, bar = 1100.0, 170.0, 28.0, 14.0, 10.0
	tallest, most := 0.0, 0
	for _, of := range byColumn {
		sum := 0.0
		for _, n := range of {
			sum += n.size()
		}
		tallest, most = max(tallest, sum), max(most, len(of))
	}
	room := max(260, 22*float64(most))
	scale := room / max(tallest, 1e-12)
	height := head + room + gap*float64(most)
	space := (width - 2*side - bar) / float64(max(last, 1))
	for i, of := range byColumn {
		slices.SortStableFunc(of, func(a, b *node) int { return cmp.Compare(b.size(), a.size()) })
		for _, n := range of {
			n.x, n.h = side+float64(i)*space, max(1.5, n.size()*scale)
		}
		settle(of, head, height, gap)
	}
	untangle(byColumn, streams, func(of []*node) { settle(of, head, height, gap) })
	for _, s := range streams {
		s.width = s.amount * scale
	}
	slices.SortStableFunc(streams, func(s, t *stream) int { return cmp.Compare(s.b.y, t.b.y) })
	for _, s := range streams {
		s.y1 = s.a.y + s.a.given + s.width/2
		s.a.given += s.width
	}
	slices.SortStableFunc(streams, func(s, t *stream) int { return cmp.Compare(s.a.y, t.a.y) })
	d := newDrawing(width, height+12, "Where it goes: "+title)
	for _, s := range streams {
		s.y2 = s.b.y + s.b.taken + s.width/2
		s.b.taken += s.width
		d.band(s.a.x+bar, s.y1, s.b.x, s.y2, s.width, "stream"+s.standing, s.says)
	}
	for _, n := range slices.Concat(byColumn...) {
		d.rect(n.x, n.y, bar, n.h, "node", fmt.Sprintf("%s: %s t in, %s t out", n.name, figure(n.in), figure(n.out)))
	}
	const letter, outside = 6.6, 23 // letters beside the first and the last column
	for i, of := range byColumn {
		for _, n := range of {
			letters, with := 20, int((space-bar-3)/letter)
			switch i {
			case 0:
				d.text(n.x-3, n.middle()+4, "end", "tick place", label(n, outside, outside))
				continue
			case last:
				letters, with = outside, outside
			}
			for _, further := range byColumn[i+1:] { // a name ends before that of a column further on
				for _, o := range further {
					if math.Abs(o.middle()-n.middle()) < 12 {
						letters = min(letters, int((o.x-n.x-bar-3)/letter))
					}
				}
			}
			d.text(n.x+bar+3, n.middle()+4, "start", "tick place", label(n, max(letters, 4), with))
		}
	}
	return d.done()
}

// settle puts the nodes of a column where they are wanted, in their order and without one over another, between two heights.
func settle(of []*node, top, bottom, gap float64) {
	y := top
	for _, n := range of {
		n.y = max(y, n.y)
		y = n.y + n.h + gap
	}
	y = bottom
	for _, n := range slices.Backward(of) {
		n.y = min(n.y, y-n.h)
		y = n.y - gap
	}
}

// label is a node's name, of so many letters at most, with its tonnes where both have room in so many.
func label(n *node, letters, with int) string {
	if text := n.name + " " + figure(n.size()); len([]rune(text)) <= min(letters, with) {
		return text
	}
	return shorten(n.name, letters)
}

// untangle moves the nodes of each column to the mean height of what comes into them, and then of where they go, some times
// over (Sugiyama, Tagawa and Toda 1981): streams cross less.
func untangle(byColumn [][]*node, streams []*stream, settle func([]*node)) {
	for sweep := range 8 {
		for i := range byColumn {
			if sweep%2 == 1 {
				i = len(byColumn) - 1 - i
			}
			height := map[*node]float64{}
			for _, n := range byColumn[i] {
				sum, weight := 0.0, 0.0
				for _, s := range streams {
					other := s.a
					if sweep%2 == 1 {
						other = s.b
					}
					if other != n && (s.a == n || s.b == n) {
						sum, weight = sum+s.amount*other.middle(), weight+s.amount
					}
				}
				if height[n] = n.middle(); weight > 0 {
					height[n] = sum / weight
				}
			}
			slices.SortStableFunc(byColumn[i], func(a, b *node) int { return cmp.Compare(height[a], height[b]) })
			for _, n := range byColumn[i] {
				n.y = height[n] - n.h/2
			}
			settle(byColumn[i])
		}
	}
}

// columns gives each node the number of streams on the longest way to it, those that close a circle left aside: a recycle
// runs back.
func columns(of []flowLink) map[string]int {
	next := map[string][]string{}
	fed := map[string]bool{}
	column := map[string]int{}
	for _, l := range of {
		next[l.from] = append(next[l.from], l.to)
		fed[l.to] = true
		column[l.from], column[l.to] = 0, 0
	}
	const walking, walked = 1, 2
	state := map[string]int{}
	var order []string // the last comes first
	var forward [][2]string
	var walk func(name string)
	walk = func(name string) {
		state[name] = walking
		for _, to := range next[name] {
			if state[to] == walking {
				continue
			}
			forward = append(forward, [2]string{name, to})
			if state[to] == 0 {
				walk(to)
			}
		}
		state[name] = walked
		order = append(order, name)
	}
	names := slices.Sorted(maps.Keys(column))
	slices.SortStableFunc(names, func(a, b string) int { // sources first
		return cmp.Compare(boolean(fed[a]), boolean(fed[b]))
	})
	for _, name := range names {
		if state[name] == 0 {
			walk(name)
		}
	}
	after := map[string][]string{}
	for _, f := range forward {
		after[f[0]] = append(after[f[0]], f[1])
	}
	for _, name := range slices.Backward(order) {
		for _, to := range after[name] {
			column[to] = max(column[to], column[name]+1)
		}
	}
	return column
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
