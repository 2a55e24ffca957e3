package tariff

import (
	"errors"
	"os"
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/supply"
)

func us(t testing.TB) *Schedule {
	t.Helper()
	s, err := US()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func question(t testing.TB, day, code, origin, claims string) Query {
	t.Helper()
	h, err := ParseHTS(code)
	if err != nil {
		t.Fatal(err)
	}
	q := Query{Code: h, Origin: supply.Country(origin), On: quantity.MustDate(day)}
	if claims != "-" {
		q.Claims = strings.Split(claims, ",")
	}
	return q
}

// TestDuty holds the table of testdata/duty.txt: total and lines, or the layers that are not known.
func TestDuty(t *testing.T) {
	s := us(t)
	data, err := os.ReadFile("testdata/duty.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cases++
		t.Run(line, func(t *testing.T) {
			f := strings.Fields(line)
			a, err := s.Duty(question(t, f[0], f[1], f[2], f[3]))
			var got string
			var u *Unknown
			switch {
			case errors.As(err, &u):
				var layers []string
				for _, g := range u.Gaps {
					layers = append(layers, g.Layer)
				}
				got = "? " + strings.Join(layers, ", ")
			case err != nil:
				t.Fatal(err)
			default:
				var lines []string
				for _, l := range a.Lines {
					if l.Outcome != Outside {
						lines = append(lines, l.Layer+" "+l.Rate.String())
					}
				}
				got = "= " + a.Rate.String() + " " + strings.Join(lines, ", ")
			}
			if want := strings.Join(f[4:], " "); got != want {
				t.Errorf("got %s", got)
			}
		})
	}
	if cases < 80 {
		t.Errorf("the table has only %d cases", cases)
	}
}

// TestEverything asks for every code, origin and day of change: each is answered with a total that is the sum of its
// lines, or refused with the gaps named; nothing falls through.
func TestEverything(t *testing.T) {
	s := us(t)
	days := s.changes(s.Begins, quantity.MustDate("2027-12-31"))
	value := quantity.MustDecimal("12345.67")
	answered, unknown := 0, 0
	for i := range s.Codes {
		codes := []HTS{s.Codes[i].HTS}
		for _, x := range s.Codes[i].Suffixes {
			codes = append(codes, x.HTS)
		}
		for _, h := range codes {
			if len(h) == 8 && len(s.Codes[i].Suffixes) > 0 {
				continue
			}
			for _, o := range supply.Countries() {
				if contains(s.Outside, o) {
					continue
				}
				for _, d := range days {
					a, err := s.Duty(Query{Code: h, Origin: o, On: d, Value: &value})
					var u *Unknown
					switch {
					case errors.As(err, &u):
						unknown++
						if len(u.Gaps) == 0 || !strings.Contains(err.Error(), u.Gaps[0].Missing) {
							t.Fatalf("%s of %s on %s is refused without its gap: %v", h, o, d, err)
						}
						continue
					case err != nil:
						t.Fatalf("%s of %s on %s: %v", h, o, d, err)
					}
					answered++
					sound(t, a)
				}
			}
		}
	}
	t.Logf("%d questions answered, %d refused for a gap", answered, unknown)
	if answered < unknown {
		t.Errorf("more is refused (%d) than answered (%d)", unknown, answered)
	}
}

func contains(abroad []Abroad, o supply.Country) bool {
	for _, a := range abroad {
		for _, c := range a.Origins {
			if c == o {
				return true
			}
		}
	}
	return false
}

// sound checks what holds of every answer.
func sound(t *testing.T, a *Answer) {
	t.Helper()
	var rate, usd quantity.Decimal
	for _, l := range a.Lines {
		if l.Source == "" || l.Sure == "" || l.Why == "" || l.Status == "" || l.Standing.Source == "" {
			t.Fatalf("%s of %s on %s: line %s lacks source, reason or status", a.Code, a.Origin, a.On, l.Layer)
		}
		rate, _ = rate.Add(l.Rate)
		if l.Amount != nil {
			usd, _ = usd.Add(l.Amount.Decimal())
		}
		if (l.Outcome == Exempt || l.Outcome == Outside) && l.Rate.Sign() != 0 {
			t.Fatalf("%s of %s on %s: %s is %s at %s percent", a.Code, a.Origin, a.On, l.Layer, l.Outcome, l.Rate)
		}
	}
	if rate != a.Rate || usd != a.Amount.Decimal() {
		t.Fatalf("%s of %s on %s: total %s (%s) is not the sum of the lines %s (%s)", a.Code, a.Origin, a.On, a.Rate, a.Amount, rate, usd)
	}
	if a.Advice != Advice || a.Origins != Provenance {
		t.Fatal("the answer does not say what it is")
	}
}

// TestRefused gives questions that cannot be taken up; the error names the remedy.
func TestRefused(t *testing.T) {
	s := us(t)
	ask := func(change func(*Query)) Query {
		q := question(t, "2026-11-23", "8505.11.0070", "CN", "-")
		change(&q)
		return q
	}
	value := func(text string) *quantity.Decimal {
		v := quantity.MustDecimal(text)
		return &v
	}
	for name, c := range map[string]struct {
		q    Query
		want string
	}{
		"unknown code":                  {ask(func(q *Query) { q.Code = "8544110000" }), "they hold 8505.11.00"},
		"unknown line":                  {ask(func(q *Query) { q.Code = "85059000" }), "of its heading they hold 8505.11.00"},
		"unknown suffix":                {ask(func(q *Query) { q.Code = "8505110071" }), "8505.11.0070 (sintered"},
		"suffix of a line that has one": {ask(func(q *Query) { q.Code = "8505193010" }), "8505.19.3000"},
		"no suffix":                     {ask(func(q *Query) { q.Code = "85051100" }), "give all ten digits"},
		"no code":                       {ask(func(q *Query) { q.Code = "" }), "they hold 8505.11.00"},
		"unknown origin":                {ask(func(q *Query) { q.Origin = "ZZ" }), "ISO 3166"},
		"no origin":                     {ask(func(q *Query) { q.Origin = "" }), "last substantial transformation"},
		"home":                          {ask(func(q *Query) { q.Origin = "US" }), "chapter 98"},
		"customs territory":             {ask(func(q *Query) { q.Origin = "PR" }), "chapter 98"},
		"before the tables":             {ask(func(q *Query) { q.On = quantity.MustDate("2024-12-31") }), "begin on 2025-01-01"},
		"no day":                        {ask(func(q *Query) { q.On = 0 }), "give the day of entry"},
		"negative value":                {ask(func(q *Query) { q.Value = value("-0.01") }), "negative"},
		"fraction of a cent":            {ask(func(q *Query) { q.Value = value("1.005") }), "two decimal places"},
		"value without bound":           {ask(func(q *Query) { q.Value = value("1000000000000000") }), "not below"},
		"unknown claim":                 {ask(func(q *Query) { q.Claims = []string{"nafta"} }), "they know usmca"},
		"claim of others":               {ask(func(q *Query) { q.Claims = []string{"usmca"} }), "goods of CA, MX"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := s.Duty(c.q)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v; want an error with %q", a, err, c.want)
			}
			var u *Unknown
			if errors.As(err, &u) {
				t.Errorf("a question that cannot be taken up is not a gap of the tables: %v", err)
			}
		})
	}
}

