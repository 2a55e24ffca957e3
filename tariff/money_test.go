package tariff

import (
	"testing"

	"pgregory.net/rapid"

	"lodestone/quantity"
)

func TestPercentOf(t *testing.T) {
	for _, c := range [][3]string{
		{"1000.00", "2.1", "21.00"},
		{"0.50", "25", "0.13"},  // 0.125 goes up
		{"1.50", "25", "0.38"},  // 0.375 goes up
		{"0.10", "25", "0.03"},  // 0.025 goes up, where halves to even would go down
		{"0.24", "2.1", "0.01"}, // 0.00504
		{"0.23", "2.1", "0.00"}, // 0.00483
		{"0", "25", "0.00"},
		{"999999999999999.99", "125", "1249999999999999.99"},
		{"123456789.01", "12.5", "15432098.63"},
	} {
		u, err := percentOf(quantity.MustDecimal(c[0]), quantity.MustDecimal(c[1]))
		if err != nil || u.String() != c[2] {
			t.Errorf("%s %% of %s is %s (%v), want %s", c[1], c[0], u, err, c[2])
		}
	}
}

// TestPercentOfHalvesUp holds the rounding against whole numbers: cents × tenths of a percent, halves up.
func TestPercentOfHalvesUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cents, tenths := rapid.Int64Range(0, 1e12).Draw(t, "cents"), rapid.Int64Range(0, 1500).Draw(t, "tenths of a percent")
		value, _ := quantity.DecimalOf(cents).MulRatio(1, 100, 2)
		percent, _ := quantity.DecimalOf(tenths).MulRatio(1, 10, 1)
		got, err := percentOf(value, percent)
		want, _ := quantity.DecimalOf((cents*tenths+500)/1000).MulRatio(1, 100, 2)
		if err != nil || got.Decimal() != want {
			t.Fatalf("%s %% of %s is %s (%v), want %s", percent, value, got, err, want)
		}
	})
}

// TestFloorToTheCent: base and floor together are the floor on the whole value, whatever the rounding of each.
func TestFloorToTheCent(t *testing.T) {
	s := us(t)
	rapid.Check(t, func(r *rapid.T) {
		v, _ := quantity.DecimalOf(rapid.Int64Range(0, 1e10).Draw(r, "cents")).MulRatio(1, 100, 2)
		q := question(t, "2026-11-23", "8505.11.0050", "JP", "-")
		q.Value = &v
		a, err := s.Duty(q)
		if err != nil {
			r.Fatal(err)
		}
		want, _ := percentOf(v, quantity.MustDecimal("12.5"))
		if *a.Amount != want {
			r.Fatalf("12.5 %% of %s in all is %s, got %s", v, want, a.Amount)
		}
	})
}

func TestFees(t *testing.T) {
	s := us(t)
	for name, c := range map[string]struct {
		day, origin, claims, value string
		sea                        bool
		want                       []string
	}{
		"within the limits":  {"2026-03-01", "VN", "-", "50000", false, []string{"mpf 173.20"}},
		"the least":          {"2026-03-01", "VN", "-", "1000", false, []string{"mpf 33.58"}},
		"the most":           {"2026-09-30", "VN", "-", "1000000", false, []string{"mpf 651.50"}},
		"limits not in hand": {"2026-10-01", "VN", "-", "50000", false, []string{"mpf open"}},
		"of the USMCA":       {"2026-03-01", "MX", "usmca", "50000", false, []string{"mpf 0.00"}},
		"other program":      {"2026-11-23", "AU", "australia", "50000", false, []string{"mpf open"}},
		"by sea":             {"2026-03-01", "VN", "-", "50000", true, []string{"mpf 173.20", "hmf 62.50"}},
	} {
		t.Run(name, func(t *testing.T) {
			q := question(t, c.day, "8505.11.0070", c.origin, c.claims)
			v := quantity.MustDecimal(c.value)
			q.Value, q.Sea = &v, c.sea
			a, err := s.Duty(q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range a.Fees {
				switch {
				case f.Source == "" || f.Sure == "":
					t.Errorf("fee %s has no source", f.Fee)
				case (f.Amount == nil) != (f.Open != ""):
					t.Errorf("fee %s is neither an amount nor open", f.Fee)
				case f.Amount == nil:
					got = append(got, f.Fee+" open")
				default:
					got = append(got, f.Fee+" "+f.Amount.String())
				}
			}
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("got %v, want %v", got, c.want)
				}
			}
		})
	}
}
