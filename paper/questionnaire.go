package paper

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"lodestone/disclosure"
	"lodestone/quantity"
	"lodestone/supply"
)

// Questionnaire writes a questionnaire as an Excel workbook: a guide, the questions with drop-downs for answer, country and
// step, a sheet for other steps, and hidden the asks with their keys. Only the cells to be filled in can be changed without
// lifting the protection, which has no password: it guards against slips.
func Questionnaire(w io.Writer, q *disclosure.Questionnaire) error {
	b, err := newBook(q)
	if err != nil {
		return err
	}
	b.guide()
	b.questions()
	b.others()
	b.lists()
	b.data()
	if b.err != nil {
		return fmt.Errorf("write the questionnaire: %w", b.err)
	}
	var out bytes.Buffer
	if _, err := b.file.WriteTo(&out); err != nil {
		return fmt.Errorf("write the questionnaire: %w", err)
	}
	_, err = w.Write(out.Bytes())
	return err
}

// book is a workbook being written; the first error stands.
type book struct {
	file  *excelize.File
	q     *disclosure.Questionnaire
	err   error
	style map[string]int
}

func newBook(q *disclosure.Questionnaire) (*book, error) {
	b := &book{file: excelize.NewFile(), q: q, style: map[string]int{}}
	b.dated(q.Standing.On, "Supplier questionnaire "+q.ID)
	b.keep(b.file.SetSheetName("Sheet1", disclosure.SheetGuide))
	for _, name := range []string{disclosure.SheetAsks, disclosure.SheetOthers, disclosure.SheetLists, disclosure.SheetData} {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	b.styles()
	return b, b.err
}

// dated says of a workbook that it was made on the day asked about, whenever that was.
func (b *book) dated(on quantity.Date, title string) {
	made := on.Time().Format("2006-01-02T15:04:05Z")
	b.keep(b.file.SetDocProps(&excelize.DocProperties{Creator: "lodestone", LastModifiedBy: "lodestone", Created: made, Modified: made, Title: title, Description: "decision support, not legal advice"}))
}

// styles makes the styles of cells: title, name, text, bold, head, fixed, free.
func (b *book) styles() {
	thin := []excelize.Border{{Type: "left", Style: 1, Color: "B0B6BF"}, {Type: "right", Style: 1, Color: "B0B6BF"}, {Type: "top", Style: 1, Color: "B0B6BF"}, {Type: "bottom", Style: 1, Color: "B0B6BF"}}
	top := excelize.Alignment{WrapText: true, Vertical: "top"}
	plain, strong := excelize.Font{Family: letter, Size: 10}, excelize.Font{Family: letter, Size: 10, Bold: true}
	b.define("title", &excelize.Style{Font: &excelize.Font{Family: letter, Bold: true, Size: 15}})
	b.define("name", &excelize.Style{Font: &strong})
	b.define("text", &excelize.Style{Font: &plain, Alignment: &top})
	b.define("bold", &excelize.Style{Font: &strong, Alignment: &top})
	b.define("head", &excelize.Style{Font: &strong, Fill: fill("DDE2EA"), Border: thin, Alignment: &top})
	b.define("fixed", &excelize.Style{Font: &plain, Fill: fill("F4F5F7"), Border: thin, Alignment: &top})
	const asText = 49 // a date stays as it was typed
	b.define("free", &excelize.Style{Font: &plain, Border: thin, Alignment: &top, Protection: &excelize.Protection{Locked: false}, NumFmt: asText})
}

// letter is the font of every cell.
const letter = "Arial"

func fill(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// define makes a style.
func (b *book) define(name string, s *excelize.Style) {
	id, err := b.file.NewStyle(s)
	b.keep(err)
	b.style[name] = id
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // columns and rows are those of the sheets laid out here
	}
	return name
}

// put writes a cell as text in a style.
func (b *book) put(sheet string, column, row int, text, style string) {
	at := cell(column, row)
	b.keep(b.file.SetCellStr(sheet, at, text))
	b.keep(b.file.SetCellStyle(sheet, at, at, b.style[style]))
}

// tall makes a row as high as the longest of its texts needs in the columns' widths, for not every program does that itself.
func (b *book) tall(sheet string, row int, texts []string, widths []float64) {
	most := 1
	for i, t := range texts {
		if lines := wrap(t, widths[i]*0.95, func(s string) float64 { return float64(len([]rune(s))) }); len(lines) > most {
			most = len(lines)
		}
	}
	b.keep(b.file.SetRowHeight(sheet, row, min(409, 13*float64(most)+4)))
}

func (b *book) guide() {
	q, s := b.q, disclosure.SheetGuide
	lines := [][2]string{
		{"title", "Supplier questionnaire"},
		{"text", fmt.Sprintf("To: %s", named(q.ToName, q.To))},
		{"text", fmt.Sprintf("From: %s", named("", q.By))},
		{"text", fmt.Sprintf("About: %s, delivery on %s. Inquiry %s, %d questions.", q.Item, q.Standing.Day, q.ID, len(q.Asks))},
		{"text", ""},
		{"bold", "How to answer"},
		{"text", "1. Fill in the sheet \"Questions\": for each row choose the country in which the step happened. Only the white cells are meant to be filled in."},
		{"text", "2. Where you do not know, choose \"not known\" under Answer, or leave the row blank. What is not known is kept as not known: it never counts as clean, and it is no fault to say so."},
		{"text", "3. Where a step did not happen to this lot, choose \"did not happen\"."},
		{"text", "4. Where another step of those named in the question was done (refined instead of separated), choose it under \"" + disclosure.ColumnStep + "\"."},
		{"text", "5. Where a lot came from several places, give one in \"Questions\" and the others on the sheet \"Other steps\", with any further step that you know of."},
		{"text", "6. The facility and the date help; without a date the step is recorded as no later than the lot was first seen."},
		{"text", "7. Do not add, move or delete columns, and do not change the hidden parts: a copy whose keys do not fit is refused."},
		{"text", ""},
		{"bold", "What becomes of your answers"},
		{"text", "They are recorded as your own statement (grade of evidence: statement), in your name, with the digest of the file. A certificate or an audit can be attached later."},
		{"text", ""},
	}
	for _, f := range q.Standing.Foot() {
		lines = append(lines, [2]string{"text", f})
	}
	const wide = 82.0
	for i, l := range lines {
		b.put(s, 1, i+1, l[1], l[0])
		if i > 0 {
			b.tall(s, i+1, []string{l[1]}, []float64{wide})
		}
	}
	b.keep(b.file.SetColWidth(s, "A", "A", wide))
	b.print(s, false, false, b.foot())
	b.guard(s)
}

func named(name, id string) string {
	switch {
	case id == "":
		return "not said"
	case name == "":
		return id
	}
	return name + " (" + id + ")"
}

// table begins a sheet that is filled in: title, heads, widths; columns before free can be seen and not changed.
func (b *book) table(sheet, title string, heads []string, widths []float64) {
	first := 1
	if heads[0] == disclosure.ColumnKey {
		first = 2 // the keys are hidden
	}
	b.put(sheet, first, 1, title, "name")
	for i, h := range heads {
		b.put(sheet, i+1, disclosure.HeadRow, h, "head")
		name, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err)
		b.keep(b.file.SetColWidth(sheet, name, name, widths[i]))
	}
	b.tall(sheet, disclosure.HeadRow, heads, widths)
	b.keep(b.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: disclosure.HeadRow, TopLeftCell: cell(1, disclosure.HeadRow+1), ActivePane: "bottomLeft"}))
}

