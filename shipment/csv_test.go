package shipment_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"testing"

	"lodestone/quantity"
	"lodestone/rules"
	"lodestone/shipment"
)

// TestWriteCSV reads back what was written: the cells of every row, in the order of the rows, whatever is in a name.
func TestWriteCSV(t *testing.T) {
	desk := shipment.NewDesk(shipment.Options{Library: books(t), Books: seven, Record: world(t, 3, 300)})
	names := []string{`plain`, `a "quoted" name`, `comma, and`, "two\nlines", ` space`, `⟦1⟧`, `ünïcode`}
	rows := make([]shipment.Row, 10_001)
	for i := range rows {
		rows[i] = shipment.Row{Line: i + 2, Item: fmt.Sprintf("%s %d", names[i%len(names)], i), Supplier: names[(i/7)%len(names)], On: quantity.MustDate("2027-01-15")}
		if i%3 == 0 {
			rows[i].Accepted = quantity.MustDate("2027-02-01")
		}
	}
	if wrong := desk.Check(rows); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var judged []shipment.Judged
	for i := range rows {
		j, err := desk.Judge(&rows[i])
		if err != nil {
			t.Fatal(err)
		}
		judged = append(judged, j)
	}
	stamp := shipment.Stamp{Position: 7, Made: "2026-11-27", Notice: rules.Advice}
	var out bytes.Buffer
	if err := shipment.WriteCSV(&out, judged, stamp); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != len(rows)+1 {
		t.Fatal(len(lines), err)
	}
	if !reflect.DeepEqual(lines[0], shipment.Columns()) {
		t.Error(lines[0])
	}
	for i, j := range judged {
		if want := j.Cells(stamp); !reflect.DeepEqual(lines[i+1], want) {
			t.Fatalf("row %d is\n%q, want\n%q", i, lines[i+1], want)
		}
	}
	full := errors.New("no space left")
	if err := shipment.WriteCSV(failing{full}, judged, stamp); !errors.Is(err, full) {
		t.Errorf("%v, want %v", err, full)
	}
}

// failing takes the heads and no more.
type failing struct{ err error }

func (f failing) Write(b []byte) (int, error) {
	if len(b) > 1000 {
		return 0, f.err
	}
	return io.Discard.Write(b)
}
