package landed

import (
	"encoding/csv"
	"io"
)

// CSV writes the waterfall with a header, a bar a row and the total last; amounts are shown and exact.
func (w *Waterfall) CSV(out io.Writer) error {
	c := csv.NewWriter(out)
	rows := [][]string{{"sheet", "entry_on", "item", "kind", "name", "percent", "kg_per_kg", "usd_per_kg_of_item", "usd_per_kg_of_product", "exact", "sure", "source"}}
	for _, b := range w.Bars {
		rows = append(rows, []string{w.Sheet, w.On.String(), b.Item, string(b.Kind), b.Name, b.Rate, b.Kg.Shown, b.Per.Shown, b.Amount.Shown, b.Amount.Exact, string(b.Sure), b.Source})
	}
	rows = append(rows, []string{w.Sheet, w.On.String(), w.Product, "total", "", "", "", "", w.Total.Shown, w.Total.Exact, "", w.Advice})
	return c.WriteAll(rows)
}
