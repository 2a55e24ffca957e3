// Command lodestone keeps the record of rare earth magnets from mine to missile and judges whether one may be delivered
// under the United States' defence procurement rules.
//
// The command line is wiring: each subcommand has a file of its own that opens a ledger, calls a package that does the
// work, and prints. Exit codes: 0 done, 1 an error or a refusal, 2 wrong usage; the command judge adds 3, 4 and 5 for the answers
// that are not clean (see its help).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the linker: -X main.version=v1.2.3.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries out one command line and returns the process's exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	out, errs = forPeople(out), forPeople(errs)
	heard := &listener{w: out}
	if _, tty := onTerminal(out); !tty {
		out = heard
	}
	root.SetOut(out)
	root.SetErr(errs)
	cmd, err := root.ExecuteContextC(ctx)
	if heard.err != nil && (err == nil || errors.Is(err, heard.err)) {
		err = fmt.Errorf("write the answer: %w: it is incomplete; what was recorded is kept: try again", heard.err)
	}
	return report(cmd, err, errs)
}

// listener remembers that an answer could not be written, which those who print need not ask about each time.
type listener struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (l *listener) Write(p []byte) (int, error) {
	n, err := l.w.Write(p)
	if err != nil {
		l.err = err
	}
	return n, err
}

// report prints err, if there is anything to print, and gives its exit code.
func report(cmd *cobra.Command, err error, errs io.Writer) int {
	if err == nil {
		return 0
	}
	exit := exitError{code: codeFailed, err: err}
	errors.As(err, &exit)
	if exit.err == nil {
		return exit.code
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(errs, "lodestone: interrupted")
		return exit.code
	}
	fmt.Fprintf(errs, "lodestone: %v\n", err)
	if exit.code == codeUsage {
		fmt.Fprintf(errs, "usage: %s\n  %s --help says more\n", cmd.UseLine(), cmd.CommandPath())
	}
	return exit.code
}
