package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// The exit codes every command shares.
const (
	codeFailed = 1 // an error, a refusal, a fault found
	codeUsage  = 2 // the command line itself is wrong
)

// exitError ends the program with a code. With a nil err nothing is printed: the command has said what there is to say.
type exitError struct {
	code int
	err  error
}

// Error is the text of the cause.
func (e exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

// Unwrap is the cause.
func (e exitError) Unwrap() error { return e.err }

// failed is the exit of a command that has already printed what went wrong.
func failed() error { return exitError{code: codeFailed} }

// usagef is a fault of the command line.
func usagef(format string, args ...any) error {
	return exitError{code: codeUsage, err: fmt.Errorf(format, args...)}
}

// args asks for at least and at most so many arguments, -1 for any number, none of them empty, and names what is wanted as
// the command's usage does.
func args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, given []string) error {
		var wanted []string
		for _, word := range strings.Fields(cmd.Use)[1:] {
			if inner, ok := strings.CutPrefix(word, "["); ok {
				word = strings.TrimSuffix(inner, "]")
			}
			if strings.HasPrefix(word, "-") || word == "|" {
				break
			}
			wanted = append(wanted, word)
		}
		what := strings.Join(wanted, " ")
		switch {
		case len(given) == 0 && least > 0:
			return usagef("%s needs %s, and nothing is given", cmd.Name(), what)
		case len(given) < least:
			return usagef("%s needs %s, and only %s is given", cmd.Name(), what, strings.Join(given, " "))
		case most == 0 && len(given) > 0:
			return usagef("%s takes flags alone, and %q is none", cmd.Name(), given[0])
		case most > 0 && len(given) > most:
			return usagef("%s takes %s alone, and %q is one too many: put a name with blanks in quotes", cmd.Name(), what, given[most])
		case slices.Contains(given, ""):
			return usagef("%s: an empty text is no %s", cmd.Name(), what)
		}
		return nil
	}
}

// group makes cmd a mere holder of subcommands: alone it shows its help, and an unknown word is refused with the nearest.
func group(cmd *cobra.Command, subcommands ...*cobra.Command) *cobra.Command {
	cmd.AddCommand(subcommands...)
	cmd.Args = func(cmd *cobra.Command, given []string) error {
		if len(given) == 0 {
			return nil
		}
		near := ""
		for i, s := range cmd.SuggestionsFor(given[0]) {
			near += map[bool]string{true: "; did you mean ", false: " or "}[i == 0] + s
		}
		return usagef("unknown command %q%s", given[0], near)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	return cmd
}
