package landed

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/atlas"
	"lodestone/quantity"
)

// rate reads a rate of conversion: "CNY per USD", else a tax in percent.
func (r *reader) rate(n *yaml.Node, at string) Rate {
	var x Rate
	key := r.figure(n, at, &x.Figure, []string{"value"}, []string{"name"}, func(_, at string, n *yaml.Node) { x.Name = r.Text(n, at) })
	r.missing(n, at, "name", x.Name != "", "CNY per USD, or the name of a tax")
	r.missing(n, at, "value", key != "", "")
	if x.exchange() {
		r.positive(n, at, &x.Figure)
	}
	if r.s.rate(x.Name) != nil {
		r.Wrong(n, at, x.Name+" is there already", "")
	}
	return x
}

// exchange tells a rate between currencies from a tax.
func (r *Rate) exchange() bool { return strings.HasSuffix(r.Name, " per USD") }

// price reads what an item is bought at. Where it names a quote of the atlas, the quote's number, unit, form, date and source
// are taken from there, and the middle of its range is the base.
func (r *reader) price(n *yaml.Node, at string) *Price {
	p := &Price{}
	unit := ""
	quoted := false
	value := r.figure(n, at, &p.Figure, []string{"value"}, []string{"quote", "item", "form", "grade", "place", "terms", "date", "unit", "tax", "floor"}, func(key, at string, n *yaml.Node) {
		switch key {
		case "quote":
			quoted = true
		case "floor":
			p.Floor = &Figure{}
			key := r.figure(n, at, p.Floor, []string{"usd"}, nil, nil)
			r.missing(n, at, "usd", key != "", "the least that is paid, in US dollars a kilogram")
		case "tax":
			p.Tax = r.Text(n, at)
			if t := r.s.rate(p.Tax); t == nil || t.exchange() {
				r.Wrong(n, at, fmt.Sprintf("there is no tax %q among the rates", p.Tax), "state it: rates: [{name: "+p.Tax+", value: 13, …}]")
			}
		case "unit":
			unit = r.Text(n, at)
		case "date":
			p.Date = r.dated(n, at)
		default:
			*map[string]*string{"item": &p.Quoted, "form": &p.Form, "grade": &p.Grade, "place": &p.Place, "terms": &p.Terms}[key] = r.Text(n, at)
		}
	})
	if quoted {
		r.quote(n, at, p, &unit, value != "")
	} else {
		r.missing(n, at, "value", value != "", "the price; or quote, a row of the atlas of prices")
		r.missing(n, at, "unit", unit != "", "USD/kg, USD/t, CNY/kg, CNY/t, …")
		r.missing(n, at, "item", p.Quoted != "", "what is priced, such as NdPr oxide")
		r.missing(n, at, "form", p.Form != "", "oxide, metal, alloy, magnet, …")
		r.missing(n, at, "date", p.Date != "", "the day, month or year of the price")
	}
	r.missing(n, at, "grade", p.Grade != "", "purity or grade; write not stated where the quote names none")
	r.missing(n, at, "place", p.Place != "", "where it is priced, such as Ningbo, CN")
	r.missing(n, at, "terms", p.Terms != "", "the incoterm and whose quote it is, such as FOB, or domestic")
	if unit != "" {
		r.unit(n, at, p, unit)
	}
	return p
}

// dated reads a year, a month or a day.
func (r *reader) dated(n *yaml.Node, at string) string {
	text := r.Text(n, at)
	whole := text + "2000-01-01"[min(len(text), 10):]
	if _, err := quantity.ParseDate(whole); text != "" && (err != nil || len(text) != 4 && len(text) != 7 && len(text) != 10) {
		r.Wrong(n, at, fmt.Sprintf("%q is no year, month or day", text), "2025, 2025-12 or 2025-12-31")
	}
	return text
}

