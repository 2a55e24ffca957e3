package page

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"lodestone/plan"
	"lodestone/quantity"
)

// stack draws, for each period, what is delivered and what is not, as a rate a year: periods have any length.
func stack(p *plan.Plan, r *plan.Report, bound bool) template.HTML {
	periods := p.Model.Periods
	served, short := make([]float64, len(periods)), make([]float64, len(periods))
	for _, d := range r.Deliveries {
		if bound && d.Book == "" {
			continue
		}
		t := slices.IndexFunc(periods, func(x plan.Period) bool { return x.ID == d.Period })
		served[t] += d.Served / periods[t].Years
		short[t] += d.Short / periods[t].Years
	}
	top := 0.0
	for t := range periods {
		top = max(top, served[t]+short[t])
	}
	title := "Deliveries a year, all demand"
	if bound {
		title = "Deliveries a year, demand under a book or a rule"
	}
	return bars(periods, title, "t/yr", nice(top), []series{{"served", served}, {"short", short}})
}

// series is one part of stacked bars.
type series struct {
	class  string
	values []float64
}

// bars draws stacked bars over time.
func bars(periods []plan.Period, title, unit string, top float64, parts []series) template.HTML {
	const width, height, left, right, bottom, head = 960.0, 300.0, 70.0, 10.0, 40.0, 24.0
	d := newDrawing(width, height, title)
	first, last := periods[0].From, periods[len(periods)-1].Until
	x := func(day quantity.Date) float64 {
		return left + (width-left-right)*float64(day-first)/float64(last-first+1)
	}
	y := func(v float64) float64 { return height - bottom - (height-bottom-head)*v/top }
	d.text(left, 16, "start", "head", title+", "+unit)
	for i := range 5 {
		v := top * float64(i) / 4
		d.line(left, y(v), width-right, y(v), "grid")
		d.text(left-6, y(v)+4, "end", "tick", figure(v))
	}
	for t, period := range periods {
		base := 0.0
		for _, s := range parts {
			if v := s.values[t]; v > 0 {
				d.rect(x(period.From)+0.5, y(base+v), x(period.Until+1)-x(period.From)-1, y(base)-y(base+v), s.class, fmt.Sprintf("%s, %s: %s %s", period.ID, s.class, figure(v), unit))
				base += v
			}
		}
	}
	years(d, first, last, x, height-bottom, head)
	return d.done()
}

// years marks the first of each January, and 2027-01-01, when the wider rule begins, with a line of its own.
func years(d *drawing, first, last quantity.Date, x func(quantity.Date) float64, bottom, top float64) {
	for year := first.Time().Year(); year <= last.Time().Year(); year++ {
		day := quantity.DateOf(year, 1, 1)
		if day < first {
			continue
		}
		class := "year"
		if year == 2027 {
			class = "rule"
		}
		d.line(x(day), top, x(day), bottom, class)
		d.text(x(day)+3, bottom+16, "start", "tick", fmt.Sprint(year))
	}
}

