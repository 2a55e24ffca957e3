package exposure

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lodestone/atlas"
	"lodestone/element"
	"lodestone/supply"
)

var covered = []supply.Country{"CN", "RU", "IR", "KP"}

// find is the only figure that answers.
func find(t *testing.T, all []Figure, want func(f *Figure) bool) *Figure {
	t.Helper()
	var found []*Figure
	for i := range all {
		if want(&all[i]) {
			found = append(found, &all[i])
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d figures answer", len(found))
	}
	return found[0]
}

// What is worked out beside what was published or reckoned elsewhere: domain facts of the tables' own page.
func TestKnownFigures(t *testing.T) {
	all := New(Question{Without: covered}).Figures
	for year, want := range map[string]string{"2020": "100.0", "2021": "98.5", "2022": "99.1", "2023": "97.5", "2024": "80.3"} {
		f := find(t, all, func(f *Figure) bool {
			return f.Measure == Reliance && f.Subject == "US" && f.Stage == Compounds && f.Element == element.None && f.Period == year
		})
		if f.Text() != want || f.Published == "" {
			t.Errorf("%s: %s, published %q, want %s", year, f.Text(), f.Published, want)
		}
	}
	for what, want := range map[string]string{"in the news: 80 %": "80.3", "in the news: 70 %": "70.0", "both together": "56.2"} {
		f := find(t, all, func(f *Figure) bool { return f.Measure == News && strings.Contains(f.Subject, what) })
		if f.Text() != want || f.Period == "" {
			t.Errorf("%s: %s of %s, want %s", what, f.Text(), f.Period, want)
		}
	}
	// 0.70² + 0.13² + 0.06² + 0.05² = 0.513, and at most 0.06² more.
	h := find(t, all, func(f *Figure) bool { return f.Measure == HHI && f.Stage == Compounds })
	if h.Low.Cmp(number("0.513")) != 0 || h.High.Cmp(number("0.5166")) != 0 {
		t.Errorf("concentration of imports is %s", h.Text())
	}
	dy := find(t, all, func(f *Figure) bool {
		return f.Measure == Single && f.By == "facility" && f.Element == element.Dy && f.Stage == Refining
	})
	if dy.Low.Cmp(whole(1)) != 0 || dy.High.Cmp(whole(1)) <= 0 || !strings.Contains(strings.Join(dy.Notes, "\n"), "Gebeng") {
		t.Errorf("dysprosium oxide outside the covered countries: %s, %q", dy.Text(), dy.Notes)
	}
	smco := find(t, all, func(f *Figure) bool {
		return f.Measure == Single && f.By == "facility" && f.Element == element.Sm && f.Stage == Magnets
	})
	if smco.Low.Cmp(whole(2)) != 0 || !strings.Contains(strings.Join(smco.Notes, "\n"), "makes it: Permag Landisville") {
		t.Errorf("SmCo magnets outside the covered countries: %s, %q", smco.Text(), smco.Notes)
	}
	ndfeb := find(t, all, func(f *Figure) bool {
		return f.Measure == Single && f.By == "facility" && f.Element == element.None && f.Stage == Magnets
	})
	if strings.Contains(strings.Join(ndfeb.Notes, "\n"), "Permag") {
		t.Errorf("a maker of SmCo counts as one who may make NdFeB: %q", ndfeb.Notes)
	}
}

// Whatever is asked: a figure has rows that stand in the tables with a source, and a formula or a row for its value; one
// without a value says what it needs, and none is nought for want of an input. Nothing is fitted to a published risk.
func TestEveryFigureHasItsGrounds(t *testing.T) {
	for _, q := range []Question{{Without: covered}, {}, {Element: element.Nd}, {Element: element.Y, Stage: Refining}, {Stage: Mining}, {Stock: "1200"}, {Year: "2020"}, {Year: "2023", Element: element.Dy, Stock: "1"}} {
		for _, f := range New(q).Figures {
			name := string(f.Measure) + ", " + f.Subject + ", " + f.Period
			switch {
			case f.Period == "" || f.Subject == "" || f.Unit == "" || f.Stage == "":
				t.Errorf("%s: incomplete: %+v", name, f)
			case f.Computable() == (len(f.Needs) > 0):
				t.Errorf("%s: value %q, needs %q", name, f.Text(), f.Needs)
			case f.Computable() && len(f.Rows) == 0 && f.Measure != Single:
				t.Errorf("%s: no rows", name)
			case f.Computable() && f.Low.Cmp(f.High) > 0:
				t.Errorf("%s: %s", name, f.Text())
			case f.Computable() && f.Low.Sign() == 0 && f.High.Sign() == 0 && f.Measure != Single:
				t.Errorf("%s: nought", name)
			case f.Measure == SupplyRisk && f.Computable() && strings.HasPrefix(f.Subject, "SR"):
				t.Errorf("%s: a supply risk whose inputs are not in the tables", name)
			case q.Stage != "" && f.Stage != q.Stage:
				t.Errorf("%s: of stage %s", name, f.Stage)
			case q.Element != element.None && f.Element != element.None && f.Element != q.Element:
				t.Errorf("%s: of %s", name, f.Element)
			}
			for _, r := range f.Rows {
				if r.Line < 2 || len(r.Sources) == 0 || r.Evidence == "" || r.Value == "" {
					t.Errorf("%s: row %+v", name, r)
				}
				for _, key := range r.Sources {
					if _, ok := atlas.SourceOf(key); !ok && !atlas.PseudoSource(key) {
						t.Errorf("%s: source %q", name, key)
					}
				}
			}
		}
	}
}

// However the part of nobody named is spread, the concentration lies in the interval.
func TestUnallocatedIsBounded(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		s := spread{rest: whole(1)}
		left := int64(1000)
		full := new(big.Rat)
		for range rng.IntN(5) {
			x := rng.Int64N(left) + 1
			left -= x
			share := big.NewRat(x, 1000)
			full = add(full, square(share))
			s.add("A", sub(share, big.NewRat(rng.Int64N(x), 1000)), share) // of some only a part is known
			if left == 0 {
				break
			}
		}
		f := s.concentration("country")
		for left > 0 {
			x := rng.Int64N(left) + 1
			left -= x
			full = add(full, square(big.NewRat(x, 1000)))
		}
		if full.Cmp(f.Low) < 0 || full.Cmp(f.High) > 0 {
			t.Fatalf("%s lies outside %s to %s", full, f.Low, f.High)
		}
	}
}