// unit reads a currency and a mass.
func (r *reader) unit(n *yaml.Node, at string, p *Price, unit string) {
	currency, mass, _ := strings.Cut(unit, "/")
	if len(currency) != 3 || strings.ToUpper(currency) != currency || mass != "kg" && mass != "t" {
		r.Wrong(n, at, fmt.Sprintf("the unit %q is no currency for each kg or t", unit), "USD/kg, USD/t, CNY/t, …")
		return
	}
	p.Currency, p.PerTonne = currency, mass == "t"
	if rate := currency + " per USD"; currency != "USD" && r.s.rate(rate) == nil {
		r.Wrong(n, at, fmt.Sprintf("the price is in %s and the sheet states no rate for it", currency), fmt.Sprintf("a price is converted only at a stated rate: rates: [{name: %s, value: …, source: …}]", rate))
	}
}

// quote takes a price from the atlas. Its row is named by item, basis and date.
func (r *reader) quote(n *yaml.Node, at string, p *Price, unit *string, valued bool) {
	var item, basis, date string
	place := n
	r.Pairs(n, at, func(key, at string, n *yaml.Node) {
		if key != "quote" {
			return
		}
		place = n
		r.Mapping(n, at, []string{"item", "basis", "date"}, func(key, at string, n *yaml.Node) {
			*map[string]*string{"item": &item, "basis": &basis, "date": &date}[key] = r.Text(n, at)
		})
	})
	at += ".quote"
	rows := atlas.Prices()
	i := slices.IndexFunc(rows, func(a atlas.Price) bool { return a.Item == item && a.Basis == basis && a.Date == date })
	if i < 0 {
		var near []string
		for _, a := range rows {
			if a.Item == item {
				near = append(near, fmt.Sprintf("{item: %q, basis: %q, date: %q}", a.Item, a.Basis, a.Date))
			}
		}
		hint := "of that item it has " + strings.Join(near, ", ")
		if near == nil {
			hint = "it has no price of that item: state value, unit, item, form and date"
		}
		r.Wrong(place, at, "the atlas of prices has no such row", hint)
		return
	}
	row := rows[i]
	if valued || *unit != "" || p.Quoted != "" || p.Form != "" || p.Date != "" {
		r.Wrong(place, at, "is given beside value, unit, item, form or date", "the quote has them: leave them out")
		return
	}
	if included := strings.Contains(row.Basis, "incl VAT"); included != (p.Tax != "") {
		hint := "name the tax to take out: tax: VAT China, with its percent among the rates"
		if !included {
			hint = "leave tax out: this quote holds none"
		}
		r.Wrong(place, at, "the quote is "+row.Basis, hint)
	}
	if term, _, _ := strings.Cut(row.Basis, " "); (term == "FOB" || term == "CIF") && !strings.HasPrefix(p.Terms, term) {
		r.Wrong(place, at, fmt.Sprintf("the quote is %s and the sheet says %s", row.Basis, p.Terms), "write the terms of the quote")
	}
	low, high := quantity.MustDecimal(row.Low), quantity.MustDecimal(row.High)
	sum, err := low.Add(high)
	if err == nil {
		p.Base, err = sum.Mul(quantity.MustDecimal("0.5"))
	}
	if err != nil {
		r.Wrong(place, at, err.Error(), "")
		return
	}
	p.Low, p.High = low, high
	*unit, p.Quoted, p.Form, p.Date = row.Unit, row.Item, row.Form, row.Date
	p.Source = "atlas of prices: " + row.Basis + " [" + strings.Join(row.Sources, ", ") + "]"
	p.Sure = Found
	if !strings.HasPrefix(row.Evidence, "found") {
		p.Sure = Memory
	}
}

// withoutFreight are the terms under which a price is that of the goods alone, up to the border.
var withoutFreight = []string{"EXW", "FCA", "FAS", "FOB"}

// dutiable refuses to take as customs value a price that holds freight, duty or tax, or whose terms do not say.
func (r *reader) dutiable(n *yaml.Node, at string, p *Price) {
	term, _, _ := strings.Cut(p.Terms, " ")
	if !slices.Contains(withoutFreight, term) && p.Terms != "" {
		at += ".import"
		r.Wrong(r.Place(at, n), at, fmt.Sprintf("the price is %s, which is not the customs value", p.Terms), "state the value without freight and duty, import: {value: {usd: …}}, or a price that is "+strings.Join(withoutFreight, ", "))
	}
}
