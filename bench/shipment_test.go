package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/intake"
	"lodestone/law"
	"lodestone/paper"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/shipment"
	"lodestone/supply"
)

// shipmentRows is how many rows the shipment has: LODESTONE_BENCH_ROWS, else 1,000,000.
func shipmentRows() int {
	if n, err := strconv.Atoi(os.Getenv("LODESTONE_BENCH_ROWS")); err == nil && n > 0 {
		return n
	}
	return 1_000_000
}

// magnets is a record of n numbered magnets of forty plants, a quarter of whose material was separated in China, and of
// an eighth nobody says where.
func magnets(b *testing.B, n int) (*genealogy.Graph, func(i int) string) {
	const plants, run = 40, 1000
	g := genealogy.New()
	received := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	apply := func(e record.Entry, err error) {
		if err == nil {
			err = g.Apply(e)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	say := func(s supply.Statement) { apply(record.NewStatement("urn:lodestone:party:bench", received, &s)) }
	happen := func(text string) { apply(record.NewEvent("urn:lodestone:party:bench", received, mustEvent(b, text))) }
	const head = `{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventTime":"2026-0%d-01T00:00:00Z","eventTimeZoneOffset":"+00:00","readPoint":{"id":"urn:lodestone:facility:bench-%d"},"bizStep":"urn:lodestone:phase:%s",`
	lot := func(name string, n int) string { return fmt.Sprintf("urn:lodestone:lot:bench:%s-%d", name, n) }
	serial := func(i int) string { return fmt.Sprintf("urn:lodestone:serial:bench:SN%08d", i) }
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:ore", Name: "ore", Kind: "ore"}})
	say(supply.Statement{Material: &supply.Material{ID: "urn:m:magnet", Name: "magnet", Kind: "NdFeB magnet", Form: "finished", Constituents: []string{"Nd", "Fe", "B"}}})
	for p := range plants {
		say(supply.Statement{Facility: &supply.Facility{ID: supply.FacilityID(fmt.Sprintf("urn:lodestone:facility:bench-%d", p)), Name: fmt.Sprint("plant ", p), Country: supply.Country([]string{"US", "CA", "JP", "CN"}[p%4])}})
		last := "ore"
		happen(fmt.Sprintf(head+`"type":"ObjectEvent","action":"ADD","quantityList":[{"epcClass":"%s","quantity":90000,"uom":"TNE"}]}`, 1, p, "mined", lot("ore", p)))
		for i, phase := range []string{"separated", "reduced", "melted", "milled", "sintered"} {
			if p%8 == 4 && phase == "separated" {
				phase, last = "calcined", "elsewhere" // from stock that nobody recorded
			}
			happen(fmt.Sprintf(head+`"type":"TransformationEvent","inputQuantityList":[{"epcClass":"%s","quantity":80000,"uom":"TNE"}],"outputQuantityList":[{"epcClass":"%s","quantity":80000,"uom":"TNE"}]}`, 2+i, p, phase, lot(last, p), lot(phase, p)))
			last = phase
		}
	}
	for at := 0; at < n; at += run {
		p := at / run % plants
		var out bytes.Buffer
		for i := at; i < min(at+run, n); i++ {
			if i > at {
				out.WriteByte(',')
			}
			fmt.Fprintf(&out, "%q", serial(i))
			say(supply.Statement{Lot: &supply.Lot{ID: supply.LotID(serial(i)), Material: "urn:m:magnet"}})
		}
		happen(fmt.Sprintf(head+`"type":"TransformationEvent","eventID":"urn:uuid:00000000-0000-4000-8000-%012d","inputQuantityList":[{"epcClass":"%s","quantity":1,"uom":"KGM"}],"outputEPCList":[%s]}`, 8, p, "magnetized", at, lot("sintered", p), out.String()))
	}
	g.Settle()
	return g, serial
}

// BenchmarkShipment judges a million numbered magnets from a CSV file into a CSV file: reading, finding each in the record,
// judging, counting and writing. Half the rows name the whole id, half the number alone; deliveries lie on both sides of
// the first day of 2027; a tenth of the rows are items of a part of a bill of materials. The Excel file is reported apart.
func BenchmarkShipment(b *testing.B) {
	n := shipmentRows()
	g, serial := magnets(b, n)
	lib, err := law.Load()
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	file := filepath.Join(dir, "shipment.csv")
	var text bytes.Buffer
	text.WriteString("item,delivery,supplier,part\n")
	for i := range n {
		item, part := serial(i), ""
		switch {
		case i%10 == 9:
			item, part = fmt.Sprintf("ACT-%08d", i), "actuator"
		case i%2 == 1:
			item = item[len("urn:lodestone:serial:bench:"):]
		}
		fmt.Fprintf(&text, "%s,%s,Supplier %d,%s\n", item, []string{"2026-12-31", "2027-01-01", "2027-06-30"}[i%3], i%50, part)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	bill, wrong := shipment.NewBill([]shipment.Line{
		{Row: 2, Child: "actuator", MadeIn: "US", Complete: rules.Yes},
		{Row: 3, Parent: "actuator", Child: "gearbox", Quantity: 1, MadeIn: "US", Complete: rules.Yes},
		{Row: 4, Parent: "gearbox", Child: serial(0), Quantity: 4}, {Row: 5, Parent: "gearbox", Child: serial(1000), Quantity: 2},
		{Row: 6, Parent: "actuator", Child: "housing", Quantity: 1, Kind: shipment.NoMaterial},
	})
	if len(wrong) > 0 {
		b.Fatal(wrong)
	}
	b.ResetTimer()
	for b.Loop() {
		began, used := time.Now(), processTime(b)
		lap := func() float64 { d := time.Since(began); began = time.Now(); return float64(d.Milliseconds()) }
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		rows, faults := intake.ReadShipment("shipment.csv", data, 0)
		if len(faults) > 0 {
			b.Fatal(faults)
		}
		read := lap()
		desk := shipment.NewDesk(shipment.Options{Library: lib, Books: []string{"us/dfars-252.225-7052"}, Record: g, Bill: bill})
		if wrong := desk.Check(rows); len(wrong) > 0 {
			b.Fatal(wrong)
		}
		found := lap()
		judged := make([]shipment.Judged, len(rows))
		tally := shipment.NewTally(20)
		for i := range rows {
			if judged[i], err = desk.Judge(&rows[i]); err != nil {
				b.Fatal(err)
			}
			tally.Add(judged[i])
		}
		sum := tally.Summary()
		asked := lap()
		stamp := shipment.Stamp{Position: g.Position(), Made: "2026-11-27", Notice: rules.Advice}
		size := toFile(b, filepath.Join(dir, "out.csv"), func(w io.Writer) error { return shipment.WriteCSV(w, judged, stamp) })
		wrote := lap()
		if len(sum.Counts) < 3 || sum.Items != n || desk.Questions() > 1000 {
			b.Fatalf("%d items, %v, %d questions", sum.Items, sum.Counts, desk.Questions())
		}
		b.ReportMetric(float64((processTime(b) - used).Milliseconds()), "cpu-ms/all-with-CSV")
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(read, "ms/read")
		b.ReportMetric(found, "ms/find")
		b.ReportMetric(asked, "ms/judge")
		b.ReportMetric(wrote, "ms/write-CSV")
		b.ReportMetric(read+found+asked+wrote, "ms/all-with-CSV")
		b.ReportMetric(float64(size)/1e6, "MB-of-CSV")
		b.ReportMetric(float64(desk.Questions()), "questions")
		began = time.Now()
		toFile(b, filepath.Join(dir, "out.xlsx"), func(w io.Writer) error { return paper.ShipmentExcel(w, judged, sum, stamp) })
		b.ReportMetric(lap(), "ms/write-Excel")
	}
}

// toFile writes a file and gives its size.
func toFile(b *testing.B, path string, write func(io.Writer) error) int64 {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err := write(w); err != nil {
		b.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