// A small number is told with the digits it takes, and is never printed as nought; nought itself is.
func TestRounded(t *testing.T) {
	for in, want := range map[string]string{"0.0267": "0.03", "0": "0.0", "0.06": "0.1", "-0.004": "-0.004", "69.23": "69.2"} {
		if got := Rounded(number(in), 1); got != want {
			t.Errorf("%s is told as %s, want %s", in, got, want)
		}
	}
}

func TestCover(t *testing.T) {
	for stock, want := range map[string]string{"6600": "52.0", "1200": "9.5", "0": "0.0"} {
		f := find(t, New(Question{Stock: stock}).Figures, func(f *Figure) bool {
			return f.Measure == Cover && strings.HasSuffix(f.Subject, "nothing is made")
		})
		if f.Text() != want {
			t.Errorf("%s t last %s weeks, want %s", stock, f.Text(), want)
		}
	}
}

// A direction is told only where the intervals lie apart.
func TestTrends(t *testing.T) {
	r := New(Question{})
	seen := map[string]bool{}
	for _, x := range r.Trends {
		seen[x.Direction] = true
		first, last := x.Points[0], x.Points[len(x.Points)-1]
		if x.Direction == "rising" && last.Low.Cmp(first.High) <= 0 || x.Direction == "falling" && last.High.Cmp(first.Low) >= 0 {
			t.Errorf("%s of %s is %s from %s to %s", x.Of.Measure, x.Of.Subject, x.Direction, first.Text(), last.Text())
		}
		if !slices.IsSortedFunc(x.Points, func(a, b Figure) int { return strings.Compare(a.Period, b.Period) }) {
			t.Errorf("%s: out of order", x.Of.Subject)
		}
	}
	for _, d := range []string{"rising", "falling", "unclear"} {
		if !seen[d] {
			t.Errorf("nothing is %s", d)
		}
	}
}

// Two sources contradict one another about who makes SmCo magnets: that stands beside the figure. Plants of one owner are
// one point by owner.
func TestSingleByOwner(t *testing.T) {
	all := New(Question{Without: covered}).Figures
	for _, by := range []string{"facility", "owner", "country"} {
		f := find(t, all, func(f *Figure) bool {
			return f.Measure == Single && f.By == by && f.Element == element.Sm && f.Stage == Magnets
		})
		if notes := strings.Join(f.Notes, "\n"); !strings.Contains(notes, "S-PERM") || !strings.Contains(notes, "S-ARN") {
			t.Errorf("by %s the dispute is not told: %q", by, f.Notes)
		}
	}
	plant := func(owner string) atlas.Facility { return atlas.Facility{Operator: owner} }
	two := fewer(Figure{}, groupings[0], []atlas.Facility{plant("A"), plant("A")}, []atlas.Facility{plant("B"), plant("A")}, nil)
	if two.Low.Cmp(whole(1)) != 0 || two.High.Cmp(whole(2)) != 0 || !strings.Contains(two.Notes[0], "unless") {
		t.Errorf("two plants of one owner, and others: %s, %q", two.Text(), two.Notes)
	}
}

// A year without a figure is told as unknown, and the change a year is over the years that lie between.
func TestTrendGaps(t *testing.T) {
	point := func(period, value string) Figure {
		f := Figure{Measure: Reliance, Stage: Compounds, Subject: "US", Period: period, Unit: "%"}
		if value != "" {
			f.set(number(value))
		}
		return f
	}
	list := trends([]Figure{point("2020", ""), point("2021", "90"), point("2022", "85"), point("2024", "60"), point("2025", "")})
	if len(list) != 1 {
		t.Fatalf("%d trends", len(list))
	}
	x := list[0]
	if x.Direction != "falling" || x.Yearly[0].Cmp(whole(-10)) != 0 || !slices.Equal(x.Unknown, []string{"2020", "2023", "2025"}) {
		t.Errorf("%s, %s a year, unknown %q", x.Direction, x.Yearly[0], x.Unknown)
	}
}
