package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"lodestone/demo"
	"lodestone/supply"
)

// questions are the command lines that ask the record something, by command; LOT and OTHER stand for lots, SHIPMENT for a
// shipment file, OUT for a folder to write into.
var questions = map[string][]string{
	"lots":                  {"", "--find mag"},
	"show":                  {"LOT"},
	"trace":                 {"LOT", "LOT --down", "LOT --fold", "LOT --path-to CN", "LOT --csv", "LOT --dot", "LOT --mermaid", "LOT --fold --csv", "LOT --fold --dot", "LOT --fold --mermaid"},
	"recall":                {"LOT", "LOT --fold", "LOT --csv"},
	"common":                {"LOT OTHER"},
	"balance":               {"", "LOT"},
	"export":                {""},
	"judge":                 {"LOT " + onTheDay, "LOT --book us/dfars-252.225-7052 --from 2026-12-01 --until 2027-02-01", "LOT " + onTheDay + " --assume cots=true", "LOT " + onTheDay + " --what-would", "--shipment SHIPMENT --book us/dfars-252.225-7052"},
	"explain":               {"LOT " + onTheDay},
	"paper disclosure":      {"LOT --on 2027-01-01", "LOT --on 2027-01-01 --output OUT.csv"},
	"paper questionnaire":   {"LOT " + onTheDay},
	"paper certificate":     {"LOT " + onTheDay + " --as urn:lodestone:party:prime"},
	"paper noncompliance":   {"LOT " + onTheDay + " --as urn:lodestone:party:prime"},
	"paper nonavailability": {"LOT " + onTheDay},
}

const onTheDay = "--book us/dfars-252.225-7052 --on 2027-01-01"

// noQuestions are the commands that ask the record nothing, with what they do instead.
var noQuestions = map[string]string{
	"capture": "writes", "import csv": "writes", "import questionnaire": "writes", "attach": "writes", "demo": "writes a store of its own",
	"rebuild": "writes what can be derived", "fsck": "checks the whole store", "log head": "is the position itself, signed",
	"law list": "law", "law show": "law", "law test": "law", "law diff": "law", "law doubts": "law", "duty": "law",
	"plan": "tables", "plan check": "tables", "plan export": "tables", "plan math": "tables", "plan networks": "tables", "plan template": "tables",
	"plan compare": "tables", "plan breakeven": "tables", "plan tornado": "tables", "plan down": "tables", "plan risk": "tables",
	"exposure": "tables", "landed": "a cost sheet", "breakeven": "cost sheets", "sim": "makes a world", "version": "the program", "solve-for-parent": "a program",
}

// TestEveryCommandIsAsked: a command stands among the questions where it takes --as-of, and else among those that ask the
// record nothing, so that the tests below forget none.
func TestEveryCommandIsAsked(t *testing.T) {
	seen := 0
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, c := range cmd.Commands() {
			walk(c)
			name := strings.TrimPrefix(c.CommandPath(), "lodestone ")
			_, asked := questions[name]
			_, not := noQuestions[name]
			switch {
			case asked && not:
				t.Errorf("%s: it asks the record or it does not", name)
			case asked != (c.Flags().Lookup("as-of") != nil):
				t.Errorf("%s: what asks the record takes --as-of, and stands in questions", name)
			case !asked && !not && !c.HasSubCommands():
				t.Errorf("%s: put it into questions, or say in noQuestions what it does instead", name)
			}
			if asked || not {
				seen++
			}
		}
	}
	walk(rootCommand())
	if seen != len(questions)+len(noQuestions) {
		t.Errorf("%d commands of %d in the lists are there", seen, len(questions)+len(noQuestions))
	}
}

// askedOf is the command lines of all questions about two lots of a record, without --store.
func askedOf(t *testing.T, lot, other supply.LotID) [][]string {
	dir := t.TempDir()
	shipment := filepath.Join(dir, "items.csv")
	if err := os.WriteFile(shipment, fmt.Appendf(nil, "item,delivery\n%s,2027-01-01\n%s,2026-12-01\n", lot, other), 0o600); err != nil {
		t.Fatal(err)
	}
	stand := strings.NewReplacer("LOT", string(lot), "OTHER", string(other), "SHIPMENT", shipment, "OUT", filepath.Join(dir, "out"))
	var lines [][]string
	for _, name := range slices.Sorted(maps.Keys(questions)) {
		for _, q := range questions[name] {
			line := append(strings.Fields(name), strings.Fields(stand.Replace(q))...)
			lines = append(lines, line)
			program := slices.ContainsFunc([]string{"--csv", "--dot", "--mermaid", "--output"}, func(f string) bool { return slices.Contains(line, f) })
			if name != "export" && !program {
				lines = append(lines, append(slices.Clone(line), "--json"))
			}
		}
	}
	return lines
}

// TestAnswersNameTheirPosition: every answer says, as text, as JSON and as what is written to a file, on how much of the log
// it rests. A paper that a verdict bars is refused for that one, and answered for another.
func TestAnswersNameTheirPosition(t *testing.T) {
	x := demonstrated(t)
	entries, store := len(x.entries), x.store(t, len(x.entries))
	text := regexp.MustCompile(fmt.Sprintf(`(?m)(as of log entry|log position|, position) %d\b|,%[1]d(,|$)`, entries))
	answered := map[string]bool{}
	for _, lots := range [][2]supply.LotID{{"MAGNET-E", "MAGNET-A"}, {"MAGNET-A", "MAGNET-D"}, {"MAGNET-D", "MAGNET-E"}} {
		for i, q := range askedOf(t, demo.LotPrefix+lots[0], demo.LotPrefix+lots[1]) {
			out, notes, err := ask(t, append(q, "--store", store)...)
			key := fmt.Sprint(i, q[:1])
			answered[key] = answered[key] || err == nil
			if err != nil {
				continue
			}
			named := text.MatchString(out + notes)
			if slices.Contains(q, "--json") {
				named = strings.Contains(out, fmt.Sprintf(`"log_position": %d`, entries))
			}
			if i := slices.Index(q, "--output"); i > 0 {
				data, err := os.ReadFile(q[i+1])
				named = err == nil && text.Match(data)
			}
			if !named {
				t.Errorf("%s does not name its position:\n%.2000s", strings.Join(q, " "), out+notes)
			}
		}
	}
	for key, did := range answered {
		if !did {
			t.Errorf("question %s was answered for no lot", key)
		}
	}
}
