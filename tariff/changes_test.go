package tariff

import (
	"errors"
	"strings"
	"testing"

	"lodestone/quantity"
)

// TestOver holds the stretches of a period against the answer of every single day in it.
func TestOver(t *testing.T) {
	s := us(t)
	from, until := quantity.MustDate("2025-01-01"), quantity.MustDate("2026-12-31")
	for _, c := range [][3]string{{"8505.11.0070", "CN", "-"}, {"8505.11.0050", "JP", "-"}, {"8505.11.0050", "CA", "usmca"}, {"2846.90.80", "RU", "-"}, {"8505.19.10", "IN", "-"}, {"8505.11.0050", "VN", "in-transit"}} {
		t.Run(strings.Join(c[:], " "), func(t *testing.T) {
			q := question(t, "2025-01-01", c[0], c[1], c[2])
			course, err := s.Over(q, from, until)
			if err != nil {
				t.Fatal(err)
			}
			i := 0
			for d := from; d <= until; d++ {
				if d > course[i].Until {
					i++
					if course[i].From != d || course[i].key() == course[i-1].key() {
						t.Fatalf("stretch %d begins on %s, want %s and another answer than before", i, course[i].From, d)
					}
				}
				q.On = d
				a, err := s.Duty(q)
				var u *Unknown
				if err != nil && !errors.As(err, &u) {
					t.Fatal(err)
				}
				day := Stretch{Answer: a}
				if u != nil {
					day.Unknown = u.Gaps
				}
				if day.key() != course[i].key() {
					t.Fatalf("on %s the answer is\n%sand the stretch from %s says\n%s", d, day.key(), course[i].From, course[i].key())
				}
			}
			if i != len(course)-1 || course[i].Until != until || course[0].From != from {
				t.Errorf("the stretches do not cover the period")
			}
		})
	}
}

// TestChangePoints names the days on which the rate on sintered magnets of China changed.
func TestChangePoints(t *testing.T) {
	course, err := us(t).Over(question(t, "2025-01-01", "8505.11.0070", "CN", "-"), quantity.MustDate("2025-12-01"), quantity.MustDate("2026-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	last := ""
	for _, st := range course {
		if r := st.Answer.Rate.String(); r != last {
			got = append(got, st.From.String()+" "+r)
			last = r
		}
	}
	if want := "2025-12-01 12.1, 2026-01-01 37.1, 2026-02-24 27.1"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestOverRefuses(t *testing.T) {
	s := us(t)
	q := question(t, "2026-01-01", "8505.11.0070", "CN", "-")
	if _, err := s.Over(q, quantity.MustDate("2026-02-01"), quantity.MustDate("2026-01-31")); err == nil {
		t.Error("a period that ends before it begins is taken")
	}
	if _, err := s.Over(q, quantity.MustDate("2024-12-31"), quantity.MustDate("2026-01-31")); err == nil || !strings.Contains(err.Error(), "begin on 2025-01-01") {
		t.Errorf("a period before the tables: %v", err)
	}
}
