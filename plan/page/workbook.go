package page

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"lodestone/plan"
)

// Excel writes a report as a workbook, a sheet a table.
func Excel(w io.Writer, r *plan.Report) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	for _, s := range sheets(r) {
		if err := writeSheet(book, bold, s.name, s.heads, s.rows); err != nil {
			return fmt.Errorf("write the workbook: sheet %s: %w", s.name, err)
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return book.Write(w)
}

// writeSheet writes a sheet whose head stands still while the rest is scrolled.
func writeSheet(book *excelize.File, bold int, name string, heads []string, rows [][]any) error {
	if _, err := book.NewSheet(name); err != nil {
		return err
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i := range heads {
		wide := 16.0
		if i == len(heads)-1 {
			wide = 40
		}
		if err := out.SetColWidth(i+1, i+1, wide); err != nil {
			return err
		}
	}
	cells := make([]any, len(heads))
	for i, h := range heads {
		cells[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	for i, row := range rows {
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			return err
		}
	}
	return out.Flush()
}

// ReadWorkbook reads a network from a workbook: each table in a sheet of its name. Sheets whose name stands in brackets or
// begins with # are the user's own and passed over. Blank rows and columns do no harm. Cells are read as they are, whatever
// rounded form they are shown in; a day is then the number that Excel counts it by.
func ReadWorkbook(r io.Reader) (_ []plan.Sheet, err error) {
	book, err := excelize.OpenReader(r)
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w: it is to be an .xlsx file", err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	props, err := book.GetWorkbookProps()
	if err != nil {
		return nil, fmt.Errorf("read the workbook: %w", err)
	}
	if props.Date1904 != nil && *props.Date1904 {
		return nil, errors.New("read the workbook: it counts its days from 1904: turn that off (Excel: Options, Advanced), and look at its days again")
	}
	var out []plan.Sheet
	for _, name := range book.GetSheetList() {
		if strings.HasPrefix(name, "(") || strings.HasPrefix(name, "#") {
			continue
		}
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, fmt.Errorf("read the workbook: sheet %s: %w", name, err)
		}
		s := plan.Sheet{Table: strings.ToLower(strings.TrimSpace(name)), File: name}
		for i, cells := range rows {
			if len(cells) == 0 {
				continue
			}
			for k, cell := range cells {
				if cell != "" {
					continue
				}
				at, err := excelize.CoordinatesToCellName(k+1, i+1)
				if err != nil {
					return nil, fmt.Errorf("read the workbook: sheet %s: %w", name, err)
				}
				if formula, err := book.GetCellFormula(name, at); err != nil || formula != "" {
					return nil, errors.Join(err, fmt.Errorf("read the workbook: sheet %s: cell %s is a formula without a result: open the workbook in a spreadsheet program and save it, or put the number there", name, at))
				}
			}
			s.AddRow(i+1, cells)
		}
		if s.Header != nil {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("read the workbook: no sheet has a table: lodestone plan template FILE.xlsx writes empty ones")
	}
	return out, nil
}

// Template writes an empty workbook: a sheet a table, with what goes into each column in a row that begins with #, and
// drop-downs for closed lists of words.
func Template(w io.Writer) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, t := range plan.Tables() {
		if err := templateSheet(book, t); err != nil {
			return fmt.Errorf("write the workbook: sheet %s: %w", t.Name, err)
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return book.Write(w)
}

func templateSheet(book *excelize.File, t plan.Table) error {
	if _, err := book.NewSheet(t.Name); err != nil {
		return err
	}
	if err := book.SetCellStr(t.Name, "A1", "# "+t.About); err != nil {
		return err
	}
	for i, c := range t.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		note := c.About + " (" + c.Type
		if c.Unit != "" {
			note += " in " + c.Unit
		}
		switch {
		case c.Required:
			note += "; required)"
		case c.Default != "":
			note += "; blank: " + c.Default + ")"
		default:
			note += "; may be blank)"
		}
		if i == 0 {
			note = "# " + note
		}
		err = errors.Join(book.SetCellStr(t.Name, name+"2", note), book.SetCellStr(t.Name, name+"3", c.Name), book.SetColWidth(t.Name, name, name, 22))
		if len(c.Words) > 0 {
			choice := excelize.NewDataValidation(true)
			choice.SetSqref(name + "4:" + name + "2000")
			err = errors.Join(err, choice.SetDropList(c.Words), book.AddDataValidation(t.Name, choice))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
