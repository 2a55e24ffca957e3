package page

import (
	"fmt"
	"html/template"
	"math"

	"lodestone/plan"
)

// window is a part of the world in degrees, drawn on a sheet of so many units.
type window struct {
	west, east, south, north float64
	width, height            float64
}

func (w window) x(lon float64) float64 { return w.width * (lon - w.west) / (w.east - w.west) }
func (w window) y(lat float64) float64 { return w.height * (w.north - lat) / (w.north - w.south) }

func (w window) holds(s plan.Site) bool {
	return s.Longitude >= w.west && s.Longitude <= w.east && s.Latitude >= w.south && s.Latitude <= w.north
}

// around is the window that holds all of some sites, with a margin in degrees.
func around(sites []plan.Site, margin, width, height float64) window {
	w := window{180, -180, 90, -90, width, height}
	for _, s := range sites {
		w.west, w.east = min(w.west, s.Longitude), max(w.east, s.Longitude)
		w.south, w.north = min(w.south, s.Latitude), max(w.north, s.Latitude)
	}
	w.west, w.east, w.south, w.north = w.west-margin, w.east+margin, max(-90, w.south-margin), min(90, w.north+margin)
	return w
}

// chart draws sites by longitude and latitude with the coasts and borders there, and what moves between them over the plan.
// Where sites crowd, a second sheet has that part larger, and the first leaves their names out.
func chart(p *plan.Plan, borders [][]spot) template.HTML {
	var sites []plan.Site
	for _, s := range p.Model.Network.Sites {
		if !math.IsNaN(s.Latitude) && !math.IsNaN(s.Longitude) {
			sites = append(sites, s)
		}
	}
	if len(sites) == 0 {
		return ""
	}
	moves, most := movements(p)
	world := around(sites, 10, 960, 500)
	var parts []window
	for _, crowd := range crowds(world, sites) {
		part := around(crowd, 3, 960, 0)
		// A degree of longitude is shorter than one of latitude by the cosine of the latitude.
		aspect := (part.north - part.south) / (part.east - part.west) / math.Cos((part.north+part.south)/2*math.Pi/180)
		part.height = min(720, max(360, part.width*aspect))
		parts = append(parts, part)
	}
	out := sheetOfMap(world, parts, "Places and movements", sites, moves, most, borders)
	for i, part := range parts {
		out += sheetOfMap(part, nil, fmt.Sprintf("Part %c, larger", 'A'+i), sites, moves, most, borders)
	}
	return out
}

// crowds are groups of at least six sites of which each is near to another on the sheet.
func crowds(w window, sites []plan.Site) [][]plan.Site {
	const near, least = 45, 6
	group := make([]int, len(sites))
	for i := range group {
		group[i] = i
	}
	for i, a := range sites {
		for j, b := range sites[:i] {
			if math.Hypot(w.x(a.Longitude)-w.x(b.Longitude), w.y(a.Latitude)-w.y(b.Latitude)) > near || group[i] == group[j] {
				continue
			}
			from, to := max(group[i], group[j]), min(group[i], group[j])
			for k := range group {
				if group[k] == from {
					group[k] = to
				}
			}
		}
	}
	var out [][]plan.Site
	for g := range sites {
		var members []plan.Site
		for i, s := range sites {
			if group[i] == g {
				members = append(members, s)
			}
		}
		if len(members) >= least && len(members) < len(sites) {
			out = append(out, members)
		}
	}
	return out
}

