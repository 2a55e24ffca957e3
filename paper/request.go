package paper

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"lodestone/disclosure"
)

// Request writes a request for a nonavailability determination as an Excel workbook: a sheet for each table of the
// template, in its columns, and one with what it was made from.
func Request(w io.Writer, r *disclosure.Request) error {
	f := excelize.NewFile()
	b := &book{file: f, style: map[string]int{}}
	b.dated(r.Standing.On, r.Paper)
	b.styles()
	page := r.Page()
	var head [][]string
	for _, x := range page.Head {
		head = append(head, []string{x.Name, x.Value})
	}
	for _, s := range page.Sections {
		title := s.Title
		for _, x := range s.Blocks {
			if x.Text != "" {
				head = append(head, []string{title, x.Text})
				title = ""
			}
		}
	}
	for _, line := range r.Standing.Foot() {
		head = append(head, []string{"", line})
	}
	b.keep(f.SetSheetName("Sheet1", "Request"))
	b.grid("Request", r.Standing, page.Title, nil, []float64{34, 82}, head)
	b.grid("1 Current sources", r.Standing, "1. Current or proposed non-compliant sources", disclosure.CurrentColumns(), []float64{7, 26, 20, 24, 26, 18, 20, 14, 12, 12}, r.Current)
	b.grid("2 Alternatives", r.Standing, "2. Market research on alternative compliant sources", disclosure.AlternativeColumns(), []float64{7, 18, 26, 18, 20, 18, 14, 12, 12, 18, 18}, r.Alternatives)
	b.grid("B Reasons", r.Standing, "Part B, to be completed by a Government representative", disclosure.ReasonColumns(), []float64{7, 20, 18, 18, 18, 22, 18, 22}, r.Reasons)
	if b.err != nil {
		return fmt.Errorf("write the request: %w", b.err)
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	return nil
}

// grid writes a sheet of rows under heads, made if it is not there.
func (b *book) grid(sheet string, s disclosure.Standing, title string, heads []string, widths []float64, rows [][]string) {
	if i, err := b.file.GetSheetIndex(sheet); err != nil || i < 0 {
		_, err := b.file.NewSheet(sheet)
		b.keep(err)
	}
	b.put(sheet, 1, 1, title, "title")
	for i, wide := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(sheet, name, name, wide))
	}
	for i, h := range heads {
		b.put(sheet, i+1, disclosure.HeadRow, h, "head")
	}
	if heads != nil {
		b.tall(sheet, disclosure.HeadRow, heads, widths)
	}
	for i, r := range rows {
		at := disclosure.HeadRow + 1 + i
		for j, text := range r {
			b.put(sheet, j+1, at, text, "free")
		}
		b.tall(sheet, at, r, widths)
	}
	b.print(sheet, true, heads != nil, "Decision support, not legal advice. As on "+s.Day)
}
