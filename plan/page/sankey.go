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

// sankey lays nodes out in columns by the longest way to them.
func sankey(of []flowLink, title string) template.HTML {
	column := columns(of)
	in, out := map[string]float64{}, map[string]float64{}
	last := 0
	for _, l := range of {
		out[l.from] += l.amount
		in[l.to] += l.amount
		last = max(last, column[l.to], column[l.from])
	}
	for name := range column {
		if out[name] == 0 { // what goes no further stands at the right
			column[name] = last
		}
	}
	byColumn := make([][]string, last+1)
	for _, name := range slices.Sorted(maps.Keys(column)) {
		byColumn[column[name]] = append(byColumn[column[name]], name)
	}
	size := func(name string) float64 { return max(in[name], out[name]) }
	const width, left, gap, bar = 960.0, 6.0, 14.0, 10.0
	tallest, most := 0.0, 0
	for _, names := range byColumn {
		sum := 0.0
		for _, name := range names {
			sum += size(name)
		}
		tallest, most = max(tallest, sum), max(most, len(names))
	}
	room := max(260, 22*float64(most))
	height := room + gap*float64(most) + 40
	scale := room / max(tallest, 1e-12)
	d := newDrawing(width, height, "Where it goes: "+title)
	type box struct{ x, y, h, taken, given float64 }
	boxes := map[string]*box{}
	for i, names := range byColumn {
		y := 28.0
		slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(size(b), size(a)) })
		for _, name := range names {
			h := max(1.5, size(name)*scale)
			boxes[name] = &box{x: left + float64(i)*(width-left-130)/float64(max(last, 1)), y: y, h: h}
			y += h + gap
		}
	}
	for _, l := range of {
		a, b := boxes[l.from], boxes[l.to]
		w := l.amount * scale
		d.band(a.x+bar, a.y+a.given+w/2, b.x, b.y+b.taken+w/2, w, "stream"+l.standing, l.says)
		a.given += w
		b.taken += w
	}
	middle := func(b *box) float64 { return b.y + min(b.h/2, 200) + 4 }
	for _, name := range slices.Sorted(maps.Keys(boxes)) {
		b := boxes[name]
		d.rect(b.x, b.y, bar, b.h, "node", fmt.Sprintf("%s: %s t in, %s t out", name, figure(in[name]), figure(out[name])))
		const letter = 6.5
		letters := 20
		for _, o := range boxes { // a name ends before that of a column further on
			if o.x > b.x && math.Abs(middle(o)-middle(b)) < 12 {
				letters = min(letters, int((o.x-b.x-bar-3)/letter))
			}
		}
		d.text(b.x+bar+3, middle(b), "start", "tick place", shorten(name, max(letters, 4)))
	}
	return d.done()
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