// TestMalformedCodes: a code whose points or digits are not those of the schedule is refused.
func TestMalformedCodes(t *testing.T) {
	for _, text := range []string{"", ".", "8505", "8505.11", "8505.11.00.7", "8505.11.007", "8505.1.10070", ".8505.11.0070", "8505.11.0070.", "8505..11.0070",
		"85051100700", "8505-11-0070", "8505.11.OO70", "8505.11.00 70", "٨٥٠٥١١٠٠", "-85051100", "8.50511007e9"} {
		if h, err := ParseHTS(text); err == nil {
			t.Errorf("%q is taken as %s", text, h)
		}
	}
	for _, text := range []string{"8505.11.0070", "8505.11.00.70", "8505110070", " 8505.11.0070\n", "8505.110070"} {
		if h, err := ParseHTS(text); err != nil || h != "8505110070" {
			t.Errorf("%q is read as %s, %v", text, h, err)
		}
	}
}

// BenchmarkDuty answers one question with every layer in it.
func BenchmarkDuty(b *testing.B) {
	s := us(b)
	q := question(b, "2026-02-23", "8505.11.0050", "CN", "-")
	v := quantity.MustDecimal("1000.00")
	q.Value = &v
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Duty(q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad reads the whole schedule.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		us(b)
	}
}
