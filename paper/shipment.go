package paper

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"lodestone/rules"
	"lodestone/shipment"
)

// excelRows is the most rows a sheet of an Excel workbook has.
const excelRows = 1_048_576

// excelText is the most characters a cell holds.
const excelText = 32_767

// ShipmentExcel writes a judged shipment as a workbook: a sheet with its summary, a sheet with what is missing, and the rows,
// in as many sheets as they need, each under a line that says what the page is.
func ShipmentExcel(w io.Writer, rows []shipment.Judged, sum *shipment.Summary, stamp shipment.Stamp) (err error) {
	return shipmentExcel(w, rows, sum, stamp, excelRows)
}

func shipmentExcel(w io.Writer, rows []shipment.Judged, sum *shipment.Summary, stamp shipment.Stamp, most int) (err error) {
	f := excelize.NewFile()
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			err = fmt.Errorf("write the shipment as Excel: %w", err)
		}
	}()
	b := &workbook{f: f}
	b.sheet("Summary", 24, 100)
	b.summary(sum, stamp)
	b.sheet("Missing", 10, 24, 60, 60, 40)
	b.row(headline(sum, stamp))
	b.row("items", "supplier", "ask", "fact", "for example")
	for i, a := range sum.Asks {
		if i == most-2 {
			break // the last rows of a list that is sorted by how many items hang on them
		}
		b.row(a.Items, a.Supplier, a.Ask, a.Fact, a.Example)
	}
	each := most - 2
	for n := 0; n == 0 || n*each < len(rows); n++ {
		name := "Items"
		if len(rows) > each {
			name = fmt.Sprintf("Items %d", n+1)
		}
		b.sheet(name, 14, 28, 18, 18, 14, 12, 12, 16, 28, 60, 40, 40)
		b.row(headline(sum, stamp))
		b.row(anyOf(shipment.Columns())...)
		for _, j := range rows[n*each : min((n+1)*each, len(rows))] {
			b.row(anyOf(j.Cells(stamp))...)
		}
	}
	b.flush()
	if b.err == nil {
		b.err = f.DeleteSheet("Sheet1")
	}
	if b.err != nil {
		return b.err
	}
	return f.Write(w)
}

// headline is the line at the head of each page.
func headline(sum *shipment.Summary, stamp shipment.Stamp) string {
	var books []string
	for _, b := range sum.Books {
		books = append(books, strings.TrimSpace(b.Book+" "+b.Version)+" "+b.Digest)
	}
	return fmt.Sprintf("%s. Judged %s, log position %d, engine %d, by %s", stamp.Notice, stamp.Made, stamp.Position, rules.EngineFormat, strings.Join(books, "; "))
}

func (b *workbook) summary(sum *shipment.Summary, stamp shipment.Stamp) {
	b.row(headline(sum, stamp))
	b.row("worst", string(sum.Verdict), stamp.Notice)
	b.row("items", sum.Items)
	for _, c := range sum.Counts {
		b.row(string(c.Verdict), c.Items)
	}
	if sum.Unrecorded > 0 {
		b.row("in no record", sum.Unrecorded)
	}
	for _, x := range []struct {
		label string
		texts []string
	}{{"assumed", sum.Assumed}, {"not judged", sum.Unjudged}} {
		for _, text := range x.texts {
			b.row(x.label, text)
		}
	}
}

// workbook is an Excel file being written, row by row.
type workbook struct {
	f   *excelize.File
	out *excelize.StreamWriter
	at  int
	err error
}

// sheet ends the sheet before and begins one with columns of these widths, in characters.
func (b *workbook) sheet(name string, widths ...float64) {
	b.flush()
	if b.err != nil {
		return
	}
	if _, b.err = b.f.NewSheet(name); b.err != nil {
		return
	}
	if b.out, b.err = b.f.NewStreamWriter(name); b.err != nil {
		return
	}
	for i, w := range widths {
		if b.err = b.out.SetColWidth(i+1, i+1, w); b.err != nil {
			return
		}
	}
	b.at = 0
}

func (b *workbook) row(cells ...any) {
	if b.err != nil {
		return
	}
	for i, c := range cells {
		if s, ok := c.(string); ok && len(s) > excelText {
			if r := []rune(s); len(r) > excelText {
				const mark = " … (cut: the CSV file has all)"
				cells[i] = string(r[:excelText-len(mark)]) + mark
			}
		}
	}
	b.at++
	var cell string
	if cell, b.err = excelize.CoordinatesToCellName(1, b.at); b.err == nil {
		b.err = b.out.SetRow(cell, cells)
	}
}

func (b *workbook) flush() {
	if b.err == nil && b.out != nil {
		b.err = b.out.Flush()
		b.out = nil
	}
}

func anyOf(cells []string) []any {
	out := make([]any, len(cells))
	for i, c := range cells {
		out[i] = c
	}
	return out
}
