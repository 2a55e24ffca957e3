package paper

import (
	"fmt"
	"io"
	"strings"

	"github.com/go-pdf/fpdf"

	"lodestone/disclosure"
)

// Measures of a sheet, in millimetres; sizes of letters in points.
const (
	margin    = 15.0
	titleSize = 17.0
	headSize  = 11.5
	textSize  = 9.5
	cellSize  = 8.0
	footSize  = 6.5
	family    = "go"
)

// height is the line height of letters of a size, in millimetres.
func height(size float64) float64 { return size * 0.3528 * 1.32 }

// sheet lays one page out as PDF.
type sheet struct {
	pdf  *fpdf.Fpdf
	let  *letters
	page *disclosure.Page
	foot []string // broken into lines
}

func writePDF(w io.Writer, p *disclosure.Page) error {
	let, err := newLetters()
	if err != nil {
		return err
	}
	s := &sheet{pdf: fpdf.New(orientation(p), "mm", "A4", ""), let: let, page: p}
	pdf := s.pdf
	for _, style := range []string{regular, bold, italic} {
		pdf.AddUTF8FontFromBytes(family, style, fontOf(style))
	}
	made := p.Standing.On.Time()
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetTitle(p.Title, true)
	pdf.SetSubject(strings.Join(p.Standing.Foot(), " "), true)
	pdf.SetCreator("lodestone", true)
	pdf.SetLang("en")
	pdf.AliasNbPages("{nb}")
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	s.font(regular, footSize)
	for _, line := range p.Standing.Foot() {
		s.foot = append(s.foot, s.lines(line, s.width()-20)...)
	}
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetHeaderFunc(s.header)
	pdf.SetFooterFunc(s.footer)
	pdf.AddPage()
	s.body()
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("lay out the paper as PDF: %w", err)
	}
	return nil
}

// orientation is on its side where a table of the page wants it.
func orientation(p *disclosure.Page) string {
	for _, sec := range p.Sections {
		for _, b := range sec.Blocks {
			if b.Table != nil && b.Table.Wide {
				return "L"
			}
		}
	}
	return "P"
}

func (s *sheet) font(style string, size float64) { s.pdf.SetFont(family, style, size) }

// width is that of the text, bottom where it ends.
func (s *sheet) width() float64 {
	w, _ := s.pdf.GetPageSize()
	return w - 2*margin
}

func (s *sheet) bottom() float64 {
	_, h := s.pdf.GetPageSize()
	return h - margin - float64(len(s.foot))*height(footSize) - 3
}

// lines breaks text for the font that is set.
func (s *sheet) lines(text string, width float64) []string {
	return wrap(s.let.shown(text), width, s.pdf.GetStringWidth)
}

// room begins a new sheet when less than h is left.
func (s *sheet) room(h float64) {
	if s.pdf.GetY()+h > s.bottom() {
		s.pdf.AddPage()
	}
}

func (s *sheet) header() {
	if s.pdf.PageNo() == 1 {
		return
	}
	s.font(regular, footSize+1)
	s.pdf.SetTextColor(90, 90, 90)
	title := s.page.Title
	if len(s.page.Head) > 0 {
		title += ", " + s.page.Head[0].Name + " " + s.page.Head[0].Value
	}
	line := s.lines(title, s.width())[0]
	s.pdf.SetXY(margin, margin-6)
	s.pdf.CellFormat(s.width(), 4, line, "", 1, "L", false, 0, "")
	s.pdf.SetTextColor(0, 0, 0)
	s.pdf.SetY(margin)
}

func (s *sheet) footer() {
	s.font(regular, footSize)
	s.pdf.SetTextColor(70, 70, 70)
	y := s.bottom() + 2
	s.pdf.SetDrawColor(150, 150, 150)
	s.pdf.Line(margin, y, margin+s.width(), y)
	y += 1
	for i, line := range s.foot {
		s.pdf.SetXY(margin, y+float64(i)*height(footSize))
		s.pdf.CellFormat(s.width()-20, height(footSize), line, "", 0, "L", false, 0, "")
	}
	s.pdf.SetXY(margin+s.width()-20, y)
	s.pdf.CellFormat(20, height(footSize), fmt.Sprintf("sheet %d of {nb}", s.pdf.PageNo()), "", 0, "R", false, 0, "")
	s.pdf.SetTextColor(0, 0, 0)
	s.pdf.SetDrawColor(0, 0, 0)
}

