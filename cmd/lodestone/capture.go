package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/epcis"
	"lodestone/ledger"
)

// captureCommand takes EPCIS documents into the log.
func captureCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "capture FILE…",
		Short: "Take EPCIS 2.0 events into the record",
		Long: `Takes EPCIS 2.0 events in JSON or JSON-LD into the record: documents, query documents, single events and arrays of
events; - reads standard input. A document with a fault is refused whole, nothing of it is kept, and every fault is
named with its JSON pointer, the rule and a hint. What the record already has is passed over, so the same file may be
captured again. Of several files each stands for itself.

The author is the party named by --as, else the document's sender, else nobody; what nobody stands behind is no evidence.`,
		Example: `  lodestone capture events.json --as urn:epc:id:pgln:0614141.00001
  gunzip -c year.json.gz | lodestone capture -
  lodestone capture --proceed mixed.json          keep the good events, list the others`,
		Args: args(1, -1),
	}
	as := authorFlag(cmd)
	proceed := cmd.Flags().Bool("proceed", false, "refuse event by event instead of the whole document")
	asJSON := jsonFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, files []string) (err error) {
		author, err := authorOf(*as)
		if err != nil {
			return err
		}
		if err := readable(files); err != nil {
			return err
		}
		l, closeStore, err := makeLedger(cmd)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, closeStore()) }()
		all := []captured{}
		bad := false
		for _, file := range files {
			c := captureFile(cmd, l, file, ledger.CaptureOptions{Author: author, Proceed: *proceed})
			all = append(all, c)
			bad = bad || c.bad()
			if !*asJSON {
				c.print(cmd)
			}
			if cmd.Context().Err() != nil {
				break
			}
		}
		if *asJSON {
			if err := printJSON(cmd, all); err != nil {
				return err
			}
		}
		followUp(cmd, l)
		if bad {
			return failed()
		}
		return nil
	}
	return cmd
}

// captured is what capture reports of one input.
type captured struct {
	Input      string      `json:"input"`
	Author     string      `json:"author,omitempty"`
	Events     int64       `json:"events"` // good ones
	Statements int64       `json:"statements"`
	Added      int         `json:"added"`
	Duplicates int         `json:"duplicates"`
	First      int64       `json:"first,omitempty"` // positions of the entries added
	Last       int64       `json:"last,omitempty"`
	Refused    int64       `json:"refused"` // events left out with --proceed
	Faults     []faultView `json:"faults,omitempty"`
	MoreFaults int         `json:"more_faults,omitempty"` // beyond those named
	Notes      []faultView `json:"notes,omitempty"`       // what was left out of what was taken
	MoreNotes  int         `json:"more_notes,omitempty"`  // beyond those named
	Error      string      `json:"error,omitempty"`       // the input as a whole
}

type faultView struct {
	Pointer string `json:"pointer"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func viewFaults(faults epcis.Faults) []faultView {
	var out []faultView
	for _, f := range faults {
		out = append(out, faultView(f))
	}
	return out
}

func (c *captured) bad() bool { return c.Error != "" || len(c.Faults) > 0 }

// readable tells whether the files are there, before a store is made for them.
func readable(files []string) error {
	for _, file := range files {
		if file == "-" {
			continue
		}
		f, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("%s: %s: nothing is captured", file, plainError(err))
		}
		if err := f.Close(); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// captureFile captures one file, or standard input for -.
func captureFile(cmd *cobra.Command, l *ledger.Ledger, file string, o ledger.CaptureOptions) captured {
	c := captured{Input: file}
	in, size := cmd.InOrStdin(), int64(0)
	if file == "-" {
		c.Input = "standard input"
	} else {
		f, err := os.Open(file)
		if err != nil {
			c.Error = plainError(err)
			return c
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
		in = f
	}
	bar := newProgress(cmd, c.Input, size, decor.CountersKibiByte("% .1f of % .1f"))
	o.Progress = func(bytes, _ int64) { bar.at(bytes) }
	done, err := l.Capture(cmd.Context(), io.Reader(in), o)
	bar.done()
	var refusal *ledger.Refusal
	switch {
	case errors.As(err, &refusal):
		c.Faults, c.MoreFaults = viewFaults(refusal.Faults), refusal.More
		return c
	case err != nil:
		c.Error = err.Error()
	}
	c.Author = string(done.Author)
	c.Events, c.Statements, c.Refused = done.Events, done.Statements, done.Refused
	c.Added, c.Duplicates, c.First, c.Last = done.Added, done.Duplicates, done.First, done.Last
	if err == nil {
		c.Faults, c.MoreFaults, c.Notes, c.MoreNotes = viewFaults(done.Faults), done.MoreFaults, viewFaults(done.Notes), done.MoreNotes
	}
	return c
}

// plainError is an error of the file system without the path, which the line begins with already.
func plainError(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// print writes the faults and notes to the error stream and what was kept to the output.
func (c *captured) print(cmd *cobra.Command) {
	out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
	for _, f := range c.Notes {
		fmt.Fprintf(errs, "%s: note: %s\n", c.Input, epcis.Fault(f))
	}
	if c.MoreNotes > 0 {
		fmt.Fprintf(errs, "%s: note: and %s more\n", c.Input, group3(int64(c.MoreNotes)))
	}
	for _, f := range c.Faults {
		fmt.Fprintf(errs, "%s: %s\n", c.Input, epcis.Fault(f))
	}
	faults := count(len(c.Faults)+c.MoreFaults, "fault")
	if c.MoreFaults > 0 {
		faults += ", " + group3(int64(c.MoreFaults)) + " of them not shown"
	}
	switch {
	case c.Error != "":
		fmt.Fprintf(errs, "%s: %s\n", c.Input, c.Error)
		if c.Added > 0 {
			fmt.Fprintf(errs, "%s: %s were added before that; capture it again to add the rest\n", c.Input, count(c.Added, "entry"))
		}
		return
	case len(c.Faults) > 0 && c.Refused == 0 && c.Added+c.Duplicates == 0:
		fmt.Fprintf(errs, "%s: %s; nothing was kept\n", c.Input, faults)
		return
	case len(c.Faults) > 0:
		fmt.Fprintf(errs, "%s: %s; %s refused\n", c.Input, faults, count(c.Refused, "event"))
	}
	if c.Author == "" && c.Error == "" && c.Added > 0 {
		fmt.Fprintf(errs, "%s: note: nobody states these entries, so they are no evidence for a verdict; --as PARTY names who does\n", c.Input)
	}
	where := ""
	if c.Added > 0 {
		where = fmt.Sprintf(" (%s to %s)", group3(c.First), group3(c.Last))
	}
	fmt.Fprintf(out, "%s: %s and %s; %s added%s, %s there already\n", c.Input, count(c.Events, "event"), count(c.Statements, "statement"),
		count(c.Added, "entry"), where, group3(int64(c.Duplicates)))
}
