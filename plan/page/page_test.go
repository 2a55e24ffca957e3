package page

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"lodestone/law"
	"lodestone/plan"
	"lodestone/plan/highs"
	"lodestone/plan/lp"
)

// cache holds the compiled solver for all tests of a run.
var cache string

func TestMain(m *testing.M) {
	var err error
	if cache, err = os.MkdirTemp("", "page"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

// engine is the solver. A build without it skips the test, saying so.
func engine(t *testing.T) lp.Solver {
	t.Helper()
	e, err := highs.New(t.Context(), cache)
	if errors.Is(err, highs.ErrNotBuiltIn) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close(context.Background()) })
	return e
}

// solved plans the network of a neighbour's test.
func solved(t *testing.T) (*plan.Plan, *plan.Report) {
	t.Helper()
	e := engine(t)
	n, err := plan.Decode(lawSheets(t))
	if err != nil {
		t.Fatal(err)
	}
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	m, err := plan.NewModel(n, plan.Sources{Judge: plan.LawJudge{Library: lib}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Solve(t.Context(), e, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ready, err := m.Readiness(t.Context(), e, lp.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p, p.Report(ready)
}

func lawSheets(t *testing.T) []plan.Sheet {
	t.Helper()
	archive, err := txtar.ParseFile("../testdata/plans/law.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var out []plan.Sheet
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".csv"); ok {
			s, faults := plan.ReadCSV(name, f.Name, f.Data)
			if err := faults.Err(); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
	}
	return out
}

// TestHTML writes a page that says the answer, names nothing from elsewhere, and is the same twice.
func TestHTML(t *testing.T) {
	p, r := solved(t)
	r.Name = `<b>& "two"`
	var a, b bytes.Buffer
	if err := errors.Join(HTML(&a, p, r), HTML(&b, p, r)); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("written twice it differs")
	}
	text := a.String()
	for _, want := range []string{r.Readiness.Sentence, "8.522 t short at SRC", "purchase CN-oxide breaks", plan.Advice, "&lt;b&gt;&amp; &#34;two&#34;", "SX at SRC: 60 a year"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, never := range []string{"src=\"http", "href=\"http", "@import", "<b>&"} {
		if strings.Contains(text, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	if n := strings.Count(text, "<svg"); n != strings.Count(text, "</svg>") || n < 7 {
		t.Errorf("%d pictures, want two stacks, a Sankey by mass and by three elements, starts and a waterfall", n)
	}
}

// TestExcel reads the workbook back.
func TestExcel(t *testing.T) {
	_, r := solved(t)
	var b bytes.Buffer
	if err := Excel(&b, r); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("flows")
	if err != nil || len(rows) != len(r.Flows)+1 {
		t.Fatalf("%d rows of flows, want %d: %v", len(rows), len(r.Flows)+1, err)
	}
	if want := []string{"what", "id", "site", "material", "breaks", "origin", "period", "amount", "cost"}; !reflect.DeepEqual(rows[0], want) {
		t.Errorf("heads %q, want %q", rows[0], want)
	}
	landed, err := book.GetRows("landed")
	if err != nil || len(landed) != len(r.Landed)+1 || landed[0][2] != "material" {
		t.Errorf("landed: %q, %v", landed, err)
	}
}

func TestParquetAndCSV(t *testing.T) {
	_, r := solved(t)
	var b bytes.Buffer
	if err := Parquet(&b, r); err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.Read[flowRow](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(rows) != len(r.Flows) || rows[0].Amount != r.Flows[0].Amount || rows[0].What != string(r.Flows[0].Family) {
		t.Errorf("%d rows, want %d: %v", len(rows), len(r.Flows), err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := CSV(dir, r); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "deliveries.csv"))
	if err != nil || strings.Count(string(text), "\n") != len(r.Deliveries)+1 {
		t.Errorf("%v:\n%s", err, text)
	}
}

// TestWorkbook fills the template with a network, a blank row and column among it, and reads what the CSV files say.
func TestWorkbook(t *testing.T) {
	var b bytes.Buffer
	if err := Template(&b); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, s := range lawSheets(t) {
		if err := book.DeleteSheet(s.Table); err != nil {
			t.Fatal(err)
		}
		if _, err := book.NewSheet(s.Table); err != nil {
			t.Fatal(err)
		}
		put := func(row int, cells []string) {
			for i, cell := range cells {
				name, err := excelize.CoordinatesToCellName(i+2, row) // the first column stays blank
				if err != nil {
					t.Fatal(err)
				}
				if err := book.SetCellStr(s.Table, name, cell); err != nil {
					t.Fatal(err)
				}
			}
		}
		put(3, s.Header)
		for i, r := range s.Rows {
			put(5+i, r.Cells)
		}
	}
	if _, err := book.NewSheet("(my notes)"); err != nil {
		t.Fatal(err)
	}
	var filled bytes.Buffer
	if err := book.Write(&filled); err != nil {
		t.Fatal(err)
	}
	got, err := ReadWorkbook(&filled)
	if err != nil {
		t.Fatal(err)
	}
	network, err := plan.Decode(got)
	if err != nil {
		t.Fatal(err)
	}
	want, err := plan.Decode(lawSheets(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(network.Sites) != len(want.Sites) || network.Recipes[1].Amount != want.Recipes[1].Amount || network.Capacities[1].From != want.Capacities[1].From {
		t.Errorf("the workbook says %+v", network)
	}
	if network.Sites[0].Row != 5 {
		t.Errorf("the first site stands in row %d, want 5", network.Sites[0].Row)
	}
	if _, err := ReadWorkbook(strings.NewReader("no workbook")); err == nil || !strings.Contains(err.Error(), ".xlsx") {
		t.Errorf("no workbook: %v", err)
	}
}
