package paper

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lodestone/law"
	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/shipment"
)

// TestShipmentExcel writes seven rows into sheets of five lines each, of which two are heads.
func TestShipmentExcel(t *testing.T) {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	desk := shipment.NewDesk(shipment.Options{Library: lib, Books: []string{"us/dfars-252.225-7052"}})
	var rows []shipment.Row
	for i, item := range []string{"a", "=1+1", "c", strings.Repeat("long ", 8000), "e", "f", "g"} {
		rows = append(rows, shipment.Row{Line: i + 2, Item: item, On: quantity.MustDate("2027-01-01")})
	}
	if wrong := desk.Check(rows); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	tally := shipment.NewTally(3)
	var judged []shipment.Judged
	for i := range rows {
		j, err := desk.Judge(&rows[i])
		if err != nil {
			t.Fatal(err)
		}
		judged = append(judged, j)
		tally.Add(j)
	}
	var out bytes.Buffer
	if err := shipmentExcel(&out, judged, tally.Summary(), shipment.Stamp{Position: 7, Made: "2026-11-27", Notice: rules.Advice}, 5); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), ", "); got != "Summary, Missing, Items 1, Items 2, Items 3" {
		t.Errorf("sheets %s", got)
	}
	var items []string
	for _, sheet := range f.GetSheetList() {
		lines, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(lines[0][0], rules.Advice) || !strings.Contains(lines[0][0], "sha256:") || !strings.Contains(lines[0][0], "2026-11-27") {
			t.Errorf("%s begins with %q", sheet, lines[0][0])
		}
		if strings.HasPrefix(sheet, "Items") {
			for _, l := range lines[2:] {
				items = append(items, l[1])
			}
		}
	}
	if len(items) != 7 || items[1] != "=1+1" || items[6] != "g" || !strings.HasSuffix(items[3], "has all)") {
		t.Errorf("%d items", len(items))
	}
	if formula, _ := f.GetCellFormula("Items 1", "B4"); formula != "" {
		t.Errorf("the item became the formula %s", formula)
	}
}
