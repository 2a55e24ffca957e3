package paper

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lodestone/disclosure"
)

// ProvenanceCSV writes a disclosure as CSV: one row a place or unknown of a phase of a magnet, and at the end one row that
// says what it is and what it was made from. Lists within a cell are parted by blanks.
func ProvenanceCSV(w io.Writer, p *disclosure.Provenance) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"item", "magnet", "kind", "phase", "known", "elements", "country", "steps", "facility", "stated_by", "evidence", "events", "documents", "unknown", "stops_at", "inquiry", "on", "advice", "books", "log_position", "log_root"}}
	var books []string
	for _, b := range p.Standing.Books {
		books = append(books, strings.TrimSpace(b.Book+" "+b.Digest))
	}
	end := []string{p.Standing.Day, p.Standing.Advice, strings.Join(books, "; "), strconv.FormatInt(p.Standing.Position, 10), p.Standing.Root}
	list := func(s []string) string { return strings.Join(s, " ") }
	for _, m := range p.Magnets {
		for _, ph := range m.Phases {
			for _, x := range ph.Places {
				var docs []string
				for _, d := range x.Documents {
					docs = append(docs, d.ID)
				}
				rows = append(rows, append([]string{p.Item, m.Lot, m.Kind, ph.Phase, "yes", list(x.Elements), x.Country, list(x.Steps), x.Facility,
					list(x.StatedBy), x.Evidence, list(x.Events), list(docs), "", "", ""}, end...))
			}
			for _, g := range ph.Unknown {
				rows = append(rows, append([]string{p.Item, m.Lot, m.Kind, ph.Phase, "no", list(g.Elements), "UNKNOWN", "", "",
					"", "none", "", "", g.Says, list(g.StopsAt), g.Inquiry}, end...))
			}
		}
	}
	if len(p.Magnets) == 0 {
		rows = append(rows, append([]string{p.Item, "", "", "", "no", "", "UNKNOWN", "", "", "", "none", "", "", strings.Join(p.Remarks, " "), "", ""}, end...))
	}
	for _, r := range rows {
		for i := range r {
			r[i] = inert(r[i])
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write the disclosure as CSV: %w", err)
	}
	return nil
}

// inert is a cell that no spreadsheet program takes for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