func (b *book) questions() {
	s, q := disclosure.SheetAsks, b.q
	widths := []float64{4, 5, 34, 26, 16, 9, 14, 20, 13, 20, 13, 22}
	b.table(s, "One row a question. White cells are yours; blank stays not known.", disclosure.AskColumns(), widths)
	for i := range q.Asks {
		a, row := &q.Asks[i], disclosure.HeadRow+1+i
		fixed := []string{a.Key, fmt.Sprint(i + 1), a.Question, a.Lot, a.Is, a.Element}
		for j, text := range fixed {
			b.put(s, j+1, row, text, "fixed")
		}
		b.tall(s, row, fixed[1:], widths[1:])
		for j := 7; j <= len(disclosure.AskColumns()); j++ {
			b.put(s, j, row, "", "free")
		}
		b.choose(s, 9, row, row, a.Also)
	}
	last := disclosure.HeadRow + max(1, len(q.Asks))
	b.choose(s, 7, disclosure.HeadRow+1, last, []string{disclosure.Known, disclosure.NotKnown, disclosure.DidNotHappen})
	b.chooseFrom(s, 8, disclosure.HeadRow+1, last, "A", len(countries()))
	b.keep(b.file.SetColVisible(s, "A", false))
	b.print(s, true, true, b.foot())
	b.guard(s)
}

