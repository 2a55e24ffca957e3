package main

import (
	"bytes"
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
	case f.what.would:
		return usagef("--what-would asks about one thing, and a shipment is many: name an item of it instead, as in judge ITEM --on DATE --what-would; what all of them lack is summed up by supplier without it")
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
	lib, _, err := loadLaw(cmd)
	if err != nil {
		return err
	}
	o := shipment.Options{Library: lib, Bill: bill, Contracts: contracts}
	if f.book != "" {
		o.Books = []string{f.book}
	} else if said := contracts[""]; said == nil || !said.Contract.ClausesGiven {
		return usagef("name the book to ask with --book, or give the contract's clauses with --contract: lodestone law list")
	}
	if err := knownBook(lib, f.book); err != nil {
		return err
	}
	assume, err := f.what.assumptions(lib)
	if err != nil {
		return err
	}
	return withGraph(cmd, f.asOf, func(_ *ledger.Ledger, g *genealogy.Graph) error {
		o.Record = g
		t := telling{stamp: shipment.Stamp{Position: g.Position(), Made: time.Now().UTC().Format("2006-01-02"), Notice: rules.Advice}}
		if t.judged, t.desk, err = judgeRows(cmd, o, s.file, rows); err != nil {
			return err
		}
		t.sum = summed(t.judged)
		t.onRecord = t.sum.Verdict
		if len(assume) > 0 {
			o.Assume = assume
			if t.judged, t.desk, err = judgeRows(cmd, o, s.file, rows); err != nil {
				return err
			}
			if unused := t.desk.Unused(); len(unused) > 0 {
				return usagef("assume %q: it is about nothing in the shipment; --assume help says how an assumption is written", unused[0])
			}
			t.sum = summed(t.judged)
			for _, a := range assume {
				t.sum.Assumptions = append(t.sum.Assumptions, a.Text)
			}
			t.stamp.Notice = fmt.Sprintf("%s: %s; %s", noVerdict, strings.Join(t.sum.Assumptions, "; "), rules.Advice)
		}
		if len(t.sum.AsIf) > 0 {
			t.stamp.Notice = fmt.Sprintf("as if enacted: %s: a scenario, and not the law; %s", strings.Join(t.sum.AsIf, "; "), t.stamp.Notice)
		}
		return t.tell(cmd, f, s)
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
		return nil, nil, nil, err
	}
	rows, faults := intake.ReadShipment(filepath.Base(s.file), data, on)
	var bill *shipment.Bill
	if s.bom != "" {
		data, err := readAll(s.bom, cmd.InOrStdin())
		if err != nil {
			return nil, nil, nil, err
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
func judgeRows(cmd *cobra.Command, o shipment.Options, file string, rows []shipment.Row) ([]shipment.Judged, *shipment.Desk, error) {
	desk := shipment.NewDesk(o)
	if wrong := desk.Check(rows); len(wrong) > 0 {
		return nil, nil, someFaults(intake.FaultsOf(filepath.Base(file), wrong))
	}
	bar := newProgress(cmd, "judging", int64(len(rows)), decor.CountersNoUnit("%d of %d items"))
	defer bar.done()
	judged, err := unlessStopped(cmd, func() ([]shipment.Judged, error) {
		judged := make([]shipment.Judged, len(rows))
		for i := range rows {
			j, err := desk.Judge(&rows[i])
			if err != nil {
				return nil, fmt.Errorf("%s %w", filepath.Base(file), err)
			}
			judged[i] = j
			if i%1024 == 0 || len(rows) < 1024 {
				bar.at(int64(i))
			}
		}
		return judged, nil
	})
	return judged, desk, err
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

// shipmentJSON is the answer of judge --shipment --json. With something assumed it has no "verdict": what would be one goes
// by another name.
type shipmentJSON struct {
	Notice    string            `json:"notice"`
	Judged    string            `json:"judged"`
	Engine    int               `json:"engine"`
	Position  int64             `json:"log_position"`
	Verdict   rules.Verdict     `json:"verdict,omitempty"` // the worst
	OnRecord  rules.Verdict     `json:"verdict_on_record,omitempty"`
	IfAssumed rules.Verdict     `json:"verdict_if_assumed,omitempty"`
	Summary   *shipment.Summary `json:"summary"`
	Rows      []shipment.Judged `json:"rows"`
}

// telling is a judged shipment on its way out.
type telling struct {
	judged   []shipment.Judged
	desk     *shipment.Desk
	sum      *shipment.Summary
	stamp    shipment.Stamp
	onRecord rules.Verdict // the worst without what is assumed
}

func summed(judged []shipment.Judged) *shipment.Summary {
	tally := shipment.NewTally(worstRows)
	for _, j := range judged {
		tally.Add(j)
	}
	return tally.Summary()
}

func (t *telling) json() shipmentJSON {
	whole := shipmentJSON{Notice: t.stamp.Notice, Judged: t.stamp.Made, Engine: rules.EngineFormat, Position: t.stamp.Position, Verdict: t.sum.Verdict, Summary: t.sum, Rows: t.judged}
	if len(t.sum.Assumptions) > 0 {
		whole.Verdict, whole.OnRecord, whole.IfAssumed = "", t.onRecord, t.sum.Verdict
	}
	return whole
}

// tell writes the results and ends with the exit status of the worst verdict on the record.
func (t *telling) tell(cmd *cobra.Command, f judgeFlags, s *shipmentFlags) error {
	for _, path := range s.outputs {
		if err := t.write(path); err != nil {
			return err
		}
	}
	if *f.json {
		return errors.Join(printJSON(cmd, t.json()), verdictExit(t.onRecord))
	}
	t.print(cmd.OutOrStdout())
	for _, path := range s.outputs {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", path, count(len(t.judged), "row"))
	}
	return verdictExit(t.onRecord)
}

// print writes a shipment's summary for a person.
func (t *telling) print(w io.Writer) {
	s, stamp := t.sum, t.stamp
	if len(s.Assumptions) > 0 {
		fmt.Fprintf(w, "WHAT IF: %s at worst if assumed, %s at worst on the record\n%s\n\n", s.Verdict, t.onRecord, noVerdict)
		for _, a := range s.Assumptions {
			fmt.Fprintf(w, "assumed   %s\n", a)
		}
		fmt.Fprintln(w)
		var b bytes.Buffer
		defer func(to io.Writer) {
			for line := range strings.Lines(b.String()) {
				fmt.Fprintf(to, "what if | %s", line)
			}
		}(w)
		w = &b
	}
	fmt.Fprintf(w, "%s at worst%s   %s, %s put to the books\n\n", s.Verdict, asIf(s.AsIf), count(s.Items, "item"), count(t.desk.Questions(), "question"))
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
			t.AppendRow([]any{j.Row.Line, cut(j.Row.Item, 40), j.Row.On.String(), j.Found.Marked(), cut(strings.Join(j.Found.DecidedBy, ", "), 40), cut(j.Say(j.Found.Because), 90)})
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
	fmt.Fprintf(w, "judged       %s, log position %d, engine %d\n%s\n", stamp.Made, stamp.Position, rules.EngineFormat, stamp.Notice)
}

// cut is a text of at most so many characters.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
