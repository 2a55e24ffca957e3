package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lodestone/ledger"
	"lodestone/record"
	"lodestone/sim"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

// told is what a command prints, with the position of a longer log and the moment of printing left out.
func told(t *testing.T, args ...string) string {
	t.Helper()
	root := rootCommand()
	var out, notes bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&notes)
	root.SetArgs(args)
	end := ""
	if err := root.ExecuteContext(context.Background()); err != nil {
		var exit exitError
		if !errors.As(err, &exit) {
			end = err.Error()
		} else {
			end = fmt.Sprint("exit ", exit.code)
		}
	}
	return regexp.MustCompile(`"creationDate":"[^"]*"`).ReplaceAllString(out.String(), "") + notes.String() + end
}

// TestAsOfIsThatDay: what any question is told as of a position, or of a time of receipt, is what a store that held only the
// entries up to there tells: over worlds with late, wrong, voided and repeated events, with a snapshot of the later log lying
// there and without.
func TestAsOfIsThatDay(t *testing.T) {
	ctx := context.Background()
	first := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for seed := range uint64(1) {
		w, err := sim.New(sim.Config{Lots: 110, Theft: 0.1, Wrong: 0.3, Late: 0.3, Double: 0.1}, rand.New(rand.NewPCG(seed, 0)))
		if err != nil {
			t.Fatal(err)
		}
		var all []record.Entry
		var lots []supply.LotID
		say := func(e record.Entry, err error) {
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(all, func(x record.Entry) bool { return x.ID == e.ID }) { // one that is told twice is one
				all = append(all, e)
			}
		}
		for _, s := range sim.Statements() {
			say(record.NewStatement(sim.Sender, first, &s))
		}
		for o := range w.Run() {
			if o.Event != nil {
				say(record.NewEvent(o.By, first.Add(time.Duration(len(all))*time.Second), o.Event))
			}
			for _, m := range o.Made {
				lots = append(lots, m.Lot)
			}
		}
		open := func(name string, entries []record.Entry) (string, *ledger.Ledger) {
			path := filepath.Join(t.TempDir(), name)
			s, err := sqlite.Open(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			l, err := ledger.Open(ctx, s, ledger.Options{KeyPath: ledger.KeyPath(path), Lots: ledger.LotsPath(path)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := l.Append(ctx, entries); err != nil {
				t.Fatal(err)
			}
			return "sqlite:" + path, l
		}
		whole, l := open("whole.db", all)
		size, err := l.Size(ctx)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(seed, 2))
		for round := range 2 {
			n := 100 + rng.IntN(int(size)-110)
			if round == 1 { // from here on a snapshot of all of it lies there
				if out := told(t, "rebuild", "--store", whole); !strings.HasPrefix(out, "rebuilt") {
					t.Fatal(out)
				}
			}
			part, _ := open("part.db", all[:n])
			lot, other := string(lots[rng.IntN(n/4)]), string(lots[rng.IntN(n/4)])
			for _, q := range [][]string{
				{"lots", "--json"}, {"show", lot},
				{"trace", lot}, {"trace", lot, "--down"}, {"trace", lot, "--fold", "--csv"}, {"trace", lot, "--path-to", "CN"},
				{"recall", lot, "--json"}, {"common", lot, other}, {"balance"}, {"balance", lot, "--json"}, {"export"},
				{"judge", lot, "--book", "us/dfars-252.225-7052", "--on", "2027-01-01", "--json"},
			} {
				want := told(t, append(q, "--store", part)...)
				for _, seen := range []string{strconv.Itoa(n), first.Add(time.Duration(n-1) * time.Second).Format(time.RFC3339)} {
					if got := told(t, append(q, "--store", whole, "--as-of", seen)...); got != want {
						t.Errorf("seed %d, %s as of %s:\n%.1500s\na store of %d entries tells:\n%.1500s", seed, strings.Join(q, " "), seen, got, n, want)
					}
				}
			}
		}
	}
}
