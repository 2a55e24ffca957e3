package lp

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawn is a program with every kind of bound, row and sign.
func drawn(t *rapid.T) *Program {
	p := New("drawn program")
	p.Offset = rapid.Float64Range(-9, 9).Draw(t, "offset")
	p.Maximize = rapid.Bool().Draw(t, "maximize")
	bounds := func(label string) (lower, upper float64) {
		lower, upper = math.Inf(-1), math.Inf(1)
		switch rapid.IntRange(0, 5).Draw(t, label) {
		case 0:
			lower = rapid.Float64Range(-50, 50).Draw(t, "lower")
		case 1:
			upper = rapid.Float64Range(-50, 50).Draw(t, "upper")
		case 2:
			lower = float64(rapid.IntRange(-5, 5).Draw(t, "lower"))
			upper = lower + float64(rapid.IntRange(1, 9).Draw(t, "room"))
		case 3:
			lower = float64(rapid.IntRange(-5, 5).Draw(t, "at"))
			upper = lower
		case 4:
			lower = 0
		}
		return lower, upper
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "rows") {
		lower, upper := bounds("row")
		p.AddRow("row["+string(rune('a'+i))+",2027-03]", lower, upper)
	}
	for j := range rapid.IntRange(0, 5).Draw(t, "columns") {
		lower, upper := bounds("column")
		c := p.AddColumn("x["+string(rune('a'+j))+"]", lower, upper, rapid.Float64Range(-99, 99).Draw(t, "cost"))
		p.SetInteger(c, rapid.Bool().Draw(t, "integer"))
		for i := range p.Rows() {
			p.Set(Row(i), c, float64(rapid.IntRange(-3, 3).Draw(t, "coefficient")))
		}
	}
	return p
}

// TestMPSRoundTrip writes and reads: the same program, a maximum as the minimum of its negative, free rows dropped.
func TestMPSRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		var text bytes.Buffer
		if err := WriteMPS(&text, p); err != nil {
			t.Fatal(err)
		}
		q, err := ReadMPS(bytes.NewReader(text.Bytes()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text.String())
		}
		sign := 1.0
		if p.Maximize {
			sign = -1
		}
		if q.Maximize || q.Offset != sign*p.Offset || q.Columns() != p.Columns() {
			t.Fatalf("maximize %v, offset %v, %d columns of\n%s", q.Maximize, q.Offset, q.Columns(), text.String())
		}
		for i := range p.Rows() {
			lower, upper := p.RowBounds(Row(i))
			r, ok := q.Row(p.RowName(Row(i)))
			if free := math.IsInf(lower, -1) && math.IsInf(upper, 1); free == ok {
				t.Fatalf("row %s: kept %v in\n%s", p.RowName(Row(i)), ok, text.String())
			}
			if !ok {
				continue
			}
			if l, u := q.RowBounds(r); l != lower || math.Abs(u-upper) > 1e-12*(1+math.Abs(upper)) && u != upper {
				t.Fatalf("row %s: %v to %v, want %v to %v", p.RowName(Row(i)), l, u, lower, upper)
			}
		}
		pm, qm := p.Matrix(), q.Matrix()
		for j := range p.Columns() {
			c := Column(j)
			l, u := p.ColumnBounds(c)
			ql, qu := q.ColumnBounds(c)
			if p.ColumnName(c) != q.ColumnName(c) || l != ql || u != qu || q.Cost(c) != sign*p.Cost(c) || q.Integer(c) != p.Integer(c) {
				t.Fatalf("column %s: %v to %v at %v, want %v to %v at %v in\n%s", p.ColumnName(c), ql, qu, q.Cost(c), l, u, sign*p.Cost(c), text.String())
			}
			if got, want := named(q, qm, c), named(p, pm, c); !reflect.DeepEqual(got, want) {
				t.Fatalf("column %s: %v, want %v", p.ColumnName(c), got, want)
			}
		}
	})
}

