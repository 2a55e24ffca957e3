package paper

import "lodestone/disclosure"

// table draws a table: heads on every sheet, rows that wrap in their cells, and a row that is taller than a sheet cut
// across sheets rather than lost.
func (s *sheet) table(t *disclosure.Table) {
	widths := s.columns(t)
	s.heads(t, widths)
	for i, row := range t.Rows {
		s.font(regular, cellSize)
		cells := make([][]string, len(row))
		tall := 1
		for j, c := range row {
			cells[j] = s.lines(c, widths[j]-2)
			tall = max(tall, len(cells[j]))
		}
		// A row that fits on a fresh sheet is not cut; a taller one begins here and goes on.
		fresh := s.bottom() - margin - 3*height(cellSize)
		if h := float64(tall)*height(cellSize) + 1.6; h <= fresh && s.pdf.GetY()+h > s.bottom() {
			s.pdf.AddPage()
			s.heads(t, widths)
		}
		for from := 0; from < tall; {
			free := int((s.bottom() - s.pdf.GetY() - 1.6) / height(cellSize))
			if free < 1 {
				s.pdf.AddPage()
				s.heads(t, widths)
				continue
			}
			until := min(tall, from+free)
			s.row(cells, widths, from, until, regular, i%2 == 1)
			from = until
		}
	}
	s.gap(1)
}

// columns shares the sheet's width out by the table's relative widths.
func (s *sheet) columns(t *disclosure.Table) []float64 {
	total := 0
	for j := range t.Heads {
		total += relative(t, j)
	}
	out := make([]float64, len(t.Heads))
	for j := range out {
		out[j] = s.width() * float64(relative(t, j)) / float64(total)
	}
	return out
}

func relative(t *disclosure.Table, j int) int {
	if j < len(t.Widths) && t.Widths[j] > 0 {
		return t.Widths[j]
	}
	return 1
}

func (s *sheet) heads(t *disclosure.Table, widths []float64) {
	s.font(bold, cellSize)
	cells := make([][]string, len(t.Heads))
	tall := 1
	for j, h := range t.Heads {
		cells[j] = s.lines(h, widths[j]-2)
		tall = max(tall, len(cells[j]))
	}
	s.room(float64(tall+2) * height(cellSize))
	s.pdf.SetFillColor(222, 226, 232)
	s.box(cells, widths, 0, tall, bold, true)
}

func (s *sheet) row(cells [][]string, widths []float64, from, until int, style string, shade bool) {
	s.pdf.SetFillColor(246, 247, 249)
	s.box(cells, widths, from, until, style, shade)
}

// box draws the lines from to until of a row's cells, with borders.
func (s *sheet) box(cells [][]string, widths []float64, from, until int, style string, fill bool) {
	h := float64(until-from)*height(cellSize) + 1.6
	x, y := margin, s.pdf.GetY()
	s.pdf.SetDrawColor(160, 160, 160)
	s.font(style, cellSize)
	for j, lines := range cells {
		how := "D"
		if fill {
			how = "FD"
		}
		s.pdf.Rect(x, y, widths[j], h, how)
		for i := from; i < min(until, len(lines)); i++ {
			s.pdf.SetXY(x+1, y+0.8+float64(i-from)*height(cellSize))
			s.pdf.CellFormat(widths[j]-2, height(cellSize), lines[i], "", 0, "L", false, 0, "")
		}
		x += widths[j]
	}
	s.pdf.SetDrawColor(0, 0, 0)
	s.pdf.SetXY(margin, y+h)
}