// text writes a paragraph at an indent.
func (s *sheet) text(text, style string, size, indent float64) {
	s.font(style, size)
	for _, line := range s.lines(text, s.width()-indent) {
		s.room(height(size))
		s.font(style, size) // a new sheet's header set another
		s.pdf.SetX(margin + indent)
		s.pdf.CellFormat(s.width()-indent, height(size), line, "", 1, "L", false, 0, "")
	}
}

func (s *sheet) gap(mm float64) { s.pdf.SetY(s.pdf.GetY() + mm) }

func (s *sheet) body() {
	s.text(s.page.Title, bold, titleSize, 0)
	if s.page.Says != "" {
		s.gap(1)
		s.text(s.page.Says, italic, textSize, 0)
	}
	s.gap(2)
	s.fields(s.page.Head)
	for _, sec := range s.page.Sections {
		s.gap(4)
		s.room(height(headSize) + 14) // a title does not stand alone at the foot
		s.text(sec.Title, bold, headSize, 0)
		s.gap(1)
		for i, b := range sec.Blocks {
			if i > 0 {
				s.gap(1.5)
			}
			s.block(b)
		}
	}
}

func (s *sheet) block(b disclosure.Block) {
	switch {
	case b.Text != "":
		s.text(b.Text, regular, textSize, 0)
	case len(b.Fields) > 0:
		s.fields(b.Fields)
	case b.Table != nil:
		s.table(b.Table)
	case len(b.Tree) > 0:
		s.tree(b.Tree, 0)
	case len(b.Blanks) > 0:
		s.blanks(b.Blanks)
	}
}

// fields writes names in bold and their values beside them.
func (s *sheet) fields(fs []disclosure.Field) {
	const most = 62.0
	s.font(bold, textSize)
	name := 0.0
	for _, f := range fs {
		name = max(name, s.pdf.GetStringWidth(s.let.shown(f.Name))+4)
	}
	name = min(name, most)
	for _, f := range fs {
		s.font(bold, textSize)
		left := s.lines(f.Name, name-3)
		s.font(regular, textSize)
		right := s.lines(f.Value, s.width()-name)
		for i := range max(len(left), len(right)) {
			s.room(height(textSize))
			y := s.pdf.GetY()
			if i < len(left) {
				s.font(bold, textSize)
				s.pdf.SetXY(margin, y)
				s.pdf.CellFormat(name, height(textSize), left[i], "", 0, "L", false, 0, "")
			}
			if i < len(right) {
				s.font(regular, textSize)
				s.pdf.SetXY(margin+name, y)
				s.pdf.CellFormat(s.width()-name, height(textSize), right[i], "", 0, "L", false, 0, "")
			}
			s.pdf.SetXY(margin, y+height(textSize))
		}
	}
}

// tree writes an explanation: each line under what it supports, set in.
func (s *sheet) tree(nodes []disclosure.Node, depth int) {
	const step, label, deepest = 6.0, 19.0, 8
	indent := step * float64(min(depth, deepest))
	for _, n := range nodes {
		s.gap(0.8)
		s.font(regular, textSize)
		lines := s.lines(n.Text, s.width()-indent-label)
		if n.Note != "" && len(lines) < 6 {
			s.room(float64(len(lines)+1) * height(textSize)) // the note stays with its line
		}
		s.font(regular, textSize)
		for i, line := range lines {
			s.room(height(textSize))
			y := s.pdf.GetY()
			if i == 0 {
				s.font(bold, cellSize)
				s.pdf.SetXY(margin+indent, y)
				s.pdf.CellFormat(label, height(textSize), n.Label, "", 0, "L", false, 0, "")
			}
			s.font(regular, textSize)
			s.pdf.SetXY(margin+indent+label, y)
			s.pdf.CellFormat(s.width()-indent-label, height(textSize), line, "", 1, "L", false, 0, "")
		}
		if n.Note != "" {
			s.pdf.SetTextColor(80, 80, 80)
			s.text(n.Note, italic, cellSize, indent+label)
			s.pdf.SetTextColor(0, 0, 0)
		}
		s.tree(n.Under, depth+1)
	}
}

// blanks are lines to write on, the words for each under it.
func (s *sheet) blanks(words []string) {
	s.room(16 * float64(len(words))) // what is signed together stands together
	for _, w := range words {
		s.gap(9)
		y := s.pdf.GetY()
		s.pdf.Line(margin, y, margin+min(110, s.width()), y)
		s.gap(0.5)
		s.text(w, regular, cellSize, 0)
	}
}
