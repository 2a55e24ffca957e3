package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/genealogy"
	"lodestone/intake"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/rules"
	"lodestone/shipment"
)

// shipmentFlags are the flags of a question about many things.
type shipmentFlags struct {
	file, bom string
	outputs   []string
	template  bool
}

// addShipmentFlags adds the flags of a question about many things to judge.
func addShipmentFlags(cmd *cobra.Command) *shipmentFlags {
	f := &shipmentFlags{}
	fl := cmd.Flags()
	fl.StringVar(&f.file, "shipment", "", "judge every item of this CSV file of serials, lots and parts with their delivery dates (- is standard input)")
	fl.StringVar(&f.bom, "bom", "", "with --shipment: the bill of materials that says what is in what, CSV")
	fl.StringArrayVarP(&f.outputs, "output", "o", nil, "with --shipment: write every row here; the ending says how: .csv, .xlsx or .json (may be given again)")
	fl.BoolVar(&f.template, "template", false, "with --shipment or --bom: write the empty sheet, with notes on its columns, to that file")
	return f
}

func (f *shipmentFlags) asked() bool {
	return f.file != "" || f.bom != "" || len(f.outputs) > 0 || f.template
}

// worstRows is how many rows of what is not clean are shown on the terminal, mostAsks how many missing facts.
const (
	worstRows = 20
	mostAsks  = 20
)

func judgeShipment(cmd *cobra.Command, given []string, f judgeFlags, s *shipmentFlags) error {
	switch {
	case s.template:
		return writeSheets(cmd, s)
	case s.file == "":
		return usagef("--bom and --output go with --shipment FILE")
	case len(given) > 0 || f.facts != "":
		return usagef("--shipment judges the items of its file: leave out the LOT and --facts")
	case f.from != "" || f.until != "":
		return usagef("--from and --until ask about one thing: a shipment has a date in each row")
	case f.contract == "-" && s.file == "-":
		return usagef("standard input cannot be both the shipment and the contract file")
	}
	for _, path := range s.outputs {
		if err := writable(path); err != nil {
			return err
		}
	}
	rows, bill, contracts, err := readShipment(cmd, f, s)
	if err != nil {
		return err
	}
	lib, err := law.Load()
	if err != nil {
		return err
	}
	o := shipment.Options{Library: lib, Bill: bill, Contracts: contracts}
	if f.book != "" {
		o.Books = []string{f.book}
	} else if said := contracts[""]; said == nil || !said.Contract.ClausesGiven {
		return usagef("name the book to ask with --book, or give the contract's clauses with --contract: lodestone law list")
	}
	return withGraph(cmd, f.asOf, func(_ *ledger.Ledger, g *genealogy.Graph) error {
		o.Record = g
		judged, questions, err := judgeRows(cmd, o, s.file, rows)
		if err != nil {
			return err
		}
		return tellShipment(cmd, f, s, judged, questions, shipment.Stamp{Position: g.Position(), Made: time.Now().UTC().Format("2006-01-02")})
	})
}

// readShipment reads the files of a shipment: its rows, the bill, and the contract files by the name rows give them.
func readShipment(cmd *cobra.Command, f judgeFlags, s *shipmentFlags) ([]shipment.Row, *shipment.Bill, map[string]*rules.Facts, error) {
	on, err := dayFlag("--on", f.on)
	if err != nil {
		return nil, nil, nil, err
	}
	data, err := readAll(s.file, cmd.InOrStdin())
	if err != nil {
		return nil, nil, nil, fmt.Errorf("read the shipment: %w", err)
	}
	rows, faults := intake.ReadShipment(filepath.Base(s.file), data, on)
	var bill *shipment.Bill
	if s.bom != "" {
		data, err := readAll(s.bom, cmd.InOrStdin())
		if err != nil {
			return nil, nil, nil, fmt.Errorf("read the bill of materials: %w", err)
		}
		b, more := intake.ReadBill(filepath.Base(s.bom), data)
		bill, faults = b, append(faults, more...)
	}
	if len(faults) > 0 {
		return nil, nil, nil, someFaults(faults)
	}
	contracts := map[string]*rules.Facts{}
	read := func(name, path string) error {
		data, err := readAll(path, cmd.InOrStdin())
		if err != nil {
			return err
		}
		contracts[name], err = rules.ParseContract(path, data)
		return err
	}
	if f.contract != "" {
		if err := read("", f.contract); err != nil {
			return nil, nil, nil, err
		}
	}
	for i := range rows {
		name := rows[i].Contract
		if name == "" || contracts[name] != nil {
			continue
		}
		if filepath.IsAbs(name) || !filepath.IsLocal(name) {
			return nil, nil, nil, someFaults(intake.Faults{{File: filepath.Base(s.file), Row: rows[i].Line, Column: "contract", Rule: "reference", Message: fmt.Sprintf("%q is not beside the shipment file", name), Hint: "write the name of a file in the same folder"}})
		}
		if err := read(name, filepath.Join(filepath.Dir(s.file), name)); err != nil {
			return nil, nil, nil, fmt.Errorf("%s row %d column contract: %w", filepath.Base(s.file), rows[i].Line, err)
		}
	}
	return rows, bill, contracts, nil
}

// someFaults is faults as an error, the first of them in words.
func someFaults(faults intake.Faults) error {
	const most = 50
	if more := len(faults) - most; more > 0 {
		return fmt.Errorf("%w\nand %s more; nothing was judged", faults[:most], count(more, "fault"))
	}
	return fmt.Errorf("%w\nnothing was judged", faults)
}

