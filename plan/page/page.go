package page

import (
	_ "embed"
	"html/template"
	"io"

	"lodestone/plan"
)

//go:embed page.html
var pageText string

// view is what the page's template gets.
type view struct {
	*plan.Report
	Bound      template.HTML
	All        template.HTML
	Sankeys    []namedPicture
	Gantt      template.HTML
	Waterfalls []template.HTML
	Map        template.HTML
	Borders    bool // they are built in
}

// HTML writes a plan as one page that stands by itself.
func HTML(w io.Writer, p *plan.Plan, r *plan.Report) error {
	t, err := template.New("page").Funcs(template.FuncMap{"figure": figure, "percent": func(v float64) string { return figure(100 * v) }}).Parse(pageText)
	if err != nil {
		return err
	}
	v := view{Report: r}
	if p.Solution != nil {
		lines, err := borders()
		if err != nil {
			return err
		}
		v.Borders = lines != nil
		bound := false
		for _, d := range r.Deliveries {
			bound = bound || d.Book != ""
		}
		if bound {
			v.Bound = stack(p, r, true)
		}
		v.All, v.Sankeys, v.Gantt, v.Map = stack(p, r, false), sankeys(p), gantt(p, r), chart(p, lines)
		for _, l := range r.Landed {
			v.Waterfalls = append(v.Waterfalls, waterfall(l, r.Currency))
		}
	}
	return t.Execute(w, v)
}