func (b *book) others() {
	s := disclosure.SheetOthers
	heads := disclosure.OtherColumns()
	b.table(s, "Steps that were not asked for, or second places of one that was. One row a step.", heads, []float64{34, 18, 16, 24, 26, 17, 40})
	for row := disclosure.HeadRow + 1; row <= disclosure.LastOther; row++ {
		for j := range heads {
			b.put(s, j+1, row, "", "free")
		}
	}
	b.chooseFrom(s, 1, disclosure.HeadRow+1, disclosure.LastOther, "C", len(b.q.Lots()))
	b.chooseFrom(s, 3, disclosure.HeadRow+1, disclosure.LastOther, "B", len(supply.Phases()))
	b.chooseFrom(s, 4, disclosure.HeadRow+1, disclosure.LastOther, "A", len(countries()))
	b.print(s, true, true, b.foot())
	b.guard(s)
}

// countries are the names of the drop-down: "Canada (CA)".
func countries() []string {
	var out []string
	for _, c := range supply.Countries() {
		out = append(out, c.Name()+" ("+string(c)+")")
	}
	return out
}

func (b *book) lists() {
	s := disclosure.SheetLists
	for i, c := range countries() {
		b.put(s, 1, i+1, c, "text")
	}
	for i, p := range supply.Phases() {
		b.put(s, 2, i+1, p.String(), "text")
	}
	for i, l := range b.q.Lots() {
		b.put(s, 3, i+1, l, "text")
	}
	b.keep(b.file.SetSheetVisible(s, false))
}

// data keeps what is asked where nobody sees it, for the copy that comes back.
func (b *book) data() {
	head := *b.q
	head.Asks = nil
	rows := []any{disclosure.Format, head}
	for i := range b.q.Asks {
		rows = append(rows, b.q.Asks[i])
	}
	for i, v := range rows {
		text, isText := v.(string)
		if !isText {
			data, err := json.Marshal(v)
			b.keep(err)
			text = string(data)
		}
		b.put(disclosure.SheetData, 1, i+1, text, "text")
	}
	b.keep(b.file.SetSheetVisible(disclosure.SheetData, false, true))
}

// choose gives cells of a column a drop-down of a few words.
func (b *book) choose(sheet string, column, from, until int, words []string) {
	v := excelize.NewDataValidation(true)
	v.Sqref = cell(column, from) + ":" + cell(column, until)
	b.keep(v.SetDropList(words))
	v.SetError(excelize.DataValidationErrorStyleStop, "Not one of the choices", "Choose from the list, or leave the cell blank.")
	b.keep(b.file.AddDataValidation(sheet, v))
}

// chooseFrom gives cells of a column a drop-down of the first n cells of a column of the hidden lists.
func (b *book) chooseFrom(sheet string, column, from, until int, list string, n int) {
	v := excelize.NewDataValidation(true)
	v.Sqref = cell(column, from) + ":" + cell(column, until)
	v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", disclosure.SheetLists, list, list, max(1, n)))
	v.SetError(excelize.DataValidationErrorStyleStop, "Not one of the choices", "Choose from the list, or leave the cell blank.")
	b.keep(b.file.AddDataValidation(sheet, v))
}

// print makes a sheet fit the width of a page, its heads on each, and the advice at the foot.
func (b *book) print(sheet string, wide, heads bool, foot string) {
	side, one, none, a4, fit := "portrait", 1, 0, 9, true
	if wide {
		side = "landscape"
	}
	b.keep(b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &side, FitToWidth: &one, FitToHeight: &none}))
	b.keep(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + foot + "&R&8Page &P of &N"}))
	if heads {
		b.keep(b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, disclosure.HeadRow, disclosure.HeadRow), Scope: sheet}))
	}
}

func (b *book) foot() string {
	return "Decision support, not legal advice. Inquiry " + b.q.ID + ", as on " + b.q.Standing.Day
}

// guard protects a sheet against slips.
func (b *book) guard(sheet string) {
	b.keep(b.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true}))
}
