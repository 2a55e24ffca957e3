package plan_test

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"lodestone/plan/lp"
)

// TestKnownOptima plans problems whose optimum is published, stated in the tables of a network, and holds objective and
// shadow prices against what is printed there.
func TestKnownOptima(t *testing.T) {
	s := solver(t)
	files, err := filepath.Glob("testdata/known/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no problems: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := planned(t, s, archive)
			m := p.Model
			if p.Status != lp.Optimal {
				t.Fatalf("%s: %+v", p.Status, p.Conflict)
			}
			if w := p.Residuals.Worst(); w > 1e-6 {
				t.Errorf("residuals %+v", p.Residuals)
			}
			checked := 0
			for line := range strings.Lines(string(want(t, archive))) {
				words := strings.Fields(line)
				if len(words) == 0 {
					continue
				}
				checked++
				within := 0.0 // of a value that is printed with fewer digits
				if n := len(words); n > 3 && words[n-2] == "±" {
					if within, err = strconv.ParseFloat(words[n-1], 64); err != nil {
						t.Fatal(err)
					}
					words = words[:n-2]
				}
				value, err := strconv.ParseFloat(words[len(words)-1], 64)
				if err != nil {
					t.Fatal(err)
				}
				agrees := func(got float64) bool { return near(got, value) || math.Abs(got-value) <= within }
				switch words[0] {
				case "objective":
					if !agrees(p.Solution.Objective) {
						t.Errorf("objective %v, published %v", p.Solution.Objective, value)
					}
				case "dual":
					r, ok := m.Program.Row(words[1])
					if !ok {
						t.Errorf("there is no row %s", words[1])
					} else if !agrees(p.Prices.Dual[r]) {
						t.Errorf("dual of %s is %v, published %v", words[1], p.Prices.Dual[r], value)
					}
				case "reduced":
					c, ok := m.Program.Column(words[1])
					if !ok {
						t.Errorf("there is no column %s", words[1])
					} else if !agrees(p.Prices.Reduced[c]) {
						t.Errorf("reduced cost of %s is %v, published %v", words[1], p.Prices.Reduced[c], value)
					}
				case "column":
					c, ok := m.Program.Column(words[1])
					if !ok {
						t.Errorf("there is no column %s", words[1])
					} else if !agrees(p.Solution.Column[c]) {
						t.Errorf("%s is %v, published %v", words[1], p.Solution.Column[c], value)
					}
				default:
					t.Errorf("%q is not known here", line)
				}
			}
			if checked == 0 {
				t.Error("nothing is published of it")
			}
		})
	}
}

func want(t *testing.T, archive *txtar.Archive) []byte {
	t.Helper()
	for _, f := range archive.Files {
		if f.Name == "want" {
			return f.Data
		}
	}
	t.Fatal("the problem has no file want")
	return nil
}
