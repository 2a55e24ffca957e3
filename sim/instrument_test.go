package sim

import (
	"math"
	"math/rand/v2"
	"testing"

	"lodestone/quantity"
)

// The deviates have the mean and the spread of a normal distribution, and its tails.
func TestNormal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n = 400_000
	var sum, squares float64
	beyond := 0
	for range n {
		d := float64(normal(r)) / million
		sum, squares = sum+d, squares+d*d
		if math.Abs(d) > 3 {
			beyond++
		}
	}
	if mean := sum / n; math.Abs(mean) > 4/math.Sqrt(n) {
		t.Errorf("mean %v, want 0", mean)
	}
	if sd := math.Sqrt(squares / n); math.Abs(sd-1) > 4/math.Sqrt(2*n) {
		t.Errorf("standard deviation %v, want 1", sd)
	}
	if share := float64(beyond) / n; math.Abs(share-0.0027) > 0.0004 {
		t.Errorf("%v lie beyond three standard deviations, want 0.0027", share)
	}
}

// A laboratory never finds more of an element than there is of the lot, and errs by as much as it says.
func TestAnalysis(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	const one, n = 1_000_000_000, 20_000
	for _, x := range []int64{2_000, 5_000_000, 300_000_000, 899_999_999, 995_000_000, 998_000_000} {
		squares := 0.0
		for range n {
			v, sd := analysis(r, x, one)
			if v > one || v < 0 {
				t.Fatalf("%d of %d", v, one)
			}
			squares += math.Pow(float64(v-x)/float64(sd), 2)
		}
		if got := squares / n; math.Abs(got-1) > 0.05 {
			t.Errorf("of %d: errors of %v of the stated variance, want 1", x, got)
		}
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		x      int64
		places int
		want   string
	}{{0, 6, "0"}, {5, 0, "5"}, {5, 3, "0.005"}, {1_500_000, 6, "1.5"}, {120, 2, "1.2"}, {100, 2, "1"}, {123_456, 1, "12345.6"}} {
		if got := decimal(c.x, c.places); got != c.want {
			t.Errorf("%d at %d places is %s, want %s", c.x, c.places, got, c.want)
		}
	}
	for _, c := range [][3]int64{{123_456_789, 6, 123_457_000}, {999_999_5, 6, 10_000_000}, {12, 6, 12}, {0, 3, 0}, {1_005, 3, 1_010}} {
		if got := significant(c[0], int(c[1])); got != c[2] {
			t.Errorf("%d to %d digits is %d, want %d", c[0], c[1], got, c[2])
		}
	}
	for _, unit := range []string{"KGM", "TNE", "LBR", "GRM"} {
		for _, m := range []quantity.Mass{1, 453_592, 50 * quantity.Gram, 1234567 * quantity.Kilogram, 40 * quantity.Tonne} {
			u, err := quantity.ParseUnit(unit)
			if err != nil {
				t.Fatal(err)
			}
			back, err := u.Mass(inUnit(m, unit))
			if diff := math.Abs(float64(back - m)); err != nil || diff > 1 && diff/float64(m) > 6e-6 {
				t.Errorf("%d mg is %s %s, that is %d mg, %v", m, inUnit(m, unit), unit, back, err)
			}
		}
	}
}

// What is parted from a load and what is left sum to it in every cell.
func TestPart(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		var l load
		for m := range l {
			for o := range l[m] {
				if r.IntN(2) == 0 {
					l[m][o] = quantity.Mass(r.Int64N(1 << r.IntN(50)))
				}
			}
		}
		whole, den := l, 1+r.Int64N(1<<40)
		num := r.Int64N(den + 1)
		part := l.part(num, den)
		for m := range whole {
			for o := range whole[m] {
				if l[m][o]+part[m][o] != whole[m][o] || l[m][o] < 0 || part[m][o] < 0 {
					t.Fatalf("%d/%d of %d is %d and leaves %d", num, den, whole[m][o], part[m][o], l[m][o])
				}
			}
		}
		if num == den && l.mass() != 0 {
			t.Fatalf("all was taken, %d mg are left", l.mass())
		}
	}
}

// However many lots are made, no more than most of a material stay open in a program.
func TestStockIsBounded(t *testing.T) {
	w, err := New(Config{Lots: 30_000, Theft: 0.1, Late: 0.3}, rand.New(rand.NewPCG(5, 6)))
	if err != nil {
		t.Fatal(err)
	}
	waits := 0
	for range w.Run() {
		waits = max(waits, len(w.waiting))
	}
	for p := range w.stock {
		for s := range w.stock[p] {
			if n := len(w.stock[p][s].lots); n > most {
				t.Errorf("%d open lots of %s", n, w.sorts[s].slug)
			}
		}
		if len(w.ready[p]) >= 8+24 || len(w.built[p]) >= 8 {
			t.Errorf("%d magnets and %d motors wait to be built in", len(w.ready[p]), len(w.built[p]))
		}
	}
	if waits > 400 {
		t.Errorf("%d events waited at once", waits)
	}
	if len(w.acts) >= acts {
		t.Errorf("%d acts of %d", len(w.acts), acts)
	}
}
