package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"lodestone/disclosure"
	"lodestone/element"
	"lodestone/supply"
)

// A questionnaire that comes back filled in (package disclosure says what its workbook holds) becomes events of the party
// that answers. The keys hidden in it must fit what they stand for, or it is refused; blank stays not known.

// biggest is the most bytes that a workbook may unpack to.
const biggest = 64 << 20

// ReadQuestionnaire reads a filled questionnaire as what author answers. When anything is wrong the import is nil and the
// faults name everything that is, by sheet, row and column. The same file gives the same import, to the byte.
func ReadQuestionnaire(name string, data []byte, author supply.PartyID) (*Import, *disclosure.Questionnaire, Faults) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: biggest, UnzipXMLSizeLimit: biggest})
	if err != nil {
		return nil, nil, Faults{{File: name, Rule: "workbook", Message: "is no Excel workbook that can be read (" + err.Error() + ")", Hint: "fill in the .xlsx file that was sent, and send that back"}}
	}
	defer f.Close()
	b := &returned{name: name, file: f, author: author}
	q := b.data()
	if q == nil {
		return nil, nil, b.faults
	}
	answers, others := b.answers(q), b.others(q)
	if len(b.faults) == 0 {
		b.checkSeals(q)
	}
	if len(b.faults) > 0 {
		sortByPlace(b.faults, func(f Fault) (string, int, string) { return f.File, f.Row, f.Column })
		return nil, nil, b.faults
	}
	if q.To != string(author) {
		b.note(disclosure.SheetGuide, 0, fmt.Sprintf("the questions were put to %s; %s answers them", q.To, author))
	}
	im := newAnswering(q, author).events(answers, others)
	im.Notes = append(b.notes, im.Notes...)
	if faults := im.check(b); len(faults) > 0 {
		return nil, nil, faults
	}
	return im, q, nil
}

// returned is a filled questionnaire being read.
type returned struct {
	name   string
	file   *excelize.File
	author supply.PartyID
	faults Faults
	notes  []Note
}

func (b *returned) sheet(name string) string { return b.name + ", sheet " + name }

func (b *returned) fault(sheet string, row int, column, rule, message, hint string) {
	b.faults = append(b.faults, Fault{File: b.sheet(sheet), Row: row, Column: column, Rule: rule, Message: message, Hint: hint})
}

func (b *returned) note(sheet string, row int, message string) {
	b.notes = append(b.notes, Note{File: b.sheet(sheet), Row: row, Message: message})
}

// rows are the cells of a sheet, nil and a fault where it is not there.
func (b *returned) rows(sheet string) [][]string {
	rows, err := b.file.GetRows(sheet)
	if err != nil {
		b.fault(sheet, 0, "", "workbook", "cannot be read ("+err.Error()+")", "fill in the file that was sent, and send that back whole")
		return nil
	}
	return rows
}

// data is the hidden part: what was asked.
func (b *returned) data() *disclosure.Questionnaire {
	rows := b.rows(disclosure.SheetData)
	at := func(i int) string {
		if i < len(rows) && len(rows[i]) > 0 {
			return rows[i][0]
		}
		return ""
	}
	if rows == nil {
		return nil
	}
	if at(0) != disclosure.Format {
		b.fault(disclosure.SheetData, 1, "", "key", "is "+quote(at(0))+", and not "+quote(disclosure.Format), "the file is no questionnaire of this program, or of another release: ask for a new one")
		return nil
	}
	q := &disclosure.Questionnaire{}
	if err := json.Unmarshal([]byte(at(1)), q); err != nil {
		b.fault(disclosure.SheetData, 2, "", "key", "cannot be read", "the hidden part was changed: ask for a new questionnaire")
		return nil
	}
	for i := 2; i < len(rows); i++ {
		var a disclosure.Ask
		if err := json.Unmarshal([]byte(at(i)), &a); err != nil {
			b.fault(disclosure.SheetData, i+1, "", "key", "cannot be read", "the hidden part was changed: ask for a new questionnaire")
			continue
		}
		q.Asks = append(q.Asks, a)
	}
	return q
}

// checkSeals holds every key against what it stands for.
func (b *returned) checkSeals(q *disclosure.Questionnaire) {
	for i := range q.Asks {
		if a := &q.Asks[i]; a.Seal() != a.Key {
			b.fault(disclosure.SheetData, i+3, "", "key", "the key does not fit what is asked", "the hidden part was changed: ask for a new questionnaire")
		}
	}
	if q.Seal() != q.ID {
		b.fault(disclosure.SheetData, 2, "", "key", "the inquiry's id does not fit its questions", "the hidden part was changed: ask for a new questionnaire")
	}
}

// table reads a sheet that is filled in: its rows below the heads, by column.
func (b *returned) table(sheet string, heads []string) []row {
	rows := b.rows(sheet)
	if rows == nil {
		return nil
	}
	if len(rows) < disclosure.HeadRow {
		b.fault(sheet, 0, "", "column", "the heads are missing", "fill in the file that was sent, without moving rows")
		return nil
	}
	head := rows[disclosure.HeadRow-1]
	for i, want := range heads {
		if i >= len(head) || strings.TrimSpace(head[i]) != want {
			b.fault(sheet, disclosure.HeadRow, want, "column", "the column is not where it was", "fill in the file that was sent, without adding, moving or deleting columns")
			return nil
		}
	}
	var out []row
	for n, cells := range rows {
		if n < disclosure.HeadRow {
			continue
		}
		w := row{file: b.sheet(sheet), n: n + 1, cells: map[string]string{}}
		for i, c := range cells {
			if c = strings.TrimSpace(c); c == "" {
				continue
			}
			if i >= len(heads) {
				b.fault(sheet, n+1, "", "column", "cell "+quote(c)+" stands beyond the last column", "put remarks under "+disclosure.ColumnRemark)
				break
			}
			w.cells[heads[i]] = c
		}
		if len(w.cells) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// others are the further steps.
func (b *returned) others(q *disclosure.Questionnaire) []reply {
	const sheet = disclosure.SheetOthers
	var out []reply
	lots := q.Lots()
	for _, w := range b.table(sheet, disclosure.OtherColumns()) {
		r := reply{row: w, answer: disclosure.Known, lot: w.get(disclosure.ColumnLot), facility: w.get(disclosure.ColumnFacility), remark: w.get(disclosure.ColumnRemark)}
		if !slices.Contains(lots, r.lot) {
			b.fault(sheet, w.n, disclosure.ColumnLot, "reference", "lot "+quote(r.lot)+" is none that was asked about", "choose from the list")
		}
		p, err := supply.ParsePhase(w.get(disclosure.ColumnOtherStep))
		if err != nil {
			b.fault(sheet, w.n, disclosure.ColumnOtherStep, "word", err.Error(), "choose from the list")
		}
		r.phase, r.country = p, b.country(sheet, w)
		for _, s := range strings.FieldsFunc(w.get(disclosure.ColumnElements), func(c rune) bool { return c == ' ' || c == ',' || c == ';' }) {
			e, err := element.Parse(s)
			if err != nil {
				b.fault(sheet, w.n, disclosure.ColumnElements, "word", err.Error(), "write symbols, as in Nd, Pr")
				continue
			}
			r.elements = r.elements.With(e)
		}
		by := ""
		for i := range q.Asks {
			if q.Asks[i].Lot == r.lot {
				by = q.Asks[i].By
			}
		}
		r.date = b.day(sheet, w, by)
		out = append(out, r)
	}
	return out
}
