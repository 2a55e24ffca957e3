package shipment_test

import (
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/shipment"
)

func kg(t *testing.T, s string) quantity.Mass {
	q, err := quantity.ParseQuantity(s, "KGM")
	m, ok := q.Mass()
	if err != nil || !ok {
		t.Fatal(s)
	}
	return m
}

// TestShares works the shares by weight out of a bill three levels deep: 2 × 3 pieces of 50 g in 1 kg are three tenths.
func TestShares(t *testing.T) {
	lines := func(change func([]shipment.Line)) []shipment.Line {
		ls := []shipment.Line{
			{Row: 2, Child: "top", Mass: kg(t, "1"), MadeIn: "US", COTS: rules.Yes, Modified: rules.No, Complete: rules.Yes},
			{Row: 3, Parent: "top", Child: "box", Quantity: 2, Complete: rules.Yes},
			{Row: 4, Parent: "box", Child: "magnet", Quantity: 3, Mass: kg(t, "0.05"), Kind: "NdFeB magnet"},
			{Row: 5, Parent: "box", Child: "lid", Quantity: 1, Mass: kg(t, "0.1"), Kind: shipment.NoMaterial},
		}
		change(ls)
		return ls
	}
	for _, c := range []struct {
		name   string
		change func([]shipment.Line)
		share  string // "" unknown
		want   rules.Verdict
	}{
		{"below half: exempt", func([]shipment.Line) {}, "0.3", rules.Exempt},
		{"half to the gram: not exempt", func(l []shipment.Line) { l[0].Mass = kg(t, "0.6"); l[3].Mass = kg(t, "0.05") }, "0.5", rules.Undetermined},
		{"a milligram less: exempt", func(l []shipment.Line) { l[0].Mass = kg(t, "0.600001") }, "0.499999166668", rules.Exempt},
		{"the whole not stated: the sum of its parts", func(l []shipment.Line) { l[0].Mass = 0 }, "0.6", rules.Undetermined},
		{"a mass not known", func(l []shipment.Line) { l[2].Mass = 0 }, "", rules.Undetermined},
		{"a number not known", func(l []shipment.Line) { l[2].Quantity = 0 }, "", rules.Undetermined},
		{"not complete", func(l []shipment.Line) { l[1].Complete = rules.Unknown }, "", rules.Undetermined},
		{"a part of which nobody says what it is", func(l []shipment.Line) { l[3].Kind = "" }, "", rules.Undetermined},
	} {
		t.Run(c.name, func(t *testing.T) {
			bill, wrong := shipment.NewBill(lines(c.change))
			if len(wrong) > 0 {
				t.Fatal(wrong)
			}
			desk := shipment.NewDesk(shipment.Options{Library: books(t), Books: seven, Bill: bill})
			rows := []shipment.Row{{Line: 2, Item: "SN-1", Part: "top", On: quantity.MustDate("2027-01-01")}}
			if wrong := desk.Check(rows); len(wrong) > 0 {
				t.Fatal(wrong)
			}
			f, err := desk.Question(&rows[0])
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if f.EndItem.CoveredShare.Known {
				got = f.EndItem.CoveredShare.Value.String()
			}
			if got != c.share {
				t.Errorf("share %q, want %q", got, c.share)
			}
			if j, err := desk.Judge(&rows[0]); err != nil || j.Found.Verdict != c.want {
				t.Errorf("%s, %v, want %s", j.Found.Verdict, err, c.want)
			}
		})
	}
}

// TestBillRefused names each contradiction at its row.
func TestBillRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []shipment.Line
		row   int
		says  string
	}{
		{"a circle", []shipment.Line{{Row: 2, Parent: "a", Child: "b"}, {Row: 3, Parent: "b", Child: "c"}, {Row: 4, Parent: "c", Child: "a"}}, 4, "a > b > c > a"},
		{"twice", []shipment.Line{{Row: 2, Parent: "a", Child: "b", Quantity: 1}, {Row: 3, Parent: "a", Child: "b", Quantity: 2}}, 3, "in row 2 already"},
		{"two countries", []shipment.Line{{Row: 2, Parent: "a", Child: "b", MadeIn: "US"}, {Row: 3, Parent: "c", Child: "b", MadeIn: "CN"}}, 3, "said to be CN here and US before"},
		{"heavier than the whole", []shipment.Line{{Row: 2, Child: "a", Mass: 100}, {Row: 3, Parent: "a", Child: "b", Quantity: 3, Mass: 40}}, 2, "and what is in it"},
		{"more than a mass can be", []shipment.Line{{Row: 2, Parent: "a", Child: "b", Quantity: 1 << 62, Mass: 1 << 40}}, 2, "more than a mass can be"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, wrong := shipment.NewBill(c.lines)
			if len(wrong) != 1 || wrong[0].Row != c.row || !strings.Contains(wrong[0].Message, c.says) {
				t.Errorf("%v, want row %d: %s", wrong, c.row, c.says)
			}
		})
	}
}

// TestDiamonds holds a bill in which every level is in the next by two ways: places are counted, and too many are refused
// and not counted for hours.
func TestDiamonds(t *testing.T) {
	var lines []shipment.Line
	name := func(level int, side string) string { return strings.Repeat("x", level) + side }
	for level := range 40 {
		for _, side := range []string{"l", "r"} {
			lines = append(lines, shipment.Line{Row: len(lines) + 2, Parent: name(level, "top"), Child: name(level, side), Quantity: 1},
				shipment.Line{Row: len(lines) + 3, Parent: name(level, side), Child: name(level+1, "top"), Quantity: 1})
		}
	}
	bill, wrong := shipment.NewBill(lines)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	desk := shipment.NewDesk(shipment.Options{Library: books(t), Books: seven, Bill: bill})
	rows := []shipment.Row{{Line: 2, Item: "top", On: quantity.MustDate("2027-01-01")}}
	if wrong := desk.Check(rows); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if _, err := desk.Judge(&rows[0]); err == nil || !strings.Contains(err.Error(), "places of parts") {
		t.Errorf("%v, want a refusal", err)
	}
}