// judgeRows judges every row before anything is told.
func judgeRows(cmd *cobra.Command, o shipment.Options, file string, rows []shipment.Row) ([]shipment.Judged, int, error) {
	desk := shipment.NewDesk(o)
	if wrong := desk.Check(rows); len(wrong) > 0 {
		return nil, 0, someFaults(intake.FaultsOf(filepath.Base(file), wrong))
	}
	bar := newProgress(cmd, "judging", int64(len(rows)), decor.CountersNoUnit("%d of %d items"))
	defer bar.done()
	judged := make([]shipment.Judged, len(rows))
	for i := range rows {
		j, err := desk.Judge(&rows[i])
		if err != nil {
			return nil, 0, fmt.Errorf("%s %w", filepath.Base(file), err)
		}
		judged[i] = j
		if i%1024 == 0 {
			bar.at(int64(i))
		}
	}
	return judged, desk.Questions(), nil
}

// writable refuses a result file before the work is done: one of an ending that is not known, or that is there already.
func writable(path string) error {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv", ".xlsx", ".json":
	default:
		return usagef("--output %s: the ending says how it is written: .csv, .xlsx or .json", path)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("--output %s: there is no folder %s", path, filepath.Dir(path))
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("--output %s is a folder: name a file", path)
	}
	return nil
}

// writeSheets writes the empty sheets to the files named.
func writeSheets(cmd *cobra.Command, s *shipmentFlags) error {
	if s.file == "" && s.bom == "" {
		return usagef("--template writes an empty sheet: name the file with --shipment FILE, --bom FILE or both")
	}
	for _, x := range []struct {
		path  string
		sheet intake.Sheet
	}{{s.file, intake.ShipmentSheet()}, {s.bom, intake.BillSheet()}} {
		if x.path == "" {
			continue
		}
		f, err := os.OpenFile(x.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return fmt.Errorf("write the empty sheet: %w", err)
		}
		_, err = f.Write(intake.SheetTemplate(x.sheet))
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("write the empty sheet %s: %w", x.path, err)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: the empty sheet, with notes on every column\n", x.path)
	}
	return nil
}

// shipmentJSON is the answer of judge --shipment --json.
type shipmentJSON struct {
	Advice   string            `json:"advice"`
	Judged   string            `json:"judged"`
	Engine   int               `json:"engine"`
	Position int64             `json:"log_position"`
	Summary  *shipment.Summary `json:"summary"`
	Rows     []shipment.Judged `json:"rows"`
}

// tellShipment writes the results and ends with the worst verdict's exit status.
func tellShipment(cmd *cobra.Command, f judgeFlags, s *shipmentFlags, judged []shipment.Judged, questions int, stamp shipment.Stamp) error {
	tally := shipment.NewTally(worstRows)
	for _, j := range judged {
		tally.Add(j)
	}
	sum := tally.Summary()
	whole := shipmentJSON{rules.Advice, stamp.Made, rules.EngineFormat, stamp.Position, sum, judged}
	for _, path := range s.outputs {
		if err := writeResult(path, whole, stamp); err != nil {
			return err
		}
	}
	if *f.json {
		return errors.Join(printJSON(cmd, whole), verdictExit(sum.Verdict))
	}
	printShipment(cmd.OutOrStdout(), sum, questions, stamp)
	for _, path := range s.outputs {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", path, count(len(judged), "row"))
	}
	return verdictExit(sum.Verdict)
}

// printShipment writes a shipment's summary for a person.
func printShipment(w io.Writer, s *shipment.Summary, questions int, stamp shipment.Stamp) {
	fmt.Fprintf(w, "%s at worst   %s, %s put to the books\n\n", s.Verdict, count(s.Items, "item"), count(questions, "question"))
	for _, c := range s.Counts {
		fmt.Fprintf(w, "  %-14s %s\n", c.Verdict, group3(int64(c.Items)))
	}
	if s.Unrecorded > 0 {
		fmt.Fprintf(w, "  of which %s in no record, or with a part in none\n", group3(int64(s.Unrecorded)))
	}
	if len(s.Worst) > 0 {
		fmt.Fprintf(w, "\nthe first of the worst:\n\n")
		t := newTable("row", "item", "delivery", "verdict", "decided by", "because")
		for _, j := range s.Worst {
			t.AppendRow([]any{j.Row.Line, cut(j.Row.Item, 40), j.Row.On.String(), j.Found.Verdict, cut(strings.Join(j.Found.DecidedBy, ", "), 40), cut(j.Say(j.Found.Because), 90)})
		}
		_ = printTable(w, t)
	}
	if len(s.Asks) > 0 {
		fmt.Fprintf(w, "\nwhat is missing, and whom to ask:\n\n")
		t := newTable("items", "supplier", "ask", "fact", "for example")
		for _, a := range s.Asks[:min(mostAsks, len(s.Asks))] {
			t.AppendRow([]any{group3(int64(a.Items)), cut(cmp.Or(a.Supplier, "not known"), 30), cut(a.Ask, 60), cut(a.Fact, 60), cut(a.Example, 30)})
		}
		_ = printTable(w, t)
		if more := len(s.Asks) - mostAsks; more > 0 {
			fmt.Fprintf(w, "and %s more: --json has all\n", group3(int64(more)))
		}
	}
	fmt.Fprintln(w)
	for _, c := range s.Unjudged {
		fmt.Fprintf(w, "not judged: %s is in a contract, and there is no book for it here\n", c)
	}
	for _, text := range s.Assumed {
		wrapped(w, "assumed      ", text)
	}
	for _, b := range s.Books {
		fmt.Fprintf(w, "book         %s %s\n", joined(" ", b.Book, b.Version), b.Digest)
	}
	fmt.Fprintf(w, "judged       %s, log position %d, engine %d\n%s\n", stamp.Made, stamp.Position, rules.EngineFormat, rules.Advice)
}

// cut is a text of at most so many characters.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
