package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// shellWords parts a command line at spaces outside double quotes.
func shellWords(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			out = append(out, strings.Fields(part)...)
			continue
		}
		if part != "" {
			out = append(out, part)
		}
	}
	return out
}

// TestLandedPage runs each command of doc/landed.md and compares what it prints; after "| tail" the page shows the end of it.
func TestLandedPage(t *testing.T) {
	page, err := os.ReadFile("../../doc/landed.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```console\n$ lodestone ")[1:]
	if len(blocks) < 5 {
		t.Fatalf("the page has %d commands", len(blocks))
	}
	for _, b := range blocks {
		line, want, _ := strings.Cut(strings.SplitN(b, "```", 2)[0], "\n")
		t.Run(line, func(t *testing.T) {
			line, tail := strings.CutSuffix(line, " | tail")
			cmd := rootCommand()
			var out bytes.Buffer
			cmd.SetOut(&out)
			cmd.SetArgs(shellWords(line))
			if err := cmd.Execute(); err != nil {
				t.Fatal(err)
			}
			if got := out.String(); got != want && !(tail && strings.HasSuffix(got, "\n"+want)) {
				t.Errorf("the page does not show what is printed:\n%s", got)
			}
		})
	}
}
