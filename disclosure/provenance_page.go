package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// Page is the disclosure as a paper.
func (p *Provenance) Page() Page {
	page := Page{
		Title: "Provenance of permanent magnets",
		Says: "Disclosure of the countries in which the materials in each magnet were mined, refined into oxides and made into metals and alloys, and in which the magnet " +
			"was sintered or bonded and magnetized (Pub. L. 117-263, section 857(a)). What is not known is said to be unknown, with the inquiry made.",
		Standing: p.Standing,
		Head:     []Field{{"Item", p.Item}, {"As on", p.Standing.Day}, {"Magnets in it on record", count(len(p.Magnets))}, {"Whole", p.wholeWords()}},
	}
	summary := &Table{Heads: []string{"Magnet", "Mined", "Refined into oxides", "Made into metals and alloys", "Sintered or bonded and magnetized"}, Widths: []int{4, 2, 2, 2, 2}}
	for i := range p.Magnets {
		m := &p.Magnets[i]
		row := []string{m.Kind + " " + m.Lot}
		for j := range m.Phases {
			row = append(row, m.Phases[j].short())
		}
		summary.Rows = append(summary.Rows, row)
	}
	page.section("Countries of the four phases", Block{Table: summary})
	for _, g := range p.groups() {
		g.section(&page)
	}
	asked := &Table{Heads: []string{"Asked of", "By", "On", "About", "Answer"}, Widths: []int{3, 3, 2, 4, 4}}
	for _, q := range p.Inquiries {
		answer := "none yet"
		if q.Answer != "" {
			answer = "on " + q.Answered + ", " + q.Answer
		}
		if len(q.Unknown) > 0 {
			answer += "; " + strings.Join(q.Unknown, "; ")
		}
		asked.Rows = append(asked.Rows, []string{q.To, q.By, q.Sent, strings.Join(q.About, ", "), answer})
	}
	if len(p.Inquiries) == 0 {
		page.section("The inquiry made", paragraph("No inquiry is on record. The section asks for a disclosure after commercially reasonable inquiry: "+
			"send a questionnaire (lodestone paper questionnaire) and take the answers in (lodestone import questionnaire)."))
	} else {
		page.section("The inquiry made", Block{Table: asked})
	}
	page.list("To be seen with it", p.Remarks)
	page.list("Whether it is owed, and what stands behind it", append([]string{"The book answers: " + strings.ReplaceAll(p.Owed, "_", " ") + "."}, p.Law...))
	return page
}

func (p *Provenance) wholeWords() string {
	if p.Complete {
		return "yes: every phase is known of every element"
	}
	return "no: something is not known, see below"
}

// short is the countries of a phase on one line, and that something of it is not known.
func (ph *Phase) short() string {
	var cs []string
	for _, p := range ph.Places {
		cs = join(cs, []string{p.Country})
	}
	if len(ph.Unknown) > 0 {
		var es []string
		for _, g := range ph.Unknown {
			es = join(es, g.Elements)
		}
		what := "unknown"
		if len(es) > 0 {
			what = "unknown for " + strings.Join(es, ", ")
		}
		cs = append(cs, what)
	}
	return strings.Join(cs, "; ")
}

// alike is magnets of which a paper says the same: one table stands for all of them.
type alike struct {
	first *Magnet
	lots  []string
	rows  [][]string
}

// groups are the magnets by what is said of them, in order of the first of each.
func (p *Provenance) groups() []alike {
	var out []alike
	for i := range p.Magnets {
		m := &p.Magnets[i]
		rows := m.rows()
		same := func(g alike) bool {
			return g.first.Kind == m.Kind && g.first.elementsSaid() == m.elementsSaid() && slices.Equal(g.first.Findings, m.Findings) &&
				slices.EqualFunc(g.rows, rows, slices.Equal[[]string])
		}
		if k := slices.IndexFunc(out, same); k >= 0 {
			out[k].lots = append(out[k].lots, m.Lot)
			continue
		}
		out = append(out, alike{m, []string{m.Lot}, rows})
	}
	return out
}

// rows are what is said of a magnet, a place or an unknown a row.
func (m *Magnet) rows() [][]string {
	var rows [][]string
	for _, ph := range m.Phases {
		for _, x := range ph.Places {
			rows = append(rows, []string{ph.Phase, elementWords(x.Elements), countryWords(x.Country), facilityWords(&x), statedWords(x.StatedBy), x.Evidence, groundWords(&x)})
		}
		for _, g := range ph.Unknown {
			rows = append(rows, []string{ph.Phase, elementWords(g.Elements), "UNKNOWN", g.Says, g.Inquiry, "none", "the record stops at " + strings.Join(g.StopsAt, ", ")})
		}
	}
	return rows
}

func (g *alike) section(page *Page) {
	m, title := g.first, g.first.Kind+" "+g.first.Lot
	if n := len(g.lots) - 1; n > 0 {
		title += fmt.Sprintf(" and %d more of which the same is known", n)
	}
	blocks := []Block{{Fields: []Field{{"Lot", strings.Join(g.lots, ", ")}, {"Kind", m.Kind}, {"Elements", m.elementsSaid()}}},
		{Table: &Table{Heads: []string{"Phase", "Elements", "Country", "Facility and step", "Stated by", "Evidence", "Entries and documents"}, Widths: []int{3, 3, 3, 4, 4, 2, 5}, Rows: g.rows, Wide: true}}}
	for _, f := range m.Findings {
		blocks = append(blocks, paragraph("Cannot be true as recorded: "+f))
	}
	page.section(title, blocks...)
}

func (m *Magnet) elementsSaid() string {
	s := strings.Join(m.Elements, ", ")
	if m.Open {
		s += " (nobody says what it is made of: there may be others, and where these are from is not known)"
	}
	return s
}

func elementWords(es []string) string {
	if len(es) == 0 {
		return "the whole"
	}
	return strings.Join(es, ", ")
}

func facilityWords(p *Place) string {
	at := strings.Join(p.Steps, ", ")
	if p.Facility != "" {
		at += " at " + p.Facility
	}
	if p.FirstLife {
		at += " (in the first life of what was recycled)"
	}
	return at
}

func statedWords(by []string) string {
	if len(by) == 0 {
		return "nobody signed for it"
	}
	return strings.Join(by, ", ")
}

// groundWords is the entries and documents of a place, the entries by the beginnings of their ids.
func groundWords(p *Place) string {
	var out []string
	for _, e := range p.Events {
		out = append(out, "entry "+brief(e))
	}
	for _, d := range p.Documents {
		out = append(out, d.words())
	}
	return strings.Join(out, "; ")
}

// words is a document on one line.
func (d *Paper) words() string {
	s := "document " + brief(d.ID)
	if d.Name != "" {
		s = "document \"" + d.Name + "\" " + brief(d.ID)
	}
	s += ", " + d.Grade
	if d.Signer != "" {
		s += ", signed by " + d.Signer
	}
	if d.Dated != "" {
		s += ", dated " + d.Dated
	}
	if d.From != "" || d.Until != "" {
		s += ", valid " + d.From + " to " + d.Until
	}
	if !d.InTime {
		s += ", NOT VALID on the day: it does not count"
	}
	return s
}