// sheetOfMap draws one window. Sites in one of parts get no name: they have it on the larger sheet.
func sheetOfMap(w window, parts []window, title string, sites []plan.Site, moves []movement, most float64, borders [][]spot) template.HTML {
	d := newDrawing(w.width, w.height, title)
	for _, line := range borders {
		for len(line) > 0 {
			run := 0 // of points near the map
			for run < len(line) && line[run][0] > w.west-8 && line[run][0] < w.east+8 && line[run][1] > w.south-8 && line[run][1] < w.north+8 {
				run++
			}
			d.trace(line[:run], w.x, w.y, "border")
			line = line[max(run, 1):]
		}
	}
	step := 20.0
	if w.east-w.west < 100 {
		step = 10
	}
	for lon := math.Ceil(w.west/step) * step; lon < w.east; lon += step {
		d.line(w.x(lon), 0, w.x(lon), w.height, "grid")
		d.text(w.x(lon)+2, w.height-4, "start", "tick", fmt.Sprintf("%.0f°", lon))
	}
	for lat := math.Ceil(w.south/step) * step; lat < w.north; lat += step {
		d.line(0, w.y(lat), w.width, w.y(lat), "grid")
		d.text(2, w.y(lat)-2, "start", "tick", fmt.Sprintf("%.0f°", lat))
	}
	at := map[string]plan.Site{}
	for _, s := range sites {
		at[s.ID] = s
	}
	for _, m := range moves {
		a, ok := at[m.from]
		b, also := at[m.to]
		if ok && also && (w.holds(a) || w.holds(b)) {
			d.arc(w.x(a.Longitude), w.y(a.Latitude), w.x(b.Longitude), w.y(b.Latitude), 1+9*math.Sqrt(m.tonnes/most), "move"+m.standing,
				fmt.Sprintf("%s → %s: %s t of %s over the plan", m.from, m.to, figure(m.tonnes), m.material))
		}
	}
	for i, part := range parts {
		x, y := w.x(part.west), w.y(part.north)
		d.rect(x, y, w.x(part.east)-x, w.y(part.south)-y, "part", fmt.Sprintf("part %c", 'A'+i))
		d.text(x+4, y+13, "start", "head", fmt.Sprintf("%c: larger below", 'A'+i))
	}
	place := labels{w: w.width, h: w.height}
	if len(parts) == 0 {
		d.text(6, 16, "start", "head place", title)
		place.taken = append(place.taken, box{0, 0, 150, 22})
	}
	for _, s := range sites {
		if w.holds(s) {
			place.keepClear(w.x(s.Longitude), w.y(s.Latitude), 4)
		}
	}
	for _, s := range sites {
		if !w.holds(s) {
			continue
		}
		name := s.Name
		if name == "" {
			name = s.ID
		}
		x, y := w.x(s.Longitude), w.y(s.Latitude)
		d.circle(x, y, 4, "site", fmt.Sprintf("%s (%s)", name, s.Country))
		elsewhere := false
		for _, part := range parts {
			elsewhere = elsewhere || part.holds(s)
		}
		if !elsewhere {
			place.label(d, x, y, shorten(s.ID, 22))
		}
	}
	return d.done()
}

// labels finds places for names beside points so that none lies over another, over a point, or beyond the sheet.
type labels struct {
	w, h  float64
	taken []box
}

type box struct{ left, top, right, bottom float64 }

func (a box) meets(b box) bool {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

func (l *labels) keepClear(x, y, r float64) {
	l.taken = append(l.taken, box{x - r, y - r, x + r, y + r})
}

// label writes a name at the nearest free place around a point, with a line to it where that is not right beside it. In a
// crowd in which nothing is free it stands at the right, over others.
func (l *labels) label(d *drawing, x, y float64, name string) {
	const letter, high = 7.8, 13.0 // of 11 px system capitals, with room to spare
	wide := letter * float64(len([]rune(name)))
	try := func(left, middle float64) (box, bool) {
		b := box{left, middle - high/2, left + wide, middle + high/2}
		if b.left < 2 || b.top < 2 || b.right > l.w-2 || b.bottom > l.h-14 {
			return b, false
		}
		for _, t := range l.taken {
			if b.meets(t) {
				return b, false
			}
		}
		return b, true
	}
	at, far := box{x + 7, y - high/2, x + 7 + wide, y + high/2}, 0.0
search:
	for r := 7.0; r < 200; r += 5 {
		for _, turn := range []float64{0, 8, 15, 1, 7, 9, 14, 2, 6, 10, 13, 3, 5, 11, 4, 12} { // sixteenths of a circle, beside first
			sin, cos := math.Sincos(turn * math.Pi / 8)
			left := x + r*cos
			switch {
			case cos < -0.01:
				left -= wide
			case cos < 0.01:
				left -= wide / 2
			}
			if b, ok := try(left, y+r*sin); ok {
				at, far = b, r
				break search
			}
		}
	}
	l.taken = append(l.taken, at)
	if far > 14 {
		d.line(x, y, min(max(x, at.left), at.right), min(max(y, at.top), at.bottom), "lead")
	}
	d.text(at.left, at.top+high-3, "start", "tick place", name)
}