// gantt draws when capacity begins, grows and stands, and what the plan builds.
func gantt(p *plan.Plan, r *plan.Report) template.HTML {
	periods := p.Model.Periods
	first, last := periods[0].From, periods[len(periods)-1].Until
	type bar struct {
		label, class, says string
		from, grown, until quantity.Date
	}
	var all []bar
	for _, c := range p.Model.Network.Capacities {
		b := bar{label: c.ID, class: "stands", from: max(c.From, first), until: last}
		if c.Until != 0 && c.Until < last {
			b.until = c.Until
		}
		if b.until < first || b.from > last || c.PerYear == 0 {
			continue
		}
		b.grown = min(b.until, max(b.from, c.From+quantity.Date(c.Ramp*365.25/12)))
		b.says = fmt.Sprintf("%s at %s: %s a year from %s", c.ID, c.Site, figure(c.PerYear), b.from)
		if c.Basis != "" {
			b.says += ", " + c.Basis
		}
		all = append(all, b)
	}
	for _, x := range r.Builds {
		t := slices.IndexFunc(periods, func(q plan.Period) bool { return q.ID == x.Begun })
		all = append(all, bar{label: x.Expansion, class: "built", from: periods[t].From, grown: last, until: last, says: fmt.Sprintf("%s, begun %s: %s t/yr more of %s", x.Expansion, x.Begun, figure(x.Adds), x.Capacity)})
	}
	slices.SortStableFunc(all, func(a, b bar) int { return int(a.from - b.from) })
	const width, left, right, head, row = 960.0, 230.0, 10.0, 24.0, 18.0
	height := head + row*float64(len(all)) + 30
	d := newDrawing(width, height, "Capacity over time")
	x := func(day quantity.Date) float64 {
		return left + (width-left-right)*float64(day-first)/float64(last-first+1)
	}
	d.text(left, 16, "start", "head", "Capacity over time: growing (pale), whole (full), built by the plan (outlined)")
	years(d, first, last, x, height-26, head)
	for i, b := range all {
		y := head + row*float64(i)
		d.text(left-6, y+13, "end", "tick", shorten(b.label, 34))
		d.rect(x(b.from), y+3, x(b.grown)-x(b.from), row-6, b.class+" growing", b.says)
		d.rect(x(b.grown), y+3, x(b.until+1)-x(b.grown), row-6, b.class, b.says)
	}
	return d.done()
}

func shorten(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return text
}

// waterfall draws what a tonne delivered has cost, part after part.
func waterfall(l plan.Landed, currency string) template.HTML {
	parts := []struct {
		name  string
		value float64
	}{{"material", l.Cost.Material}, {"processing", l.Cost.Processing}, {"freight", l.Cost.Freight}, {"duty", l.Cost.Duty}, {"holding", l.Cost.Holding}, {"landed", l.Total}}
	const width, height, left, bottom, head = 640.0, 220.0, 90.0, 30.0, 24.0
	d := newDrawing(width, height, "Landed cost of "+l.Demand)
	top := nice(l.Total)
	y := func(v float64) float64 { return height - bottom - (height-bottom-head)*v/top }
	d.text(left, 16, "start", "head", fmt.Sprintf("%s: %s a tonne, mean of %s t", l.Demand, currency, figure(l.Tonnes)))
	for i := range 3 {
		v := top * float64(i) / 2
		d.line(left, y(v), width, y(v), "grid")
		d.text(left-6, y(v)+4, "end", "tick", figure(v))
	}
	step := (width - left) / float64(len(parts))
	sum := 0.0
	for i, part := range parts {
		from, class := sum, "cost"
		if i == len(parts)-1 {
			from, class = 0, "total"
		}
		at := left + step*float64(i) + 6
		value := figure(beside(part.value, l.Total))
		d.rect(at, y(from+part.value), step-12, y(from)-y(from+part.value), class, part.name+": "+value)
		d.text(at+(step-12)/2, y(from+part.value)-4, "middle", "tick", value)
		d.text(at+(step-12)/2, height-12, "middle", "tick", part.name)
		sum += part.value
	}
	return d.done()
}

// beside is a part to the last of the four figures that its whole has.
func beside(part, whole float64) float64 {
	if !(whole > 0) {
		return part
	}
	last := math.Pow(10, math.Floor(math.Log10(whole))-3)
	return math.Round(part/last) * last
}

// movement is what goes from one site to another over the plan.
type movement struct {
	from, to, material string
	standing           string
	tonnes             float64
}

func movements(p *plan.Plan) ([]movement, float64) {
	var out []movement
	most := 0.0
	for c, it := range p.Model.Columns {
		x := p.Solution.Column[c]
		if it.Family != plan.Ship || x < 1e-7 {
			continue
		}
		to := ""
		for _, l := range p.Model.Network.Lanes {
			if l.ID == it.ID {
				to = l.To
			}
		}
		how := standing(p.Model, it)
		i := slices.IndexFunc(out, func(m movement) bool {
			return m.from == it.Site && m.to == to && m.material == it.Material && m.standing == how
		})
		if i < 0 {
			out = append(out, movement{from: it.Site, to: to, material: it.Material, standing: how})
			i = len(out) - 1
		}
		out[i].tonnes += x
		most = max(most, out[i].tonnes)
	}
	return out, most
}
