package shipment_test

import (
	"strings"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/shipment"
)

// TestOneThingTwoNames: rows that make one thing of two, or two of one, are refused at the later row.
func TestOneThingTwoNames(t *testing.T) {
	g := world(t, 0, 40)
	whole := string(g.IDs()[0])
	short := whole[strings.LastIndexAny(whole, ":/")+1:]
	on := quantity.MustDate("2027-01-01")
	for _, c := range []struct {
		name  string
		lines []shipment.Line
		rows  []shipment.Row
		want  string // part of the one problem's message, "" none
		row   int
	}{
		{"a lot by two names in the bill", []shipment.Line{{Row: 2, Parent: "top", Child: short, Quantity: 1}, {Row: 3, Parent: "top", Child: whole, Quantity: 1}}, nil, "which row 2 calls", 3},
		{"a lot by one name in two assemblies", []shipment.Line{{Row: 2, Parent: "top", Child: short}, {Row: 3, Parent: "other", Child: short}}, nil, "", 0},
		{"one item of two parts", []shipment.Line{{Row: 2, Child: "top"}, {Row: 3, Child: "other"}},
			[]shipment.Row{{Line: 2, Item: "SN-1", Part: "top", On: on}, {Line: 3, Item: "SN-2", Part: "other", On: on}, {Line: 4, Item: "SN-1", Part: "other", On: on}}, `"SN-1" is part "other" here, and part "top" in row 2`, 4},
		{"one lot of two parts, by two names", []shipment.Line{{Row: 2, Child: "top"}, {Row: 3, Child: "other"}},
			[]shipment.Row{{Line: 2, Item: short, Part: "top", On: on}, {Line: 3, Item: whole, Part: "other", On: on}}, `and part "top" in row 2`, 3},
		{"one item on two days", []shipment.Line{{Row: 2, Child: "top"}},
			[]shipment.Row{{Line: 2, Item: "SN-1", Part: "top", On: on}, {Line: 3, Item: "SN-1", Part: "top", On: on + 1}}, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			bill, wrong := shipment.NewBill(c.lines)
			if len(wrong) > 0 {
				t.Fatal(wrong)
			}
			wrong = shipment.NewDesk(shipment.Options{Library: rules.Library{}, Books: seven, Record: g, Bill: bill}).Check(c.rows)
			switch {
			case c.want == "" && len(wrong) > 0:
				t.Errorf("refused: %+v", wrong)
			case c.want != "" && (len(wrong) != 1 || wrong[0].Row != c.row || wrong[0].Rule != "agree" || wrong[0].Hint == "" || !strings.Contains(wrong[0].Message, c.want)):
				t.Errorf("%+v, want one in row %d with %q", wrong, c.row, c.want)
			}
		})
	}
}