// named is a column's coefficients by the name of their row, without those in free rows.
func named(p *Program, m Matrix, c Column) map[string]float64 {
	out := map[string]float64{}
	rows, values := m.Column(c)
	for k, r := range rows {
		if l, u := p.RowBounds(r); !math.IsInf(l, -1) || !math.IsInf(u, 1) {
			out[p.RowName(r)] = values[k]
		}
	}
	return out
}

func TestReadMPS(t *testing.T) {
	good := `* a comment
NAME          small
OBJSENSE
    MAX
ROWS
 N  profit
 N  other
 L  room
 E  mix
COLUMNS
    x  profit  2  room  1
    x  other  9
    M1  'MARKER'  'INTORG'
    y  profit  3  room  1
    y  mix  1
    M2  'MARKER'  'INTEND'
RHS
    R  room  4  mix  1
    R  profit  -5
RANGES
    G  room  3
    G  mix  -2
BOUNDS
 UP B  x  -1
 UI B  y  9
ENDATA
`
	p, err := ReadMPS(strings.NewReader(good))
	if err != nil {
		t.Fatal(err)
	}
	room, _ := p.Row("room")
	mix, _ := p.Row("mix")
	if l, u := p.RowBounds(room); l != 1 || u != 4 {
		t.Errorf("room from %v to %v, want 1 to 4", l, u)
	}
	if l, u := p.RowBounds(mix); l != -1 || u != 1 {
		t.Errorf("mix from %v to %v, want -1 to 1", l, u)
	}
	if l, u := p.ColumnBounds(0); !math.IsInf(l, -1) || u != -1 {
		t.Errorf("x from %v to %v, want -inf to -1", l, u)
	}
	if !p.Maximize || p.Offset != 5 || p.Cost(0) != 2 || !p.Integer(1) || p.Integer(0) || p.Rows() != 2 {
		t.Errorf("got %+v", p)
	}
	for want, bad := range map[string]string{
		"line 8: row kind":                strings.Replace(good, " L  room", " Q  room", 1),
		"line 9: row \"room\" is":         strings.Replace(good, " E  mix", " E  room", 1),
		"line 11: column \"x\": there is": strings.Replace(good, "2  room  1", "2  roof  1", 1),
		"is no finite number":             strings.Replace(good, "R  room  4", "R  room  four", 1),
		"there is no column \"z\"":        strings.Replace(good, "UI B  y", "UI B  z", 1),
		"bound \"XX\" is none":            strings.Replace(good, "UI B  y", "XX B  y", 1),
		"without ENDATA":                  strings.Replace(good, "ENDATA\n", "", 1),
		"section \"SOS1\"":                strings.Replace(good, "RANGES", "SOS1", 1),
		"there is no objective":           "ROWS\n L  a\nENDATA\n",
		"neither MAX nor MIN":             strings.Replace(good, "    MAX", "    MUX", 1),
	} {
		if _, err := ReadMPS(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}

func FuzzReadMPS(f *testing.F) {
	f.Add("NAME a\nROWS\n N o\n L r\nCOLUMNS\n x o 1 r 1\nRHS\n R r 1\nBOUNDS\n UP B x 4\nENDATA\n")
	f.Add("ROWS\n N o\nCOLUMNS\n M 'MARKER' 'INTORG'\n x o 1\nRANGES\n r o 1\nENDATA\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadMPS(strings.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := WriteMPS(&out, p); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadMPS(&out); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}

func TestWriteLP(t *testing.T) {
	p := New("tiny plan")
	p.Offset = 2
	x := p.AddColumn("make[SRC,Nd-oxide]", 0, 4, 1.5)
	y := p.AddInteger("build[SRC]", math.Inf(-1), math.Inf(1), -3)
	z := p.AddColumn("make[SRC,Nd+oxide]", -2, -2, 0)
	balance := p.AddRow("balance[SRC,2027-03]", 1, 5)
	p.Set(balance, x, 1)
	p.Set(balance, y, -2)
	p.Set(p.AddRow("limit", math.Inf(-1), 7), z, 1)
	p.AddRow("free", math.Inf(-1), math.Inf(1))
	var got strings.Builder
	if err := WriteLP(&got, p); err != nil {
		t.Fatal(err)
	}
	const want = `\ tiny_plan
Minimize
 obj: + 1.5 make(SRC,Nd_oxide) - 3 _build(SRC) + 2 offset
Subject To
 balance(SRC,2027_03): + 1 make(SRC,Nd_oxide) - 2 build(SRC) >= 1
 balance(SRC,2027_03)~upper: + 1 make(SRC,Nd_oxide) - 2 build(SRC) <= 5
 limit: + 1 make(SRC,Nd_oxide)~2 <= 7
Bounds
 offset = 1
 make(SRC,Nd_oxide) <= 4
 build(SRC) free
 make(SRC,Nd_oxide)~2 = -2
General
 build(SRC)
End
`
	if text := strings.ReplaceAll(want, "_build", "build"); got.String() != strings.Replace(text, " make(SRC,Nd_oxide) <= 4", " 0 <= make(SRC,Nd_oxide) <= 4", 1) {
		t.Errorf("got\n%s", got.String())
	}
}

// TestCheck finds each way in which a solution can be none.
func TestCheck(t *testing.T) {
	p := New("check")
	x := p.AddColumn("x", 0, 3, 1)
	y := p.AddInteger("y", 0, math.Inf(1), 2)
	r := p.AddRow("r", 5, math.Inf(1))
	p.Set(r, x, 1)
	p.Set(r, y, 1)
	good := func() *Solution {
		return &Solution{Column: []float64{3, 2}, Reduced: []float64{-1, 0}, Dual: []float64{2}}
	}
	if res := Check(p, good()); res.Worst() != 0 || res.Objective != 7 || res.DualBalance != 7 {
		t.Errorf("the optimum: %+v", res)
	}
	for name, c := range map[string]struct {
		spoil func(s *Solution)
		of    func(r Residuals) float64
	}{
		"row":       {func(s *Solution) { s.Column[1] = 1 }, func(r Residuals) float64 { return r.Row }},
		"column":    {func(s *Solution) { s.Column[0] = 4 }, func(r Residuals) float64 { return r.Column }},
		"integer":   {func(s *Solution) { s.Column[1] = 2.5 }, func(r Residuals) float64 { return r.Integer }},
		"reduced":   {func(s *Solution) { s.Reduced[0] = -2 }, func(r Residuals) float64 { return r.Reduced }},
		"sign":      {func(s *Solution) { s.Dual[0] = -2 }, func(r Residuals) float64 { return r.Sign }},
		"slackness": {func(s *Solution) { s.Column[1] = 4 }, func(r Residuals) float64 { return r.Slackness }},
		"gap":       {func(s *Solution) { s.Dual[0] = 3 }, func(r Residuals) float64 { return r.Gap }},
	} {
		s := good()
		c.spoil(s)
		if res := Check(p, s); c.of(res) < 0.01 {
			t.Errorf("%s: %+v", name, res)
		}
	}
}

func TestNamesPanic(t *testing.T) {
	for name, bad := range map[string]func(p *Program){
		"taken":     func(p *Program) { p.AddColumn("a", 0, 1, 0); p.AddColumn("a", 0, 1, 0) },
		"space":     func(p *Program) { p.AddRow("a b", 0, 1) },
		"empty":     func(p *Program) { p.AddRow("", 0, 1) },
		"no number": func(p *Program) { p.AddRow("r", math.NaN(), 1) },
		"cost":      func(p *Program) { p.AddColumn("a", 0, 1, math.Inf(1)) },
		"unit":      func(p *Program) { p.MeasureRow(p.AddRow("r", 0, 1), 0) },
		"entry":     func(p *Program) { p.Set(p.AddRow("r", 0, 1), p.AddColumn("a", 0, 1, 1), math.NaN()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			bad(New("p"))
		}()
	}
}
