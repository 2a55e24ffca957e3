package lp

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLPRoundTrip writes and reads: the same program under the names of the format, without what bounds nothing.
func TestLPRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t)
		var text bytes.Buffer
		if err := WriteLP(&text, p); err != nil {
			t.Fatal(err)
		}
		q, err := ReadLP(bytes.NewReader(text.Bytes()))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text.String())
		}
		if q.Maximize != p.Maximize || q.Offset != p.Offset {
			t.Fatalf("maximize %v, offset %v, want %v, %v", q.Maximize, q.Offset, p.Maximize, p.Offset)
		}
		columns, rows := lpNames(append([]string{offsetColumn}, p.columns.names...))[1:], lpNames(p.rows.names)
		pm, qm := p.Matrix(), q.Matrix()
		sums := map[string]map[string]float64{} // by row and column
		for j := range p.Columns() {
			at, values := pm.Column(Column(j))
			for k, r := range at {
				if sums[rows[r]] == nil {
					sums[rows[r]] = map[string]float64{}
				}
				sums[rows[r]][columns[j]] = values[k]
			}
		}
		read := map[string]map[string]float64{}
		for j := range q.Columns() {
			at, values := qm.Column(Column(j))
			for k, r := range at {
				if read[q.RowName(r)] == nil {
					read[q.RowName(r)] = map[string]float64{}
				}
				read[q.RowName(r)][q.ColumnName(Column(j))] = values[k]
			}
		}
		kept := 0
		for i, name := range rows {
			lower, upper := p.RowBounds(Row(i))
			r, ok := q.Row(name)
			if idle := math.IsInf(lower, -1) && math.IsInf(upper, 1) || len(sums[name]) == 0 && lower <= 0 && upper >= 0; idle == ok {
				t.Fatalf("row %s: kept %v of\n%s", name, ok, text.String())
			}
			if !ok {
				continue
			}
			kept++
			if l, u := q.RowBounds(r); l != lower || u != upper || !reflect.DeepEqual(read[name], sums[name]) {
				t.Fatalf("row %s: %v to %v of %v, want %v to %v of %v in\n%s", name, l, u, read[name], lower, upper, sums[name], text.String())
			}
		}
		if kept != q.Rows() {
			t.Fatalf("%d rows read, want %d of\n%s", q.Rows(), kept, text.String())
		}
		for j, name := range columns {
			lower, upper := p.ColumnBounds(Column(j))
			c, ok := q.Column(name)
			if !ok {
				if lower != 0 || !math.IsInf(upper, 1) || p.cost[j] != 0 || p.integer[j] {
					t.Fatalf("column %s is lost of\n%s", name, text.String())
				}
				continue
			}
			if l, u := q.ColumnBounds(c); l != lower || u != upper || q.Cost(c) != p.cost[j] || q.Integer(c) != p.integer[j] {
				t.Fatalf("column %s: %v to %v at %v, want %v to %v at %v in\n%s", name, l, u, q.Cost(c), lower, upper, p.cost[j], text.String())
			}
		}
	})
}

func TestReadLP(t *testing.T) {
	const text = `\ a comment
MAXIMIZE
 profit: 3 x + 2.5y - z \ another
   + 10
Subject To
 room: x + y
   + z <= 1e2
 - 4 <= x - y <= 4
 mix: -3 >= - 2 x - y
 fixed: z = 2
Bounds
 -inf <= x <= +Infinity
 1 <= y
 z <= 1e30
Generals
 x
Binary
 b
END
`
	p, err := ReadLP(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := WriteLP(&out, p); err != nil {
		t.Fatal(err)
	}
	const want = `Maximize
 obj: + 3 x + 2.5 y - 1 z + 10 offset
Subject To
 room: + 1 x + 1 y + 1 z <= 100
 row2: + 1 x - 1 y >= -4
 row2~upper: + 1 x - 1 y <= 4
 mix: - 2 x - 1 y <= -3
 fixed: + 1 z = 2
Bounds
 offset = 1
 x free
 1 <= y <= +inf
 0 <= b <= 1
General
 x
 b
End
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}

// TestReadLPRefuses breaks a program in one place each; the error names the line.
func TestReadLPRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":             {"", "no objective"},
		"no objective":        {"Subject To\n x <= 1\nEnd\n", "no objective"},
		"two objectives":      {"Min\n x\nMax\n x\nEnd\n", "line 3: \"Max\" begins a second objective"},
		"no end":              {"Min\n x\nSubject To\n x <= 1\n", "is it whole?"},
		"half a row":          {"Min\n x\nSubject To\n x + y\nEnd\n", "line 5: \"End\" stands where <=, >= or = is wanted"},
		"half a term":         {"Min\n x\nSubject To\n x + <= 1\nEnd\n", "line 4: \"<=\" stands where a number or a column is wanted"},
		"no sign":             {"Min\n x\nSubject To\n x y <= 1\nEnd\n", "line 4: \"y\" follows a term without + or -"},
		"a column right":      {"Min\n x\nSubject To\n x <= y\nEnd\n", "line 4: \"y\" stands where the number of the right side is wanted"},
		"a number left":       {"Min\n x\nSubject To\n x + 3 <= 4\nEnd\n", "line 4: a number stands by itself"},
		"a row twice":         {"Min\n x\nSubject To\n a: x <= 1\n a: x <= 2\nEnd\n", "line 5: the row \"a\" is there already"},
		"a square":            {"Min\n [ x ^ 2 ] / 2\nEnd\n", "line 2: \"[ x ^ 2 ] / 2\" is no word of the LP format here"},
		"sets":                {"Min\n x\nSubject To\n x <= 1\nSOS1\n s: x:1\nEnd\n", "line 5: \"SOS1\" begins a section that is not read here"},
		"semi-continuous":     {"Min\n x\nSubject To\n x <= 1\nSemi-Continuous\n x\nEnd\n", "line 5: \"Semi\" begins a section"},
		"below nought":        {"Min\n x\nSubject To\n x >= -9\nBounds\n x <= -1\nEnd\n", "no lower one"},
		"bounds crossed":      {"Min\n x\nSubject To\n x >= -9\nBounds\n 3 <= x <= 1\nEnd\n", "has the bounds 3 to 1"},
		"a bound of nothing":  {"Min\n x\nSubject To\n x >= -9\nBounds\n x\nEnd\n", "stands where <=, >=, = or free is wanted"},
		"behind the end":      {"Min\n x\nEnd\n x\n", "line 4: \"x\" stands behind End"},
		"before the sections": {"x\nMin\n x\nEnd\n", "line 1: \"x\" stands outside any section"},
		"a number too large":  {"Min\n 1e999 x\nEnd\n", "line 2: \"1e999\" is no finite number"},
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := ReadLP(strings.NewReader(c.text)); err == nil || !strings.HasPrefix(err.Error(), "read LP: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v; want %q", p, err, c.want)
			}
		})
	}
}

func FuzzReadLP(f *testing.F) {
	f.Add("Min\n obj: 2 x - y + 3\nSubject To\n a: 1 <= x + y <= 4\n b: x = 2\nBounds\n y free\nGeneral\n x\nEnd\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadLP(strings.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := WriteLP(&out, p); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadLP(bytes.NewReader(out.Bytes())); err != nil {
			t.Errorf("what was written cannot be read: %v\n%s", err, out.String())
		}
	})
}
